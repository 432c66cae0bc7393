// Every rule of OCSP responses: one test that fails without it (RFC 6960).
import { describe, expect, it } from "vitest";
import {
  checkRevocation,
  type RevocationData,
  type RevocationResult,
} from "../../../src/core/chain/check-revocation.ts";
import type { Certificate } from "../../../src/core/pki/certificate.ts";
import {
  signatureAlgorithmIdentifier,
  encodeName,
  signBytes,
  type ExtensionInput,
} from "../../provider/certificate-builder.ts";
import { bitString, generalizedTime, integer, nullValue, octetString, sequence, time } from "../../provider/der.ts";
import { buildOcspRefusal, buildOcspResponse, type OcspResponseDescription } from "../../provider/ocsp-builder.ts";
import { AT, named, newAuthority, newKeys, newLeaf, newRoot, newRsaKeys, type Authority } from "./test-hierarchy.ts";

const DAY = 86_400_000;
const SERIAL = 5_000;
const OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
const NO_CHECK: ExtensionInput = { oid: "1.3.6.1.5.5.7.48.1.5", value: nullValue() };

const authority = await newAuthority(await newRoot(), "CA");
const leaf = await newLeaf(authority, { serial: SERIAL });

type Changes = Partial<OcspResponseDescription>;
type Single = OcspResponseDescription["answers"][number];

const GOOD: Single = { serial: SERIAL, status: "good", thisUpdate: AT - DAY, nextUpdate: AT + DAY };

function response(changes: Changes = {}, issuer: Authority = authority): Uint8Array {
  return buildOcspResponse({
    issuer: { name: issuer.name, publicKey: issuer.keys.publicKey },
    answers: [GOOD],
    producedAt: AT - DAY,
    signerPrivateKey: issuer.keys.privateKey,
    ...changes,
  });
}
const answering = (single: Partial<Single>): Uint8Array => response({ answers: [{ ...GOOD, ...single }] });

const ask = (
  ocspResponses: readonly Uint8Array[],
  data: Partial<RevocationData> = {},
  certificate: Certificate = leaf,
): Promise<RevocationResult> =>
  checkRevocation(certificate, authority.certificate, { crls: [], ocspResponses, at: AT, ...data });

const unknown = (code: string) => ({ status: "unknown", code });

/** An empty list, or one with an entry, of the authority. */
function list(serial: number | null, thisUpdate = AT - DAY): Uint8Array {
  const { privateKey } = authority.keys;
  const algorithm = signatureAlgorithmIdentifier(privateKey, "SHA-256");
  const entries = serial === null ? [] : [sequence(sequence(integer(serial), time(AT - 2 * DAY)))];
  const tbs = sequence(integer(1), algorithm, encodeName(authority.name), time(thisUpdate), time(AT + DAY), ...entries);
  return sequence(tbs, algorithm, bitString(signBytes(privateKey, "SHA-256", tbs)));
}

describe("an answer of the authority itself", () => {
  it("good, by either digest of the identifier, by name or by key", async () => {
    const good = { status: "good", thisUpdate: AT - DAY, nextUpdate: AT + DAY };
    expect(await ask([response()])).toEqual(good);
    expect(await ask([answering({ digest: "SHA-256" })])).toEqual(good);
    expect(await ask([response({ responder: { key: authority.keys.publicKey } })])).toEqual(good);
  });

  it("revoked, with time and reason, of any age", async () => {
    const revoked = answering({ status: { revokedAt: AT - 5 * DAY, reason: 1 }, nextUpdate: AT - DAY });
    expect(await ask([revoked])).toEqual({
      status: "revoked",
      reason: "keyCompromise",
      time: AT - 5 * DAY,
      invalidityDate: null,
      thisUpdate: AT - DAY,
    });
    expect(await ask([answering({ status: { revokedAt: AT } })])).toMatchObject({ reason: "unspecified" });
  });

  it("unknown, or none at all", async () => {
    expect(await ask([answering({ status: "unknown" })])).toEqual(unknown("NO_ANSWER"));
    for (const status of [1, 2, 3, 5, 6]) expect(await ask([buildOcspRefusal(status)])).toEqual(unknown("NO_ANSWER"));
  });

  it("stale, when its end has passed; without an end it answers for its own moment", async () => {
    expect(await ask([answering({ nextUpdate: AT - 1_000 })])).toEqual(unknown("STALE"));
    const endless: Single = { serial: SERIAL, status: "good", thisUpdate: AT - DAY };
    expect(await ask([response({ answers: [endless] })])).toEqual(unknown("STALE"));
    expect(await ask([response({ answers: [endless] })], { asOf: AT - DAY })).toMatchObject({ status: "good" });
  });

  it("from the future", async () => {
    expect(await ask([response({ producedAt: AT + 3_601_000 })])).toEqual(unknown("FUTURE"));
    expect(await ask([answering({ thisUpdate: AT + 3_601_000 })])).toEqual(unknown("FUTURE"));
    expect(await ask([response({ producedAt: AT + 3_600_000 })])).toMatchObject({ status: "good" });
  });

  it("about an expired certificate only from one that remembers", async () => {
    const thisUpdate = leaf.notAfter + DAY;
    const about = (extensions: readonly ExtensionInput[]): Uint8Array =>
      response({
        producedAt: thisUpdate,
        answers: [{ serial: SERIAL, status: "good", thisUpdate, nextUpdate: thisUpdate + DAY, extensions }],
      });
    const cutoff = (at: number): ExtensionInput => ({ oid: "1.3.6.1.5.5.7.48.1.6", value: generalizedTime(at) });
    const data = { at: thisUpdate };
    expect(await ask([about([])], data)).toEqual(unknown("EXPIRED_BEFORE"));
    expect(await ask([about([cutoff(leaf.notAfter)])], data)).toMatchObject({ status: "good" });
    expect(await ask([about([cutoff(leaf.notAfter + 1_000)])], data)).toEqual(unknown("EXPIRED_BEFORE"));
  });

  it("with a nonce or without; with an unknown critical extension it says nothing", async () => {
    const nonce = { oid: "1.3.6.1.5.5.7.48.1.2", critical: true, value: octetString(new Uint8Array(16)) };
    expect(await ask([response({ extensions: [nonce] })])).toMatchObject({ status: "good" });
    const strange = { oid: "1.2.3", value: integer(1) };
    expect(await ask([response({ extensions: [strange] })])).toMatchObject({ status: "good" });
    const critical = [{ ...strange, critical: true }];
    expect(await ask([response({ extensions: critical })])).toEqual(unknown("UNSUPPORTED"));
    expect(await ask([answering({ extensions: critical })])).toEqual(unknown("UNSUPPORTED"));
  });

  it("about another certificate: other serial, other issuer's key or name", async () => {
    expect(await ask([answering({ serial: SERIAL + 1 })])).toEqual(unknown("OTHER_ISSUER"));
    const other = { name: authority.name, publicKey: newKeys().publicKey };
    expect(await ask([response({ issuer: other })])).toEqual(unknown("OTHER_ISSUER"));
    const renamed = { name: named("Other"), publicKey: authority.keys.publicKey };
    expect(await ask([response({ issuer: renamed, responder: { name: authority.name } })])).toEqual(
      unknown("OTHER_ISSUER"),
    );
  });

  it("among several the one about the certificate counts", async () => {
    const others = [
      { ...GOOD, serial: 1 },
      { ...GOOD, status: { revokedAt: AT } },
      { ...GOOD, serial: 2 },
    ];
    expect(await ask([response({ answers: others })])).toMatchObject({ status: "revoked" });
    const flood = Array.from({ length: 65 }, () => GOOD);
    expect(await ask([response({ answers: flood.slice(1) })])).toMatchObject({ status: "good" });
    expect(await ask([response({ answers: flood })])).toEqual(unknown("MALFORMED"));
  });

  it("signed by another key, or with SHA-1 once nobody needed it", async () => {
    expect(await ask([response({ signerPrivateKey: newKeys().privateKey })])).toEqual(unknown("SIGNATURE_INVALID"));
    const end = Date.UTC(2018, 0, 14);
    expect(await ask([response({ signatureDigest: "SHA-1", producedAt: end })])).toMatchObject({ status: "good" });
    expect(await ask([response({ signatureDigest: "SHA-1", producedAt: end + 1_000 })])).toEqual(
      unknown("WEAK_ALGORITHM"),
    );
  });

  it("damaged anywhere: never good, never an exception", async () => {
    const der = response();
    for (let position = 0; position < der.length; position++) {
      const damaged = der.slice();
      damaged[position] = (damaged[position] ?? 0) ^ 0x11;
      expect((await ask([damaged])).status).toBe("unknown");
    }
    for (const garbage of [new Uint8Array(), Uint8Array.of(0x30), der.subarray(0, 40), new Uint8Array(300_000)]) {
      expect(await ask([garbage])).toEqual(unknown("MALFORMED"));
    }
  });
});

describe("a delegated responder", () => {
  const delegate = async (
    overrides: Parameters<typeof newLeaf>[1] = {},
    issuer: Authority = authority,
    keys = newKeys(),
  ): Promise<Changes> => {
    const subject = named("Responder");
    const usage = { extendedKeyUsage: [OCSP_SIGNING], extraExtensions: [NO_CHECK] };
    const certificate = await newLeaf(issuer, { subject, ...usage, ...overrides }, keys);
    return { responder: { name: subject }, certificates: [certificate.der], signerPrivateKey: keys.privateKey };
  };

  it("answers for its authority, by name or by key, wherever its certificate stands", async () => {
    const changes = await delegate();
    expect(await ask([response(changes)])).toMatchObject({ status: "good" });
    const certificates = [authority.certificate.der, new Uint8Array([0x30, 0]), ...(changes.certificates ?? [])];
    expect(await ask([response({ ...changes, certificates })])).toMatchObject({ status: "good" });
    const keys = newKeys();
    const byKey = { ...(await delegate({}, authority, keys)), responder: { key: keys.publicKey } };
    expect(await ask([response(byKey)])).toMatchObject({ status: "good" });
  });

  it.each<[string, () => Promise<Changes>]>([
    ["without the extended key usage", () => delegate({ extendedKeyUsage: ["1.3.6.1.5.5.7.3.4"] })],
    ["with any extended key usage", () => delegate({ extendedKeyUsage: ["2.5.29.37.0"] })],
    ["that may not sign", () => delegate({ keyUsage: { bits: ["keyEncipherment"] } })],
    ["expired when it answered", () => delegate({ notAfter: AT - DAY - 1_000 })],
    ["not yet valid when it answered", () => delegate({ notBefore: AT - DAY + 1_000 })],
    [
      "with an unknown critical extension",
      () => delegate({ extraExtensions: [NO_CHECK, { oid: "1.2.3", critical: true, value: integer(1) }] }),
    ],
    ["with a defect", () => delegate({ extraExtensions: [NO_CHECK, NO_CHECK] })],
    ["with a weak key", () => delegate({}, authority, newRsaKeys(1024))],
    ["with a certificate signed with SHA-1", () => delegate({ digest: "SHA-1" })],
    [
      "of an authority of the same name with another key",
      async () => delegate({}, await newAuthority(await newRoot(), "CA")),
    ],
    ["of another authority", async () => delegate({}, await newAuthority(await newRoot(), "Other"))],
    ["whose certificate is not there", async () => ({ ...(await delegate()), certificates: [] })],
    [
      "under another name than the certificate's",
      async () => ({ ...(await delegate()), responder: { name: named("X") } }),
    ],
  ])("%s is none", async (_, changes) => {
    expect(await ask([response(await changes())])).toEqual(unknown("SIGNER_NOT_ACCEPTED"));
  });

  it("whose certificate has no certain key says nothing", async () => {
    const changes = await delegate();
    expect(await ask([response({ ...changes, signerPrivateKey: newKeys().privateKey })])).toEqual(
      unknown("SIGNATURE_INVALID"),
    );
  });

  it("without the waiver needs a list that calls its own certificate good", async () => {
    const changes = await delegate({ serial: 77, extraExtensions: [] });
    const other = await newLeaf(authority, { serial: 78, crlDistributionPoint: "http://x.test" });
    const askOther = (crls: readonly Uint8Array[]): Promise<RevocationResult> =>
      checkRevocation(other, authority.certificate, {
        crls,
        ocspResponses: [response({ ...changes, answers: [{ ...GOOD, serial: 78, thisUpdate: AT }] })],
        at: AT,
      });
    expect(await askOther([])).toEqual(unknown("SIGNER_NOT_ACCEPTED"));
    expect(await askOther([list(null)])).toMatchObject({ status: "good", thisUpdate: AT });
    expect(await askOther([list(77)])).toMatchObject({ status: "good", thisUpdate: AT - DAY });
  });
});

describe("beside lists", () => {
  it("a revocation counts wherever it stands", async () => {
    const revoked = answering({ status: { revokedAt: AT - 3 * DAY, reason: 4 } });
    expect(await ask([revoked], { crls: [list(null)] })).toMatchObject({ status: "revoked", reason: "superseded" });
    expect(await ask([response()], { crls: [list(SERIAL)] })).toMatchObject({ status: "revoked" });
  });

  it("the newer good answer is told, and a hold ends with it", async () => {
    expect(await ask([response()], { crls: [list(null, AT - 3_600_000)] })).toMatchObject({
      thisUpdate: AT - 3_600_000,
    });
    const hold = answering({ status: { revokedAt: AT - 5 * DAY, reason: 6 } });
    expect(await ask([hold], { crls: [list(null, AT - 2 * DAY)] })).toMatchObject({ reason: "certificateHold" });
    expect(await ask([hold], { crls: [list(null, AT - 3_600_000)] })).toMatchObject({ status: "good" });
  });

  it("looks at every response: what is left out might be what revokes", async () => {
    const others = Array.from({ length: 40 }, () => answering({ serial: SERIAL + 1 }));
    const revoked = answering({ status: { revokedAt: AT - 3 * DAY } });
    expect(await ask([...others, revoked], { crls: [list(null)] })).toMatchObject({ status: "revoked" });
  });
});
