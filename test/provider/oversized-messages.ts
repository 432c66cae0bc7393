// Belongs here: messages whose size or depth is the attack (issue: bad input), made to measure. Does NOT belong here: small cases (see forgeries.ts).
import { writeDaticert } from "./daticert-writer.ts";
import { base64Lines, CRLF, entity, toBytes } from "./mime-builder.ts";
import { daticertOf } from "./pec-messages.ts";
import { SHORT_ENVELOPE } from "./sample-drafts.ts";
import { sealMessage } from "./sign-message.ts";

/** A message that claims to be an envelope: multiparts nested `depth` deep, nothing signed. */
export function deeplyNestedMessage(depth: number): Uint8Array {
  const open = Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary="n${level}"${CRLF}${CRLF}--n${level}${CRLF}`,
  ).join("");
  const close = Array.from({ length: depth }, (_, level) => `${CRLF}--n${depth - 1 - level}--`).join("");
  const header = SHORT_ENVELOPE.header.map(([name, value]) => `${name}: ${value}${CRLF}`).join("");
  return toBytes(`${header}MIME-Version: 1.0${CRLF}${open}Content-Type: text/plain${CRLF}${CRLF}fondo${close}${CRLF}`);
}

/** A right envelope whose certification data hold about `size` bytes of recipients. */
export function messageWithLargeDaticert(size: number): Uint8Array {
  const xml = writeDaticert(daticertOf(SHORT_ENVELOPE));
  const recipient = '<destinatari tipo="certificato">destinatario@pec.comune-borgoinventato.test</destinatari>\n';
  const many = recipient.repeat(Math.ceil(size / recipient.length));
  return toBytes(sealMessage({ ...SHORT_ENVELOPE, daticertXml: xml.replace("<risposte>", () => `${many}<risposte>`) }));
}

/** A right envelope of at least `size` bytes: its original carries one large attachment. */
export function largeMessage(size: number): Uint8Array {
  const line = base64Lines("\0".repeat(57)) + CRLF;
  const original = entity(
    [
      ["From", "nadia.orsetti@pec.foro-esempio.test"],
      ["Subject", "Udienza del 3 dicembre"],
      ["Message-ID", `<${daticertOf(SHORT_ENVELOPE).identificativo}>`],
      ["Content-Type", 'application/octet-stream; name="grande.bin"'],
      ["Content-Transfer-Encoding", "base64"],
      ["Content-Disposition", 'attachment; filename="grande.bin"'],
    ],
    line.repeat(Math.ceil(size / line.length)),
  );
  return toBytes(sealMessage({ ...SHORT_ENVELOPE, postacert: original }));
}
