// Every message of the test provider, right and forged, judged by the whole core against what the provider's author expects.
import { describe, expect, it } from "vitest";
import { inspect, shippedAuthorities, withExtraAuthorities } from "../../../src/core/index.ts";
import { allCases } from "../../provider/all-cases.ts";
import { extraAuthorities } from "../../provider/demo-authorities.ts";

const withoutOrder = (remarks: readonly string[]): readonly string[] => [...remarks].sort();

describe("inspect", () => {
  it.each(allCases())("$name", async ({ bytes, now, expected }) => {
    const anchors = await withExtraAuthorities(await shippedAuthorities(), extraAuthorities);
    const { kind, seal, signature, look } = await inspect(bytes, { now, anchors });
    expect({
      kind,
      seal: { ...seal, remarks: withoutOrder(seal.remarks) },
      signature: signature && { indication: signature.indication, subIndication: signature.subIndication },
      look,
    }).toEqual({ ...expected, seal: { ...expected.seal, remarks: withoutOrder(expected.seal.remarks) } });
  });
});
