// Belongs here: the fields of a line of filters. Does NOT belong here: which filters a page has.
import { h, type VNode } from "../view.ts";

export function drawField(name: string, label: string, children: VNode[]): VNode {
  return h(`div.field.${name}`, { key: name }, [h("label", { attrs: { for: `filter-${name}` } }, label), ...children]);
}

export function drawInput(name: string, value: string, change: (value: string) => void): VNode {
  return h("input", {
    attrs: { id: `filter-${name}`, type: "search", autocomplete: "off", spellcheck: "false" },
    props: { value },
    on: {
      input: (event: Event) => (event.target instanceof HTMLInputElement ? change(event.target.value) : undefined),
    },
  });
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly isChosen: boolean;
}

export function drawSelect(name: string, choices: readonly Choice[], change: (value: string) => void): VNode {
  return h(
    "select",
    {
      attrs: { id: `filter-${name}` },
      on: {
        change: (event: Event) => (event.target instanceof HTMLSelectElement ? change(event.target.value) : undefined),
      },
    },
    choices.map(({ value, label, isChosen }) =>
      h("option", { key: value, attrs: { value }, props: { selected: isChosen } }, label),
    ),
  );
}
