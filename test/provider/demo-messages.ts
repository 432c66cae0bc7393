// Belongs here: the demo mailbox of `npm start`: one message of every kind, and the wrong ones a person should have seen once.
// Does NOT belong here: how messages are made (see pec-messages.ts), Thunderbird profiles (test/lab).
import { caseNamed } from "./all-cases.ts";
import { buildSignedData } from "./cms-builder.ts";
import type { Correspondence } from "./correspondence.ts";
import { at, localTime, MINUTE, SECOND } from "./local-time.ts";
import { type ByteString, CRLF, entity, toBytes, toByteString, utf8 } from "./mime-builder.ts";
import { PROVIDER_A, sealedWith, transportEnvelope } from "./pec-messages.ts";
import { samplePdf } from "./sample-files.ts";
import { SHORT_MAIL } from "./sample-mail.ts";
import { type Draft, sealMessage } from "./sign-message.ts";
import { type Signer, SIGNERS } from "./test-authority.ts";
import { DEMO_NOW, type Expected, fallsBoth, passes, sealFalls } from "./test-case.ts";

export { DEMO_NOW };

export interface DemoMessage {
  /** Letters, digits and dashes; unique. */
  readonly id: string;
  /** What it shows, for people. */
  readonly title: string;
  readonly bytes: Uint8Array;
  /** As of `DEMO_NOW`. */
  readonly expected: Expected;
}

/** A message that a test case has already. */
function fromCase(name: string, title: string): DemoMessage {
  const { bytes, expected } = caseNamed(name);
  return { id: name, title, bytes, expected };
}

const fromText = (id: string, title: string, message: ByteString, expected: Expected): DemoMessage => ({
  id,
  title,
  bytes: toBytes(message),
  expected,
});

/** An envelope of a mail of its own, so that no two messages of the mailbox share subject or identifier. */
function envelopeOf(id: string, sentAt: number, mail: Partial<Correspondence>): Draft {
  const own: Correspondence = {
    ...SHORT_MAIL,
    id,
    messageId: `<demo.${id.toLowerCase()}@pec.foro-esempio.test>`,
    identifier: `opec21030.${localTime(sentAt).compact}.20511.71.1.12@pec.gestore-uno.test`,
    writtenAt: sentAt - MINUTE,
    ...mail,
  };
  return transportEnvelope(own, PROVIDER_A, sentAt);
}

const ENVELOPE = "posta-certificata";

function altered(): DemoMessage {
  const draft = envelopeOf("Z1", at("2026-11-09T11:05:12+01:00"), {
    subject: "Coordinate per il pagamento della fattura 204",
    text: "Gentile Collega,\n\nil pagamento va fatto sul conto IT00 X000 0000 0000 0000 0000 123.\n\nNadia Orsetti\n",
  });
  const genuine = sealMessage(draft);
  const changed = genuine.replace("0000 0000 123", "0000 0000 987");
  if (changed === genuine) throw new Error("nothing was altered");
  return fromText(
    "altered",
    "Altered: the account number was changed on the way",
    changed,
    fallsBoth(ENVELOPE, "TOTAL-FAILED", "HASH_FAILURE"),
  );
}

function forged(): DemoMessage {
  const { header } = envelopeOf("Z2", at("2026-11-10T08:40:00+01:00"), {
    from: { name: "Ufficio Notifiche", address: "notifiche@pec.ufficio-inventato.test" },
    subject: "Avviso urgente: pagamento entro oggi",
  });
  const text = utf8(
    ["Gentile utente,", "", "il pagamento non è stato ricevuto. Acceda subito dal collegamento.", ""].join(CRLF),
  );
  const message = entity(
    [
      ...header,
      ["MIME-Version", "1.0"],
      ["Content-Type", "text/plain; charset=UTF-8"],
      ["Content-Transfer-Encoding", "8bit"],
    ],
    text,
  );
  return fromText(
    "forged",
    "Forged: header of an envelope, no signature",
    message,
    sealFalls(ENVELOPE, "FORMAT_FAILURE", null),
  );
}

function unknownAuthority(): DemoMessage {
  const draft = envelopeOf("Z3", at("2026-11-11T15:22:08+01:00"), {
    from: { name: "Consorzio Acque Inventate", address: "segreteria@pec.acque-inventate.test" },
    subject: "Convocazione dell'assemblea del consorzio",
    text: "Si comunica che l'assemblea è convocata per il giorno 4 dicembre alle ore 17.\n\nLa segreteria\n",
  });
  const sealed = sealMessage(sealedWith(draft, { signers: [SIGNERS.unknownAuthority] }));
  return fromText(
    "unknown-authority",
    "Signed under an unknown authority",
    sealed,
    fallsBoth(ENVELOPE, "INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND"),
  );
}

function sha1(): DemoMessage {
  const draft = envelopeOf("Z4", at("2026-11-12T09:14:55+01:00"), {
    subject: "Deposito della memoria - ricevuta della cancelleria",
    text: "Cara Collega,\n\nti giro la memoria depositata ieri: è allegata.\n\nNadia Orsetti\n",
    attachments: [
      {
        name: "memoria.pdf",
        contentType: "application/pdf",
        content: samplePdf(["Memoria difensiva", "Documento di esempio"]),
      },
    ],
  });
  const sealed = sealMessage(sealedWith(draft, { digest: "SHA-1" }));
  return fromText(
    "sha1-digest",
    "SHA-1 digest, as most authentic PEC",
    sealed,
    passes(ENVELOPE, ["SHA1_DIGEST"], "CRYPTO_CONSTRAINTS_FAILURE"),
  );
}

function expiredSince(): DemoMessage {
  const draft = envelopeOf("Z5", at("2026-10-08T17:48:30+02:00"), {
    subject: "Conferma dell'appuntamento di lunedì",
    text: "Cara Collega,\n\nconfermo l'appuntamento di lunedì alle 15 presso il mio studio.\n\nNadia Orsetti\n",
  });
  const signing = { signers: [SIGNERS.expiredSince], signingTime: at("2026-10-08T17:48:30+02:00") + 2 * SECOND };
  return fromText(
    "expired-since",
    "Certificate expired since",
    sealMessage(sealedWith(draft, signing)),
    passes(ENVELOPE, ["CERTIFICATE_EXPIRED_SINCE"], "OUT_OF_BOUNDS_NO_POE"),
  );
}

/** A document signed as CAdES (`.p7m`), one signed twice, and one that was changed after it was signed. */
function signedAttachments(): DemoMessage {
  const contract = toBytes(samplePdf(["Contratto di locazione", "Documento di esempio"]));
  const signedAt = at("2026-11-13T10:02:41+01:00");
  const signed = (content: Uint8Array, signer: Signer): Uint8Array =>
    buildSignedData(content, { signers: [signer], signingTime: signedAt, embeddedContent: content });
  const once = signed(contract, SIGNERS.person);
  const file = (name: string, content: Uint8Array) => ({
    name,
    contentType: "application/pkcs7-mime",
    content: toByteString(content),
  });
  const draft = envelopeOf("Z6", at("2026-11-13T10:15:20+01:00"), {
    subject: "Contratto di locazione firmato",
    text: "Cara Collega,\n\nti mando il contratto con le firme digitali.\n\nNadia Orsetti\n",
    attachments: [
      file("contratto.pdf.p7m", once),
      file("contratto-due-firme.pdf.p7m.p7m", signed(once, SIGNERS.elliptic)),
      file("contratto-modificato.pdf.p7m", toBytes(toByteString(once).replace("di locazione", "di Locazione"))),
    ],
  });
  return fromText("signed-attachments", "Digitally signed attachments", sealMessage(draft), passes(ENVELOPE, []));
}

/** The demo mailbox, in the order in which it is filled. The same bytes at each call. */
export function demoMessages(): readonly DemoMessage[] {
  return [
    fromCase("envelope", "Transport envelope"),
    fromCase("anomaly-ordinary-mail", "Anomaly envelope around ordinary mail"),
    fromCase("acceptance", "Acceptance"),
    fromCase("non-acceptance-formal", "Non-acceptance, formal fault"),
    fromCase("non-acceptance-virus", "Non-acceptance, virus"),
    fromCase("take-charge", "Take-charge"),
    fromCase("delivery-complete", "Delivery, complete receipt"),
    fromCase("non-delivery-mailbox-full", "Non-delivery, mailbox full"),
    fromCase("non-delivery-virus", "Non-delivery, virus"),
    fromCase("late-notice-12h", "Late notice after 12 hours"),
    fromCase("late-notice-24h", "Late notice after 24 hours"),
    fromCase("virus-detection", "Virus detection"),
    altered(),
    forged(),
    unknownAuthority(),
    sha1(),
    expiredSince(),
    fromCase("ordinary-mail", "Ordinary mail"),
    fromCase("ordinary-signed-mail", "Ordinary S/MIME mail"),
    fromCase("ordinary-mail-with-attached-pec", "Ordinary mail with an attached PEC"),
    fromCase("rem-dispatch", "REM dispatch"),
    signedAttachments(),
  ];
}
