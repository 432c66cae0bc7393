// Belongs here: a batch as a table for spreadsheets, a line for each message. Does NOT belong here: which rows, wording (see _locales).
import { TABLE_START, tableLine } from "../text/table-line.ts";
import { batchReasonKey, batchWord, type BatchRow, isVouchedFor } from "./batch-row.ts";
import { batchKindKey, batchPlaceText, certifiedTimeText, type Words } from "./batch-words.ts";

/** Codes stand beside words: whoever goes on working with the table compares those. */
const COLUMNS = [
  "verdict",
  "reason",
  "kind",
  "date",
  "subject",
  "from",
  "provider",
  "certified_time",
  "identifier",
  "message_id",
  "place",
  "sha256",
  "indication",
  "sub_indication",
  "remarks",
  "note",
] as const;

/** The whole file, piece by piece. */
export function* batchTable(rows: Iterable<BatchRow>, words: Words): Generator<string, void, undefined> {
  yield TABLE_START + tableLine(COLUMNS.map((column) => words(`batch_column_${column}`)));
  for (const row of rows) yield tableLine(cellsOf(row, words));
}

function cellsOf(row: BatchRow, words: Words): readonly string[] {
  const { outcome } = row;
  const inspected = outcome.state === "inspected" ? outcome : null;
  // What is not certified has no place in a column of certified times: whoever sorts the table no longer looks at the verdict.
  const certified = isVouchedFor(row) ? (inspected?.certified ?? null) : null;
  const reason = batchReasonKey(row);
  return [
    words(`look_${batchWord(row).replaceAll("-", "_")}`),
    reason === null ? "" : words(reason),
    inspected === null ? "" : words(batchKindKey(inspected)),
    row.date === null ? "" : `${new Date(row.date).toISOString().slice(0, 19).replace("T", " ")} +0000`,
    row.subject,
    row.from,
    certified?.provider ?? "",
    certified === null ? "" : certifiedTimeText(certified.time),
    certified?.identifier ?? "",
    row.messageId,
    batchPlaceText(row.place, words),
    inspected?.sha256 ?? "",
    inspected?.indication ?? "",
    inspected?.subIndication ?? "",
    inspected?.remarks.join(" ") ?? "",
    row.isDoubtful ? words("batch_doubtful") : "",
  ];
}
