import { describe, expect, it } from "vitest";
import { nameConstraintViolation } from "../../../src/core/chain/name-constraints.ts";
import type { CertificateDescription, GeneralNameInput, NameEntry } from "../../provider/certificate-builder.ts";
import {
  contextPrimitive,
  context,
  objectIdentifier,
  printableString,
  utf8String,
  bmpString,
} from "../../provider/der.ts";
import { newLeaf, newRoot } from "./test-hierarchy.ts";

interface Lists {
  readonly permitted?: readonly GeneralNameInput[];
  readonly excluded?: readonly GeneralNameInput[];
  readonly critical?: boolean;
}

/** Violation of the constraints by a certificate with these names. */
async function violation(
  constraints: Lists,
  subjectAltName: readonly GeneralNameInput[] | undefined,
  change: Partial<CertificateDescription> = {},
): Promise<string | null> {
  const root = await newRoot("Root", { nameConstraints: constraints });
  expect(root.certificate.defects).toEqual([]);
  const names = subjectAltName === undefined ? {} : { subjectAltName };
  const leaf = await newLeaf(root, { subject: [], ...names, ...change });
  const { nameConstraints } = root.certificate.extensions;
  if (nameConstraints === null) throw new Error("no constraints");
  return nameConstraintViolation(nameConstraints, leaf);
}

type Row = readonly [constraint: string, name: string, within: boolean];

async function expectWithin(form: (value: string) => GeneralNameInput, [constraint, name, within]: Row): Promise<void> {
  const permitted = await violation({ permitted: [form(constraint)] }, [form(name)]);
  const excluded = await violation({ excluded: [form(constraint)] }, [form(name)]);
  expect({ permitted: permitted === null, excluded: excluded !== null }).toEqual({
    permitted: within,
    excluded: within,
  });
}

describe("rfc822Name", () => {
  it.each<Row>([
    ["pec.test", "a@pec.test", true],
    ["pec.test", "a@PEC.Test", true],
    ["pec.test", "a@sub.pec.test", false],
    ["pec.test", "a@notpec.test", false],
    [".pec.test", "a@sub.pec.test", true],
    [".pec.test", "a@pec.test", false],
    [".pec.test", "a@evil-pec.test", false],
    ["a@pec.test", "a@PEC.test", true],
    ["a@pec.test", "A@pec.test", false],
    ["a@pec.test", "b@pec.test", false],
    ["pec.test", '"x@other.test"@pec.test', true],
    ["other.test", '"x@other.test"@pec.test', false],
    ["", "a@anywhere.test", true],
  ])("%j contains %j: %s", async (...row) => {
    await expectWithin((rfc822Name) => ({ rfc822Name }), row);
  });

  it.each(["pec.test", "@pec.test", "a@", "a@pec.test\0.evil.test", "a b@pec.test", "\u00e0@pec.test"])(
    "a name that is no mailbox is refused either way: %j",
    async (rfc822Name) => {
      expect(await violation({ permitted: [{ rfc822Name: "pec.test" }] }, [{ rfc822Name }])).not.toBeNull();
      expect(await violation({ excluded: [{ rfc822Name: "other.test" }] }, [{ rfc822Name }])).not.toBeNull();
    },
  );

  it("reaches e-mail addresses in the subject", async () => {
    const subject = (value: string): readonly NameEntry[] => [{ type: "emailAddress", value }];
    const constraints = { permitted: [{ rfc822Name: "pec.test" }] };
    expect(await violation(constraints, undefined, { subject: subject("a@pec.test") })).toBeNull();
    expect(await violation(constraints, undefined, { subject: subject("a@other.test") })).not.toBeNull();
  });

  it("every name must obey", async () => {
    const names = [{ rfc822Name: "a@pec.test" }, { rfc822Name: "a@other.test" }];
    expect(await violation({ permitted: [{ rfc822Name: "pec.test" }] }, names)).toContain("a@other.test");
  });
});

describe("dNSName", () => {
  it.each<Row>([
    ["pec.test", "pec.test", true],
    ["pec.test", "www.PEC.test", true],
    ["pec.test", "notpec.test", false],
    [".pec.test", "www.pec.test", true],
    [".pec.test", "pec.test", false],
    ["", "anything.test", true],
  ])("%j contains %j: %s", async (...row) => {
    await expectWithin((dNSName) => ({ dNSName }), row);
  });

  it("a wildcard that could stand for an excluded name is refused", async () => {
    expect(await violation({ excluded: [{ dNSName: "mail.pec.test" }] }, [{ dNSName: "*.pec.test" }])).not.toBeNull();
    expect(await violation({ excluded: [{ dNSName: "mail.pec.test" }] }, [{ dNSName: "*.web.test" }])).toBeNull();
  });
});

describe("uniformResourceIdentifier", () => {
  it.each<Row>([
    ["pec.test", "http://pec.test/a", true],
    ["pec.test", "https://user@PEC.test:8443/?q", true],
    ["pec.test", "http://www.pec.test/", false],
    [".pec.test", "http://www.pec.test/", true],
    ["other.test", "http://pec.test/@other.test", false],
  ])("%j contains %j: %s", async (...row) => {
    await expectWithin((uniformResourceIdentifier) => ({ uniformResourceIdentifier }), row);
  });

  it.each(["urn:oid:1.2.3", "http://192.0.2.1/", "http://[2001:db8::1]/", "mailto:a@pec.test"])(
    "one without a host name is refused: %s",
    async (uniformResourceIdentifier) => {
      const permitted = [{ uniformResourceIdentifier: "pec.test" }];
      expect(await violation({ permitted }, [{ uniformResourceIdentifier }])).not.toBeNull();
    },
  );
});

describe("iPAddress", () => {
  const network = [192, 0, 2, 0, 255, 255, 255, 0];
  const everything = { iPAddress: [0, 0, 0, 0, 0, 0, 0, 0] };

  it("compares under the mask, within one family", async () => {
    const inside = [{ iPAddress: [192, 0, 2, 77] }];
    const outside = [{ iPAddress: [192, 0, 3, 77] }];
    const version6 = [{ iPAddress: [0x20, 1, 0xd, 0xb8, ...new Array<number>(12).fill(0)] }];
    expect(await violation({ permitted: [{ iPAddress: network }] }, inside)).toBeNull();
    expect(await violation({ permitted: [{ iPAddress: network }] }, outside)).not.toBeNull();
    expect(await violation({ permitted: [{ iPAddress: network }] }, version6)).not.toBeNull();
    expect(await violation({ excluded: [{ iPAddress: network }] }, inside)).not.toBeNull();
    expect(await violation({ excluded: [{ iPAddress: network }] }, version6)).toBeNull();
    expect(await violation({ excluded: [everything] }, outside)).not.toBeNull();
  });

  it("a malformed constraint permits nothing and excludes all", async () => {
    const inside = [{ iPAddress: [192, 0, 2, 77] }];
    expect(await violation({ permitted: [{ iPAddress: [192, 0, 2, 0] }] }, inside)).not.toBeNull();
    expect(await violation({ excluded: [{ iPAddress: [10, 0, 0, 0] }] }, inside)).not.toBeNull();
  });
});

describe("directoryName", () => {
  const country: NameEntry = { type: "C", value: "IT" };
  const organization: NameEntry = { type: "O", value: "Aruba PEC S.p.A." };
  const permitted = [{ directoryName: [country, organization] }];
  const signer: NameEntry = { type: "CN", value: "Signer" };

  it.each<[string, readonly NameEntry[], boolean]>([
    ["the name itself", [country, organization], true],
    ["one with more below", [country, organization, signer], true],
    [
      "another string type, case and blanks",
      [
        { ...country, value: "it" },
        { ...organization, value: "ARUBA  PEC s.p.a. ", encode: printableString },
      ],
      true,
    ],
    ["UCS-2", [country, { ...organization, encode: bmpString }], true],
    ["another organisation", [country, { ...organization, value: "Aruba PEC S.p.A. Srl" }], false],
    ["the organisation elsewhere", [country, signer, organization], false],
    ["a shorter name", [country], false],
  ])("%s", async (_, subject, within) => {
    expect((await violation({ permitted }, undefined, { subject })) === null).toBe(within);
    expect((await violation({ excluded: permitted }, undefined, { subject })) !== null).toBe(within);
  });

  it("reaches directory names among the alternative names", async () => {
    const other = [{ directoryName: [{ type: "C", value: "FR" }] }] as const;
    expect(await violation({ permitted }, other, { subject: [country, organization] })).not.toBeNull();
  });

  it("an empty subject has nothing to obey", async () => {
    expect(await violation({ permitted }, [{ rfc822Name: "a@pec.test" }])).toBeNull();
  });
});

describe("other forms", () => {
  const otherName = { raw: context(0, objectIdentifier("1.3.6.1.5.5.7.8.9"), context(0, utf8String("x"))) };
  const registered = { raw: contextPrimitive(8, Uint8Array.of(42, 3)) };

  it("are refused where the constraint is critical and applies", async () => {
    expect(await violation({ excluded: [otherName] }, [otherName])).not.toBeNull();
    expect(await violation({ excluded: [otherName], critical: false }, [otherName])).toBeNull();
    expect(await violation({ excluded: [otherName] }, [registered])).toBeNull();
  });
});

it("a form that is not constrained is free", async () => {
  expect(await violation({ permitted: [{ dNSName: "pec.test" }] }, [{ rfc822Name: "a@other.test" }])).toBeNull();
});

it("too many comparisons are refused, not made", async () => {
  const names = Array.from({ length: 400 }, (_, index) => ({ rfc822Name: `a${index}@pec.test` }));
  const permitted = Array.from({ length: 300 }, (_, index) => ({ rfc822Name: `d${index}.test` }));
  expect(await violation({ permitted }, names)).toBe("too many names");
});
