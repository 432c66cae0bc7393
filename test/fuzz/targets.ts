// Belongs here: what is fuzzed: how the input of each kind is made, and what must hold of the answer, whatever the input.
// Does NOT belong here: the damage itself (see mutate-*.ts), running (see run-case.ts).
import {
  extractAttached,
  extractAttachment,
  extractOriginal,
  inspect,
  parseAddressList,
  plainTextBody,
  readAnchorFile,
  validateChain,
  withUserAnchors,
  type Inspection,
} from "../../src/core/index.ts";
import { checkRevocation } from "../../src/core/chain/check-revocation.ts";
import { parseDaticert } from "../../src/core/daticert/parse-daticert.ts";
import { decodeEncodedWords } from "../../src/core/mime/encoded-words.ts";
import { parseMailDate } from "../../src/core/mime/mail-date.ts";
import { parseParameterizedValue } from "../../src/core/mime/parameterized-value.ts";
import type { Certificate } from "../../src/core/pki/certificate.ts";
import { MalformedError } from "../../src/core/pki/malformed-error.ts";
import { parseCertificate } from "../../src/core/pki/parse-certificate.ts";
import { parseOcspResponse } from "../../src/core/pki/parse-ocsp-response.ts";
import { at } from "../provider/local-time.ts";
import { base64Lines, type ByteString, CRLF, toBytes, toByteString } from "../provider/mime-builder.ts";
import { pem } from "../provider/der.ts";
import { SHORT_ENVELOPE } from "../provider/sample-drafts.ts";
import { sealMessage } from "../provider/sign-message.ts";
import { SIGNERS } from "../provider/test-authority.ts";
import { DEMO_NOW } from "../provider/test-case.ts";
import { type Corpus, toldKey } from "./corpus.ts";
import { mboxFiles, signedFiles } from "./file-targets.ts";
import { mutateBytes } from "./mutate-bytes.ts";
import { mutateDer } from "./mutate-der.ts";
import { mutateMessage } from "./mutate-message.ts";
import type { Random } from "./random.ts";

/** One input with the question what is wrong with the answer to it. */
export interface FuzzCase {
  readonly input: Uint8Array;
  /** What must hold and does not; `null`: all is well. An exception is a violation too. */
  readonly violation: () => Promise<string | null>;
}

export interface Target {
  readonly name: string;
  /** Share of the cases; the cheap ones are tried more often. */
  readonly weight: number;
  readonly make: (random: Random, corpus: Corpus) => FuzzCase;
}

const MOMENT = at("2026-10-20T08:17:33+02:00");

const judge = (bytes: Uint8Array, { authorities }: Corpus): Promise<Inspection> =>
  inspect(bytes, { now: DEMO_NOW, anchors: authorities });

const failedChecks = ({ checks }: Inspection): readonly string[] =>
  checks.filter(({ outcome }) => outcome === "FAILED").map(({ id }) => id);

/** What must hold of any answer to any message. */
async function messageViolation(bytes: Uint8Array, corpus: Corpus): Promise<string | null> {
  const inspection = await judge(bytes, corpus);
  const { seal, look, kind, header, signature } = inspection;
  const passed = seal.indication === "TOTAL-PASSED";
  if (passed !== ["sealed", "sealed-with-remarks", "neutral"].includes(look))
    return `look ${look} of a seal that is ${seal.indication}`;
  if (passed !== (seal.subIndication === null) && seal.indication !== "NONE")
    return "sub-indication beside a seal that passes, or none beside one that fails";
  if (seal.indication === "TOTAL-FAILED" && failedChecks(inspection).length === 0)
    return "failed without a failed check";
  if (JSON.stringify(inspection) === undefined) return "not serializable";
  if (!passed) return null;
  if (failedChecks(inspection).length > 0) return `passed with failed checks ${failedChecks(inspection).join(", ")}`;
  if (kind === null || kind !== inspection.daticert?.tipo)
    return `passed as ${String(kind)} with certification data of another kind`;
  if (!corpus.told.has(await toldKey(bytes, inspection))) return "passed, and tells other things than what was signed";
  const address = signature?.signer?.emails[0]?.toLowerCase() ?? "nobody";
  if (!plain(header.from).includes(address)) return "passed, and From does not show the signer";
  if (!seal.remarks.includes("HEADERS_DIFFER") && !showsTheSame(inspection, corpus)) {
    return `passed without a remark, and shows another subject: ${header.subject}`;
  }
  return null;
}

const plain = (text: string): string => text.normalize("NFC").replace(/\s+/g, "").toLowerCase();

/** The header fields beside an unremarked seal are those of a genuine message. */
function showsTheSame({ header }: Inspection, { shown }: Corpus): boolean {
  // A message that lost its subject shows nothing that could be false.
  return (
    header.subject === "" || shown.some((genuine) => plain(genuine.header.subject).endsWith(plain(header.subject)))
  );
}

function messageCase(message: ByteString | Uint8Array, corpus: Corpus): FuzzCase {
  const input = typeof message === "string" ? toBytes(message) : message;
  return { input, violation: () => messageViolation(input, corpus) };
}

/** One octet of the signed content replaced: nothing may pass. */
const signedOctet: Target = {
  name: "signed-octet",
  weight: 2,
  make: (random, corpus) => {
    const { message, signed } =
      random.pick(corpus.messages.filter((candidate) => candidate.signed !== null)) ?? corpus.messages[0];
    const position = message.indexOf(signed ?? "") + random.below(signed?.length ?? 0);
    const before = message.charCodeAt(position);
    const after = random.chance(0.5) ? before ^ (1 << random.below(8)) : random.below(256);
    const input = toBytes(message.slice(0, position) + String.fromCharCode(after) + message.slice(position + 1));
    return {
      input,
      violation: async () => {
        const { indication } = (await judge(input, corpus)).seal;
        return indication === "TOTAL-PASSED" && after !== before
          ? `passed with octet ${position} of the signed content changed`
          : null;
      },
    };
  },
};

const envelopeBytes: Target = {
  name: "envelope-bytes",
  weight: 5,
  make: (random, corpus) => {
    const donor = toBytes(random.pick(corpus.messages).message);
    return messageCase(mutateBytes(toBytes(random.pick(corpus.messages).message), random, donor), corpus);
  },
};

const messageStructure: Target = {
  name: "message-structure",
  weight: 7,
  make: (random, corpus) => {
    const donor = random.pick(corpus.messages).message;
    return messageCase(mutateMessage(random.pick(corpus.messages).message, random, donor), corpus);
  },
};

const cms: Target = {
  name: "cms",
  weight: 4,
  make: (random, corpus) => {
    const { message, cms: encoded } = random.pick(corpus.messages);
    const donor = Buffer.from(random.pick(corpus.messages).cms, "base64");
    const mutated = mutateDer(Buffer.from(encoded, "base64"), random, donor);
    return messageCase(
      message.replace(encoded, () => base64Lines(toByteString(mutated))),
      corpus,
    );
  },
};

/** The original of a right envelope, damaged before the provider signs it: what a sender may send changes nothing in the seal around it. */
const embedded: Target = {
  name: "embedded-original",
  weight: 1,
  make: (random, corpus) => {
    const donor = random.pick(corpus.messages).message;
    const original = random.chance(0.5) ? (SHORT_ENVELOPE.postacert ?? "") : donor;
    const mutated = random.chance(0.5)
      ? mutateMessage(original, random, donor)
      : toByteString(mutateBytes(toBytes(original), random, toBytes(donor)));
    // A mail travels with CRLF, and a provider takes boundaries that the mail does not have.
    const postacert = mutated.replace(/\r?\n/g, CRLF);
    const sealed = sealMessage({ ...SHORT_ENVELOPE, boundary: "fuzz", postacert });
    // What has carriage returns of its own loses some of them on a system that stores LF alone.
    const storedWithLineFeeds = random.chance(0.5) && !/\r(?!\n)/.test(postacert);
    const input = toBytes(storedWithLineFeeds ? sealed.replaceAll(CRLF, "\n") : sealed);
    return {
      input,
      violation: async () => embeddedViolation(await judge(input, corpus), await extractOriginal(input), postacert),
    };
  },
};

/** What may be said of an original: that its own sender, identifier or subject is not the certified one. */
const ABOUT_THE_ORIGINAL: ReadonlySet<string> = new Set([
  "daticert-sender-original",
  "daticert-identifier-original",
  "revocation",
]);

function embeddedViolation(inspection: Inspection, extracted: Uint8Array | null, postacert: ByteString): string | null {
  const wrong = inspection.checks.filter(({ id, outcome }) => outcome !== "PASSED" && !ABOUT_THE_ORIGINAL.has(id));
  if (wrong.length > 0) return `the original changes ${wrong.map(({ id, outcome }) => `${id} ${outcome}`).join(", ")}`;
  const same =
    extracted !== null && toByteString(extracted).replaceAll(CRLF, "\n") === postacert.replaceAll(CRLF, "\n");
  return same ? null : "the original that is given out is not the one that was sealed";
}

/** What else is read of a message: nothing of it may throw. */
const actions: Target = {
  name: "actions",
  weight: 2,
  make: (random, corpus) => {
    const donor = random.pick(corpus.messages).message;
    const input = toBytes(mutateMessage(random.pick(corpus.messages).message, random, donor));
    const path = Array.from({ length: random.below(5) }, () => random.below(4));
    return {
      input,
      violation: async () => {
        extractAttached(input, path);
        const original = (await extractOriginal(input)) ?? input;
        extractAttachment(original, path);
        plainTextBody(original);
        return null;
      },
    };
  },
};

async function certificateOrNull(der: Uint8Array): Promise<Certificate | null> {
  try {
    return await parseCertificate(der);
  } catch (error) {
    if (error instanceof MalformedError) return null;
    throw error;
  }
}

/** The part of a certificate or list that its issuer signed. */
function signedPart(der: Uint8Array): string {
  const header = (offset: number): number => ((der[offset + 1] ?? 0) < 0x80 ? 2 : 2 + ((der[offset + 1] ?? 0) & 0x7f));
  const start = header(0);
  const octets = der.subarray(start + 2, start + header(start));
  const length = octets.length === 0 ? (der[start + 1] ?? 0) : octets.reduce((sum, octet) => sum * 256 + octet, 0);
  return Buffer.from(der.subarray(start, start + header(start) + length)).toString("latin1");
}

const certificates: Target = {
  name: "certificates",
  weight: 12,
  make: (random, corpus) => {
    const index = random.below(corpus.certificates.length);
    const input = mutateDer(
      corpus.certificates[index] ?? corpus.certificates[0],
      random,
      random.pick(corpus.certificates),
    );
    return {
      input,
      violation: async () => {
        const mutated = await certificateOrNull(input);
        if (mutated === null) return null;
        const isLeaf = index < 4;
        const path = await validateChain(
          isLeaf ? mutated : corpus.leaf,
          isLeaf ? [corpus.issuer] : [mutated],
          corpus.authorities,
          { at: MOMENT, purpose: "email" },
        );
        const known = new Set(corpus.certificates.map(signedPart));
        const used = path.outcome === "PASSED" && path.path.includes(mutated);
        return used && !known.has(signedPart(input)) ? "a path with a certificate that nobody signed" : null;
      },
    };
  },
};

const revocationLists: Target = {
  name: "revocation-lists",
  weight: 30,
  make: (random, corpus) => {
    const donor = random.pick(random.chance(0.3) ? corpus.certificates : corpus.revocationLists);
    const input = mutateDer(random.pick(corpus.revocationLists), random, donor);
    return {
      input,
      violation: async () => {
        const result = await checkRevocation(corpus.leaf, corpus.issuer, {
          crls: [input],
          ocspResponses: [],
          at: DEMO_NOW,
        });
        const known = new Set(corpus.revocationLists.map(signedPart));
        return result.status !== "unknown" && !known.has(signedPart(input))
          ? `${result.status} by a list that nobody signed`
          : null;
      },
    };
  },
};

/** Answers of a responder: what is not in a part that was signed decides nothing. */
const responses: Target = {
  name: "ocsp-responses",
  weight: 15,
  make: (random, corpus) => {
    const donor = random.pick(random.chance(0.3) ? corpus.certificates : corpus.ocspResponses);
    const input = mutateDer(random.pick(corpus.ocspResponses), random, donor);
    return {
      input,
      violation: async () => {
        const { status } = await checkRevocation(corpus.leaf, corpus.issuer, {
          crls: [],
          ocspResponses: [input],
          at: DEMO_NOW,
        });
        if (status === "unknown") return null;
        const signed = corpus.ocspResponses.flatMap((der) => parseOcspResponse(der)?.tbs ?? []);
        return signed.some((tbs) => toByteString(input).includes(toByteString(tbs)))
          ? null
          : `${status} by a response that nobody signed`;
      },
    };
  },
};

const MARKUP: readonly [string, ...string[]] = [
  "<",
  ">",
  "&",
  "&amp;",
  "&#0;",
  "&#xD800;",
  "&#x110000;",
  "&lt",
  "<![CDATA[",
  "]]>",
  "<!--",
  "-->",
  "<?xml?>",
  "<!DOCTYPE a>",
  "</",
  "/>",
  '"',
  "'",
  "=",
  "<dati>",
  "</dati>",
  "<msgid>",
  "</msgid>",
  "<__proto__/>",
  "<constructor>",
  "</constructor>",
  "<toString/>",
  ' tipo="x"',
  "xmlns=''",
  "<a:b/>",
  "\ufeff",
  "\ufffe",
  "<a>".repeat(30),
].map((text) => Buffer.from(text, "utf8").toString("latin1")) as unknown as readonly [string, ...string[]];

function mutateXml(xml: ByteString, random: Random, donor: ByteString): ByteString {
  let mutated = xml;
  for (let rounds = random.count(5); rounds > 0; rounds--) {
    const tag = [...mutated.matchAll(/<[^>]*>/g)];
    const match = random.pick(tag);
    const place = match === undefined ? 0 : match.index + (random.chance(0.5) ? match[0].length : 0);
    const piece = random.chance(0.6)
      ? random.pick(MARKUP)
      : donor.slice(random.below(donor.length)).slice(0, random.below(300));
    const until = random.chance(0.4) ? place + random.below(60) : place;
    mutated = mutated.slice(0, place) + piece + mutated.slice(until);
  }
  return mutated;
}

const daticerts: Target = {
  name: "daticerts",
  weight: 40,
  make: (random, corpus) => {
    const xml = random.pick(corpus.daticerts);
    const donor = random.pick(corpus.daticerts);
    const input = random.chance(0.5)
      ? toBytes(mutateXml(xml, random, donor))
      : mutateBytes(toBytes(xml), random, toBytes(donor));
    return {
      input,
      violation: () => {
        const result = parseDaticert(input);
        const usable =
          result.outcome === "MALFORMED"
            ? result.code !== ""
            : Number.isFinite(result.daticert.data.instant) && result.daticert.destinatari.length > 0;
        return Promise.resolve(usable ? null : "certification data without what they must say");
      },
    };
  },
};

const SYNTAX = [
  "<",
  ">",
  "@",
  ",",
  ";",
  ":",
  '"',
  "(",
  ")",
  "[",
  "]",
  "\\",
  "=?utf-8?Q?",
  "?=",
  "=?x?B?",
  "'",
  "*",
  "%",
  " ",
  "\t",
  "\0",
  "\r",
  "a",
  ".",
  "=",
  "posta-certificata@pec.gestore-uno.test",
  "è",
  "\u202e",
  "10 Oct 2026 10:00:00 +0200",
  "=E8",
  "multipart/signed",
  "boundary",
] as const;

const headerValues: Target = {
  name: "header-values",
  weight: 20,
  make: (random) => {
    const text = Array.from({ length: random.count(60) }, () => random.pick(SYNTAX)).join("");
    return {
      input: Buffer.from(text, "utf8"),
      violation: () => {
        const { addresses, defects } = parseAddressList(text);
        parseMailDate(text);
        parseParameterizedValue(text);
        decodeEncodedWords(text);
        const [only] = addresses;
        // A well-formed field of one address shows it as it is, but for what stands between its words.
        const sound = defects.length === 0 && addresses.length === 1 && only !== undefined && !/[([]/.test(text);
        return Promise.resolve(
          sound && !plain(text).includes(plain(only.address.replace(/^".*"@/, "")))
            ? `an address that is not in the text: ${only.address}`
            : null,
        );
      },
    };
  },
};

/** Files and stored anchors of the person. */
const anchors: Target = {
  name: "anchors",
  weight: 2,
  make: (random, corpus) => {
    const der = random.pick(corpus.certificates);
    const damaged = mutateDer(der, random, random.pick(corpus.certificates));
    const text = pem("CERTIFICATE", random.chance(0.5) ? damaged : der);
    const input = random.chance(0.3) ? damaged : mutateBytes(Buffer.from(text), random, Buffer.from(text));
    return {
      input,
      violation: async () => {
        const candidates = await readAnchorFile(input, corpus.authorities);
        const stored = candidates.map(({ certificate }) => ({
          base64: certificate?.base64 ?? Buffer.from(input).toString("base64"),
          sha256: certificate?.sha256 ?? "",
          source: "file",
          addedAt: DEMO_NOW,
          system: "PEC" as const,
          domains: [],
          notAfter: null,
        }));
        const { authorities, refused } = await withUserAnchors(corpus.authorities, stored);
        const added = authorities.anchors.length - corpus.authorities.anchors.length;
        if (added + refused.length !== stored.length) return "an anchor neither added nor refused";
        return authorities.anchors.some(({ certificate }) => certificate.sha256 === signerSha256)
          ? "a signer's certificate became an anchor"
          : null;
      },
    };
  },
};
const signerSha256 = (await parseCertificate(SIGNERS.good.certificate)).sha256;

export const TARGETS: readonly Target[] = [
  signedOctet,
  envelopeBytes,
  messageStructure,
  cms,
  embedded,
  actions,
  certificates,
  revocationLists,
  responses,
  daticerts,
  headerValues,
  anchors,
  signedFiles,
  mboxFiles,
];
