// Belongs here: ordinary mail where PEC may be meant, and writing it from a PEC identity instead.
import type { OrdinaryMailToPec } from "../../messages.ts";
import { drawButton } from "../controls.ts";
import { drawSentence } from "../draw-sentence.ts";
import { drawShape } from "../draw-shape.ts";
import { plainText } from "../sentence.ts";
import { foreign, sentence } from "../values.ts";
import { h, type VNode } from "../view.ts";
import { type ComposeDrawing, drawOutcome } from "./compose-drawing.ts";
import type { ComposeState } from "./compose-state.ts";

/** @param address that the person writes from */
export function drawOrdinary(
  { reason, about, identities, isQuiet }: OrdinaryMailToPec,
  address: string,
  state: ComposeState,
  drawing: ComposeDrawing,
): VNode {
  const { translate, deeds } = drawing;
  const title =
    reason === "answers"
      ? sentence("compose_ordinary_answers")
      : sentence("compose_ordinary_addresses", foreign(about.join(", ")));
  return h("section.finding.ordinary", { attrs: { "data-finding": "ordinary" } }, [
    h("h2", [drawShape("late"), h("span", drawSentence(title, translate))]),
    h("p", translate("compose_ordinary_why")),
    h(
      "p.buttons",
      identities.flatMap(({ key, address: pec }, index) => [
        drawButton(
          `from ${key}`,
          plainText(sentence("compose_write_from", foreign(pec)), translate),
          () => deeds.writeFrom(key),
          state,
          { kind: index === 0 ? "primary" : "plain" },
        ),
        drawOutcome(`from ${key}`, state, drawing),
      ]),
    ),
    identities.length === 0 ? null : drawQuiet(isQuiet, address, state, drawing),
  ]);
}

function drawQuiet(isQuiet: boolean, address: string, state: ComposeState, drawing: ComposeDrawing): VNode {
  const { translate, deeds } = drawing;
  return h("label.switch", { key: "switch quiet" }, [
    h("input", {
      attrs: { type: "checkbox", "data-at": "quiet", "aria-disabled": String(state.busy !== null) },
      props: { checked: isQuiet },
      on: {
        click: (event: Event) => {
          // It shows what is kept, and that changes when the work is done.
          event.preventDefault();
          if (state.busy === null) deeds.setQuiet(!isQuiet);
        },
      },
    }),
    h("span", drawSentence(sentence("compose_quiet", foreign(address)), translate)),
    drawOutcome("quiet", state, drawing),
  ]);
}
