// Belongs here: the worst that the certificates of a mail can cost, beside one public key operation.
// Does NOT belong here: the attacks (see test/core/chain/hostile-signatures.ts).
import { validateChain } from "../../src/core/chain/validate-chain.ts";
import { readSignedData } from "../../src/core/cms/read-signed-data.ts";
import type { TrustedAuthorities } from "../../src/core/index.ts";
import { hostileSignatures, type HostileSignature } from "../core/chain/hostile-signatures.ts";
import { AT } from "../core/chain/test-hierarchy.ts";
import { processorTime, testAuthorities, timed } from "./inspection.ts";
import { median, row, type Row } from "./row.ts";

const ROUNDS = 3;

/** A verdict on the certificates: decoding, the signers' signatures, the search for a path. */
async function judge({ cms, content }: HostileSignature, anchors: TrustedAuthorities): Promise<void> {
  const read = await readSignedData(cms, content);
  const certificate = read.outcome === "READ" ? read.signers[0]?.certificate : null;
  if (read.outcome !== "READ" || certificate === null || certificate === undefined) return;
  await validateChain(certificate, read.certificates, anchors, { at: AT, purpose: "email" });
}

/** Milliseconds of one verification with an RSA key of 2048 bits, the key being ready. */
async function publicKeyOperation(): Promise<number> {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const parameters = { ...algorithm, modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
  const { publicKey, privateKey } = await crypto.subtle.generateKey(parameters, false, ["sign", "verify"]);
  const data = new Uint8Array(64);
  const signature = await crypto.subtle.sign(algorithm, privateKey, data);
  const times: number[] = [];
  for (let round = 0; round < 101; round++) {
    times.push(await timed(() => crypto.subtle.verify(algorithm, publicKey, signature, data)));
  }
  return median(times);
}

export async function benchHostile(): Promise<readonly Row[]> {
  const anchors = await testAuthorities();
  const times = new Map<string, number[]>();
  // Made anew each time, so that nothing of them is known.
  for (let round = 0; round < ROUNDS; round++) {
    for (const hostile of hostileSignatures()) {
      const known = times.get(hostile.attack) ?? [];
      known.push(await processorTime(() => judge(hostile, anchors)));
      times.set(hostile.attack, known);
    }
  }
  const medians = [...times].map(([attack, values]) => ({ attack, time: median(values) }));
  const worst = medians.reduce((a, b) => (b.time > a.time ? b : a));
  return [
    row(
      `processor time of the worst of ${medians.length} floods of certificates (${worst.attack})`,
      worst.time,
      " ms",
      { atMost: 200 },
    ),
    row("the same / one RSA 2048 verification", worst.time / (await publicKeyOperation()), "×"),
  ];
}
