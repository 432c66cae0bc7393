// Belongs here: the whole way of a message, from bytes to the inspection that is shown.
// Does NOT belong here: any rule; each step is its own module.
import { decodeXmlText } from "../daticert/decode-xml-text.ts";
import { openMessage, type OpenedMessage } from "../message/open-message.ts";
import { summarizeOriginal } from "../message/original-message.ts";
import { asciiAddress } from "../mime/ascii-address.ts";
import { decodeBody } from "../mime/decode-body.ts";
import type { Certificate } from "../pki/certificate.ts";
import { noticeStage } from "../receipts/notice-stage.ts";
import type { TrustedAuthorities } from "../trust/trust-types.ts";
import { DEFAULT_POLICY, runChecks, type VerdictPolicy } from "./checks.ts";
import { decide, type Decision } from "./decide.ts";
import { emailsOf, gatherFacts } from "./gather-facts.ts";
import type { CertificateSummary, Inspection, RevocationReport, SignatureReport } from "./inspection.ts";
import type { LocalRecords } from "./local-record.ts";
import { recordOf } from "./local-proof.ts";
import type { AssessedSigner, MessageFacts } from "./message-facts.ts";

export interface InspectOptions {
  /** The moment taken as now, milliseconds UTC. It never replaces the certified time. */
  readonly now: number;
  /** Whom to trust: `shippedAuthorities()`, with the person's own added. */
  readonly anchors: TrustedAuthorities;
  /** What this computer verified before; without it nothing proves that a signature existed before its certificate ended. */
  readonly records?: LocalRecords | null;
  /** DER of revocation lists at hand, whatever their origin: each is verified, and what does not fit is left aside. */
  readonly crls?: readonly Uint8Array[];
  /** DER of OCSP responses at hand (RFC 6960). */
  readonly ocspResponses?: readonly Uint8Array[];
  readonly policy?: VerdictPolicy;
}

const ORGANIZATION = "2.5.4.10";

export function summarizeCertificate(certificate: Certificate): CertificateSummary {
  const { subject, issuer, serial, notBefore, notAfter, sha256 } = certificate;
  const organization = subject.relativeNames.flat().find((attribute) => attribute.type === ORGANIZATION);
  return {
    subject: subject.text,
    issuer: issuer.text,
    serial: serial.toUpperCase(),
    emails: emailsOf(certificate),
    notBefore,
    notAfter,
    sha256,
    organization: organization?.value ?? null,
    crlDistributionPoints: certificate.extensions.crlDistributionPoints,
  };
}

function revocationReport(deciding: AssessedSigner | undefined): RevocationReport {
  const revocation = deciding?.revocation ?? { status: "NOT_ASKED" };
  switch (revocation.status) {
    case "NOT_ASKED":
      return { status: "not-asked" };
    case "GOOD":
      return { status: "good", thisUpdate: revocation.thisUpdate };
    case "UNKNOWN":
      return { status: "unknown", code: revocation.code };
    case "REVOKED": {
      const { thisUpdate, time, reason } = revocation;
      return { status: "revoked", thisUpdate, time, reason };
    }
  }
}

function signatureReport(facts: MessageFacts, verdict: NonNullable<Decision["signature"]>): SignatureReport {
  const deciding = facts.signers[0];
  const certificate = deciding?.facts.certificate ?? null;
  const path = deciding?.chain?.path ?? (certificate === null ? [] : [certificate]);
  return {
    ...verdict,
    digestAlgorithm: deciding?.facts.digestAlgorithm ?? null,
    signatureAlgorithm: deciding?.facts.signatureAlgorithm.name ?? null,
    signingTime: deciding?.facts.signingTime ?? null,
    validationTime: facts.validationTime,
    signer: certificate && summarizeCertificate(certificate),
    chain: path.map(summarizeCertificate),
    revocation: revocationReport(deciding),
    recordedAt: facts.recordedAt,
    toldAt: facts.toldAt,
  };
}

function daticertText({ daticert }: OpenedMessage): string | null {
  return daticert && decodeXmlText(decodeBody(daticert.bytes, daticert.part));
}

/**
 * Inspects one message, exactly as it is stored. A malformed message is no error: it has a verdict. An exception is a bug, and must be
 * shown as one.
 */
export async function inspect(
  bytes: Uint8Array,
  { now, anchors, records = null, crls = [], ocspResponses = [], policy = DEFAULT_POLICY }: InspectOptions,
): Promise<Inspection> {
  const message = await openMessage(bytes);
  const facts = await gatherFacts(message, { now, authorities: anchors, records, crls, ocspResponses });
  const { checks, findings } = runChecks(facts, policy);
  const signed = facts.cms !== null || facts.signatureAnnounced;
  const { kind, claims, header } = facts;
  const { signature, seal, look } = decide(findings, { claims, signed, kind });
  return {
    kind,
    look,
    seal,
    signature: signature && signatureReport(facts, signature),
    daticert: facts.daticert,
    daticertXml: daticertText(message),
    noticeStage:
      facts.daticert?.tipo === "preavviso-errore-consegna" ? noticeStage(facts.daticert.erroreEsteso, null) : null,
    checks,
    unrecognized: facts.unrecognized,
    header: {
      from: header.from,
      fromAddress: facts.from.addresses.map(asciiAddress).join(", "),
      subject: header.subject,
      date: header.date,
      messageId: header.messageId ?? "",
      wasReceived: header.wasReceived,
    },
    original: message.original && summarizeOriginal(message.original),
    attached: message.envelope.attached.map(({ path, kind: attachedKind, fileName, subject }) => ({
      path,
      kind: attachedKind,
      fileName,
      subject,
    })),
    record: signature && recordOf(facts, signature.indication),
  };
}
