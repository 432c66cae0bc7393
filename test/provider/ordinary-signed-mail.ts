// Belongs here: S/MIME mail of a person that has nothing to do with PEC. Does NOT belong here: providers' messages.
import { type ByteString, CRLF, entity, headerText, quotedPrintable, utf8 } from "./mime-builder.ts";
import { at, localTime } from "./local-time.ts";
import { LAWYER } from "./sample-mail.ts";
import { signatureOver, signaturePart, signedMessage } from "./sign-message.ts";
import { PERSON_ADDRESS, SIGNERS } from "./test-authority.ts";

/** Signed by a person's certificate under the test root. */
export function ordinarySignedMail(): ByteString {
  const instant = at("2026-11-06T18:30:00+01:00");
  const content = entity(
    [
      ["Content-Type", "text/plain; charset=UTF-8"],
      ["Content-Transfer-Encoding", "quoted-printable"],
    ],
    quotedPrintable(
      utf8(["Gentile Avvocato,", "", "la perizia è pronta: gliela porto domani.", "", "Piero Ferraris"].join(CRLF)),
    ),
  );
  const signature = signaturePart(signatureOver(content, { signers: [SIGNERS.person], signingTime: instant }));
  return signedMessage(
    [
      ["Return-Path", `<${PERSON_ADDRESS}>`],
      ["Message-ID", "<8f14e45f.perizia@posta-libera.test>"],
      ["Date", localTime(instant).header],
      ["From", `Piero Ferraris <${PERSON_ADDRESS}>`],
      ["To", `"${LAWYER.name}" <${LAWYER.address}>`],
      ["Subject", headerText("La perizia è pronta")],
    ],
    "personal1",
    [content, signature],
  );
}
