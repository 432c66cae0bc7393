// Belongs here: the kinds of delivery receipt, each explained, and what goes with the choice (RFC 6109 §3.3.2, pec-messages §9).
import type { DeliveryReceiptKind } from "../../core/index.ts";
import type { ComposeReport } from "../../messages.ts";
import { drawButton } from "../controls.ts";
import { foreign, sentence } from "../values.ts";
import { h, type VNode } from "../view.ts";
import { type ComposeDrawing, drawOutcome, drawParagraph } from "./compose-drawing.ts";
import type { ComposeState } from "./compose-state.ts";

/** Pages take types from the core alone (see core/sending/delivery-receipt-kind.ts, in the same order). */
const KINDS: readonly DeliveryReceiptKind[] = ["completa", "breve", "sintetica"];

export function drawKinds({ receiptKind, sender }: ComposeReport, state: ComposeState, drawing: ComposeDrawing): VNode {
  const { translate, deeds } = drawing;
  return h("fieldset.kinds", { attrs: { "data-kind": receiptKind } }, [
    h("legend", translate("compose_kind_title")),
    ...KINDS.map((kind) => drawKind(kind, receiptKind, state, drawing)),
    h("p.consequence", { class: { weak: receiptKind !== "completa" } }, translate("meaning_content_lawyers")),
    h("p.consequence", translate("compose_kind_copies")),
    receiptKind === sender.defaultKind
      ? drawParagraph("p.muted", sentence("compose_kind_default", foreign(sender.address)), drawing)
      : h("p.buttons", [
          drawButton("default", translate("compose_kind_make_default"), deeds.makeDefault, state, { kind: "link" }),
          drawOutcome("default", state, drawing),
        ]),
  ]);
}

function drawKind(
  kind: DeliveryReceiptKind,
  chosen: DeliveryReceiptKind,
  state: ComposeState,
  drawing: ComposeDrawing,
): VNode {
  const { translate, deeds } = drawing;
  const at = `kind ${kind}`;
  const why = `kind-${kind}-why`;
  return h("div.kind", { key: at }, [
    h("label", [
      h("input", {
        attrs: { type: "radio", name: "kind", value: kind, "data-at": at, "aria-describedby": why },
        props: { checked: kind === chosen },
        on: {
          change: () => {
            if (state.busy === null) deeds.setKind(kind);
          },
        },
      }),
      h("strong", translate(`compose_kind_${kind}`)),
    ]),
    h("p", { attrs: { id: why } }, translate(`compose_kind_${kind}_why`)),
    drawOutcome(at, state, drawing),
  ]);
}
