// Belongs here: people, time and identifiers, left side of the opened pane. Does NOT belong here: which facts (see describe-facts.ts).
import { drawSentence, drawValue } from "../draw-sentence.ts";
import { h, type VNode } from "../view.ts";
import type { Fact, FactsView } from "./describe-facts.ts";
import { drawNotice, type Drawing } from "./drawing.ts";
import type { PageState } from "./page-state.ts";

/** So many recipients are seen without asking; a message may have hundreds. */
const RECIPIENTS_AT_FIRST = 8;

export function drawFacts(facts: FactsView, state: PageState, drawing: Drawing): VNode {
  const { translate } = drawing;
  return h("section.facts", { class: { declared: !facts.certified } }, [
    h("h2", translate(facts.titleKey)),
    h(
      "dl",
      facts.facts.flatMap((fact) => [h("dt", translate(fact.labelKey)), h("dd", drawFact(fact, state, drawing))]),
    ),
    facts.note === null ? null : h("p.muted", drawSentence(facts.note, translate)),
  ]);
}

function drawFact(fact: Fact, state: PageState, drawing: Drawing): (VNode | string | null)[] {
  const { translate, deeds } = drawing;
  switch (fact.type) {
    case "text":
      return drawValue(fact.value, translate);
    case "recipients": {
      const shown = state.allRecipients ? fact.recipients : fact.recipients.slice(0, RECIPIENTS_AT_FIRST);
      const hidden = fact.recipients.length - shown.length;
      return [
        h(
          "ul.recipients",
          shown.map(({ address, kindKey }) =>
            h("li", [...drawValue(address, translate), " ", h(`span.tag.${kindKey}`, translate(kindKey))]),
          ),
        ),
        hidden === 0
          ? null
          : h(
              "button.link",
              { attrs: { type: "button" }, on: { click: deeds.showAllRecipients } },
              translate("recipients_show_all", [String(fact.recipients.length)]),
            ),
      ];
    }
    case "identifier": {
      const at = `copy ${fact.labelKey}`;
      const label = `${translate("copy")}: ${translate(fact.labelKey)}`;
      return [
        h("span.identifier", drawValue(fact.value, translate)),
        h(
          "button.small",
          { attrs: { type: "button", "aria-label": label }, on: { click: () => deeds.copy(fact.copied, at) } },
          translate("copy"),
        ),
        drawNotice(at, state, translate),
      ];
    }
  }
}
