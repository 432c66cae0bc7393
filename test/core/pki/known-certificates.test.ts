import { describe, expect, it } from "vitest";
import { knownCertificate } from "../../../src/core/pki/known-certificates.ts";
import { parseCertificate } from "../../../src/core/pki/parse-certificate.ts";
import { SIGNERS } from "../../provider/test-authority.ts";

const { certificate: der } = SIGNERS.good;

describe("knownCertificate", () => {
  it("gives what parseCertificate gives, and the same object the second time", async () => {
    const first = await knownCertificate(der);
    expect(first).toEqual(await parseCertificate(der));
    expect(await knownCertificate(der.slice())).toBe(first);
  });

  it("tells apart certificates that differ in one bit", async () => {
    const altered = der.slice();
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
    const [genuine, other] = [await knownCertificate(der), await knownCertificate(altered)];
    expect(other).not.toBe(genuine);
    expect(other.sha256).not.toBe(genuine.sha256);
  });

  it("keeps no message in memory", async () => {
    const message = new Uint8Array(1_000_000);
    message.set(SIGNERS.elliptic.certificate);
    const view = message.subarray(0, SIGNERS.elliptic.certificate.length);
    const { der: kept, tbs } = await knownCertificate(view);
    expect(kept.buffer.byteLength).toBe(view.length);
    expect(tbs.buffer.byteLength).toBe(view.length);
  });

  it("forgets what was not used lately", async () => {
    const first = await knownCertificate(der);
    for (let index = 0; index < 64; index++) {
      const other = der.slice();
      other[other.length - 1] = index;
      other[other.length - 2] = 0x55;
      await knownCertificate(other);
    }
    expect(await knownCertificate(der)).not.toBe(first);
  });
});
