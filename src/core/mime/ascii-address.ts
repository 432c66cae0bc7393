// Belongs here: an address written so that letters of other alphabets cannot pass for Latin ones (RFC 3492, RFC 5890 §2.3.2.1).
// Does NOT belong here: comparing addresses (see address-list.ts).

/**
 * The address in ASCII: labels of the domain as `xn--…`, other characters as `{U+0430}`. What is ASCII already stays as it is. Attack:
 * `pec.аruba.it` with a Cyrillic letter, which no eye tells from the real one.
 */
export function asciiAddress(address: string): string {
  if (isAscii(address)) return address;
  const at = address.lastIndexOf("@");
  const labels = address.slice(at + 1).split(".");
  const domain = labels.map((label) => (isAscii(label) ? label : asciiLabel(label))).join(".");
  return escaped(address.slice(0, at + 1)) + domain;
}

export function isAscii(text: string): boolean {
  return /^[\u0000-\u007f]*$/.test(text);
}

function escaped(text: string): string {
  return [...text].map((character) => (isAscii(character) ? character : codeOf(character))).join("");
}

const codeOf = (character: string): string =>
  `{U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}}`;

/** Longest label of DNS (RFC 1035 §2.3.4). Attack: Punycode of a label of megabytes, whose cost grows with the square. */
const MAX_LABEL_LENGTH = 63;

function asciiLabel(label: string): string {
  return label.length > MAX_LABEL_LENGTH ? escaped(label) : `xn--${punycode(label.normalize("NFC").toLowerCase())}`;
}

/** RFC 3492 §6.3, with the parameters of its §5. */
function punycode(label: string): string {
  const codes = [...label].map((character) => character.codePointAt(0) ?? 0);
  const basic = codes.filter((code) => code < 0x80);
  let output = String.fromCharCode(...basic) + (basic.length > 0 ? "-" : "");
  let code = 0x80;
  let delta = 0;
  let bias = 72;
  let handled = basic.length;
  while (handled < codes.length) {
    const next = Math.min(...codes.filter((candidate) => candidate >= code));
    delta += (next - code) * (handled + 1);
    code = next;
    for (const candidate of codes) {
      if (candidate < code) delta++;
      if (candidate !== code) continue;
      output += variableLength(delta, bias);
      bias = adapted(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled++;
    }
    delta++;
    code++;
  }
  return output;
}

function variableLength(delta: number, bias: number): string {
  let output = "";
  let rest = delta;
  for (let step = 36; ; step += 36) {
    const threshold = Math.min(26, Math.max(1, step - bias));
    if (rest < threshold) return output + digit(rest);
    output += digit(threshold + ((rest - threshold) % (36 - threshold)));
    rest = Math.floor((rest - threshold) / (36 - threshold));
  }
}

const digit = (value: number): string => "abcdefghijklmnopqrstuvwxyz0123456789".charAt(value);

function adapted(delta: number, count: number, first: boolean): number {
  let scaled = Math.floor(delta / (first ? 700 : 2));
  scaled += Math.floor(scaled / count);
  let bias = 0;
  for (; scaled > 455; bias += 36) scaled = Math.floor(scaled / 35);
  return bias + Math.floor((36 * scaled) / (scaled + 38));
}
