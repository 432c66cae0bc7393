import { domainToASCII } from "node:url";
import { describe, expect, it } from "vitest";
import { asciiAddress } from "../../../src/core/mime/ascii-address.ts";

describe("addresses in ASCII", () => {
  it("leaves ASCII as it is", () => {
    expect(asciiAddress("Posta-Certificata@PEC.Aruba.it")).toBe("Posta-Certificata@PEC.Aruba.it");
    expect(asciiAddress("")).toBe("");
  });

  it.each([
    "pec.аruba.it",
    "münchen.example",
    "ارشيف.test",
    "пример.рф",
    "a\u0301.test",
    "日本語.jp",
    "pec.arub\u0430-\u0440\u0435c.it",
  ])("writes %s as Node does", (domain) => {
    expect(asciiAddress(`posta-certificata@${domain}`)).toBe(`posta-certificata@${domainToASCII(domain)}`);
  });

  it("tells letters of other alphabets in the local part", () => {
    expect(asciiAddress("post\u0430-certificata@pec.aruba.it")).toBe("post{U+0430}-certificata@pec.aruba.it");
    expect(asciiAddress("\u202e\ud83d\ude00@x.it")).toBe("{U+202E}{U+1F600}@x.it");
  });

  it("is quick with labels that no domain has", () => {
    expect(asciiAddress(`a@${"\u0430".repeat(100_000)}`)).toMatch(/^a@\{U\+0430\}/);
  });
});
