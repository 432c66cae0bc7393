// Belongs here: requests of the ledger page from `unknown` to their type. Does NOT belong here: answering them (see answer-ledger.ts).
import type { LedgerRequest } from "../../messages.ts";
import { isRecord } from "../plain-values.ts";

/** A link holds an address and a Message-ID, and a header field may be long; a longer one is no link of ours. */
const MAX_LINK = 100_000;
/** More entries, or problems, than any person has. */
const MAX_ITEMS = 1_000_000;

/** `null`: none of ours. */
export function parseLedgerRequest(value: unknown): LedgerRequest | null {
  if (!isRecord(value)) return null;
  const { name } = value;
  switch (name) {
    case "overview":
    case "apart":
    case "start-walk":
    case "cancel-walk":
      return { name };
    case "rows": {
      const { after } = value;
      return after === null || isLink(after) ? { name, after } : null;
    }
    case "entry": {
      const { link } = value;
      return isLink(link) ? { name, link } : null;
    }
    case "acknowledge": {
      const { problems } = value;
      if (problems === "all") return { name, problems };
      return isLinks(problems) ? { name, problems } : null;
    }
    case "mark-receipts-read":
    case "save-table": {
      const { links } = value;
      return isLinks(links) ? { name, links } : null;
    }
    case "verify-postponed": {
      const { key } = value;
      return isLink(key) ? { name, key } : null;
    }
    case "forget-sender": {
      const { address } = value;
      return isLink(address) ? { name, address } : null;
    }
    default:
      return null;
  }
}

const isLink = (value: unknown): value is string => typeof value === "string" && value.length <= MAX_LINK;

function isLinks(value: unknown): value is readonly string[] {
  if (!Array.isArray(value) || value.length > MAX_ITEMS) return false;
  const items: readonly unknown[] = value;
  return items.every(isLink);
}
