// Belongs here: what is in a bundle, for programs: MANIFEST.json, with the version of its own shape. Does NOT belong here: words for people
// (see evidence-report.ts).
import type { CertifiedTime } from "../daticert/daticert.ts";
import type { Receipt } from "../receipts/receipt.ts";
import type { BundledFile, BundledMessage, EvidenceContents, EvidenceOfSent } from "./bundled-message.ts";

/** Raised when a reader of an older manifest would misread a new one. */
export const EVIDENCE_SCHEMA = { name: "sigillo-pec-evidence", version: 1 } as const;

export function evidenceManifest(contents: EvidenceContents, files: readonly BundledFile[]): string {
  const { facts, messages, sent, gaps, revocationFiles } = contents;
  const manifest = {
    schema: EVIDENCE_SCHEMA,
    createdAt: instant(facts.createdAt),
    program: { name: "Sigillo PEC", version: facts.version },
    messages: messages.map(messageOf),
    sent: sent.map((each) => sentOf(each, messages)),
    missing: gaps.map((gap) => ({ ...gap, date: instant(gap.date) })),
    anchors: facts.authorities.anchors.map(({ certificate, origin, source, date }) => ({
      sha256: certificate.sha256,
      subject: certificate.subject.text,
      ...{ origin, source, date },
      file: contents.anchors.find(({ certificateSha256 }) => certificateSha256 === certificate.sha256)?.file ?? null,
    })),
    revocation: revocationFiles.map((each) => ({ ...each, thisUpdate: instant(each.thisUpdate) })),
    files: files.map(({ file, sha256 }) => ({ file, sha256 })),
  };
  return `${plainJson(JSON.stringify(manifest, null, 2))}\n`;
}

/** Attack: somebody reads the file in a terminal, where control characters hide or rewrite lines, and overrides turn one around. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The same values for whoever parses it. Between the strings there are line breaks alone of these. */
function plainJson(json: string): string {
  return json.replace(UNSEEN, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}

/** ISO 8601, UTC. */
const instant = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString());

const certified = ({ instant: at, local, offset }: CertifiedTime) => ({ instant: instant(at), local, offset });

function messageOf(message: BundledMessage) {
  const { number, role, file, daticertFile, chainFile, anchorFile, size, sha256, inspection, openssl } = message;
  const { kind, unrecognized, look, seal, signature, daticert, checks, header, original } = inspection;
  return {
    ...{ number, role, file, size, sha256, daticertFile, chainFile, anchorFile },
    ...{ kind, unrecognized, look, seal },
    signature: signature && {
      ...signature,
      signingTime: instant(signature.signingTime),
      validationTime: instant(signature.validationTime),
      recordedAt: instant(signature.recordedAt),
      toldAt: instant(signature.toldAt),
      chain: signature.chain.map((certificate) => ({
        ...certificate,
        notBefore: instant(certificate.notBefore),
        notAfter: instant(certificate.notAfter),
      })),
      signer: signature.signer?.sha256 ?? null,
    },
    // As the file says it; it counts where the seal holds.
    certificationData: daticert && { ...daticert, data: certified(daticert.data) },
    header: { from: header.from, subject: header.subject, date: header.date, messageId: header.messageId },
    original: original && { messageId: original.messageId, subject: original.subject },
    checks,
    openssl: openssl && { command: ["openssl", ...openssl.args].join(" "), expects: openssl.expects },
  };
}

function sentOf({ entry, status }: EvidenceOfSent, messages: readonly BundledMessage[]) {
  const fileOf = (receipt: Receipt | null): string | null => fileOfReceipt(receipt, messages)?.file ?? null;
  return {
    sender: entry.sender,
    messageIds: entry.copies.map(({ messageId }) => messageId),
    subject: entry.copies[0]?.subject ?? entry.receipts[0]?.subject ?? null,
    acceptance: fileOf(status.acceptance),
    refusal: fileOf(status.refusal),
    recipients: status.recipients.map(({ address, certified: isPec, state, decidedBy, contradictions }) => ({
      ...{ address, isPec, state },
      certifiedAt: decidedBy && certified(decidedBy.time),
      provider: decidedBy?.provider ?? null,
      receipt: fileOf(decidedBy),
      contradictedBy: contradictions.map(fileOf).filter((file) => file !== null),
    })),
  };
}

/** The receipt itself, by the value of its signature. */
export function fileOfReceipt(receipt: Receipt | null, messages: readonly BundledMessage[]): BundledMessage | null {
  if (receipt === null) return null;
  return messages.find(({ inspection }) => inspection.record?.signatureSha256 === receipt.id) ?? null;
}
