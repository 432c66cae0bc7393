// Belongs here: the options page as a function of its state. Does NOT belong here: its sections (see draw-authorities.ts and its like).
import { drawAnnouncement } from "../controls.ts";
import { h, type VNode } from "../view.ts";
import { drawAuthorities } from "./draw-authorities.ts";
import { drawBackup } from "./draw-backup.ts";
import { drawReceipts } from "./draw-receipts.ts";
import { drawRecords } from "./draw-records.ts";
import { drawRevocation } from "./draw-revocation.ts";
import type { OptionsDrawing } from "./options-drawing.ts";
import type { OptionsState } from "./options-state.ts";

/** The folders of pages stand beside each other in the package. */
const LEDGER_PAGE = "../ledger/ledger.html";
const BATCH_PAGE = "../batch/batch.html";
const ACCOUNT_PAGE = "../account/account.html";

export function drawOptions(state: OptionsState, drawing: OptionsDrawing): VNode {
  const { options, busy, broken } = state;
  const { translate } = drawing;
  return h("main#options", { attrs: { "data-state": stateOf(state), "data-busy": busy ?? "" } }, [
    h("h1", translate("options_title")),
    h("p.to-pages", [
      h("a.to-ledger", { attrs: { href: LEDGER_PAGE } }, translate("options_open_ledger")),
      h("a.to-batch", { attrs: { href: BATCH_PAGE } }, translate("batch_link")),
      h("a.to-account", { attrs: { href: ACCOUNT_PAGE } }, translate("options_open_accounts")),
    ]),
    broken ? h("p.failed", { attrs: { role: "alert" } }, translate("options_broken")) : null,
    options === null || options.storage === "available"
      ? null
      : h("p.failed", { attrs: { role: "alert" } }, translate(`options_storage_${options.storage}`)),
    ...(options === null
      ? []
      : [
          drawReceipts(options, state, drawing),
          drawAuthorities(options, state, drawing),
          drawRevocation(options, state, drawing),
          drawRecords(options, state, drawing),
          drawBackup(state, drawing),
        ]),
    drawAnnouncement(state, translate),
  ]);
}

function stateOf({ options, broken }: OptionsState): string {
  if (broken) return "broken";
  return options === null ? "loading" : "shown";
}
