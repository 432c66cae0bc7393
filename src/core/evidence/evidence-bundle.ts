// Belongs here: a bundle of evidence, written message by message: the messages byte for byte, what is taken out of them, report, manifest,
// list of digests. Does NOT belong here: finding and reading messages (src/app), any wording (see _locales), the archive's format (see
// zip-stream.ts).
//
// Two bundles of the same messages in the same order differ in the stated time alone: numbers, names and order come from the messages.
import type { Words } from "../batch/batch-words.ts";
import { encodeBase64 } from "../pki/parse-pem.ts";
import type { Certificate } from "../pki/certificate.ts";
import { sha256Of } from "../pki/digest.ts";
import { revocationListSummary } from "../pki/read-revocation-file.ts";
import type { Inspection } from "../verdict/inspection.ts";
import type {
  BundledAnchor,
  BundledFile,
  BundledMessage,
  EvidenceContents,
  EvidenceFacts,
  EvidenceGap,
  EvidenceOfSent,
  EvidenceRole,
} from "./bundled-message.ts";
import { numberedName, plainWords } from "./bundle-names.ts";
import { evidenceManifest } from "./evidence-manifest.ts";
import { evidenceParts } from "./evidence-parts.ts";
import { evidenceReport } from "./evidence-report.ts";
import { opensslCheck } from "./openssl-check.ts";
import { createZipStream } from "./zip-stream.ts";

/** A person looks after some hundred receipts of a message at most; report and manifest are held in memory. */
export const MAX_EVIDENCE_MESSAGES = 2_000;
/** Of all messages together, bytes: the bundle is held in memory, and by the platform a second time while it is saved. */
export const MAX_EVIDENCE_BYTES = 1024 * 1024 * 1024;

export interface EvidenceBundle {
  addMessage(bytes: Uint8Array, inspection: Inspection, role: EvidenceRole): Promise<void>;
  /** Report, manifest and digests, and the end of the archive. Nothing can be added afterwards. */
  finish(sent: readonly EvidenceOfSent[], gaps: readonly EvidenceGap[]): Promise<void>;
}

/**
 * @param write takes each piece of the archive, in order; it may keep it
 * @param pause lets others have their turn; called while a large message is written
 */
export function createEvidenceBundle(
  facts: EvidenceFacts,
  words: Words,
  write: (piece: Uint8Array<ArrayBuffer>) => void,
  pause: () => Promise<void> = () => Promise.resolve(),
): EvidenceBundle {
  const { createdAt, authorities } = facts;
  const zip = createZipStream(write, createdAt, pause);
  const digests: BundledFile[] = [];
  const messages: BundledMessage[] = [];
  /** By what is in them, so that each is there once. */
  const certificateFiles = new Map<string, string>();
  const anchors: BundledAnchor[] = [];
  const issuers = new Set<string>();

  async function add(file: string, bytes: Uint8Array): Promise<BundledFile> {
    const added = { file, sha256: await sha256Of(bytes) };
    await zip.add(file, bytes);
    digests.push(added);
    return added;
  }

  async function certificateFile(certificates: readonly Certificate[], name: string): Promise<string | null> {
    if (certificates.length === 0) return null;
    const text = certificates.map(pemOf).join("");
    const known = certificateFiles.get(text);
    if (known !== undefined) return known;
    const number = [...certificateFiles.values()].filter((file) => file.includes(`/${name}-`)).length + 1;
    const file = `certificates/${name}-${String(number)}.pem`;
    certificateFiles.set(text, file);
    const added = await add(file, encoded(text));
    const [only] = certificates;
    if (name === ANCHOR && only !== undefined) anchors.push({ ...added, certificateSha256: only.sha256 });
    return file;
  }

  async function addMessage(bytes: Uint8Array, inspection: Inspection, role: EvidenceRole): Promise<void> {
    const number = messages.length + 1;
    const { daticert, chain, signature, signers } = await evidenceParts(bytes, inspection, authorities);
    const name = numberedName(number, kindWord(inspection, role, words), aboutOf(inspection));
    const prefix = numberedName(number);
    const { file, sha256 } = await add(`messages/${name}.eml`, bytes);
    const daticertFile = daticert && (await add(`certification-data/${prefix}-daticert.xml`, daticert)).file;
    const signatureFile =
      signature === null || signature.form === "message"
        ? null
        : (await add(`signatures/${prefix}.p7s`, signature.signature)).file;
    const contentFile =
      signature?.form === "apart" ? (await add(`signatures/${prefix}-content.bin`, signature.content)).file : null;
    // The last one is an anchor where there is a path at all; a signer alone is nobody's.
    const anchor = chain.length > 1 ? chain.at(-1) : undefined;
    const chainFile = await certificateFile(anchor === undefined ? chain : chain.slice(0, -1), "chain");
    const anchorFile = anchor === undefined ? null : await certificateFile([anchor], ANCHOR);
    for (const certificate of chain) issuers.add(certificate.issuer.text);
    const openssl =
      signature === null
        ? null
        : opensslCheck(
            inspection,
            { message: file, signature: signatureFile, content: contentFile, chain: chainFile, anchor: anchorFile },
            { signers, isAnchorRoot: anchor?.subject.text === anchor?.issuer.text },
          );
    const size = bytes.length;
    messages.push({
      ...{ number, role, file, daticertFile, chainFile, anchorFile, size, sha256 },
      ...{ inspection: { ...inspection, daticertXml: null }, openssl },
    });
  }

  async function addRevocationData(): Promise<EvidenceContents["revocationFiles"]> {
    const files: EvidenceContents["revocationFiles"][number][] = [];
    for (const der of facts.revocation.crls) {
      const summary = revocationListSummary(der);
      // Those of other authorities answered nothing here.
      if (summary === null || !issuers.has(summary.issuer)) continue;
      const number = files.filter(({ kind }) => kind === "list").length + 1;
      const added = await add(`revocation/list-${String(number)}.crl`, der);
      files.push({ ...added, kind: "list", issuer: summary.issuer, thisUpdate: summary.thisUpdate });
    }
    for (const [index, der] of (messages.length === 0 ? [] : facts.revocation.ocspResponses).entries()) {
      const added = await add(`revocation/ocsp-${String(index + 1)}.der`, der);
      files.push({ ...added, kind: "ocsp", issuer: null, thisUpdate: null });
    }
    return files;
  }

  async function finish(sent: readonly EvidenceOfSent[], gaps: readonly EvidenceGap[]): Promise<void> {
    const revocationFiles = await addRevocationData();
    const contents: EvidenceContents = { facts, messages, sent, gaps, anchors, revocationFiles };
    await add(words("evidence_report_file"), encoded([...evidenceReport(contents, words)].join("")));
    await add("MANIFEST.json", encoded(evidenceManifest(contents, digests)));
    // As `sha256sum` writes and checks it: digest, two blanks (text and binary are the same here), name.
    const lines = digests.map(({ file, sha256 }) => `${sha256}  ${file}\n`);
    await zip.add("SHA256SUMS", encoded(lines.join("")));
    zip.end();
  }

  return { addMessage, finish };
}

const ANCHOR = "anchor";

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

/** RFC 7468 §3, with the names before it that nobody checks and everybody reads. */
function pemOf({ der, subject, issuer }: Certificate): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? [];
  return [
    `# ${plainLine(subject.text)}`,
    `# < ${plainLine(issuer.text)}`,
    "-----BEGIN CERTIFICATE-----",
    ...lines,
    "-----END CERTIFICATE-----",
    "",
  ].join("\n");
}

/** Attack: a name with a line break in it, after which a certificate begins. */
const plainLine = (text: string): string => text.replace(/[^\x20-\x7e]/g, "?").replaceAll("-----", "_____");

function kindWord({ kind, unrecognized }: Inspection, role: EvidenceRole, words: Words): string {
  if (role === "sent-copy") return words("evidence_name_sent");
  return kind ?? (unrecognized === null ? words("evidence_name_message") : "pec");
}

/**
 * By what it is told apart from others: forty delivery receipts of one message have one subject and forty recipients. As certified where the
 * seal holds; the subject without the kind's own prefix, which the name says already.
 */
function aboutOf({ daticert, seal, header }: Inspection): string {
  const certified = seal.indication === "TOTAL-PASSED" ? daticert : null;
  return plainWords(certified?.consegna ?? certified?.oggetto ?? header.subject);
}
