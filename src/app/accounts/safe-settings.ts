// Belongs here: the settings of an account with which no receipt can be lost. Making an account and auditing one use the same ones.
import type { AccountSettings } from "../../ports/mail-accounts.ts";

/** A receipt is evidence: Thunderbird is not to sort it out as junk, nor to fetch a part of it, whose seal cannot be verified. */
const ALWAYS = { junkLevel: 0, limitSize: false } as const satisfies Partial<AccountSettings>;

/** Operators ask to leave messages on the server; Thunderbird's wizard deletes them after 14 days and together with the local copy. */
export const SAFE_SETTINGS = {
  imap: ALWAYS,
  pop3: {
    ...ALWAYS,
    leaveOnServer: true,
    deleteByAge: false,
    daysOnServer: 0,
    deleteWithLocal: false,
    headersOnly: false,
  },
} as const satisfies Record<"imap" | "pop3", Partial<AccountSettings>>;
