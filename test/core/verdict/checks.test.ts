import { describe, expect, it } from "vitest";
import type { ChainProblem } from "../../../src/core/chain/chain-result.ts";
import type { RevocationReason } from "../../../src/core/chain/check-revocation.ts";
import { DEFAULT_POLICY, runChecks, type VerdictPolicy } from "../../../src/core/verdict/checks.ts";
import { decide } from "../../../src/core/verdict/decide.ts";
import type { CheckId, CheckOutcome } from "../../../src/core/verdict/inspection.ts";
import type { AddressFacts, MessageFacts, RevocationFacts } from "../../../src/core/verdict/message-facts.ts";
import {
  CERTIFICATE,
  CERTIFIED_AT,
  CHAIN,
  DATICERT,
  ISSUING_KEY,
  NO_ADDRESS,
  NOW,
  SIGNER,
  YEAR,
  passingFacts,
  signerWith,
} from "./passing-facts.ts";

const HOUR = 3_600_000;

function judge(facts: MessageFacts, policy: VerdictPolicy = DEFAULT_POLICY) {
  const { checks, findings } = runChecks(facts, policy);
  const { signature, seal, look } = decide(findings, {
    claims: facts.claims,
    signed: facts.cms !== null,
    kind: facts.kind,
  });
  const outcome = (id: CheckId) => checks.find((check) => check.id === id)?.outcome ?? null;
  return { checks, outcome, signature, seal, look };
}

const problem = (code: ChainProblem["code"], certificate: number | null = 1): ChainProblem => ({
  code,
  certificate,
  detail: "",
});
const chainFailing = (code: ChainProblem["code"], certificate: number | null = 1) =>
  passingFacts({
    signers: [
      { ...SIGNER, chain: { ...CHAIN, outcome: "FAILED", anchor: null, problems: [problem(code, certificate)] } },
    ],
  });

const revokedAt = (time: number, reason: RevocationReason = "superseded"): RevocationFacts => ({
  status: "REVOKED",
  time,
  invalidityDate: null,
  reason,
  thisUpdate: NOW,
});

interface Case {
  readonly name: string;
  readonly facts: MessageFacts;
  readonly check: CheckId;
  readonly outcome: CheckOutcome;
  readonly seal: string;
  readonly remarks?: readonly string[];
}

const PASSED = "TOTAL-PASSED";
const CONSTRAINTS = "TOTAL-FAILED / SIG_CONSTRAINTS_FAILURE";
const CHAIN_CONSTRAINTS = "TOTAL-FAILED / CHAIN_CONSTRAINTS_FAILURE";
const FORMAT = "TOTAL-FAILED / FORMAT_FAILURE";
const header = passingFacts().header;
const from = passingFacts().from;

const originalFrom = (found: Pick<AddressFacts, "occurrences" | "addresses">): MessageFacts =>
  passingFacts({ original: { from: { ...NO_ADDRESS, ...found }, messageId: null, subject: "" } });

const CASES: readonly Case[] = [
  {
    name: "a limit reached",
    facts: passingFacts({ limitsReached: ["PARTS"] }),
    check: "structure",
    outcome: "FAILED",
    seal: FORMAT,
  },
  {
    name: "a structure that other readers see in another way",
    facts: passingFacts({ ambiguities: ["STRAY_DELIMITER"] }),
    check: "structure",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "two kinds claimed at once",
    facts: passingFacts({ conflictingClaims: true }),
    check: "structure",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "unknown kind of receipt",
    facts: passingFacts({ kind: null, unrecognized: "pippo" }),
    check: "structure",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "envelope without the original",
    facts: passingFacts({ original: null }),
    check: "structure",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "no signature",
    facts: passingFacts({ cms: null, signers: [], signatureAnnounced: false }),
    check: "signature-present",
    outcome: "FAILED",
    seal: FORMAT,
  },
  {
    name: "signature announced, part missing",
    facts: passingFacts({ cms: null, signers: [] }),
    check: "signature-present",
    outcome: "FAILED",
    seal: FORMAT,
  },
  {
    name: "a part outside the signature",
    facts: passingFacts({ coversWholeMessage: false }),
    check: "coverage",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "CMS unreadable",
    facts: passingFacts({ cms: { outcome: "MALFORMED", code: "NOT_CMS" }, signers: [] }),
    check: "cms-format",
    outcome: "FAILED",
    seal: FORMAT,
  },
  {
    name: "CMS carries other content",
    facts: passingFacts({
      cms: {
        outcome: "READ",
        signers: [],
        certificates: [],
        embeddedContent: "DIFFERENT",
        content: null,
        contentSha256: () => Promise.resolve(""),
      },
    }),
    check: "cms-format",
    outcome: "FAILED",
    seal: FORMAT,
  },
  {
    name: "signingCertificate by a digest that is not known here",
    facts: passingFacts({ signers: [signerWith({ defects: ["SIGNING_CERTIFICATE_UNSUPPORTED"] })] }),
    check: "cms-format",
    outcome: "NOT_DONE",
    seal: "INDETERMINATE / CRYPTO_CONSTRAINTS_FAILURE",
  },
  {
    name: "attributes name another certificate",
    facts: passingFacts({ signers: [signerWith({ defects: ["SIGNING_CERTIFICATE_MISMATCH"] })] }),
    check: "cms-format",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "duplicate signed attribute",
    facts: passingFacts({ signers: [signerWith({ defects: ["DUPLICATE_ATTRIBUTE:1.2"] })] }),
    check: "cms-format",
    outcome: "FAILED",
    seal: FORMAT,
  },
  {
    name: "content altered",
    facts: passingFacts({ signers: [signerWith({ messageDigest: "MISMATCH" })] }),
    check: "message-digest",
    outcome: "FAILED",
    seal: "TOTAL-FAILED / HASH_FAILURE",
  },
  {
    name: "messageDigest missing",
    facts: passingFacts({ signers: [signerWith({ messageDigest: "MISSING" })] }),
    check: "message-digest",
    outcome: "FAILED",
    seal: FORMAT,
  },
  {
    name: "digest unsupported",
    facts: passingFacts({ signers: [signerWith({ messageDigest: "UNSUPPORTED" })] }),
    check: "message-digest",
    outcome: "NOT_DONE",
    seal: "INDETERMINATE / CRYPTO_CONSTRAINTS_FAILURE",
  },
  {
    name: "signature value wrong",
    facts: passingFacts({ signers: [signerWith({ signatureValue: "INVALID" })] }),
    check: "signature-value",
    outcome: "FAILED",
    seal: "TOTAL-FAILED / SIG_CRYPTO_FAILURE",
  },
  {
    name: "signature algorithm unsupported",
    facts: passingFacts({ signers: [signerWith({ signatureValue: "UNSUPPORTED" })] }),
    check: "signature-value",
    outcome: "NOT_DONE",
    seal: "INDETERMINATE / CRYPTO_CONSTRAINTS_FAILURE",
  },
  {
    name: "a second signer fails",
    facts: passingFacts({ signers: [SIGNER, signerWith({ messageDigest: "MISMATCH" })] }),
    check: "message-digest",
    outcome: "FAILED",
    seal: "TOTAL-FAILED / HASH_FAILURE",
  },
  {
    name: "certificate not at hand",
    facts: passingFacts({
      signers: [
        signerWith(
          { signatureValue: "NO_CERTIFICATE", certificate: null },
          { chain: null, authority: null, addresses: [] },
        ),
      ],
    }),
    check: "signing-certificate",
    outcome: "NOT_DONE",
    seal: "INDETERMINATE / NO_SIGNING_CERTIFICATE_FOUND",
  },
  {
    name: "SHA-1 digest",
    facts: passingFacts({ signers: [signerWith({ digestAlgorithm: "SHA-1" })] }),
    check: "signature-algorithms",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["SHA1_DIGEST"],
  },
  {
    name: "no path",
    facts: chainFailing("NO_PATH", null),
    check: "certificate-path",
    outcome: "NOT_DONE",
    seal: "INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND",
  },
  {
    name: "issuer's signature wrong: not this issuer",
    facts: chainFailing("SIGNATURE_INVALID", 0),
    check: "certificate-path",
    outcome: "NOT_DONE",
    seal: "INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND",
  },
  {
    name: "anchor's use ended",
    facts: chainFailing("ANCHOR_USE_ENDED"),
    check: "certificate-path",
    outcome: "NOT_DONE",
    seal: "INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND_NO_POE",
  },
  {
    name: "weak certificate outside its time",
    facts: chainFailing("ALGORITHM_REFUSED"),
    check: "certificate-path",
    outcome: "NOT_DONE",
    seal: "INDETERMINATE / CRYPTO_CONSTRAINTS_FAILURE",
  },
  ...(
    [
      "BASIC_CONSTRAINTS",
      "PATH_LENGTH",
      "KEY_USAGE",
      "EXTENDED_KEY_USAGE",
      "NAME_CONSTRAINTS",
      "UNKNOWN_CRITICAL_EXTENSION",
      "DEFECTIVE_CERTIFICATE",
      "POLICY",
      "DENIED",
      "EXPIRED",
    ] as const
  ).map((code): Case => ({
    name: `path: ${code}`,
    facts: chainFailing(code),
    check: "certificate-path",
    outcome: "FAILED",
    seal: CHAIN_CONSTRAINTS,
  })),
  {
    name: "weak algorithms of the DigitPA time",
    facts: passingFacts({
      signers: [{ ...SIGNER, chain: { ...CHAIN, weaknesses: ["WEAK_KEY", "SHA1_CERTIFICATE"] } }],
    }),
    check: "certificate-algorithms",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["SHA1_CERTIFICATE", "WEAK_KEY"],
  },
  {
    name: "right root, issuing key not of PEC",
    facts: passingFacts({ signers: [{ ...SIGNER, authority: { standing: "NOT_A_PEC_AUTHORITY" } }] }),
    check: "pec-authority",
    outcome: "FAILED",
    seal: CHAIN_CONSTRAINTS,
  },
  {
    name: "policy missing",
    facts: passingFacts({
      signers: [{ ...SIGNER, authority: { standing: "REQUIREMENTS_MISSING", key: ISSUING_KEY, missing: ["POLICY"] } }],
    }),
    check: "pec-authority",
    outcome: "FAILED",
    seal: CHAIN_CONSTRAINTS,
  },
  {
    name: "newer key of the authority",
    facts: passingFacts({ signers: [{ ...SIGNER, authority: { standing: "NEWER_PEC_AUTHORITY" } }] }),
    check: "pec-authority",
    outcome: "NOT_DONE",
    seal: "INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND",
  },
  {
    name: "anchor added by the person",
    facts: passingFacts({
      signers: [
        {
          ...SIGNER,
          authority: { standing: "USER_ADDED" },
          chain: { ...CHAIN, anchor: CHAIN.anchor && { ...CHAIN.anchor, origin: "user" } },
        },
      ],
    }),
    check: "trust-origin",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["USER_ADDED_ANCHOR"],
  },
  {
    name: "expired since, known not revoked",
    facts: passingFacts({ now: CERTIFIED_AT + 2 * YEAR }),
    check: "certificate-validity",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["CERTIFICATE_EXPIRED_SINCE"],
  },
  {
    name: "one second after the end",
    facts: passingFacts({ validationTime: CERTIFICATE.notAfter + 1000, now: CERTIFICATE.notAfter + HOUR }),
    check: "certificate-validity",
    outcome: "FAILED",
    seal: "TOTAL-FAILED / EXPIRED",
  },
  {
    name: "one second before the beginning",
    facts: passingFacts({ validationTime: CERTIFICATE.notBefore - 1000 }),
    check: "certificate-validity",
    outcome: "FAILED",
    seal: "TOTAL-FAILED / NOT_YET_VALID",
  },
  {
    name: "revocation not asked",
    facts: passingFacts({ signers: [{ ...SIGNER, revocation: { status: "NOT_ASKED" } }] }),
    check: "revocation",
    outcome: "NOT_DONE",
    seal: PASSED,
    remarks: ["REVOCATION_NOT_CHECKED"],
  },
  {
    name: "revoked at the certified time",
    facts: passingFacts({
      signers: [{ ...SIGNER, revocation: revokedAt(CERTIFIED_AT) }],
    }),
    check: "revocation",
    outcome: "FAILED",
    seal: "TOTAL-FAILED / REVOKED",
  },
  {
    name: "revoked later",
    facts: passingFacts({
      signers: [{ ...SIGNER, revocation: revokedAt(CERTIFIED_AT + 1) }],
    }),
    check: "revocation",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["REVOKED_LATER"],
  },
  {
    name: "key compromised, no record",
    facts: passingFacts({
      signers: [{ ...SIGNER, revocation: revokedAt(CERTIFIED_AT + HOUR, "keyCompromise") }],
    }),
    check: "revocation",
    outcome: "NOT_DONE",
    seal: "INDETERMINATE / REVOKED_NO_POE",
  },
  {
    name: "key compromised, recorded before",
    facts: passingFacts({
      recordedAt: CERTIFIED_AT + 1,
      signers: [{ ...SIGNER, revocation: revokedAt(CERTIFIED_AT + HOUR, "keyCompromise") }],
    }),
    check: "revocation",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["REVOKED_LATER"],
  },
  {
    name: "every issue of the authority revoked",
    facts: passingFacts({ signers: [{ ...SIGNER, authorityRevokedAt: CERTIFIED_AT }] }),
    check: "revocation",
    outcome: "NOT_DONE",
    seal: "INDETERMINATE / REVOKED_CA_NO_POE",
  },
  {
    name: "certificate of another address",
    facts: passingFacts({ signers: [{ ...SIGNER, addresses: ["posta-certificata@altro.test"] }] }),
    check: "signer-address",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "two From fields",
    facts: passingFacts({ from: { ...from, occurrences: 2 } }),
    check: "from-field",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "two addresses in From",
    facts: passingFacts({ from: { ...from, addresses: [...from.addresses, "b@x.test"] } }),
    check: "from-field",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "From defective",
    facts: passingFacts({ from: { ...from, defect: "CONTROL_CHARACTER" } }),
    check: "from-field",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "Sender differs",
    facts: passingFacts({ sender: { ...from, addresses: ["b@x.test"] } }),
    check: "sender-field",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "daticert missing",
    facts: passingFacts({ daticert: null, daticertResult: null, daticertCount: 0 }),
    check: "daticert-present",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "two daticert",
    facts: passingFacts({ daticertCount: 2 }),
    check: "daticert-present",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "daticert malformed",
    facts: passingFacts({
      daticert: null,
      daticertResult: { outcome: "MALFORMED", code: "NOT_WELL_FORMED", detail: "" },
    }),
    check: "daticert-format",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "daticert of another kind",
    facts: passingFacts({ daticert: { ...DATICERT, tipo: "accettazione" } }),
    check: "daticert-kind",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "anomaly header on a certified envelope",
    facts: passingFacts({ kind: "anomalia" }),
    check: "daticert-kind",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "another sender in the original",
    facts: originalFrom({ occurrences: 1, addresses: ["b@x.test"] }),
    check: "daticert-sender-original",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "two senders in the original",
    facts: originalFrom({ occurrences: 1, addresses: ["mario.rossi@pec.test", "b@x.test"] }),
    check: "daticert-sender-original",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "two From fields in the original, one of them right",
    facts: originalFrom({ occurrences: 2, addresses: ["mario.rossi@pec.test"] }),
    check: "daticert-sender-original",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "no readable sender in the original",
    facts: originalFrom({ occurrences: 1, addresses: [] }),
    check: "daticert-sender-original",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["HEADERS_DIFFER"],
  },
  ...[
    "Presidente del Consiglio",
    "presidente@pec.test",
    "Per conto di presidente@pec.test",
    "P\u0435r conto di: mario.rossi@pec.test",
  ].map((displayName): Case => ({
    name: `an envelope in the name of ${displayName}`,
    facts: passingFacts({ from: { ...from, displayName } }),
    check: "daticert-sender-display",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["HEADERS_DIFFER"],
  })),
  {
    name: "a receipt in the name of somebody",
    facts: passingFacts({
      kind: "accettazione",
      daticert: { ...DATICERT, tipo: "accettazione" },
      header: { ...header, subject: "ACCETTAZIONE: Atto di citazione" },
      from: { ...from, displayName: "Per conto di: tribunale@pec.test" },
    }),
    check: "daticert-sender-display",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["HEADERS_DIFFER"],
  },
  {
    name: "the subject prefix of another kind",
    facts: passingFacts({
      kind: "accettazione",
      daticert: { ...DATICERT, tipo: "accettazione" },
      header: { ...header, subject: "CONSEGNA: Atto di citazione" },
      from: { ...from, displayName: "" },
    }),
    check: "daticert-subject",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["HEADERS_DIFFER"],
  },
  {
    name: "a subject where the certified one is empty",
    facts: passingFacts({
      daticert: { ...DATICERT, oggetto: null, tipo: "accettazione" },
      original: null,
      kind: "accettazione",
    }),
    check: "daticert-subject",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["HEADERS_DIFFER"],
  },
  {
    name: "answers to somebody else",
    facts: passingFacts({ replyTo: { ...NO_ADDRESS, occurrences: 1, addresses: ["ladro@x.test"] } }),
    check: "daticert-reply-to",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["HEADERS_DIFFER"],
  },
  {
    name: "a recipient nobody certified",
    facts: passingFacts({ recipients: ["anna@pec.test", "altro@x.test"] }),
    check: "daticert-recipients",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["HEADERS_DIFFER"],
  },
  {
    name: "a date that cannot be read",
    facts: passingFacts({ header: { ...header, date: "20-Oct-2021 08:17", dateInstant: null } }),
    check: "date-field",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["HEADERS_DIFFER"],
  },
  {
    name: "certified time without its zone",
    facts: passingFacts({ daticert: { ...DATICERT, data: { ...DATICERT.data, offset: null } } }),
    check: "daticert-format",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["TIME_ZONE_MISSING"],
  },
  {
    name: "another sender in the display name",
    facts: passingFacts({ from: { ...from, displayName: "per conto di: b@x.test" } }),
    check: "daticert-sender-display",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["HEADERS_DIFFER"],
  },
  {
    name: "another reference",
    facts: passingFacts({ header: { ...header, referenceMessageId: "<other@x.test>" } }),
    check: "daticert-message-id",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["HEADERS_DIFFER"],
  },
  {
    name: "another Message-ID",
    facts: passingFacts({ header: { ...header, messageId: "<other@x.test>" } }),
    check: "daticert-identifier",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["HEADERS_DIFFER"],
  },
  {
    name: "another subject",
    facts: passingFacts({ header: { ...header, subject: "POSTA CERTIFICATA: altro" } }),
    check: "daticert-subject",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["HEADERS_DIFFER"],
  },
  {
    name: "another date",
    facts: passingFacts({ header: { ...header, dateInstant: CERTIFIED_AT - HOUR - 1000 } }),
    check: "date-field",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["HEADERS_DIFFER"],
  },
  {
    name: "times a little over an hour apart",
    facts: passingFacts({ signers: [signerWith({ signingTime: CERTIFIED_AT + HOUR + 1000 })] }),
    check: "daticert-time",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["TIMES_APART"],
  },
  {
    name: "times over a day apart",
    facts: passingFacts({ signers: [signerWith({ signingTime: CERTIFIED_AT - 24 * HOUR - 1000 })] }),
    check: "daticert-time",
    outcome: "FAILED",
    seal: CONSTRAINTS,
  },
  {
    name: "no signing time",
    facts: passingFacts({ signers: [signerWith({ signingTime: null })] }),
    check: "daticert-time",
    outcome: "WARNING",
    seal: PASSED,
    remarks: ["NO_SIGNING_TIME"],
  },
  {
    name: "time in the future",
    facts: passingFacts({ now: CERTIFIED_AT - HOUR - 1000 }),
    check: "future-time",
    outcome: "NOT_DONE",
    seal: "INDETERMINATE / SIG_CONSTRAINTS_FAILURE",
  },
];

describe("runChecks", () => {
  it("finds nothing wrong where nothing is", () => {
    const { checks, signature, seal, look } = judge(passingFacts());
    expect(checks.filter((check) => check.outcome !== "PASSED")).toEqual([]);
    expect(signature).toEqual({ indication: "TOTAL-PASSED", subIndication: null });
    expect(seal).toEqual({ indication: "TOTAL-PASSED", subIndication: null, remarks: [] });
    expect(look).toBe("sealed");
  });

  it.each(CASES)("$name", ({ facts, check, outcome, seal, remarks = [] }) => {
    const judged = judge(facts);
    expect(judged.outcome(check)).toBe(outcome);
    const { indication, subIndication } = judged.seal;
    expect(subIndication === null ? indication : `${indication} / ${subIndication}`).toBe(seal);
    expect([...judged.seal.remarks].sort()).toEqual(remarks);
  });

  it("tolerates up to an hour between the times, and a clock an hour slow", () => {
    expect(judge(passingFacts({ signers: [signerWith({ signingTime: CERTIFIED_AT + HOUR })] })).look).toBe("sealed");
    expect(judge(passingFacts({ now: CERTIFIED_AT - HOUR })).look).toBe("sealed");
  });

  it("takes a record from before the expiry as proof of existence", () => {
    const facts = passingFacts({ now: CERTIFIED_AT + 2 * YEAR, recordedAt: CERTIFIED_AT + HOUR });
    expect(judge(facts).signature).toEqual({ indication: "TOTAL-PASSED", subIndication: null });
    expect(judge(facts).seal.remarks).toEqual(["CERTIFICATE_EXPIRED_SINCE"]);
  });

  it("refuses SHA-1 from the date of the policy on, when one is set", () => {
    const facts = passingFacts({ signers: [signerWith({ digestAlgorithm: "SHA-1" })] });
    expect(judge(facts, { refuseSha1From: CERTIFIED_AT }).seal.subIndication).toBe("CRYPTO_CONSTRAINTS_FAILURE");
    expect(judge(facts, { refuseSha1From: CERTIFIED_AT + 1 }).seal.indication).toBe("TOTAL-PASSED");
  });

  it("asks an ordinary signed message nothing about PEC", () => {
    const facts = passingFacts({
      kind: null,
      claims: false,
      daticert: null,
      daticertResult: null,
      daticertCount: 0,
      original: null,
    });
    const { checks, seal, look } = judge(facts);
    const asked = checks.map((check) => check.id);
    for (const id of ["pec-authority", "signer-address", "daticert-present", "from-field"] as const)
      expect(asked).not.toContain(id);
    expect(seal.indication).toBe("NONE");
    expect(look).toBe("none");
  });

  it("an anomaly envelope needs no daticert", () => {
    const facts = passingFacts({ kind: "anomalia", daticert: null, daticertResult: null, daticertCount: 0 });
    expect(judge(facts).seal.indication).toBe("TOTAL-PASSED");
    expect(judge(facts).look).toBe("neutral");
  });

  it("compares addresses and identifiers without case, identifiers without brackets and folding", () => {
    const facts = passingFacts({
      from: { ...from, displayName: "PER CONTO DI:  Mario.Rossi@PEC.test" },
      header: { ...header, messageId: "<opec1.2026\t1016@GESTORE.test>", referenceMessageId: "abc@client.test" },
    });
    expect(judge(facts).look).toBe("sealed");
  });

  it.each([
    "",
    "posta-certificata@gestore.test",
    "Per conto di: 'mario.rossi@pec.test'",
    "Per conto di: Mario Rossi <mario.rossi@pec.test>",
  ])("accepts the display name %j on an envelope", (displayName) => {
    expect(judge(passingFacts({ from: { ...from, displayName } })).look).toBe("sealed");
  });

  it("takes off one subject prefix, never two", () => {
    const twice = { ...DATICERT, oggetto: "POSTA CERTIFICATA: Atto" };
    const subject = (text: string) =>
      judge(passingFacts({ daticert: twice, header: { ...header, subject: text } })).look;
    expect(subject("POSTA CERTIFICATA: POSTA CERTIFICATA: Atto")).toBe("sealed");
    expect(subject("POSTA CERTIFICATA: Atto")).toBe("sealed-with-remarks");
  });

  it("the moment of reading never replaces the certified time", () => {
    expect(judge(passingFacts({ now: NOW + 30 * YEAR })).seal.indication).toBe("TOTAL-PASSED");
  });
});
