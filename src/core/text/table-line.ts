// Belongs here: lines of a table for spreadsheets: CSV (RFC 4180) as Italian Excel reads it. Does NOT belong here: which columns there are.
import { visibleCharacters } from "./visible-characters.ts";

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
 * it, it is text. Also after blanks, which some programs skip, and in the wide forms, which some take for the narrow ones. Where lists are
 * separated by commas, Excel divides a line like ours within the cells too, so that what follows a comma begins a cell as well. Line
 * breaks would make lines of their own in programs that do not know quotes, tabs another column.
 */
function tableCell(text: string): string {
  const flat = visibleCharacters(text.replace(/[\p{Cc}\u2028\u2029]+/gu, " "));
  const harmless = flat.replace(/(^|,)(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/gu, "$1'");
  return `"${harmless.replaceAll('"', '""')}"`;
}
