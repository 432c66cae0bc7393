// Every rule of lists: one test that fails without it. OCSP: see check-ocsp.test.ts.
import { describe, expect, it } from "vitest";
import {
  checkRevocation,
  type ListSigners,
  type RevocationData,
  type RevocationResult,
} from "../../../src/core/chain/check-revocation.ts";
import type { Certificate } from "../../../src/core/pki/certificate.ts";
import {
  encodeName,
  signatureAlgorithmIdentifier,
  signBytes,
  type ExtensionInput,
} from "../../provider/certificate-builder.ts";
import {
  bitString,
  boolean,
  context,
  contextPrimitive,
  enumerated,
  generalizedTime,
  integer,
  namedBits,
  objectIdentifier,
  octetString,
  sequence,
  time,
  utf8String,
} from "../../provider/der.ts";
import { AT, named, newAuthority, newKeys, newLeaf, newRoot, type Authority } from "./test-hierarchy.ts";

const DAY = 86_400_000;
const DISTRIBUTION_POINT = "http://crl.test/list";

interface Entry {
  readonly serial: number;
  readonly at?: number;
  readonly extensions?: readonly ExtensionInput[];
}

interface ListOptions {
  readonly thisUpdate?: number;
  readonly nextUpdate?: number | null;
  readonly entries?: readonly Entry[];
  readonly extensions?: readonly ExtensionInput[];
  readonly digest?: "SHA-1" | "SHA-256";
}

const extensionList = (extensions: readonly ExtensionInput[]): Uint8Array =>
  sequence(
    ...extensions.map(({ oid, critical = false, value }) =>
      sequence(objectIdentifier(oid), ...(critical ? [boolean(true)] : []), octetString(value)),
    ),
  );

function list(issuer: Authority, options: ListOptions = {}, signer: Authority = issuer): Uint8Array {
  const { thisUpdate = AT - DAY, nextUpdate = AT + DAY, entries = [], extensions = [], digest = "SHA-256" } = options;
  const algorithm = signatureAlgorithmIdentifier(signer.keys.privateKey, digest);
  const revoked = entries.map((entry) =>
    sequence(
      integer(entry.serial),
      time(entry.at ?? AT - 2 * DAY),
      ...(entry.extensions === undefined ? [] : [extensionList(entry.extensions)]),
    ),
  );
  const tbs = sequence(
    integer(1),
    algorithm,
    encodeName(issuer.name),
    time(thisUpdate),
    ...(nextUpdate === null ? [] : [time(nextUpdate)]),
    ...(revoked.length === 0 ? [] : [sequence(...revoked)]),
    ...(extensions.length === 0 ? [] : [context(0, extensionList(extensions))]),
  );
  return sequence(tbs, algorithm, bitString(signBytes(signer.keys.privateKey, digest, tbs)));
}

const TRUE = Uint8Array.of(0xff);
const reason = (code: number): ExtensionInput => ({ oid: "2.5.29.21", value: enumerated(code) });
const KEY_COMPROMISE = 1;
const SUPERSEDED = 4;
const HOLD = 6;
const REMOVED = 8;
const scope = (...fields: readonly Uint8Array[]): ExtensionInput => ({
  oid: "2.5.29.28",
  critical: true,
  value: sequence(...fields),
});
const uri = (text: string): Uint8Array => contextPrimitive(6, Buffer.from(text));
const pointName = (text: string): Uint8Array => context(0, context(0, uri(text)));
const directory = (commonName: string): Uint8Array => context(4, encodeName(named(commonName)));
/** nameRelativeToCRLIssuer: CN below the issuer's name. */
const relativePoint = (commonName: string): Uint8Array =>
  context(0, context(1, sequence(objectIdentifier("2.5.4.3"), utf8String(commonName))));
/** ReasonFlags as an implicit BIT STRING. */
const reasonFlags = (number: number, ...bits: readonly number[]): Uint8Array =>
  contextPrimitive(number, namedBits(bits).subarray(2));
const ONLY_USERS = contextPrimitive(1, TRUE);
const ONLY_AUTHORITIES = contextPrimitive(2, TRUE);
const INDIRECT = contextPrimitive(4, TRUE);
const ONLY_ATTRIBUTES = contextPrimitive(5, TRUE);
const listNumber = (number: number): ExtensionInput => ({ oid: "2.5.29.20", value: integer(number) });
const deltaOf = (base: number): ExtensionInput => ({ oid: "2.5.29.27", critical: true, value: integer(base) });
const certificateIssuer = (commonName: string): ExtensionInput => ({
  oid: "2.5.29.29",
  critical: true,
  value: sequence(directory(commonName)),
});
const points = (...list: readonly Uint8Array[]): ExtensionInput => ({
  oid: "2.5.29.31",
  value: sequence(...list.map((point) => sequence(point))),
});

const root = await newRoot();
const authority = await newAuthority(root, "CA");
const SERIAL = 5_000;
const leaf = await newLeaf(authority, { serial: SERIAL, crlDistributionPoint: DISTRIBUTION_POINT });
const revokes = (...codes: readonly number[]): readonly Entry[] => [{ serial: SERIAL, extensions: codes.map(reason) }];

const check = (
  crls: readonly Uint8Array[],
  certificate: Certificate = leaf,
  data: Partial<RevocationData> = {},
): Promise<RevocationResult> =>
  checkRevocation(certificate, authority.certificate, { crls, ocspResponses: [], at: AT, ...data });

const unknown = (code: string) => ({ status: "unknown", code });

describe("absence from a list", () => {
  it("is good when the list reaches the moment asked about", async () => {
    expect(await check([list(authority)])).toEqual({ status: "good", thisUpdate: AT - DAY, nextUpdate: AT + DAY });
    expect(await check([list(authority, { entries: [{ serial: SERIAL + 1 }] })])).toMatchObject({ status: "good" });
  });

  it("is as of the newest list", async () => {
    const older = list(authority, { thisUpdate: AT - 9 * DAY, nextUpdate: AT });
    for (const crls of [
      [older, list(authority)],
      [list(authority), older],
    ]) {
      expect(await check(crls)).toMatchObject({ status: "good", thisUpdate: AT - DAY });
    }
  });

  it("says nothing in an older list, or in one without an end", async () => {
    expect(await check([list(authority, { nextUpdate: AT - 1_000 })])).toEqual(unknown("STALE"));
    expect(await check([list(authority, { nextUpdate: null })])).toEqual(unknown("STALE"));
  });

  it("is good as of a past moment in the list of then, and in every later one", async () => {
    const asOf = AT - 60 * DAY;
    const ofThen = list(authority, { thisUpdate: asOf - DAY, nextUpdate: asOf + DAY });
    const later = list(authority, { thisUpdate: asOf + 20 * DAY, nextUpdate: asOf + 21 * DAY });
    const before = list(authority, { thisUpdate: asOf - 2 * DAY, nextUpdate: asOf - DAY });
    expect(await check([ofThen], leaf, { asOf })).toMatchObject({ status: "good" });
    expect(await check([later], leaf, { asOf })).toMatchObject({ status: "good" });
    expect(await check([before], leaf, { asOf })).toEqual(unknown("STALE"));
  });

  it("says nothing once the certificate had expired: CAs drop expired entries", async () => {
    const thisUpdate = leaf.notAfter + DAY;
    const options: ListOptions = { thisUpdate, nextUpdate: thisUpdate + DAY };
    const data = { at: thisUpdate };
    expect(await check([list(authority, options)], leaf, data)).toEqual(unknown("EXPIRED_BEFORE"));
    const keeping = (since: number): Uint8Array =>
      list(authority, { ...options, extensions: [{ oid: "2.5.29.60", value: generalizedTime(since) }] });
    expect(await check([keeping(leaf.notAfter - DAY)], leaf, data)).toMatchObject({ status: "good" });
    expect(await check([keeping(leaf.notAfter + 1_000)], leaf, data)).toEqual(unknown("EXPIRED_BEFORE"));
  });

  it("says nothing without a list", async () => {
    expect(await check([])).toEqual(unknown("NO_DATA"));
  });
});

describe("an entry", () => {
  it("gives time, reason and invalidity date", async () => {
    const invalidity = { oid: "2.5.29.24", value: generalizedTime(AT - 9 * DAY) };
    const entries = [{ serial: SERIAL, at: AT - 3 * DAY, extensions: [reason(KEY_COMPROMISE), invalidity] }];
    expect(await check([list(authority, { entries })])).toEqual({
      status: "revoked",
      reason: "keyCompromise",
      time: AT - 3 * DAY,
      invalidityDate: AT - 9 * DAY,
      thisUpdate: AT - DAY,
    });
  });

  it("counts in a list of any age, and against lists that lack it", async () => {
    const old = list(authority, { nextUpdate: AT - DAY, entries: [{ serial: SERIAL }] });
    for (const crls of [
      [old, list(authority)],
      [list(authority), old],
    ]) {
      expect(await check(crls)).toMatchObject({ status: "revoked", reason: "unspecified" });
    }
  });

  it("is found among thousands, by the whole serial number", async () => {
    const others = Array.from({ length: 3_000 }, (_, index) => ({ serial: SERIAL + 1 + index }));
    expect(await check([list(authority, { entries: others })])).toMatchObject({ status: "good" });
    const entries = [...others, ...revokes(SUPERSEDED)];
    expect(await check([list(authority, { entries })])).toMatchObject({ status: "revoked", reason: "superseded" });
    const high = await newLeaf(authority, { serial: 0xff01 });
    expect(await check([list(authority, { entries: [{ serial: 0xff01 }] })], high)).toMatchObject({
      status: "revoked",
    });
  });

  it("with a critical extension that is not known spoils the list for every certificate", async () => {
    const extensions = [{ oid: "1.2.3", critical: true, value: integer(1) }];
    for (const serial of [SERIAL, SERIAL + 1]) {
      expect(await check([list(authority, { entries: [{ serial, extensions }] })])).toEqual(unknown("UNSUPPORTED"));
    }
    const harmless = [{ oid: "1.2.3", value: integer(1) }];
    expect(await check([list(authority, { entries: [{ serial: SERIAL + 1, extensions: harmless }] })])).toMatchObject({
      status: "good",
    });
  });

  it("removeFromCRL has no place in a complete list", async () => {
    expect(await check([list(authority, { entries: revokes(REMOVED) })])).toEqual(unknown("UNSUPPORTED"));
  });

  it("of a compromised key outweighs another reason, whichever list comes first", async () => {
    const superseded = list(authority, { entries: [{ serial: SERIAL, at: AT - 9 * DAY, extensions: [reason(4)] }] });
    const compromised = list(authority, { entries: [{ serial: SERIAL, at: AT - 2 * DAY, extensions: [reason(1)] }] });
    for (const crls of [
      [superseded, compromised],
      [compromised, superseded],
    ]) {
      expect(await check(crls)).toMatchObject({ reason: "keyCompromise", time: AT - 2 * DAY });
    }
  });

  it("among equals the first revocation counts", async () => {
    const at = (time: number): Uint8Array => list(authority, { entries: [{ serial: SERIAL, at: time }] });
    for (const crls of [
      [at(AT - 3 * DAY), at(AT - 5 * DAY)],
      [at(AT - 5 * DAY), at(AT - 3 * DAY)],
    ]) {
      expect(await check(crls)).toMatchObject({ time: AT - 5 * DAY });
    }
  });

  it("a hold ends with a later list that does not know it, and with nothing else", async () => {
    const hold = list(authority, { thisUpdate: AT - 5 * DAY, entries: revokes(HOLD) });
    expect(await check([hold])).toMatchObject({ status: "revoked", reason: "certificateHold" });
    expect(await check([hold, list(authority)])).toMatchObject({ status: "good" });
    expect(await check([hold, list(authority, { thisUpdate: AT - 6 * DAY })])).toMatchObject({ status: "revoked" });
    const superseded = list(authority, { thisUpdate: AT - 5 * DAY, entries: revokes(SUPERSEDED) });
    expect(await check([superseded, list(authority)])).toMatchObject({ status: "revoked" });
  });
});

describe("a list that must not be used", () => {
  it("of another issuer, or with another key under the same name", async () => {
    const other = await newAuthority(await newRoot(), "Other");
    const entries = [{ serial: SERIAL }];
    expect(await check([list(other, { entries })])).toEqual(unknown("OTHER_ISSUER"));
    const impostor = { ...authority, keys: newKeys() };
    expect(await check([list(authority, { entries }, impostor)])).toEqual(unknown("SIGNATURE_INVALID"));
  });

  it("of an authority that may not sign lists", async () => {
    const issuer = await newAuthority(await newRoot(), "CA", { keyUsage: { bits: ["keyCertSign"] } }, authority.keys);
    const result = await checkRevocation(leaf, issuer.certificate, {
      crls: [list(authority)],
      ocspResponses: [],
      at: AT,
    });
    expect(result).toEqual(unknown("SIGNER_NOT_ACCEPTED"));
  });

  it("another issue of the same key will do as issuer", async () => {
    const reissued = await newAuthority(await newRoot(), "CA", {}, authority.keys);
    const data = { crls: [list(authority)], ocspResponses: [], at: AT };
    expect((await checkRevocation(leaf, reissued.certificate, data)).status).toBe("good");
  });

  it("from the future, whatever it says; a clock an hour slow is forgiven", async () => {
    const made = (thisUpdate: number, entries: readonly Entry[] = []): Uint8Array =>
      list(authority, { thisUpdate, nextUpdate: AT + 9 * DAY, entries });
    expect(await check([made(AT + 3_600_000)])).toMatchObject({ status: "good" });
    expect(await check([made(AT + 3_601_000)])).toEqual(unknown("FUTURE"));
    expect(await check([made(AT + DAY, revokes(SUPERSEDED))])).toEqual(unknown("FUTURE"));
  });

  it("signed with SHA-1, once nobody needed it", async () => {
    const end = Date.UTC(2018, 0, 14);
    const signed = (thisUpdate: number): Uint8Array =>
      list(authority, { thisUpdate, nextUpdate: AT + DAY, digest: "SHA-1" });
    expect(await check([signed(end)])).toMatchObject({ status: "good" });
    expect(await check([signed(end + 1_000)])).toEqual(unknown("WEAK_ALGORITHM"));
  });

  it.each<[string, ExtensionInput, string]>([
    ["an unknown critical extension", { oid: "1.2.3", critical: true, value: integer(1) }, "UNSUPPORTED"],
    ["CA certificates only", scope(ONLY_AUTHORITIES), "OTHER_SCOPE"],
    ["attribute certificates only", scope(ONLY_ATTRIBUTES), "OTHER_SCOPE"],
    ["another distribution point", scope(pointName("http://crl.test/other")), "OTHER_SCOPE"],
    ["a point below the issuer's name that the certificate does not have", scope(relativePoint("x")), "OTHER_SCOPE"],
    ["a malformed scope", { oid: "2.5.29.28", critical: true, value: integer(1) }, "MALFORMED"],
  ])("%s", async (_, extension, code) => {
    const entries = [{ serial: SERIAL }];
    expect(await check([list(authority, { extensions: [extension], entries })])).toEqual(unknown(code));
  });

  it("user certificates only, for a CA's certificate", async () => {
    const { certificate } = await newAuthority(authority, "Sub");
    expect(await check([list(authority, { extensions: [scope(ONLY_USERS)] })], certificate)).toEqual(
      unknown("OTHER_SCOPE"),
    );
    expect(await check([list(authority, { extensions: [scope(ONLY_AUTHORITIES)] })], certificate)).toMatchObject({
      status: "good",
    });
  });

  it.each<[string, ExtensionInput]>([
    ["its own distribution point", scope(pointName(DISTRIBUTION_POINT))],
    ["user certificates only", scope(ONLY_USERS)],
  ])("but one for %s is used", async (_, extension) => {
    expect(await check([list(authority, { extensions: [extension] })])).toMatchObject({ status: "good" });
  });

  it("damaged anywhere: never good, never an exception", async () => {
    const der = list(authority, { entries: revokes(KEY_COMPROMISE) });
    for (let position = 0; position < der.length; position++) {
      const damaged = der.slice();
      damaged[position] = (damaged[position] ?? 0) ^ 0x11;
      expect((await check([damaged])).status).toBe("unknown");
    }
    for (const garbage of [
      new Uint8Array(),
      Uint8Array.of(0x30),
      der.subarray(0, 40),
      new Uint8Array(200).fill(0x30),
    ]) {
      expect(await check([garbage])).toEqual(unknown("MALFORMED"));
    }
  });

  it("one of them does not spoil the others, wherever it stands", async () => {
    const bad = [new Uint8Array(9), list(root), list(authority, { thisUpdate: AT + 9 * DAY })];
    expect(await check([...bad, list(authority)])).toMatchObject({ status: "good" });
    expect(await check([list(authority), ...bad])).toMatchObject({ status: "good" });
  });
});

describe("distribution points", () => {
  const certified = (...list: readonly Uint8Array[]): Promise<Certificate> =>
    newLeaf(authority, { serial: SERIAL, extraExtensions: [points(...list)] });
  const about = (name: Uint8Array): Uint8Array => list(authority, { extensions: [scope(name)] });
  const caPoint = (commonName: string): Uint8Array =>
    context(0, context(0, context(4, encodeName([...named("CA"), { type: "CN", value: commonName }]))));

  it("a relative name is one below the issuer's, on either side", async () => {
    const relative = await certified(relativePoint("one"));
    const full = await certified(caPoint("one"));
    for (const certificate of [relative, full]) {
      for (const name of [relativePoint("one"), caPoint("one")]) {
        expect(await check([about(name)], certificate)).toMatchObject({ status: "good" });
      }
      expect(await check([about(relativePoint("two"))], certificate)).toEqual(unknown("OTHER_SCOPE"));
    }
  });

  it("one of several names is enough", async () => {
    const certificate = await certified(context(0, context(0, uri("http://a.test"), uri("http://b.test"))));
    const name = context(0, context(0, uri("http://c.test"), uri("http://b.test")));
    expect(await check([about(name)], certificate)).toMatchObject({ status: "good" });
  });

  it("lists for some reasons are good only together", async () => {
    const compromise = list(authority, { extensions: [scope(reasonFlags(3, 1, 2, 8))] });
    const others = list(authority, { thisUpdate: AT - 2 * DAY, extensions: [scope(reasonFlags(3, 3, 4, 5, 6, 7))] });
    expect(await check([compromise])).toEqual(unknown("SOME_REASONS"));
    expect(await check([others])).toEqual(unknown("SOME_REASONS"));
    expect(await check([compromise, others])).toMatchObject({ status: "good", thisUpdate: AT - 2 * DAY });
    const revoked = list(authority, { extensions: [scope(reasonFlags(3, 1, 2, 8))], entries: revokes(KEY_COMPROMISE) });
    expect(await check([revoked, others])).toMatchObject({ status: "revoked" });
    expect(await check([revoked])).toMatchObject({ status: "revoked" });
  });

  it("a stale list for the other reasons does not complete them", async () => {
    const compromise = list(authority, { extensions: [scope(reasonFlags(3, 1, 2, 8))] });
    const stale = list(authority, { nextUpdate: AT - 1_000, extensions: [scope(reasonFlags(3, 3, 4, 5, 6, 7))] });
    expect(await check([compromise, stale])).toEqual(unknown("STALE"));
  });

  it("a point for some reasons limits what its list covers", async () => {
    const point = Buffer.concat([context(0, context(0, uri("http://a.test"))), reasonFlags(1, 1, 2)]);
    const certificate = await certified(point);
    const name = context(0, context(0, uri("http://a.test")));
    expect(await check([about(name)], certificate)).toEqual(unknown("SOME_REASONS"));
  });
});

describe("a delta", () => {
  const complete = (number: number, entries: readonly Entry[] = [], extra: ListOptions = {}): Uint8Array =>
    list(authority, { thisUpdate: AT - 3 * DAY, entries, extensions: [listNumber(number)], ...extra });
  const delta = (
    base: number,
    number: number,
    entries: readonly Entry[] = [],
    extensions: readonly ExtensionInput[] = [],
    extra: ListOptions = {},
  ): Uint8Array =>
    list(authority, { entries, extensions: [deltaOf(base), listNumber(number), ...extensions], ...extra });

  it("alone says nothing but that a certificate is revoked", async () => {
    expect(await check([delta(3, 5)])).toEqual(unknown("DELTA"));
    expect(await check([delta(3, 5, revokes(REMOVED))])).toEqual(unknown("DELTA"));
    expect(await check([delta(3, 5, revokes(SUPERSEDED))])).toMatchObject({ status: "revoked" });
  });

  it("makes its list newer, adds to it, and releases from it", async () => {
    expect(await check([complete(4), delta(3, 5)])).toMatchObject({ status: "good", thisUpdate: AT - DAY });
    expect(await check([complete(4), delta(3, 5, revokes(SUPERSEDED))])).toMatchObject({ reason: "superseded" });
    expect(await check([complete(4, revokes(HOLD)), delta(3, 5)])).toMatchObject({ reason: "certificateHold" });
    expect(await check([complete(4, revokes(HOLD)), delta(3, 5, revokes(REMOVED))])).toMatchObject({ status: "good" });
    expect(await check([complete(4, revokes(KEY_COMPROMISE)), delta(3, 5, revokes(REMOVED))])).toMatchObject({
      reason: "keyCompromise",
    });
    expect(await check([complete(4, revokes(HOLD)), delta(3, 5, revokes(KEY_COMPROMISE))])).toMatchObject({
      reason: "keyCompromise",
    });
  });

  it("makes a list current again whose end has passed", async () => {
    const old = complete(4, [], { nextUpdate: AT - DAY });
    expect(await check([old])).toEqual(unknown("STALE"));
    expect(await check([old, delta(4, 5)])).toMatchObject({ status: "good" });
  });

  it.each<[string, Uint8Array, Uint8Array]>([
    ["whose base is newer than the list", complete(4, revokes(HOLD)), delta(5, 6, revokes(REMOVED))],
    ["older than the list", complete(4, revokes(HOLD)), delta(2, 4, revokes(REMOVED))],
    ["of another scope", complete(4, revokes(HOLD)), delta(3, 5, revokes(REMOVED), [scope(ONLY_USERS)])],
    [
      "to a list without number",
      list(authority, { thisUpdate: AT - 3 * DAY, entries: revokes(HOLD) }),
      delta(1, 5, revokes(REMOVED)),
    ],
  ])("%s changes nothing", async (_, base, change) => {
    expect(await check([base, change])).toMatchObject({ status: "revoked", reason: "certificateHold" });
  });

  it("of the same scope changes its list", async () => {
    const base = complete(4, revokes(HOLD), { extensions: [listNumber(4), scope(ONLY_USERS)] });
    expect(await check([base, delta(3, 5, revokes(REMOVED), [scope(ONLY_USERS)])])).toMatchObject({ status: "good" });
  });

  it("the newest of several counts", async () => {
    const older = delta(3, 5, revokes(HOLD), [], { thisUpdate: AT - 2 * DAY });
    const newer = delta(3, 6, revokes(REMOVED));
    const base = complete(4);
    expect(await check([base, older, newer])).toMatchObject({ status: "good" });
    expect(await check([newer, older, base])).toMatchObject({ status: "good" });
  });
});

describe("lists signed by another certificate", () => {
  const accepting = (candidates: readonly Certificate[], accepted = true): Partial<RevocationData> => {
    const listSigners: ListSigners = { candidates, isAcceptable: () => Promise.resolve(accepted) };
    return { listSigners };
  };

  it("another key of the same authority counts when its certificate is accepted", async () => {
    const other = await newAuthority(root, "CA");
    const own = list(other);
    expect(await check([own])).toEqual(unknown("SIGNATURE_INVALID"));
    expect(await check([own], leaf, accepting([other.certificate]))).toMatchObject({ status: "good" });
    expect(await check([own], leaf, accepting([other.certificate], false))).toEqual(unknown("SIGNER_NOT_ACCEPTED"));
  });

  it("that may not sign lists never counts", async () => {
    const other = await newAuthority(root, "CA", { keyUsage: { bits: ["keyCertSign"] } });
    expect(await check([list(other)], leaf, accepting([other.certificate]))).toEqual(unknown("SIGNATURE_INVALID"));
  });

  it("the one that the list names is found among many of the name", async () => {
    const others = await Promise.all(Array.from({ length: 9 }, () => newAuthority(root, "CA")));
    const last = others.at(-1);
    if (last === undefined) throw new Error("none");
    const keyIdentifier = Buffer.from(last.certificate.extensions.subjectKeyIdentifier ?? "", "hex");
    const named = { oid: "2.5.29.35", value: sequence(contextPrimitive(0, keyIdentifier)) };
    const candidates = others.map(({ certificate }) => certificate);
    expect(await check([list(last, { extensions: [named] })], leaf, accepting(candidates))).toMatchObject({
      status: "good",
    });
  });

  describe("indirect", () => {
    it("from the issuer itself: an entry without issuer is the list's, later ones are as the one before", async () => {
      const indirect = (entries: readonly Entry[]): Uint8Array =>
        list(authority, { entries, extensions: [scope(INDIRECT)] });
      const own = { serial: SERIAL };
      const foreign = (serial: number): Entry => ({ serial, extensions: [certificateIssuer("Other")] });
      const ours = (serial: number): Entry => ({ serial, extensions: [certificateIssuer("CA")] });
      expect(await check([indirect([own])])).toMatchObject({ status: "revoked" });
      expect(await check([indirect([foreign(SERIAL)])])).toMatchObject({ status: "good" });
      expect(await check([indirect([foreign(1), own])])).toMatchObject({ status: "good" });
      expect(await check([indirect([foreign(1), ours(2), own])])).toMatchObject({ status: "revoked" });
    });

    it("certificateIssuer in a direct list is a critical extension out of place", async () => {
      const entries = [{ serial: 1, extensions: [certificateIssuer("CA")] }];
      expect(await check([list(authority, { entries })])).toEqual(unknown("UNSUPPORTED"));
    });

    it("from another: only when the certificate names it, and only an indirect one", async () => {
      const service = await newAuthority(root, "List service");
      const point = Buffer.concat([
        context(0, context(0, uri("http://a.test"))),
        context(2, directory("List service")),
      ]);
      const served = await newLeaf(authority, { serial: SERIAL, extraExtensions: [points(point)] });
      const entries = [{ serial: SERIAL, extensions: [certificateIssuer("CA")] }];
      const signers = accepting([service.certificate]);
      const indirect = scope(INDIRECT);
      expect(await check([list(service, { extensions: [indirect] })], served, signers)).toMatchObject({
        status: "good",
      });
      expect(await check([list(service, { entries, extensions: [indirect] })], served, signers)).toMatchObject({
        status: "revoked",
      });
      expect(
        await check([list(service, { entries: [{ serial: SERIAL }], extensions: [indirect] })], served, signers),
      ).toMatchObject({ status: "good" });
      expect(await check([list(service)], served, signers)).toEqual(unknown("OTHER_ISSUER"));
      expect(await check([list(service, { extensions: [indirect] })], leaf, signers)).toEqual(unknown("OTHER_ISSUER"));
      expect(await check([list(service, { extensions: [indirect] })], served)).toEqual(unknown("SIGNER_NOT_ACCEPTED"));
    });
  });
});

describe("much of it", () => {
  it("is looked at whole: what is left out might be what revokes", async () => {
    const others = Array.from({ length: 40 }, (_, index) => list(authority, { thisUpdate: AT - DAY - index * 1_000 }));
    const rubbish = Array.from({ length: 600 }, () => Uint8Array.of(0));
    const crls = [...rubbish, ...others, list(authority, { entries: revokes(SUPERSEDED) })];
    expect(await check(crls)).toMatchObject({ status: "revoked", reason: "superseded" });
  });

  it("finds what it looks for in a list of one megabyte", async () => {
    const entries = Array.from({ length: 28_000 }, (_, index) => ({
      serial: 1_000_000 + index,
      extensions: [reason(4)],
    }));
    const large = list(authority, { entries });
    expect(large.length).toBeGreaterThan(1_000_000);
    expect(await check([large])).toMatchObject({ status: "good" });
    const listed = list(authority, { entries: [...entries, { serial: SERIAL, extensions: [reason(4)] }] });
    expect(await check([listed])).toMatchObject({ status: "revoked", reason: "superseded" });
  });
});
