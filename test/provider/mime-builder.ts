// Belongs here: writing MIME entities byte by byte (RFC 5322, 2045, 2047, 2231), always with CRLF.
// Does NOT belong here: what PEC messages contain (see pec-messages.ts), signing (see sign-message.ts).

/** Bytes as text: every character is one byte (U+0000 to U+00FF), so that 8-bit and broken content stay expressible. */
export type ByteString = string;

/** A header field; a value may hold folds (`CRLF` and a blank) and raw 8-bit bytes. */
export type Field = readonly [name: string, value: ByteString];

export const CRLF = "\r\n";

export const utf8 = (text: string): ByteString => Buffer.from(text, "utf8").toString("latin1");

export const toBytes = (bytes: ByteString): Uint8Array => new Uint8Array(Buffer.from(bytes, "latin1"));

export const toByteString = (bytes: Uint8Array): ByteString => Buffer.from(bytes).toString("latin1");

/** One MIME entity: header, empty line, body. A body of lines ends without a final CRLF inside a multipart. */
export function entity(fields: readonly Field[], body: ByteString): ByteString {
  return fields.map(([name, value]) => `${name}: ${value}${CRLF}`).join("") + CRLF + body;
}

/** Body of a multipart (RFC 2046 §5.1.1). */
export function multipartBody(boundary: string, children: readonly ByteString[], preamble = ""): ByteString {
  const delimited = children.map((child) => `--${boundary}${CRLF}${child}${CRLF}`).join("");
  return `${preamble === "" ? "" : preamble + CRLF}${delimited}--${boundary}--${CRLF}`;
}

/** A multipart entity; `fields` come before its Content-Type. */
export function multipart(
  subtype: string,
  boundary: string,
  children: readonly ByteString[],
  fields: readonly Field[] = [],
): ByteString {
  return entity(
    [...fields, ["Content-Type", `multipart/${subtype};${CRLF}\tboundary="${boundary}"`]],
    multipartBody(boundary, children),
  );
}

/** Base64 in lines of 76 characters, without a final CRLF. */
export function base64Lines(bytes: ByteString): ByteString {
  const encoded = Buffer.from(bytes, "latin1").toString("base64");
  return (encoded.match(/.{1,76}/g) ?? []).join(CRLF);
}

/** Quoted-printable of text lines (RFC 2045 §6.7); line ends in `bytes` are CRLF and stay. */
export function quotedPrintable(bytes: ByteString): ByteString {
  return bytes
    .split(CRLF)
    .map((line) => {
      const codes = [...line].map((character, index) => {
        const code = character.charCodeAt(0);
        const trailingBlank = index === line.length - 1 && (code === 0x20 || code === 0x09);
        const literal = (code >= 0x20 && code <= 0x7e && code !== 0x3d) || code === 0x09;
        return literal && !trailingBlank ? character : `=${code.toString(16).toUpperCase().padStart(2, "0")}`;
      });
      let output = "";
      let width = 0;
      for (const code of codes) {
        if (width + code.length > 75) {
          output += `=${CRLF}`;
          width = 0;
        }
        output += code;
        width += code.length;
      }
      return output;
    })
    .join(CRLF);
}

/** Header text: as it is when ASCII, else encoded words of UTF-8 in base64, folded (RFC 2047 §2). */
export function headerText(text: string): ByteString {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const chunks: string[] = [];
  let chunk = "";
  for (const character of text) {
    // 45 bytes become 60 characters of base64: with its frame an encoded word stays within 75.
    if (Buffer.byteLength(chunk + character, "utf8") > 45) {
      chunks.push(chunk);
      chunk = "";
    }
    chunk += character;
  }
  chunks.push(chunk);
  return chunks.map((part) => `=?utf-8?B?${Buffer.from(part, "utf8").toString("base64")}?=`).join(`${CRLF} `);
}

/** A parameter value that is not ASCII, as of RFC 2231 §4: `name*=utf-8''…`. */
export function extendedParameter(name: string, value: string): ByteString {
  if (/^[\x20-\x7e]*$/.test(value)) return `${name}="${value}"`;
  const encoded = encodeURIComponent(value).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${name}*=utf-8''${encoded}`;
}

const sameName = (field: Field, name: string): boolean => field[0].toLowerCase() === name.toLowerCase();

/** The header with the field of that name given another value (or another spelling of its name); throws when it is not there. */
export function withField(
  fields: readonly Field[],
  name: string,
  value: ByteString,
  spelling = name,
): readonly Field[] {
  if (!fields.some((field) => sameName(field, name))) throw new Error(`no field ${name} to change`);
  return fields.map((field) => (sameName(field, name) ? [spelling, value] : field));
}

/** The header without the fields of that name. */
export function withoutField(fields: readonly Field[], name: string): readonly Field[] {
  return fields.filter((field) => !sameName(field, name));
}

/** Value of the first field of that name; throws when it is not there. */
export function fieldValue(fields: readonly Field[], name: string): ByteString {
  const found = fields.find((field) => sameName(field, name));
  if (found === undefined) throw new Error(`no field ${name}`);
  return found[1];
}
