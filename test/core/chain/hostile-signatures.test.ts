import { describe, expect, it } from "vitest";
import { validateChain } from "../../../src/core/chain/validate-chain.ts";
import { readSignedData } from "../../../src/core/cms/read-signed-data.ts";
import { shippedAuthorities } from "../../../src/core/trust/shipped-authorities.ts";
import { hostileSignatures } from "./hostile-signatures.ts";
import { AT } from "./test-hierarchy.ts";

/**
 * Each takes under 200 ms on an idle computer. Processor time, not that of the clock: tests run side by side, and work that other programs do must
 * not count. Twice the limit, because shared caches make that slower too; without the bounds the attacks took 1.5 to 26 s.
 */
const LIMIT_MS = 400;

describe("a signature whose certificates are made to cost time", () => {
  it.each(hostileSignatures())("is soon judged: $attack", async ({ content, cms }) => {
    const authorities = await shippedAuthorities();
    const before = process.cpuUsage();
    const read = await readSignedData(cms, content);
    if (read.outcome !== "READ") throw new Error(read.code);
    const certificate = read.signers[0]?.certificate;
    if (certificate === null || certificate === undefined) throw new Error("no signer");
    const { outcome } = await validateChain(certificate, read.certificates, authorities, { at: AT, purpose: "email" });
    const { user, system } = process.cpuUsage(before);
    expect(outcome).not.toBe("PASSED");
    expect((user + system) / 1000).toBeLessThan(LIMIT_MS);
  });
});
