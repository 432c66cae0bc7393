// Belongs here: the section on local records: what they are, how many there are, and what can be done with them.
import type { OptionsReport } from "../../messages.ts";
import { h, type VNode } from "../view.ts";
import {
  drawAskedButton,
  drawButton,
  drawFileButton,
  drawOutcome,
  drawSwitch,
  type OptionsDrawing,
} from "./options-drawing.ts";
import type { OptionsState } from "./options-state.ts";
import { moment } from "./options-values.ts";

export function drawRecords({ records }: OptionsReport, state: OptionsState, drawing: OptionsDrawing): VNode {
  const { translate, locale, deeds } = drawing;
  const { count, since, keep } = records;
  return h("section#records", { attrs: { "aria-labelledby": "records-title", "data-count": String(count) } }, [
    h("h2#records-title", translate("options_records_title")),
    h("p", translate("options_records_intro")),
    h("p", translate("options_records_content")),
    h("p.muted", translate("options_records_worth")),
    drawSwitch("keep", translate("options_keep_records"), keep, deeds.setKeepRecords, state),
    drawOutcome("keep", state, drawing),
    h(
      "p.count",
      since === null
        ? translate("options_records_none")
        : translate("options_records_count", [new Intl.NumberFormat(locale).format(count), moment(since, locale)]),
    ),
    h("p.buttons", [
      drawButton("export", translate("options_export"), deeds.exportRecords, state),
      drawOutcome("export", state, drawing),
      drawFileButton(
        "import",
        translate("options_import"),
        ".json,application/json",
        (file) => deeds.importRecords(file.text()),
        state,
      ),
      drawOutcome("import", state, drawing),
      since === null
        ? null
        : drawAskedButton(
            "delete-records",
            { label: translate("options_delete_records"), question: translate("options_delete_records_question") },
            deeds.deleteRecords,
            state,
            drawing,
          ),
      drawOutcome("delete-records", state, drawing),
    ]),
  ]);
}
