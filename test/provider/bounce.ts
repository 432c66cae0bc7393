// Belongs here: the delivery status notification of ordinary mail (RFC 3464) about an envelope that a recipient without PEC did not get (pec-messages §5.4).
// Does NOT belong here: the anomaly envelope in which the sender finds it (see pec-messages.ts).
import { type Correspondence, mailbox, mailboxes } from "./correspondence.ts";
import { localTime } from "./local-time.ts";
import { type ByteString, CRLF, entity, type Field, headerText, multipartBody } from "./mime-builder.ts";
import type { OrdinaryMessage } from "./pec-messages.ts";

/** Says that `recipient` does not exist, and returns the header of the envelope, as mail servers do. */
export function bounce(mail: Correspondence, recipient: string, instant: number): OrdinaryMessage {
  const host = `mx.${recipient.slice(recipient.indexOf("@") + 1)}`;
  const from = `MAILER-DAEMON@${host}`;
  const subject = "Undelivered Mail Returned to Sender";
  const messageId = `<${localTime(instant).compact}.${mail.id}@${host}>`;
  const boundary = `${mail.id}.bounce/${host}`;
  const returned: readonly Field[] = [
    ["Message-ID", `<${mail.identifier}>`],
    ...(mail.messageId === null ? [] : ([["X-Riferimento-Message-ID", mail.messageId]] as const)),
    ["From", `"Per conto di: ${mail.from.address}"${CRLF} <posta-certificata@pec.gestore-uno.test>`],
    ["To", mailboxes(mail.to)],
    ["Subject", headerText(`POSTA CERTIFICATA: ${mail.subject}`)],
    ["X-Trasporto", "posta-certificata"],
  ];
  const part = (contentType: string, body: ByteString): ByteString => entity([["Content-Type", contentType]], body);
  const status = [
    `Reporting-MTA: dns; ${host}`,
    "",
    `Original-Recipient: rfc822;${recipient}`,
    `Final-Recipient: rfc822; ${recipient}`,
    "Action: failed",
    "Status: 5.1.1",
    `Diagnostic-Code: smtp; 550 5.1.1 <${recipient}>: Recipient address rejected: user unknown`,
    "",
  ].join(CRLF);
  const words = `I could not deliver your message to one recipient.${CRLF}<${recipient}>: user unknown${CRLF}`;
  return {
    id: mail.id,
    from,
    to: [mail.from],
    subject,
    messageId,
    bytes: entity(
      [
        ["Return-Path", "<>"],
        ["Message-ID", messageId],
        ["Date", localTime(instant).header],
        ["From", `${from} (Mail Delivery System)`],
        ["To", mailbox(mail.from)],
        ["Auto-Submitted", "auto-replied"],
        ["Subject", subject],
        ["MIME-Version", "1.0"],
        ["Content-Type", `multipart/report; report-type=delivery-status;${CRLF}\tboundary="${boundary}"`],
      ],
      multipartBody(boundary, [
        part("text/plain; charset=us-ascii", words),
        part("message/delivery-status", status),
        part("text/rfc822-headers", returned.map(([name, value]) => `${name}: ${value}${CRLF}`).join("")),
      ]),
    ),
  };
}
