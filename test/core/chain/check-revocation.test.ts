import { describe, expect, it } from "vitest";
import { checkRevocation, type RevocationResult } from "../../../src/core/chain/check-revocation.ts";
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
  objectIdentifier,
  octetString,
  sequence,
  time,
} from "../../provider/der.ts";
import { AT, newAuthority, newKeys, newLeaf, newRoot, type Authority } from "./test-hierarchy.ts";

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
}

const extensionList = (extensions: readonly ExtensionInput[]): Uint8Array =>
  sequence(
    ...extensions.map(({ oid, critical = false, value }) =>
      sequence(objectIdentifier(oid), ...(critical ? [boolean(true)] : []), octetString(value)),
    ),
  );

function list(issuer: Authority, options: ListOptions = {}, signer: Authority = issuer): Uint8Array {
  const { thisUpdate = AT - DAY, nextUpdate = AT + DAY, entries = [], extensions = [] } = options;
  const algorithm = signatureAlgorithmIdentifier(signer.keys.privateKey, "SHA-256");
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
  return sequence(tbs, algorithm, bitString(signBytes(signer.keys.privateKey, "SHA-256", tbs)));
}

const reason = (code: number): ExtensionInput => ({ oid: "2.5.29.21", value: enumerated(code) });
const scope = (...fields: readonly Uint8Array[]): ExtensionInput => ({
  oid: "2.5.29.28",
  critical: true,
  value: sequence(...fields),
});
const pointName = (uri: string): Uint8Array => context(0, context(0, contextPrimitive(6, Buffer.from(uri))));
const DELTA: ExtensionInput = { oid: "2.5.29.27", critical: true, value: integer(1) };

const authority = await newAuthority(await newRoot(), "CA");
const SERIAL = 5_000;
const leaf = await newLeaf(authority, { serial: SERIAL, crlDistributionPoint: DISTRIBUTION_POINT });

const check = (crls: readonly Uint8Array[], at = AT, certificate: Certificate = leaf): Promise<RevocationResult> =>
  checkRevocation(certificate, authority.certificate, { crls, ocspResponses: [], at });

describe("absence from a list", () => {
  it("is good when the list reaches the moment asked about", async () => {
    expect(await check([list(authority)])).toEqual({ status: "good", thisUpdate: AT - DAY });
    expect(await check([list(authority, { entries: [{ serial: SERIAL + 1 }] })])).toMatchObject({ status: "good" });
  });

  it("is good in a later list too, while the certificate lived", async () => {
    expect(await check([list(authority, { thisUpdate: AT + DAY, nextUpdate: AT + 2 * DAY })])).toMatchObject({
      status: "good",
    });
  });

  it("says nothing in an older list, or in one without an end", async () => {
    expect(await check([list(authority, { nextUpdate: AT - 1_000 })])).toEqual({ status: "unknown", code: "STALE" });
    expect(await check([list(authority, { nextUpdate: null })])).toEqual({ status: "unknown", code: "STALE" });
  });

  it("says nothing once the certificate had expired: CAs drop expired entries", async () => {
    const thisUpdate = leaf.notAfter + DAY;
    const result = await check([list(authority, { thisUpdate, nextUpdate: thisUpdate + DAY })]);
    expect(result).toEqual({ status: "unknown", code: "EXPIRED_BEFORE" });
  });

  it("says nothing without a list", async () => {
    expect(await check([])).toEqual({ status: "unknown", code: "NO_DATA" });
  });
});

describe("an entry", () => {
  it("gives time, reason and invalidity date", async () => {
    const invalidity = { oid: "2.5.29.24", value: generalizedTime(AT - 9 * DAY) };
    const entries = [{ serial: SERIAL, at: AT - 3 * DAY, extensions: [reason(1), invalidity] }];
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

  it("with a critical extension that is not known may mean anything", async () => {
    const entries = [{ serial: SERIAL, extensions: [{ oid: "1.2.3", critical: true, value: integer(1) }] }];
    expect(await check([list(authority, { entries })])).toEqual({ status: "unknown", code: "UNSUPPORTED" });
  });

  it("removeFromCRL has no place in a complete list", async () => {
    const entries = [{ serial: SERIAL, extensions: [reason(8)] }];
    expect(await check([list(authority, { entries })])).toEqual({ status: "unknown", code: "UNSUPPORTED" });
  });
});

describe("a list that must not be used", () => {
  it("of another issuer, or with another key under the same name", async () => {
    const other = await newAuthority(await newRoot(), "Other");
    const entries = [{ serial: SERIAL }];
    expect(await check([list(other, { entries })])).toEqual({ status: "unknown", code: "OTHER_ISSUER" });
    const impostor = { ...authority, keys: newKeys() };
    expect(await check([list(authority, { entries }, impostor)])).toEqual({
      status: "unknown",
      code: "SIGNATURE_INVALID",
    });
  });

  it("of an authority that may not sign lists", async () => {
    const issuer = await newAuthority(await newRoot(), "CA", { keyUsage: { bits: ["keyCertSign"] } }, authority.keys);
    const result = await checkRevocation(leaf, issuer.certificate, {
      crls: [list(authority)],
      ocspResponses: [],
      at: AT,
    });
    expect(result).toEqual({ status: "unknown", code: "OTHER_ISSUER" });
  });

  it("another issue of the same key will do as issuer", async () => {
    const reissued = await newAuthority(await newRoot(), "CA", {}, authority.keys);
    const result = await checkRevocation(leaf, reissued.certificate, {
      crls: [list(authority)],
      ocspResponses: [],
      at: AT,
    });
    expect(result.status).toBe("good");
  });

  it.each<[string, ExtensionInput, string]>([
    ["an unknown critical extension", { oid: "1.2.3", critical: true, value: integer(1) }, "UNSUPPORTED"],
    ["some reasons only", scope(contextPrimitive(3, Uint8Array.of(6, 0x40))), "UNSUPPORTED"],
    ["indirect", scope(contextPrimitive(4, Uint8Array.of(0xff))), "UNSUPPORTED"],
    ["CA certificates only", scope(contextPrimitive(2, Uint8Array.of(0xff))), "OTHER_SCOPE"],
    ["attribute certificates only", scope(contextPrimitive(5, Uint8Array.of(0xff))), "OTHER_SCOPE"],
    ["another distribution point", scope(pointName("http://crl.test/other")), "OTHER_SCOPE"],
    ["a malformed scope", { oid: "2.5.29.28", critical: true, value: integer(1) }, "MALFORMED"],
  ])("%s", async (_, extension, code) => {
    expect(await check([list(authority, { extensions: [extension], entries: [{ serial: SERIAL }] })])).toEqual({
      status: "unknown",
      code,
    });
  });

  it.each<[string, ExtensionInput]>([
    ["its own distribution point", scope(pointName(DISTRIBUTION_POINT))],
    ["user certificates only", scope(contextPrimitive(1, Uint8Array.of(0xff)))],
  ])("but one for %s is used", async (_, extension) => {
    expect(await check([list(authority, { extensions: [extension] })])).toMatchObject({ status: "good" });
  });

  it("a delta takes certainty away from good and from hold, not from the rest", async () => {
    const delta = list(authority, { extensions: [DELTA] });
    const complete = (code: number): Uint8Array =>
      list(authority, { entries: [{ serial: SERIAL, extensions: [reason(code)] }] });
    expect(await check([list(authority), delta])).toEqual({ status: "unknown", code: "DELTA" });
    expect(await check([delta, complete(6)])).toEqual({ status: "unknown", code: "DELTA" });
    expect(await check([delta, complete(4)])).toMatchObject({ status: "revoked", reason: "superseded" });
  });

  it("damaged anywhere: never good, never an exception", async () => {
    const der = list(authority, { entries: [{ serial: SERIAL, extensions: [reason(1)] }] });
    for (let position = 0; position < der.length; position++) {
      const damaged = der.slice();
      damaged[position] = (damaged[position] ?? 0) ^ 0x11;
      expect((await check([damaged])).status).toBe("unknown");
    }
  });
});
