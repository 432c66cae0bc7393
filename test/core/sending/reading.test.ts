import { describe, expect, test } from "vitest";
import { brittleNames } from "../../../src/core/sending/brittle-names.ts";
import { deliveryReceiptKind } from "../../../src/core/sending/delivery-receipt-kind.ts";
import { readRecipients } from "../../../src/core/sending/recipients.ts";
import { encodedSize, sendingLimits } from "../../../src/core/sending/sending-limits.ts";

describe("recipients", () => {
  test.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ["a mailbox with a name", ['"Rossi, Anna" <anna@pec.foro.test>'], ["anna@pec.foro.test"], []],
    ["several in one entry", ["a@pec.it, b@pec.it"], ["a@pec.it", "b@pec.it"], []],
    ["one written twice", ["a@pec.it", "A@PEC.it"], ["a@pec.it"], []],
    ["a group and its members", ["Studio: a@pec.it, b@pec.it;"], ["a@pec.it", "b@pec.it"], []],
    ["a group without members", ["undisclosed-recipients:;"], [], []],
    ["a mailing list", ["Soci <Soci>", "Ordine"], [], ["Soci", "Ordine"]],
    ["an address as a name", ['"b@pec.it" <a@pec.it>'], ["a@pec.it"], []],
    ["nothing", ["", "  "], [], []],
  ])("%s", (_, entries, addresses, lists) => {
    expect(readRecipients(entries)).toEqual({ addresses, lists });
  });
});

describe("names that break in a brief receipt", () => {
  test.each([
    ["accents", "età.pdf"],
    ["a name too long for one line", `${"a".repeat(57)}.pdf`],
    ["quotes", 'detta "la Villa".pdf'],
    ["a semicolon", "a;b.pdf"],
    ["a line break", "a\nb.pdf"],
    ["a blank at the end", "a.pdf "],
    ["the ending of a hash", "a.pdf.hash"],
    ["no name", ""],
  ])("%s", (_, name) => {
    expect(brittleNames(["Diffida.pdf", name])).toEqual([name]);
  });

  test("two attachments of one name, told once", () => {
    expect(brittleNames(["a.pdf", "A.PDF", "b.pdf", "a.pdf"])).toEqual(["a.pdf", "A.PDF"]);
  });

  test("ordinary names do not", () => {
    expect(brittleNames(["Diffida_2026-03.pdf", "allegato 1.p7m", "(copia) n.1, f.to.pdf"])).toEqual([]);
  });
});

test("the kind of receipt is one of three words, in whatever case", () => {
  expect(deliveryReceiptKind(" Breve ")).toBe("breve");
  for (const value of ["", "ridotta", null, undefined, 3]) expect(deliveryReceiptKind(value)).toBeNull();
});

test("without a known provider the guaranteed minimum counts", () => {
  expect(sendingLimits(null)).toEqual({
    recipients: 50,
    bytes: 30_000_000,
    timesRecipients: true,
    recipientsOf: null,
    bytesOf: null,
  });
});

test("base64 adds 37 %, and what is not known adds nothing but its header", () => {
  const plain = encodedSize(1_000, []);
  expect(encodedSize(1_000, [10_000_000]) / 10_000_000).toBeCloseTo(1.368, 2);
  expect(encodedSize(1_000, [-1]) - plain).toBeLessThan(1_000);
});
