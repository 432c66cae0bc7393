import { describe, expect, it } from "vitest";
import { currentAuthorities, endingAuthorities } from "../../../src/core/trust/ending-authorities.ts";
import { shippedAuthorities } from "../../../src/core/trust/shipped-authorities.ts";

const authorities = await shippedAuthorities();
const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
const ending = (now: string): readonly string[] =>
  endingAuthorities(authorities, Date.parse(now), 12).map(({ name, end }) => `${name} ${day(end)}`);

describe("the ends of the shipped authorities", () => {
  it("are these, those of the archive aside", () => {
    expect(currentAuthorities(authorities).map(({ kind, name, end }) => `${kind} ${name} ${day(end)}`)).toEqual([
      "issuing key AgID CA SMIME RSA 2026 2029-08-03",
      "anchor CN=Actalis Authentication Root CA, O=Actalis S.p.A./03358520967, L=Milan, C=IT 2030-09-22",
      "issuing key AgID CA1 2030-09-22",
      "anchor CN=Actalis SMIME RSA Root CA 2025, O=Actalis S.p.A., C=IT 2050-02-22",
    ]);
  });

  it("are named from twelve months before, and afterwards", () => {
    expect(ending("2028-08-02T00:00:00Z")).toEqual([]);
    expect(ending("2028-08-04T00:00:00Z")).toEqual(["AgID CA SMIME RSA 2026 2029-08-03"]);
    expect(ending("2029-09-23T00:00:00Z")).toHaveLength(3);
    expect(ending("2031-01-01T00:00:00Z")).toHaveLength(3);
  });

  it("name a key of which no issue is shipped", () => {
    const without = { ...authorities, intermediates: [] };
    const names = endingAuthorities(without, Date.UTC(2026, 0), 12).map(({ name }) => name);
    expect(names).toEqual(["AgID CA1", "AgID CA SMIME RSA 2026"]);
  });
});
