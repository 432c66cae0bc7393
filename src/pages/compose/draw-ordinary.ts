// Belongs here: ordinary mail where PEC may be meant, and writing it from a PEC identity instead.
import type { ComposeReport, OrdinaryMailToPec } from "../../messages.ts";
import { drawButton } from "../controls.ts";
import { drawSentence } from "../draw-sentence.ts";
import { drawShape } from "../draw-shape.ts";
import { plainText } from "../sentence.ts";
import { foreign, sentence } from "../values.ts";
import { h, type VNode } from "../view.ts";
import { type ComposeDrawing, drawOutcome } from "./compose-drawing.ts";
import type { ComposeState } from "./compose-state.ts";
import { drawQuiet } from "./draw-quiet.ts";

export function drawOrdinary(
  { reason, about, identities }: OrdinaryMailToPec,
  sender: ComposeReport["sender"],
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
    identities.length === 0 ? null : drawQuiet("compose_quiet", sender, state, drawing),
  ]);
}
