// Belongs here: the walk that finds the receipts which are there already: beginning it, how far it is, how it ended.
import type { WalkReport } from "../../messages.ts";
import { h, type VNode } from "../view.ts";
import { foreignText, number, shortTime } from "../table/table-values.ts";
import { drawButton, drawOutcome, type LedgerDrawing } from "./ledger-drawing.ts";
import { timeLeftText } from "../table/time-left.ts";
import type { LedgerState } from "./ledger-state.ts";

export function drawWalk(walk: WalkReport, state: LedgerState, drawing: LedgerDrawing): VNode {
  const { translate, deeds } = drawing;
  const start = (label: string, kind: "plain" | "primary"): (VNode | null)[] => [
    drawButton("start-walk", label, () => deeds.startWalk("start-walk"), state, { kind }),
    drawOutcome("start-walk", state, drawing),
  ];
  switch (walk.state) {
    case "never":
      return section(walk, [
        h("p.grow", translate("ledger_walk_never")),
        ...start(translate("ledger_walk_start"), "primary"),
      ]);
    case "running":
      return drawRunning(walk, state, drawing);
    case "ended":
      return section(walk, [
        h("p.grow.muted", endedText(walk, drawing)),
        ...start(translate(walk.how === "finished" ? "ledger_walk_again" : "ledger_walk_resume"), "plain"),
      ]);
  }
}

function section({ state }: WalkReport, children: (VNode | null)[]): VNode {
  return h("section.walk", { attrs: { "data-walk": state } }, children);
}

function drawRunning(
  walk: WalkReport & { readonly state: "running" },
  state: LedgerState,
  drawing: LedgerDrawing,
): VNode {
  const { translate, locale, deeds } = drawing;
  const { folder, done, total, foldersDone, folderCount, timeLeft } = walk;
  const share = total === null || total === 0 ? 0 : Math.min(1, done / total);
  const numbers = [number(Math.min(foldersDone + 1, folderCount), locale), number(folderCount, locale)];
  const label = translate("ledger_walk_running");
  return section(walk, [
    h("div.grow", [
      h("p.walk-label", [h("strong", label), ...(folder === "" ? [] : [" ", foreignText(folder)])]),
      h("progress", {
        attrs: { max: 1, "aria-label": label },
        // Without a value it moves to and fro: how much there is, is not known yet.
        ...(folderCount === 0 ? {} : { props: { value: (foldersDone + share) / folderCount } }),
      }),
      h("p.muted", [
        folderCount === 0
          ? translate("ledger_walk_preparing")
          : total === null
            ? translate("ledger_walk_place", [...numbers, number(done, locale)])
            : translate("ledger_walk_place_of", [...numbers, number(done, locale), number(total, locale)]),
        timeLeft === null ? "" : ` · ${timeLeftText(timeLeft, drawing)}`,
      ]),
    ]),
    drawButton("cancel-walk", translate("ledger_walk_cancel"), () => deeds.cancelWalk("cancel-walk"), state),
    drawOutcome("cancel-walk", state, drawing),
  ]);
}

/** How it ended and what it found; what is nought is left out, but for the receipts themselves. */
function endedText(
  { how, at, receipts, unverified, tooLarge, unreadable }: WalkReport & { readonly state: "ended" },
  { translate, locale }: LedgerDrawing,
): string {
  const told = (key: string, count: number): string[] => (count === 0 ? [] : [translate(key, [number(count, locale)])]);
  return [
    translate(`ledger_walk_${how}`, [shortTime(at, locale)]),
    translate("ledger_walk_receipts", [number(receipts, locale)]),
    ...told("ledger_walk_unverified", unverified),
    ...told("ledger_walk_too_large", tooLarge),
    ...told("ledger_walk_unreadable", unreadable),
  ].join(" ");
}
