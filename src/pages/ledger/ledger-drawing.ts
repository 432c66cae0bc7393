// Belongs here: the parts that the ledger page is made of: buttons with what came of them.
// Does NOT belong here: any section (see draw-*.ts), values in cells (see ../table/table-values.ts).
import type { Translate } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import type { LedgerDeeds, LedgerState } from "./ledger-state.ts";

export interface LedgerDrawing {
  readonly translate: Translate;
  readonly locale: string;
  readonly deeds: LedgerDeeds;
}

export type Child = VNode | string | null;

interface ButtonOptions {
  readonly about?: string;
  readonly name?: string;
  readonly kind?: "plain" | "primary" | "danger" | "link";
}

/** Controls that ask nothing of the background need not wait for its work. */
const AT_ANY_TIME = /^(?:clear-filter|close$|reveal |apart$|back$|all-problems$)/;

/** A button. Where the same label repeats, `about` completes it for screen readers, or `name` says it all. */
export function drawButton(
  at: string,
  label: string,
  press: () => void,
  state: LedgerState,
  { about, name, kind = "plain" }: ButtonOptions = {},
): VNode {
  const spoken = name ?? (about === undefined ? null : `${label}: ${about}`);
  const waits = state.busy !== null && !AT_ANY_TIME.test(at);
  return h(
    `button.${kind}`,
    {
      key: at,
      attrs: {
        type: "button",
        "data-at": at,
        "aria-disabled": String(waits),
        ...(spoken === null ? {} : { "aria-label": spoken }),
      },
      on: { click: () => (waits ? undefined : press()) },
    },
    label,
  );
}

/** What came of using the control named `at`, or that its work is under way. */
export function drawOutcome(at: string, { busy, notice }: LedgerState, { translate }: LedgerDrawing): VNode | null {
  if (busy === at) return h("span.notice", translate("ledger_busy"));
  if (notice?.at !== at) return null;
  return h("span.notice", { class: { failed: notice.failed } }, translate(notice.key, notice.values));
}

/** A button that asks once before it does what cannot be taken back. */
export function drawAskedButton(
  at: string,
  words: { readonly label: string; readonly question: string; readonly yes: string; readonly about: string },
  press: () => void,
  state: LedgerState,
  { translate, deeds }: LedgerDrawing,
): VNode {
  if (state.asking !== at) return drawButton(at, words.label, () => deeds.ask(at), state, { about: words.about });
  return h("span.question", { key: `ask ${at}`, attrs: { role: "group", "aria-label": words.question } }, [
    h("span", words.question),
    drawButton(`yes ${at}`, words.yes, press, state, { kind: "danger" }),
    drawButton(`no ${at}`, translate("ledger_no"), () => deeds.ask(null), state),
  ]);
}
