// Belongs here: what a drawn node says, for tests: nodes are plain values until they are put into a page.
import type { VNode } from "../../src/pages/view.ts";

/** The text of a node and of all below it; `only`: of the nodes of that selector alone. */
export function nodeText(node: VNode | string | null, only: string | null = null): string {
  // What is left out is drawn as null, which the library's types do not say.
  if (node === null) return "";
  if (typeof node === "string") return only === null ? node : "";
  const selected = only === null || node.sel === only;
  const children = node.children ?? [];
  const inside = children.map((child) => nodeText(child, selected ? null : only)).join("");
  return (selected ? (node.text ?? "") : "") + inside;
}
