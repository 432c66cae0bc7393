// Belongs here: what every drawing function needs besides the state. Does NOT belong here: any part of the page but the notice beside a button and the arrow in one.
import type { AttachmentQuestion, MessageAction } from "../../messages.ts";
import { drawSentence } from "../draw-sentence.ts";
import type { Translate } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import type { PageState } from "./page-state.ts";

/** What a person can do on the page. */
export interface Deeds {
  readonly toggle: () => void;
  readonly toggleTechnical: () => void;
  readonly showAllRecipients: () => void;
  readonly choose: (path: readonly number[]) => void;
  /** The recipients of the sent message, in the pane of a receipt. */
  readonly toggleRecipients: () => void;
  readonly run: (action: MessageAction) => void;
  /** `at`: the button, as `openPlace` names it. */
  readonly openMessage: (messageId: string, at: string) => void;
  /** `receipt`: id of a delivery receipt. */
  readonly compareContent: (receipt: string) => void;
  /** Asks, or takes the answer away again when it is there. `attachment`: child indexes in the original message. */
  readonly lookInto: (attachment: readonly number[], question: AttachmentQuestion) => void;
  readonly copy: (text: string, at: string) => void;
}

export interface Drawing {
  readonly translate: Translate;
  /** Dark background: the icons have a variant for it. */
  readonly dark: boolean;
  readonly deeds: Deeds;
}

/** The small arrow of a button that folds something out. */
export function drawDisclosure(open: boolean): VNode {
  return h(
    "svg",
    { attrs: { class: "disclosure", viewBox: "0 0 10 10", width: 10, height: 10, "aria-hidden": "true" } },
    [h("path", { attrs: { d: open ? "M1 3L5 7 9 3" : "M3 1L7 5 3 9" } })],
  );
}

/** What came of pressing the button named `at`, in words beside it. */
export function drawNotice(at: string, { notice }: PageState, translate: Translate): VNode | null {
  if (notice?.at !== at) return null;
  const data = { class: { failed: notice.failed }, hook: { insert: bringIntoView } };
  return h("span.notice", data, drawSentence(notice.sentence, translate));
}

/** The pane shows a part of a long page: what came of pressing its lowest button would appear below the edge. */
export function bringIntoView({ elm }: VNode): void {
  if (elm instanceof Element) elm.scrollIntoView({ block: "nearest" });
}
