// Belongs here: the whole inspection of a message, as the add-on does it, made sure to be one that passes.
import { inspect, shippedAuthorities, withExtraAuthorities, type TrustedAuthorities } from "../../src/core/index.ts";
import { extraAuthorities } from "../provider/demo-authorities.ts";
import { DEMO_NOW } from "../provider/test-case.ts";

export async function testAuthorities(): Promise<TrustedAuthorities> {
  return withExtraAuthorities(await shippedAuthorities(), extraAuthorities);
}

/** @throws when the message is not found sealed: then something else than an inspection was measured */
export async function inspectSealed(bytes: Uint8Array, anchors: TrustedAuthorities): Promise<void> {
  const { seal } = await inspect(bytes, { now: DEMO_NOW, anchors });
  if (seal.indication !== "TOTAL-PASSED") throw new Error(`The sample is not sealed: ${String(seal.subIndication)}`);
}

/** Milliseconds of one call. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Milliseconds of the processor, of all threads: what other programs do at the same time does not count. */
export async function processorTime(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
