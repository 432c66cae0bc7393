import { describe, expect, test } from "vitest";
import { bytesOfBinaryString } from "../../src/thunderbird/binary-string.ts";

describe("bytesOfBinaryString", () => {
  test("every byte comes back, wherever it stands", () => {
    const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const ascii = Buffer.alloc(70_000, "a\r\n");
    for (const bytes of [Buffer.alloc(0), every, ascii, Buffer.concat([ascii, every, ascii, Buffer.from([0xe8])])]) {
      expect(Buffer.from(bytesOfBinaryString(bytes.toString("latin1"))).equals(bytes)).toBe(true);
    }
  });
});
