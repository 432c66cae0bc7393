import { afterAll, describe, expect, it } from "vitest";
import { parseCertificate, validateChain, type ChainResult } from "../../src/core/index.ts";
import { openMessage } from "../../src/core/message/open-message.ts";
import { children, constructed, readElement, TAG, type Asn1Element } from "../../src/core/pki/asn1.ts";
import type { Certificate } from "../../src/core/pki/certificate.ts";
import { nameKey, readName } from "../../src/core/pki/distinguished-name.ts";
import { MalformedError } from "../../src/core/pki/malformed-error.ts";
import { requirePkits } from "./pkits-folder.ts";
import { readAuthorities, readCases, readLists, SECTIONS, type PkitsCase } from "./pkits-suite.ts";
import { scoreTable, type Answer, type Score } from "./score-table.ts";

/** Where an answer must be NIST's, `undecided` being none; in the others nothing invalid may be accepted and nothing valid refused. */
const DECIDED_SECTIONS = [
  "4.1",
  "4.2",
  "4.3",
  "4.4",
  "4.5",
  "4.6",
  "4.7",
  "4.8",
  "4.9",
  "4.10",
  "4.11",
  "4.12",
  "4.13",
  "4.16",
];
/** WebCrypto has no DSA, and PEC never used it. */
const isDsa = ({ name }: PkitsCase): boolean => name.includes("DSA");
/** All messages were signed on this day; the certificates live from 2010 to 2030, but for those of 4.2. */
const AT = Date.UTC(2011, 3, 15);

const folder = await requirePkits();
const cases = readCases(folder);
const authorities = readAuthorities(folder);
const lists = readLists(folder).map((der) => ({ der, issuer: issuerOfList(der) }));
const anchor = await parseCertificate(authorities.anchor);
const others = (await Promise.all(authorities.others.map(decode))).filter((certificate) => certificate !== null);

const scores: Score[] = [];
afterAll(() => {
  console.log(scoreTable(SECTIONS, cases, scores));
});

describe("the suite", () => {
  it.each(SECTIONS)("has the $count cases of $number, $title", ({ number, count }) => {
    expect(cases.filter(({ section }) => section === number)).toHaveLength(count);
  });
});

describe.each(["message", "certificate"] as const)("as a %s", (form) => {
  it.each(cases)("$section $name", async (pkitsCase) => {
    const answer = form === "message" ? await judgeMessage(pkitsCase) : await judgeCertificate(pkitsCase);
    scores.push({ form, name: pkitsCase.name, answer });
    expect(answer).toSatisfy((given: Answer) => isAcceptable(pkitsCase, given));
  });
});

function isAcceptable(pkitsCase: PkitsCase, answer: Answer): boolean {
  const { expected, section } = pkitsCase;
  // Where the lists that there are say nothing, NIST wants no more than that the path is not accepted.
  if (expected === "invalid") return answer !== "valid";
  return answer === "valid" || (answer === "undecided" && (isDsa(pkitsCase) || !DECIDED_SECTIONS.includes(section)));
}

/** The signature of the message, the path of its signer, and the lists that it carries. */
async function judgeMessage({ message }: PkitsCase): Promise<Answer> {
  const { cms } = await openMessage(message);
  if (cms?.outcome !== "READ") return "invalid";
  const [signer] = cms.signers;
  if (signer?.signatureValue === "UNSUPPORTED") return "undecided";
  if (signer?.signatureValue !== "VALID" || signer.messageDigest !== "MATCH" || signer.certificate === null)
    return "invalid";
  return answerOf(await validate(signer.certificate, cms.certificates, carriedLists(message)));
}

/** The signer's certificate among all certificates of the suite, and the lists of all authorities on its path. */
async function judgeCertificate({ certificate }: PkitsCase): Promise<Answer> {
  const leaf = await decode(certificate);
  if (leaf === null) return "invalid";
  // Without lists first, to learn who is on the path: a caller fetches the lists of those, not of the whole world.
  const { path } = await validateChain(leaf, others, [anchor], { at: AT, purpose: "any" });
  const issuers = new Set(
    path.flatMap(({ issuer, extensions }) =>
      [issuer, ...extensions.distributionPoints.flatMap((point) => point.issuers ?? [])].map(nameKey),
    ),
  );
  return answerOf(
    await validate(
      leaf,
      others,
      lists.filter(({ issuer }) => issuers.has(issuer)).map(({ der }) => der),
    ),
  );
}

/** `null` for what cannot be read: some certificates of 4.1 are damaged so far. */
async function decode(der: Uint8Array): Promise<Certificate | null> {
  try {
    return await parseCertificate(der);
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

function validate(
  leaf: Certificate,
  intermediates: readonly Certificate[],
  crls: readonly Uint8Array[],
): Promise<ChainResult> {
  return validateChain(leaf, intermediates, [anchor], { at: AT, purpose: "any", crls });
}

function answerOf({ outcome }: ChainResult): Answer {
  return outcome === "PASSED" ? "valid" : outcome === "FAILED" ? "invalid" : "undecided";
}

/** DER of the lists inside the signature (RFC 5652 §5.1), which the product does not use: they are the sender's choice. */
function carriedLists(message: Uint8Array): readonly Uint8Array[] {
  const base64 = /smime\.p7s"\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/.exec(new TextDecoder().decode(message))?.[1] ?? "";
  const contentInfo = readElement(Buffer.from(base64, "base64"), 0, "BER");
  const [signedData] = inside(inside(contentInfo)[1]);
  return inside(inside(signedData).find(({ tag }) => tag === constructed(1))).map(({ bytes }) => bytes);
}

/** Key of the name that issued a list: the first SEQUENCE after the algorithm (RFC 5280 §5.1). */
function issuerOfList(der: Uint8Array): string {
  const [tbs] = inside(readElement(der, 0, "DER"));
  const issuer = inside(tbs).filter(({ tag }) => tag === TAG.sequence)[1];
  return issuer === undefined ? "" : nameKey(readName(issuer));
}

function inside(element: Asn1Element | undefined): readonly Asn1Element[] {
  return element === undefined ? [] : children(element, "BER");
}
