// Belongs here: what the fuzzing begins with: small messages of the test provider, certificates, lists, certification data, and what a
// right answer to each is. Does NOT belong here: the damage (see mutate-*.ts), what must hold (see targets.ts).
import { createHash, createPublicKey } from "node:crypto";
import {
  extractOriginal,
  inspect,
  shippedAuthorities,
  withExtraAuthorities,
  type Inspection,
  type TrustedAuthorities,
} from "../../src/core/index.ts";
import { parseCertificate } from "../../src/core/pki/parse-certificate.ts";
import type { Certificate } from "../../src/core/pki/certificate.ts";
import { extraAuthorities } from "../provider/demo-authorities.ts";
import { daticertOf, delivery, PROVIDER_B, sealedWith } from "../provider/pec-messages.ts";
import { writeDaticert } from "../provider/daticert-writer.ts";
import { type ByteString, CRLF, entity, toBytes, utf8 } from "../provider/mime-builder.ts";
import { at } from "../provider/local-time.ts";
import { NOTICE_ACCEPTANCE, NOTICE_DELIVERY, SHORT_ENVELOPE } from "../provider/sample-drafts.ts";
import { SHORT_MAIL } from "../provider/sample-mail.ts";
import { type Draft, sealMessage, sealOpaque, signedEntity } from "../provider/sign-message.ts";
import { buildCertificate } from "../provider/certificate-builder.ts";
import { nullValue } from "../provider/der.ts";
import { buildOcspRefusal, buildOcspResponse, type OcspResponseDescription } from "../provider/ocsp-builder.ts";
import { ISSUERS, issuingCertificate, REVOCATION_LISTS, rootCertificate, SIGNERS } from "../provider/test-authority.ts";
import { DEMO_NOW } from "../provider/test-case.ts";

/** What a person is told of a message that passes; a damaged message that passes must still say the same. */
export interface Told {
  readonly kind: string | null;
  readonly daticert: string;
  /** SHA-256 of the original message without regard to how its lines end, or were quoted by an mbox file. */
  readonly original: string;
  readonly signer: string;
  readonly signingTime: number | null;
}

export interface CorpusMessage {
  readonly name: string;
  readonly message: ByteString;
  /** The signed content as it stands in the message; `null`: inside the CMS. */
  readonly signed: ByteString | null;
  /** Base64 lines of the CMS, as they stand in the message. */
  readonly cms: ByteString;
}

export interface Corpus {
  readonly authorities: TrustedAuthorities;
  readonly messages: readonly [CorpusMessage, ...CorpusMessage[]];
  /** `toldKey` of each message. */
  readonly told: ReadonlySet<string>;
  /** Of each message, by name: its look and the unsigned header fields that are shown beside it. */
  readonly shown: readonly Inspection[];
  readonly certificates: readonly [Uint8Array, ...Uint8Array[]];
  readonly leaf: Certificate;
  readonly issuer: Certificate;
  readonly revocationLists: readonly [Uint8Array, ...Uint8Array[]];
  readonly ocspResponses: readonly [Uint8Array, ...Uint8Array[]];
  readonly daticerts: readonly [ByteString, ...ByteString[]];
}

const short = (draft: Draft): Draft => ({
  ...draft,
  introduction: entity([["Content-Type", "text/plain; charset=us-ascii"]], "Messaggio di posta certificata"),
});

const DELIVERY: Draft = delivery(
  SHORT_MAIL,
  PROVIDER_B,
  at("2026-10-20T08:18:01+02:00"),
  SHORT_MAIL.to[0]?.address ?? "",
);

function corpusMessage(name: string, draft: Draft, seal: (draft: Draft) => ByteString = sealMessage): CorpusMessage {
  const message = seal(draft);
  const cms = /(?:^MI[A-Za-z0-9+/=]+\r?\n?)(?:[A-Za-z0-9+/=]+\r?\n?)*/m.exec(message)?.[0].trimEnd() ?? "";
  const content = signedEntity(draft);
  return { name, message, signed: message.includes(content) ? content : null, cms };
}

const by = (signing: Partial<Draft["signing"]>): Draft => sealedWith(short(SHORT_ENVELOPE), signing);

function messages(): Corpus["messages"] {
  const content = toBytes(signedEntity(short(SHORT_ENVELOPE)));
  return [
    corpusMessage("envelope", short(SHORT_ENVELOPE)),
    corpusMessage("envelope-lf", short(SHORT_ENVELOPE), (draft) => sealMessage(draft).replaceAll(CRLF, "\n")),
    corpusMessage("envelope-opaque", short(SHORT_ENVELOPE), sealOpaque),
    corpusMessage("envelope-sha1", by({ digest: "SHA-1" })),
    corpusMessage("envelope-elliptic", by({ signers: [SIGNERS.elliptic] })),
    corpusMessage("envelope-without-attributes", by({ signedAttributes: false })),
    corpusMessage("envelope-two-signers", by({ signers: [SIGNERS.good, SIGNERS.elliptic] })),
    corpusMessage("envelope-embedding", by({ embeddedContent: content })),
    corpusMessage("acceptance", short(NOTICE_ACCEPTANCE)),
    corpusMessage("delivery", short(DELIVERY)),
  ];
}

const OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
const OCSP_NO_CHECK = { oid: "1.3.6.1.5.5.7.48.1.5", value: nullValue() };
const NONCE = { oid: "1.3.6.1.5.5.7.48.1.2", value: Uint8Array.of(4, 2, 1, 2) };

/** About `SIGNERS.revoked`: of its issuer, and of a responder with a certificate for that. */
function ocspResponses(): Corpus["ocspResponses"] {
  const { issuing } = ISSUERS;
  const responderKey = createPublicKey(SIGNERS.goodB.key);
  const responder = buildCertificate({
    subject: [{ type: "CN", value: "Responder" }],
    issuer: issuing.name,
    serial: 0x7001,
    notBefore: at("2026-01-01T00:00:00Z"),
    notAfter: at("2027-01-01T00:00:00Z"),
    publicKey: responderKey,
    issuerPrivateKey: issuing.key,
    extendedKeyUsage: [OCSP_SIGNING],
    extraExtensions: [OCSP_NO_CHECK],
  });
  const thisUpdate = at("2026-11-20T00:00:00Z");
  const about = (status: OcspResponseDescription["answers"][number]["status"]) => ({
    serial: SIGNERS.revoked.serial,
    status,
    thisUpdate,
    nextUpdate: at("2026-11-27T00:00:00Z"),
  });
  const issuer = { name: issuing.name, publicKey: createPublicKey(issuing.key) };
  const own = { issuer, answers: [about("good")], producedAt: thisUpdate, signerPrivateKey: issuing.key };
  return [
    buildOcspResponse(own),
    buildOcspResponse({ ...own, answers: [about({ revokedAt: thisUpdate, reason: 1 })], extensions: [NONCE] }),
    buildOcspResponse({
      ...own,
      responder: { key: responderKey },
      signerPrivateKey: SIGNERS.goodB.key,
      certificates: [responder],
    }),
    buildOcspRefusal(3),
  ];
}

const sha256 = (text: ByteString): string => createHash("sha256").update(text, "latin1").digest("hex");

/** A message as it was sent: with one kind of line end, and without the quotes that mbox files add. */
const asSent = (original: Uint8Array): ByteString =>
  Buffer.from(original)
    .toString("latin1")
    .replaceAll(CRLF, "\n")
    .replace(/^>(>*From )/gm, "$1");

/** What the verdict rests on, in one line. */
export async function toldKey(bytes: Uint8Array, inspection: Inspection): Promise<string> {
  const original = await extractOriginal(bytes);
  const { kind, daticert, signature } = inspection;
  const told: Told = {
    kind,
    daticert: JSON.stringify(daticert),
    original: original === null ? "" : sha256(asSent(original)),
    signer: signature?.signer?.sha256 ?? "",
    signingTime: signature?.signingTime ?? null,
  };
  return JSON.stringify(told);
}

export async function makeCorpus(): Promise<Corpus> {
  const authorities = await withExtraAuthorities(await shippedAuthorities(), extraAuthorities);
  const told = new Set<string>();
  const shown: Inspection[] = [];
  for (const { name, message } of messages()) {
    const bytes = toBytes(message);
    const inspection = await inspect(bytes, { now: DEMO_NOW, anchors: authorities });
    if (inspection.seal.indication !== "TOTAL-PASSED") throw new Error(`${name} does not pass as it is`);
    told.add(await toldKey(bytes, inspection));
    shown.push(inspection);
  }
  return {
    authorities,
    messages: messages(),
    told,
    shown,
    certificates: [
      SIGNERS.good.certificate,
      SIGNERS.elliptic.certificate,
      SIGNERS.legacy.certificate,
      SIGNERS.newerAgency.certificate,
      issuingCertificate,
      rootCertificate,
      ...authorities.intermediates.slice(0, 3).map(({ der }) => der),
    ],
    leaf: await parseCertificate(SIGNERS.revoked.certificate),
    issuer: await parseCertificate(issuingCertificate),
    revocationLists: [
      REVOCATION_LISTS.revokedBefore,
      REVOCATION_LISTS.nothingRevoked,
      REVOCATION_LISTS.revokedAfter,
      REVOCATION_LISTS.keyCompromised,
    ],
    ocspResponses: ocspResponses(),
    daticerts: [
      utf8(writeDaticert(daticertOf(SHORT_ENVELOPE))),
      utf8(writeDaticert(daticertOf(NOTICE_DELIVERY))),
      utf8(writeDaticert(daticertOf(NOTICE_ACCEPTANCE))),
    ],
  };
}
