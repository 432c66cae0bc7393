import { describe, expect, it } from "vitest";
import { children, encodeAsDer, octetStringBytes, readElement, readOnly } from "../../../src/core/pki/asn1.ts";
import { readBitStringBytes, readObjectIdentifier, readSerial, readTime } from "../../../src/core/pki/asn1-values.ts";
import { MalformedError } from "../../../src/core/pki/malformed-error.ts";
import { bmpString, concat, integer, objectIdentifier, octetString, sequence, time, tlv } from "../../provider/der.ts";
import { readText } from "../../../src/core/pki/asn1-values.ts";

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(" ", ""), "hex"));

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof MalformedError) return error.code;
    throw error;
  }
  return "no error";
}

describe("elements", () => {
  it.each([
    ["", "TRUNCATED"],
    ["30", "TRUNCATED"],
    ["30 05 01", "TRUNCATED"],
    ["30 82 01", "TRUNCATED"],
    ["1f 81 01 00", "TAG_NUMBER"],
    ["04 80 00 00", "LENGTH"],
    ["30 85 00 00 00 00 00", "LENGTH"],
    ["30 80 02 01", "TRUNCATED"],
    ["30 ff 00 00", "LENGTH"],
    ["22 03 02 01 05", "IDENTIFIER"],
  ])("BER %j: %s", (hex, code) => {
    expect(codeOf(() => readElement(bytes(hex), 0, "BER"))).toBe(code);
  });

  it.each(["30 81 01 00", "30 82 00 80", "30 80 00 00"])("%j is BER and not DER", (hex) => {
    const padded = concat(bytes(hex), new Uint8Array(128));
    expect(codeOf(() => readElement(padded, 0, "DER"))).toBe("NOT_DER");
    expect(codeOf(() => readElement(padded, 0, "BER"))).toBe("no error");
  });

  it("keep their exact bytes", () => {
    const outer = readOnly(bytes("30 80 04 01 aa 30 80 00 00 00 00"), "BER");
    const [first, second] = children(outer, "BER");
    expect(outer.bytes).toHaveLength(11);
    expect(first?.bytes).toEqual(bytes("04 01 aa"));
    expect(second?.bytes).toEqual(bytes("30 80 00 00"));
    expect(codeOf(() => readOnly(bytes("05 00 00"), "DER"))).toBe("TRAILING_BYTES");
  });

  it("are so many on one level, and no more", () => {
    const nulls = (count: number): Uint8Array => sequence(Buffer.alloc(2 * count, Uint8Array.of(5, 0)));
    expect(children(readOnly(nulls(16_384), "DER"), "DER")).toHaveLength(16_384);
    expect(codeOf(() => children(readOnly(nulls(16_385), "DER"), "DER"))).toBe("TOO_MANY_ELEMENTS");
    const endless = concat(bytes("30 80"), Buffer.alloc(40_000, Uint8Array.of(5, 0)), bytes("00 00"));
    expect(codeOf(() => readOnly(endless, "BER"))).toBe("TOO_MANY_ELEMENTS");
  });

  it("cost nothing however deep they are nested", () => {
    let nested: Uint8Array = new Uint8Array();
    for (let depth = 0; depth < 2_000; depth++) nested = sequence(nested);
    expect(children(readOnly(nested, "DER"), "DER")).toHaveLength(1);
    expect(codeOf(() => encodeAsDer(readOnly(nested, "DER")))).toBe("TOO_DEEP");
    const segments = (depth: number): Uint8Array =>
      depth === 0 ? octetString(Uint8Array.of(7)) : tlv(0x24, segments(depth - 1));
    expect(octetStringBytes(readOnly(segments(4), "BER"))).toEqual(Uint8Array.of(7));
    expect(codeOf(() => octetStringBytes(readOnly(segments(5), "BER")))).toBe("TOO_DEEP");
  });
});

describe("encodeAsDer", () => {
  it("shortens lengths, joins segments and sorts sets", () => {
    const ber = bytes("31 80 30 81 03 02 01 05 24 80 04 01 aa 04 01 bb 00 00 00 00");
    expect(Buffer.from(encodeAsDer(readOnly(ber, "BER"))).toString("hex")).toBe("3109" + "0402aabb" + "3003020105");
  });
});

describe("values", () => {
  it("object identifiers", () => {
    for (const oid of ["1.2.840.113549.1.9.16.2.47", "2.5.29.32.0", "2.999.3", "0.9.2342.19200300.100.1.25"]) {
      expect(readObjectIdentifier(readOnly(objectIdentifier(oid), "DER"))).toBe(oid);
    }
    for (const hex of [
      `06 41 ${"01".repeat(65)}`,
      "06 00",
      "06 02 2a 80",
      "06 03 2a 80 01",
      "06 0a 2a ff ff ff ff ff ff ff ff 7f",
    ]) {
      expect(codeOf(() => readObjectIdentifier(readOnly(bytes(hex), "DER")))).toBe("OBJECT_IDENTIFIER");
    }
  });

  it("serial numbers", () => {
    expect(readSerial(readOnly(integer(0xd0f), "DER"))).toBe("0D0F");
    expect(readSerial(readOnly(integer(0xff), "DER"))).toBe("FF");
    // -1 and 255 are two certificates.
    expect(readSerial(readOnly(bytes("02 01 ff"), "DER"))).toBe("-FF");
    expect(codeOf(() => readSerial(readOnly(bytes("02 02 00 01"), "DER")))).toBe("INTEGER");
  });

  it("times of both forms and centuries", () => {
    for (const moment of [
      Date.UTC(1950, 0),
      Date.UTC(1999, 11, 31, 23, 59, 59),
      Date.UTC(2049, 11, 31),
      Date.UTC(2050, 0),
    ]) {
      expect(readTime(readOnly(time(moment), "DER"))).toBe(moment);
    }
    for (const [tag, text] of [
      [0x17, "240230000000Z"],
      [0x17, "2401010000Z"],
      [0x17, "240101000000+0100"],
      [0x18, "20240101000000.5Z"],
      [0x18, "20241301000000Z"],
      [0x18, "20240101240000Z"],
      [0x18, "2024010100Z"],
      [0x17, "x240101000000Z"],
      // Overflows into a year that the type does not have, for which asn1js throws.
      [0x17, "491231250000Z"],
      [0x17, "491231235960Z"],
    ] as const) {
      expect(codeOf(() => readTime(readOnly(tlv(tag, Buffer.from(text)), "DER")))).toBe("TIME");
    }
  });

  it("bit strings", () => {
    expect(readBitStringBytes(readOnly(bytes("03 03 00 aa bb"), "DER"))).toEqual(bytes("aa bb"));
    for (const hex of ["03 00", "03 02 01 aa", "03 02 08 aa", "04 02 00 aa"]) {
      expect(codeOf(() => readBitStringBytes(readOnly(bytes(hex), "DER")))).not.toBe("no error");
    }
  });

  it("text of every string type", () => {
    for (const type of [0x0c, 0x12, 0x13, 0x14, 0x16, 0x1a]) {
      expect(readText(readOnly(tlv(type, Buffer.from("Borgo ~1")), "DER"))).toBe("Borgo ~1");
      expect(readText(readOnly(tlv(type, bytes("41000942")), "DER"))).toBe("A\0\tB");
    }
    expect(readText(readOnly(bmpString("Società"), "DER"))).toBe("Società");
    expect(readText(readOnly(tlv(0x0c, Buffer.from("Società")), "DER"))).toBe("Società");
    expect(readText(readOnly(tlv(0x14, Buffer.from("Società", "latin1")), "DER"))).toBe("Società");
    expect(readText(readOnly(tlv(0x1c, bytes("0001f600")), "DER"))).toBe("\u{1f600}");
    expect(readText(readOnly(octetString(bytes("41")), "DER"))).toBeNull();
    expect(codeOf(() => readText(readOnly(tlv(0x1e, bytes("004100")), "DER")))).toBe("TEXT");
    expect(codeOf(() => readText(readOnly(tlv(0x13, new Uint8Array(200_000)), "DER")))).toBe("TEXT");
    expect(codeOf(() => readText(readOnly(tlv(0x0c, bytes("c3")), "DER")))).toBe("TEXT");
    expect(codeOf(() => readText(readOnly(tlv(0x1c, bytes("7fffffff")), "DER")))).toBe("TEXT");
  });
});
