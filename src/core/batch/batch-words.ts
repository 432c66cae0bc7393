// Belongs here: what table and report of a batch say alike. Does NOT belong here: the words themselves (see _locales).
import type { CertifiedTime } from "../daticert/daticert.ts";
import type { BatchPlace, BatchVerdict } from "./batch-row.ts";

/** Words of _locales by their key; `values` fill their placeholders in order. */
export type Words = (key: string, values?: readonly string[]) => string;

export function batchKindKey({ kind, unrecognized }: Pick<BatchVerdict, "kind" | "unrecognized">): string {
  if (kind !== null) return `kind_${kind.replaceAll("-", "_")}`;
  return unrecognized === null ? "batch_kind_none" : "kind_unknown";
}

/** As certified, in its own offset: a spreadsheet that took it for a time of its own would move it. */
export const certifiedTimeText = ({ local, offset }: CertifiedTime): string =>
  `${local.replace("T", " ")} ${offset ?? ""}`.trim();

/** Folder, or file with the number of the message in it. */
export function batchPlaceText(place: BatchPlace, words: Words): string {
  if (place.source === "mailbox") return place.folder;
  return place.position === null ? place.file : words("batch_position", [place.file, String(place.position)]);
}
