// Belongs here: requests of the page for checking many messages from `unknown` to their type. Does NOT belong here: answering them
// (see answer-batch.ts).
import type { BatchPlace, BatchRow } from "../../core/index.ts";
import type { BatchRequest, BatchSource } from "../../messages.ts";
import { isRecord, isTime } from "../plain-values.ts";

/** Longest text in a row, and name of a folder or file. */
const MAX_TEXT = 4_000;
/** More messages, or files, than any folder has. */
const MAX_ITEMS = 1_000_000;

/** `null`: none of ours. */
export function parseBatchRequest(value: unknown): BatchRequest | null {
  if (!isRecord(value)) return null;
  const { name } = value;
  switch (name) {
    case "places":
      return { name };
    case "begin": {
      const source = parseSource(value["source"]);
      return source && { name, source };
    }
    case "next":
    case "end": {
      const { job } = value;
      return isCount(job) ? { name, job } : null;
    }
    case "open": {
      const { place, file } = value;
      return isPlace(place) && (file === null || file instanceof File) ? { name, place, file } : null;
    }
    case "save-table":
    case "save-report": {
      const { rows, sources, inspected, isPartial } = value;
      const isWhole = isList(rows, isRow) && isList(sources, isText) && isCount(inspected);
      return isWhole && typeof isPartial === "boolean" ? { name, rows, sources, inspected, isPartial } : null;
    }
    default:
      return null;
  }
}

function parseSource(value: unknown): BatchSource | null {
  if (!isRecord(value)) return null;
  const { type, id, name, files } = value;
  if (type === "selection") return { type };
  if (type === "folder") return isText(id) && isText(name) ? { type, id, name } : null;
  return type === "files" && isList(files, isFile) ? { type, files } : null;
}

/** Made by the background itself and handed back: what the files made of it rest on is looked at, codes are words to be looked up. */
function isRow(value: unknown): value is BatchRow {
  if (!isRecord(value) || !isPlace(value["place"]) || !isOutcome(value["outcome"])) return false;
  const { from, subject, date, messageId, isDoubtful } = value;
  return [from, subject, messageId].every(isText) && (date === null || isTime(date)) && typeof isDoubtful === "boolean";
}

function isOutcome(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { state, why, kind, look, indication, subIndication, reason, remarks, attached, sha256, certified } = value;
  if (state === "failed") return isCode(why);
  const codes =
    [kind, subIndication, reason].every((code) => code === null || isCode(code)) && [look, indication].every(isCode);
  return (
    state === "inspected" &&
    codes &&
    isList(remarks, isCode) &&
    isCount(attached) &&
    isText(sha256) &&
    isCertified(certified)
  );
}

function isCertified(value: unknown): boolean {
  if (value === null) return true;
  if (!isRecord(value) || !isRecord(value["time"])) return false;
  const { provider, identifier, messageId, time } = value;
  const { local, offset } = time;
  return [provider, identifier, messageId, local].every(isText) && (offset === null || isText(offset));
}

function isPlace(value: unknown): value is BatchPlace {
  if (!isRecord(value)) return false;
  const { source, id, folder, file, index, start, length, position } = value;
  if (source === "mailbox") return isCount(id) && isText(folder);
  const isInFile = isText(file) && [index, start, length].every(isCount) && (position === null || isCount(position));
  return source === "file" && isInFile;
}

const isFile = (value: unknown): value is File => value instanceof File;
const isText = (value: unknown): value is string => typeof value === "string" && value.length <= MAX_TEXT;
const isCode = (value: unknown): value is string => typeof value === "string" && /^[A-Za-z0-9_-]{1,60}$/.test(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function isList<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
  if (!Array.isArray(value) || value.length > MAX_ITEMS) return false;
  const items: readonly unknown[] = value;
  return items.every(isItem);
}
