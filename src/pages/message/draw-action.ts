// Belongs here: the button of one action and, beside it, what came of pressing it. Does NOT belong here: which actions there are (see describe-report.ts).
import type { MessageAction } from "../../messages.ts";
import { h, type VNode } from "../view.ts";
import { drawNotice, type Drawing } from "./drawing.ts";
import { placeOf, type PageState } from "./page-state.ts";

/** Buttons that stand beside what they are about instead of in the line of buttons. */
const SMALL: readonly MessageAction["name"][] = [
  "open-attachment",
  "save-attachment",
  "save-all-attachments",
  "save-signed-content",
  "check-revocation",
  "open-options",
  "open-ledger",
];

/** @param about completes the label for screen readers where the same label repeats */
export function drawAction(
  action: MessageAction,
  labelKey: string,
  about: string | null,
  state: PageState,
  { translate, deeds }: Drawing,
  isSmall = SMALL.includes(action.name),
): VNode {
  const label = translate(labelKey);
  const at = placeOf(action);
  const busy = state.busy === at;
  return h("span.action", { key: at }, [
    h(
      "button",
      {
        class: { small: isSmall },
        attrs: {
          type: "button",
          "data-action": action.name,
          "aria-disabled": String(busy),
          ...(about === null ? {} : { "aria-label": `${label} ${about}` }),
        },
        on: { click: () => (busy ? undefined : deeds.run(action)) },
      },
      label,
    ),
    drawNotice(at, state, translate),
  ]);
}
