// Belongs here: requests about bundles of evidence from `unknown` to their type. Does NOT belong here: answering them (see
// answer-evidence.ts).
import type { EvidenceRequest, EvidenceSource } from "../../messages.ts";
import { isRecord } from "../plain-values.ts";

/** A link holds an address and a Message-ID, and a header field may be long; a longer one is no link of ours. */
const MAX_LINK = 100_000;
/** More than any person has. */
const MAX_ITEMS = 1_000_000;

/** `null`: none of ours. */
export function parseEvidenceRequest(value: unknown): EvidenceRequest | null {
  if (!isRecord(value)) return null;
  const { name } = value;
  switch (name) {
    case "open": {
      const source = parseSource(value["source"]);
      return source && { name, source };
    }
    case "begin":
    case "next":
    case "hold":
    case "save":
    case "end": {
      const { job } = value;
      return isNumber(job) ? { name, job } : null;
    }
    default:
      return null;
  }
}

function parseSource(value: unknown): EvidenceSource | null {
  if (!isRecord(value)) return null;
  const { type, links, ids } = value;
  if (type === "selection") return { type };
  if (type === "sent") return isList(links, isLink) ? { type, links } : null;
  return type === "messages" && isList(ids, isNumber) ? { type, ids } : null;
}

const isNumber = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isLink = (value: unknown): value is string => typeof value === "string" && value.length <= MAX_LINK;

function isList<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
  if (!Array.isArray(value) || value.length > MAX_ITEMS) return false;
  const items: readonly unknown[] = value;
  return items.every(isItem);
}
