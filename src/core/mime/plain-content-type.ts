// Belongs here: whether a Content-Type is written so plainly that every reader divides the message in the same way.
// Does NOT belong here: reading it (see parameterized-value.ts).

const TYPE = /^[\w.+-]+\/[\w.+-]+/;
/** `; name=value`; sticky. An unquoted value goes as far as all readers agree: no blank, quote, comment or backslash. */
const PARAMETER =
  /\s*;\s*([\w-]+)\s*=\s*(?:"([^"\\\u0000-\u001f\u007f-\uffff]*)"|[^\s;"()\\\u0000-\u001f\u007f-\uffff]+)/y;

/**
 * Whether a Content-Type (unfolded) is of the form `type/subtype *(; name=value)` and nothing else: no comment, no RFC 2231 form,
 * no encoded word, no backslash, no value that begins or ends with a blank, no name twice. RFC 2045 §5.1 allows more, but readers
 * differ on it, and no PEC provider writes it.
 */
export function isPlainContentType(value: string): boolean {
  const type = TYPE.exec(value);
  if (type === null || value.includes("=?")) return false;
  const names = new Set<string>();
  let index = type[0].length;
  for (;;) {
    PARAMETER.lastIndex = index;
    const match = PARAMETER.exec(value);
    if (match === null) break;
    const [whole, name = "", quoted = ""] = match;
    if (quoted.trim() !== quoted || names.has(name.toLowerCase())) return false;
    names.add(name.toLowerCase());
    index += whole.length;
  }
  return ["", ";"].includes(value.slice(index).trim());
}
