import { afterEach, describe, expect, it, vi } from "vitest";
import { validateChain } from "../../../src/core/chain/validate-chain.ts";
import { readSignedData } from "../../../src/core/cms/read-signed-data.ts";
import { shippedAuthorities } from "../../../src/core/trust/shipped-authorities.ts";
import { hostileSignatures } from "./hostile-signatures.ts";
import { AT } from "./test-hierarchy.ts";

/** Public key operations that one message may cost. How long they take is told by the bench. */
const MOST_OPERATIONS = 64;

/** Without the bounds the meshes took up to 26 s. */
const HANG_LIMIT_MS = 10_000;

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a signature whose certificates are made to cost time", () => {
  it.each(hostileSignatures())(
    "is judged with bounded work: $attack",
    async ({ content, cms }) => {
      const authorities = await shippedAuthorities();
      const operations = vi.spyOn(crypto.subtle, "verify");
      const read = await readSignedData(cms, content);
      if (read.outcome !== "READ") throw new Error(read.code);
      const certificate = read.signers[0]?.certificate;
      if (certificate === null || certificate === undefined) throw new Error("no signer");
      const { outcome } = await validateChain(certificate, read.certificates, authorities, {
        at: AT,
        purpose: "email",
      });
      expect(outcome).not.toBe("PASSED");
      expect(operations.mock.calls.length).toBeLessThanOrEqual(MOST_OPERATIONS);
    },
    HANG_LIMIT_MS,
  );
});
