// Belongs here: receipts and sent copies that the tests of the ledger share.
import type { SentCopy } from "../../../src/core/receipts/ledger-entry.ts";
import type { Receipt, ReceiptKind } from "../../../src/core/receipts/receipt.ts";

const HOUR = 3_600_000;

/** When the sent message of these tests was accepted. */
export const ACCEPTED_AT = Date.parse("2026-03-02T08:00:00Z");
export const SENDER = "nadia@pec.studio.test";
export const MSGID = "client1@pec.studio.test";
export const IDENTIFIER = "opec1@pec.gestore.test";
export const ANNA = "anna@pec.foro.test";
export const BRUNO = "bruno@pec.foro.test";
export const CARLA = "carla@posta.test";

export const copy: SentCopy = {
  messageId: `<${MSGID}>`,
  from: SENDER,
  recipients: [ANNA, BRUNO, CARLA],
  subject: "Diffida",
  sentAt: ACCEPTED_AT - 20_000,
};

/** A verified receipt `hours` after the acceptance; about one recipient when named. */
export function aReceipt(
  kind: ReceiptKind,
  hours: number,
  recipient: string | null = null,
  changes: Partial<Receipt> = {},
): Receipt {
  const instant = ACCEPTED_AT + hours * HOUR;
  return {
    id: `${kind} ${String(hours)} ${recipient ?? ""}`,
    kind,
    messageId: `${kind}.${String(hours)}@pec.gestore.test`,
    verified: true,
    sender: SENDER,
    msgid: MSGID,
    identifier: IDENTIFIER,
    provider: "Gestore di prova",
    time: { instant, local: new Date(instant).toISOString().slice(0, 19), offset: "+0000" },
    subject: "Diffida",
    recipients: [
      { indirizzo: "Anna@PEC.foro.test", tipo: "certificato" },
      { indirizzo: BRUNO, tipo: "certificato" },
      { indirizzo: CARLA, tipo: "esterno" },
    ],
    recipient,
    requested: null,
    error: "nessuno",
    errorText: null,
    ...changes,
  };
}

/** Hours after the acceptance as an instant. */
export const after = (hours: number): number => ACCEPTED_AT + hours * HOUR;
