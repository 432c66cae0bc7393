// Belongs here: the switch for not being asked again about what a person does every day.
import type { ComposeReport } from "../../messages.ts";
import { drawSentence } from "../draw-sentence.ts";
import { foreign, sentence } from "../values.ts";
import { h, type VNode } from "../view.ts";
import { type ComposeDrawing, drawOutcome } from "./compose-drawing.ts";
import type { ComposeState } from "./compose-state.ts";

/** @param label key of _locales; takes the address */
export function drawQuiet(
  label: "compose_quiet" | "compose_quiet_copies",
  { address, isQuiet }: ComposeReport["sender"],
  state: ComposeState,
  drawing: ComposeDrawing,
): VNode {
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
    h("span", drawSentence(sentence(label, foreign(address)), translate)),
    drawOutcome("quiet", state, drawing),
  ]);
}
