import { describe, expect, it } from "vitest";
import { withoutFromQuoting } from "../../../src/core/cms/without-from-quoting.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const unquoted = (text: string, quoting: "mboxrd" | "mboxo"): string | null => {
  const result = withoutFromQuoting(bytes(text), quoting);
  return result === null ? null : new TextDecoder().decode(result);
};

describe("the quoting of mbox files", () => {
  it("is undone in both variants, at the beginning of lines alone", () => {
    const text = ">From a\r\n>>From b\r\nx>From c\r\n>Dal d\r\n";
    expect(unquoted(text, "mboxrd")).toBe("From a\r\n>From b\r\nx>From c\r\n>Dal d\r\n");
    expect(unquoted(text, "mboxo")).toBe("From a\r\n>>From b\r\nx>From c\r\n>Dal d\r\n");
    expect(unquoted("nothing of it\r\n", "mboxrd")).toBeNull();
  });

  it("is left alone where there are more such lines than anybody writes", () => {
    expect(unquoted(">From \n".repeat(100_000), "mboxrd")).toHaveLength(600_000);
    expect(unquoted(">From \n".repeat(100_001), "mboxrd")).toBeNull();
  });
});
