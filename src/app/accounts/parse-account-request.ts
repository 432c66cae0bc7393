// Belongs here: requests of the account page from `unknown` to their type. Does NOT belong here: answering them (see answer-accounts.ts).
import type { AccountChange, AccountForm, AccountRequest } from "../../messages.ts";
import { isRecord, isTime } from "../plain-values.ts";

/** Longer than anything that a person types or that names a folder; a longer text is refused whole. */
const MAX_TEXT = 10_000;

/** `null`: none of ours. */
export function parseAccountRequest(value: unknown): AccountRequest | null {
  if (!isRecord(value)) return null;
  const { name, address } = value;
  switch (name) {
    case "suggest": {
      const { askMx } = value;
      return isText(address) && typeof askMx === "boolean" ? { name, address, askMx } : null;
    }
    case "search": {
      const { text } = value;
      return isText(text) ? { name, text } : null;
    }
    case "propose": {
      const { operator, service } = value;
      return isText(address) && isText(operator) && isText(service) ? { name, address, operator, service } : null;
    }
    case "prepare":
    case "create": {
      const form = parseForm(value["form"]);
      return form && { name, form };
    }
    case "template": {
      const { template, domain } = value;
      const isKnown = template === "operator" || template === "aruba-agreement";
      return isKnown && isText(domain) ? { name, template, domain } : null;
    }
    case "cancel":
      return { name };
    case "audit": {
      const { also } = value;
      return also === null || isText(also) ? { name, also } : null;
    }
    case "receipts-space": {
      const { account } = value;
      return isText(account) ? { name, account } : null;
    }
    case "remind": {
      const { operator, madeAt } = value;
      if (!isText(address) || !isText(operator)) return null;
      return madeAt === null || isTime(madeAt) ? { name, address, operator, madeAt } : null;
    }
    case "change": {
      const { account, undo } = value;
      const change = parseChange(value["change"]);
      return change && isText(account) && typeof undo === "boolean" ? { name, account, change, undo } : null;
    }
    default:
      return null;
  }
}

function parseForm(value: unknown): AccountForm | null {
  if (!isRecord(value)) return null;
  const { address, personName, protocol, operator, password, makeDefault, remind } = value;
  const incoming = parseServer(value["incoming"]);
  const outgoing = parseServer(value["outgoing"]);
  const login = parseLogin(value["login"]);
  if (!isText(address) || !isText(personName) || !isText(password)) return null;
  if (typeof makeDefault !== "boolean" || typeof remind !== "boolean") return null;
  if (protocol !== "imap" && protocol !== "pop3") return null;
  if (operator !== null && !isText(operator)) return null;
  if (incoming === null || outgoing === null || login === null) return null;
  return { address, personName, protocol, incoming, outgoing, operator, login, password, makeDefault, remind };
}

function parseServer(value: unknown): AccountForm["incoming"] | null {
  if (!isRecord(value)) return null;
  const { host, port } = value;
  return isText(host) && typeof port === "number" ? { host, port } : null;
}

function parseLogin(value: unknown): AccountForm["login"] | null {
  if (!isRecord(value)) return null;
  const { form, typed } = value;
  if (!isText(typed)) return null;
  switch (form) {
    case "address":
    case "address*user":
    case "user-id":
    case "multi-user-account":
    case "user-name":
      return { form, typed };
    default:
      return null;
  }
}

/** `null`: none of ours. */
export function parseChange(value: unknown): AccountChange | null {
  if (!isRecord(value)) return null;
  const { owner, setting, from, to } = value;
  return isText(owner) && isText(setting) && isSetting(from) && isSetting(to) ? { owner, setting, from, to } : null;
}

const isText = (value: unknown): value is string => typeof value === "string" && value.length <= MAX_TEXT;

const isSetting = (value: unknown): value is AccountChange["from"] =>
  typeof value === "boolean" || Number.isSafeInteger(value) || isText(value);
