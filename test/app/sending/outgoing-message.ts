// Belongs here: messages being written, and windows with them, as stand-ins for the tests of src/app.
import type { CheckSendingDependencies } from "../../../src/app/sending/check-sending.ts";
import type {
  OutgoingAttachment,
  OutgoingChange,
  OutgoingMessage,
  OutgoingMessages,
  SendMode,
} from "../../../src/ports/outgoing-messages.ts";
import { account, identity } from "../accounts/account-facts.ts";
import { memorySettings } from "../fakes.ts";
import { memoryLedger } from "../receipts/memory-ledger.ts";

export const TAB = 7;
export const PEC = "mario.rossi@pec.it";
export const ORDINARY = "mario@studio-rossi.example";

/** From the PEC identity of `checking`, with nothing to say of it. */
export function outgoing(difference: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    identity: "id1",
    from: `Mario Rossi <${PEC}>`,
    to: ["anna@pec.foro.test"],
    cc: [],
    bcc: [],
    subject: "Diffida",
    plainText: "Si diffida.",
    html: null,
    fields: [],
    answers: null,
    draft: null,
    ...difference,
  };
}

export const fromOrdinary = (difference: Partial<OutgoingMessage> = {}): OutgoingMessage =>
  outgoing({ identity: "id2", from: `Mario <${ORDINARY}>`, ...difference });

/** A PEC account and an ordinary one; nothing else is known. */
export function checking(difference: Partial<CheckSendingDependencies> = {}): CheckSendingDependencies {
  const accounts = [
    account({ identities: [identity({ key: "id1", address: PEC })] }),
    account({
      key: "account2",
      host: "imap.studio-rossi.example",
      username: ORDINARY,
      identities: [identity({ key: "id2", address: ORDINARY })],
    }),
  ];
  return {
    messages: { attachments: () => Promise.resolve([]) },
    identities: {
      accounts: {
        list: () => Promise.resolve({ accounts, settings: { scamWarning: false, collectAddresses: false } }),
      },
      plainAccounts: { list: () => Promise.resolve([]) },
      settings: memorySettings(),
      receiptAddresses: () => Promise.resolve([]),
      failed: unexpected,
    },
    ledger: memoryLedger(),
    answered: () => Promise.resolve(null),
    withinTime: (work) => work,
    failed: unexpected,
    ...difference,
  };
}

function unexpected(error: unknown): never {
  throw error;
}

/** One open window. */
export function composeWindow(
  message: OutgoingMessage,
  attachments: readonly OutgoingAttachment[] = [],
): OutgoingMessages & { current: OutgoingMessage | null; readonly sent: (SendMode | null)[] } {
  const opened: OutgoingMessages & { current: OutgoingMessage | null; readonly sent: (SendMode | null)[] } = {
    current: message,
    sent: [],
    read: () => Promise.resolve(opened.current),
    attachments: () => Promise.resolve(attachments),
    change: (_tabId, change: OutgoingChange) => {
      if (opened.current !== null) opened.current = { ...opened.current, ...change };
      return Promise.resolve();
    },
    restoreFields: (_tabId, fields) => opened.change(TAB, { fields }),
    send: (_tabId, mode) => {
      opened.sent.push(mode);
      return Promise.resolve();
    },
  };
  return opened;
}
