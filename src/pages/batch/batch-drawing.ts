// Belongs here: the parts that the page for checking many messages is made of: buttons with what came of them.
// Does NOT belong here: any section (see draw-*.ts), values in cells (see ../table/table-values.ts).
import type { Translate } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import type { BatchDeeds, BatchState } from "./batch-state.ts";
import type { Word } from "./checked-row.ts";

export interface BatchDrawing {
  readonly translate: Translate;
  readonly locale: string;
  /** Dark background: the icons have a variant for it. */
  readonly dark: boolean;
  readonly deeds: BatchDeeds;
}

export function drawButton(
  at: string,
  label: string,
  press: () => void,
  kind: "plain" | "primary" | "link" = "plain",
  waits = false,
): VNode {
  return h(
    `button.${kind}`,
    {
      key: at,
      attrs: { type: "button", "data-at": at, "aria-disabled": String(waits) },
      on: { click: () => (waits ? undefined : press()) },
    },
    label,
  );
}

/** What came of using the control named `at`, or that its work is under way. */
export function drawOutcome(at: string, { busy, notice }: BatchState, { translate }: BatchDrawing): VNode | null {
  if (busy === at) return h("span.notice", translate("batch_busy"));
  if (notice?.at !== at) return null;
  return h("span.notice", { class: { failed: notice.failed } }, translate(notice.key));
}

/** The icon that the pane shows too. What was not inspected has that of "being checked": no verdict. */
export function drawWordIcon(word: Word, dark: boolean): VNode {
  const name = word === "failed" ? "checking" : word;
  const src = `/icons/state-${name}${dark ? "-dark" : ""}.svg`;
  return h("img.shape", { attrs: { src, alt: "", width: 16, height: 16 } });
}
