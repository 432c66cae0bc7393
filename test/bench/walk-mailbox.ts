// Belongs here: a large mailbox with receipts among ordinary mail, always the same for the same counts.
// Does NOT belong here: measuring.
import { type Correspondence, originalMessage } from "../provider/correspondence.ts";
import { MINUTE } from "../provider/local-time.ts";
import { CRLF, toBytes } from "../provider/mime-builder.ts";
import { acceptance, delivery, PROVIDER_A, PROVIDER_B } from "../provider/pec-messages.ts";
import { SHORT_MAIL } from "../provider/sample-mail.ts";
import { sealMessage } from "../provider/sign-message.ts";

/** Receipts of each message that was sent: its acceptance and a delivery. */
export const RECEIPTS_EACH = 2;

export interface LargeMailbox {
  /** Receipts and ordinary mail, mixed. */
  readonly received: readonly Uint8Array[];
  readonly sent: readonly Uint8Array[];
  readonly receipts: number;
}

/** `firstAt`: when the first message was sent, milliseconds UTC; each of the others a minute after the one before. */
export function largeMailbox(messages: number, sentCount: number, firstAt: number): LargeMailbox {
  const receipts = sentCount * RECEIPTS_EACH;
  if (receipts > messages) throw new RangeError("more receipts than messages");
  const received: Uint8Array[] = [];
  const sent: Uint8Array[] = [];
  const ordinaryEach = (messages - receipts) / sentCount;
  let ordinary = 0;
  for (let index = 0; index < sentCount; index++) {
    const sentAt = firstAt + index * MINUTE;
    const mail: Correspondence = {
      ...SHORT_MAIL,
      id: `W${index}`,
      messageId: `<walk${index}@studio.test>`,
      identifier: `opec${index}.walk@${PROVIDER_A.domain}`,
      writtenAt: sentAt,
    };
    sent.push(toBytes(originalMessage(mail)));
    received.push(toBytes(sealMessage(acceptance(mail, PROVIDER_A, sentAt + MINUTE / 2))));
    const recipient = mail.to[0]?.address ?? "";
    received.push(toBytes(sealMessage(delivery(mail, PROVIDER_B, sentAt + MINUTE, recipient))));
    for (const until = Math.round((index + 1) * ordinaryEach); ordinary < until; ordinary++) {
      received.push(ordinaryMail(ordinary, sentAt));
    }
  }
  return { received, sent, receipts };
}

function ordinaryMail(index: number, sentAt: number): Uint8Array {
  const header = [
    `From: "Qualcuno ${index % 500}" <persona${index % 500}@posta-ordinaria.example>`,
    `To: <${SHORT_MAIL.from.address}>`,
    `Subject: Messaggio numero ${index} sulla consegna dei documenti`,
    `Message-ID: <ordinary${index}@posta-ordinaria.example>`,
    `Date: ${new Date(sentAt).toUTCString().replace("GMT", "+0000")}`,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=UTF-8",
  ];
  const line = "Gentile Collega, in allegato quanto promesso ieri al telefono.";
  return new TextEncoder().encode([...header, "", ...Array<string>(20).fill(line), ""].join(CRLF));
}
