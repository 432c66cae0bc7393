import { describe, expect, it } from "vitest";
import { policyProblem } from "../../../src/core/chain/policy-rules.ts";
import type { ExtensionInput } from "../../provider/certificate-builder.ts";
import { contextPrimitive, integer, objectIdentifier, sequence } from "../../provider/der.ts";
import { newAuthority, newLeaf, newRoot } from "./test-hierarchy.ts";

const ANY = "2.5.29.32.0";
const [A, B] = ["1.2.3.1", "1.2.3.2"];

const requireExplicit = (skip: number): ExtensionInput => ({
  oid: "2.5.29.36",
  critical: true,
  value: sequence(contextPrimitive(0, Uint8Array.of(skip))),
});
const inhibitMapping = (skip: number): ExtensionInput => ({
  oid: "2.5.29.36",
  critical: true,
  value: sequence(contextPrimitive(0, Uint8Array.of(0)), contextPrimitive(1, Uint8Array.of(skip))),
});
const inhibitAny = (skip: number): ExtensionInput => ({ oid: "2.5.29.54", critical: true, value: integer(skip) });
const map = (issuer: string, subject: string): ExtensionInput => ({
  oid: "2.5.29.33",
  value: sequence(sequence(objectIdentifier(issuer), objectIdentifier(subject))),
});

interface Level {
  readonly policies?: readonly string[];
  readonly extensions?: readonly ExtensionInput[];
}

/** Whether policies accept signer, lower and upper CA. */
async function accepted(upper: Level, lower: Level, leaf: Level): Promise<boolean> {
  const describeLevel = ({ policies, extensions = [] }: Level) => ({
    ...(policies === undefined ? {} : { certificatePolicies: policies }),
    extraExtensions: extensions,
  });
  const root = await newRoot();
  const first = await newAuthority(root, "Upper", describeLevel(upper));
  const second = await newAuthority(first, "Lower", describeLevel(lower));
  const path = [await newLeaf(second, describeLevel(leaf)), second.certificate, first.certificate];
  for (const certificate of path) expect(certificate.defects).toEqual([]);
  return policyProblem(path) === null;
}

describe("policies with default inputs", () => {
  it("object to nothing unless a CA demands a policy", async () => {
    expect(await accepted({}, {}, {})).toBe(true);
    expect(await accepted({ policies: [A] }, { policies: [B] }, {})).toBe(true);
  });

  it("need one valid to the end when a CA demands it", async () => {
    const demand = { policies: [A], extensions: [requireExplicit(0)] };
    expect(await accepted(demand, { policies: [A] }, { policies: [A, B] })).toBe(true);
    expect(await accepted(demand, { policies: [A] }, { policies: [B] })).toBe(false);
    expect(await accepted(demand, { policies: [A] }, {})).toBe(false);
    expect(await accepted(demand, {}, { policies: [A] })).toBe(false);
  });

  it("count the certificates until the demand begins", async () => {
    const demand = (skip: number): Level => ({ policies: [A], extensions: [requireExplicit(skip)] });
    expect(await accepted(demand(1), { policies: [A] }, {})).toBe(false);
    expect(await accepted(demand(5), { policies: [A] }, {})).toBe(true);
  });

  it("let anyPolicy stand for every policy until it is inhibited", async () => {
    const demand = { policies: [ANY], extensions: [requireExplicit(0)] };
    expect(await accepted(demand, { policies: [ANY] }, { policies: [A] })).toBe(true);
    expect(
      await accepted(
        { ...demand, extensions: [requireExplicit(0), inhibitAny(0)] },
        { policies: [ANY] },
        { policies: [A] },
      ),
    ).toBe(false);
  });

  it("follow mappings until they are inhibited, and never to or from anyPolicy", async () => {
    const mapping = (extension: ExtensionInput): Level => ({ policies: [A], extensions: [extension, map(A, B)] });
    expect(await accepted(mapping(requireExplicit(0)), { policies: [B] }, { policies: [B] })).toBe(true);
    expect(await accepted(mapping(requireExplicit(0)), { policies: [A] }, { policies: [A] })).toBe(false);
    const inhibiting = { policies: [A], extensions: [inhibitMapping(0)] };
    expect(await accepted(inhibiting, { policies: [A], extensions: [map(A, B)] }, { policies: [B] })).toBe(false);
    expect(await accepted({ policies: [A], extensions: [map(ANY, B)] }, {}, {})).toBe(false);
  });
});
