// Belongs here: lines of a table for spreadsheets: CSV (RFC 4180) as Italian Excel reads it. Does NOT belong here: which columns there are.

/** Begins the file. Without it Excel takes UTF-8 for the system's own encoding. */
export const TABLE_START = "\ufeff";
/** Excel reads what the system separates lists by; in Italy that is this. */
const SEPARATOR = ";";
const LINE_END = "\r\n";

export function tableLine(cells: readonly string[]): string {
  return cells.map(tableCell).join(SEPARATOR) + LINE_END;
}

/**
 * Attack (CSV injection): a subject such as `=HYPERLINK(…)` is a formula to a spreadsheet, which runs it. With an apostrophe before
 * it, it is text. Also after blanks, which some programs skip, and in the wide forms, which some take for the narrow ones. Line
 * breaks would make lines of their own in programs that do not know quotes.
 */
function tableCell(text: string): string {
  const flat = text.replace(/[\p{Cc}\u2028\u2029]+/gu, (found) => (found === "\t" ? found : " "));
  const harmless = /^\s*[=+\-@\t\uff1d\uff0b\uff0d\uff20]/u.test(flat) ? `'${flat}` : flat;
  return `"${harmless.replaceAll('"', '""')}"`;
}
