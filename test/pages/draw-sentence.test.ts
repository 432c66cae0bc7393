import { describe, expect, it, vi } from "vitest";
import { drawValue } from "../../src/pages/draw-sentence.ts";
import type { VNode } from "../../src/pages/view.ts";
import { nodeText } from "./node-text.ts";

// The view library looks for a window when it is loaded; drawing needs none.
vi.hoisted(() => vi.stubGlobal("window", {}));

const drawn = (text: string): VNode | string | undefined =>
  drawValue({ type: "foreign", text, full: null }, () => "")[0];
const breaks = (text: string): number => {
  const node = drawn(text);
  const children = typeof node === "object" ? (node.children ?? []) : [];
  return children.filter((child) => typeof child === "object" && child.sel === "wbr").length;
};

describe("text of a mail", () => {
  it("is isolated, and a long address may break before its domain without another character in it", () => {
    const address = "amministrazione@pec.edilnova-costruzioni.test";
    const node = drawn(address);
    expect(node).toMatchObject({ sel: "bdi" });
    expect(node && nodeText(node)).toBe(address);
    expect(breaks(address)).toBe(1);
  });

  it("a line ends before a word of an address rather than at its hyphen, in a longer text too", () => {
    for (const text of ["a-b@pec.test", "Edilnova <amministrazione@pec.edilnova-costruzioni.test>, altri - e altro"]) {
      const node = drawn(text);
      const children = typeof node === "object" ? (node.children ?? []) : [];
      const unbroken = children.flatMap((child) =>
        typeof child === "object" && child.sel === "span.unbroken" ? [nodeText(child)] : [],
      );
      expect(unbroken).toEqual([text.startsWith("a-b") ? text : "@pec.edilnova-costruzioni.test>,"]);
      expect(node && nodeText(node)).toBe(text);
    }
  });

  it.each(["anna@pec.test", "a text with an @ in the middle of it", "@".padEnd(40, "x"), "x".repeat(60)])(
    "is left alone otherwise: %s",
    (text) => {
      expect(breaks(text)).toBe(0);
      const node = drawn(text);
      expect(node && nodeText(node)).toBe(text);
    },
  );
});
