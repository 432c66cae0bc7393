// Belongs here: why an identity is taken for PEC, or not, and saying that it is otherwise.
import type { ComposeReport } from "../../messages.ts";
import { drawButton } from "../controls.ts";
import { foreign, sentence } from "../values.ts";
import { h, type VNode } from "../view.ts";
import { type ComposeDrawing, drawOutcome, drawParagraph } from "./compose-drawing.ts";
import type { ComposeState } from "./compose-state.ts";

export function drawSender(sender: ComposeReport["sender"], state: ComposeState, drawing: ComposeDrawing): VNode {
  const { address, isPec, foundBy, chosen } = sender;
  const { translate, deeds } = drawing;
  const reason = isPec ? (foundBy ?? "person") : chosen === false ? "denied" : "ordinary";
  const [key, next] =
    chosen !== null
      ? (["compose_take_back", null] as const)
      : isPec
        ? (["compose_is_not_pec", false] as const)
        : (["compose_is_pec", true] as const);
  return h("footer", { attrs: { "data-reason": reason } }, [
    drawParagraph("p", sentence(`compose_sender_${reason}`, foreign(address)), drawing),
    h("p.buttons", [
      drawButton("pec", translate(key), () => deeds.setPec(next), state, { kind: "link" }),
      drawOutcome("pec", state, drawing),
    ]),
  ]);
}
