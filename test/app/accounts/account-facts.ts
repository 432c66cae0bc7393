// Belongs here: accounts as Thunderbird would describe them, for the tests of src/app: set as they should be.
import type { AccountDetails, AccountFacts, IdentityFacts } from "../../../src/ports/mail-accounts.ts";

export function identity(difference: Partial<IdentityFacts> = {}): IdentityFacts {
  return {
    key: "id1",
    address: "mario.rossi@pec.it",
    name: "Mario Rossi",
    outgoing: null,
    settings: {
      keepSent: true,
      sentFolder: "",
      draftsFolder: "",
      archiveFolder: "",
      automaticBcc: false,
      bccList: "",
      replyTo: "",
      outgoingServer: "",
    },
    ...difference,
  };
}

export function account(difference: Partial<AccountFacts> = {}): AccountFacts {
  return {
    key: "account1",
    type: "imap",
    host: "imaps.pec.aruba.it",
    port: 993,
    username: "mario.rossi@pec.it",
    isTls: true,
    name: "PEC",
    isDefault: false,
    passwordChanged: null,
    settings: {
      leaveOnServer: true,
      deleteByAge: false,
      daysOnServer: 0,
      deleteWithLocal: false,
      headersOnly: false,
      limitSize: false,
      sizeLimit: 50,
      junkLevel: 0,
      retention: "keep",
    },
    identities: [identity()],
    ...difference,
  };
}

export function details(difference: Partial<AccountDetails> = {}): AccountDetails {
  return { folders: [], filters: [], quota: [], ...difference };
}
