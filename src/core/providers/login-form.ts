// Belongs here: what to ask a person for, so as to build the user name that the servers want. Does NOT belong here: passwords
// (see client-password-notes.ts), words for people.
import type { LoginForm } from "./operator.ts";
import type { TypedAddress } from "./typed-address.ts";

/** One field to ask for. */
export interface LoginField {
  /** Which one: the wording for it. */
  readonly id: "webmail-user" | "user-id" | "multi-user-account" | "user-name";
  /** What it looks like, the same in all languages; `null` when its form is not known. */
  readonly example: string | null;
  /** To begin with; empty when it cannot be known. */
  readonly proposal: string;
}

/**
 * - `REQUIRED`: nothing typed;
 * - `BLANK_INSIDE`: blanks, tabs or line breaks;
 * - `NOT_PRINTABLE`: signs that nobody can see, pasted along;
 * - `TOO_LONG`;
 * - `ADDRESS_INSTEAD`: the address, or another address, where the operator wants something else;
 * - `ASTERISK_INSIDE`: the whole of `address*user` of another mailbox, or two asterisks.
 */
export type LoginProblem =
  "REQUIRED" | "BLANK_INSIDE" | "NOT_PRINTABLE" | "TOO_LONG" | "ADDRESS_INSTEAD" | "ASTERISK_INSIDE";

export type LoginName =
  { readonly ok: true; readonly loginName: string } | { readonly ok: false; readonly problem: LoginProblem };

/** Longest local part and domain of an address (RFC 5321 §4.5.3.1). Attack: a pasted file as user name. */
const MAX_LENGTH = 254;

/** The field to ask for beside the address, which is always asked; `null`: the address is enough. */
export function loginField(form: LoginForm, { localPart }: TypedAddress): LoginField | null {
  switch (form) {
    case "address":
      return null;
    case "address*user":
      // In a mailbox of one person the two are mostly the same, as in the guide's own example.
      return { id: "webmail-user", example: "giuseppe.verdi", proposal: localPart };
    case "user-id":
      return { id: "user-id", example: "M1234567", proposal: "" };
    case "multi-user-account":
      return { id: "multi-user-account", example: null, proposal: "" };
    case "user-name":
      return { id: "user-name", example: null, proposal: "" };
  }
}

/** The user name for incoming and outgoing server alike. `typed`: what stands in the field, when there is one. */
export function loginName(form: LoginForm, { address }: TypedAddress, typed: string): LoginName {
  if (form === "address") return { ok: true, loginName: address };
  const prefix = `${address}*`;
  const all = typed.trim();
  // Guides print the whole user name: who copies it from there means the part after the asterisk.
  const whole = form === "address*user" && all.toLowerCase().startsWith(prefix.toLowerCase());
  const value = whole ? all.slice(prefix.length) : all;
  const problem = problemOf(form, value);
  if (problem !== null) return { ok: false, problem };
  return { ok: true, loginName: form === "address*user" ? prefix + value : value };
}

function problemOf(form: Exclude<LoginForm, "address">, value: string): LoginProblem | null {
  if (value === "") return "REQUIRED";
  if (value.length > MAX_LENGTH) return "TOO_LONG";
  if (/\s/.test(value)) return "BLANK_INSIDE";
  if (/[\p{Cc}\p{Cf}]/u.test(value)) return "NOT_PRINTABLE";
  switch (form) {
    case "address*user":
      if (value.includes("*")) return "ASTERISK_INSIDE";
      return value.includes("@") ? "ADDRESS_INSTEAD" : null;
    case "user-id":
      return value.includes("@") ? "ADDRESS_INSTEAD" : null;
    case "multi-user-account":
    case "user-name":
      return null;
  }
}
