// Belongs here: the section on saving everything to a file, and having it back.
import { h, type VNode } from "../view.ts";
import { drawButton, drawFileButton, drawOutcome, type OptionsDrawing } from "./options-drawing.ts";
import type { OptionsState } from "./options-state.ts";

export function drawBackup(state: OptionsState, drawing: OptionsDrawing): VNode {
  const { translate, deeds } = drawing;
  return h("section#backup", { attrs: { "aria-labelledby": "backup-title" } }, [
    h("h2#backup-title", translate("options_backup_title")),
    h("p", translate("options_backup_intro")),
    h("p.muted", translate("options_backup_worth")),
    h("p.buttons", [
      drawButton("save-backup", translate("options_save_backup"), deeds.saveBackup, state),
      drawOutcome("save-backup", state, drawing),
      drawFileButton(
        "restore-backup",
        translate("options_restore_backup"),
        ".json,application/json",
        (file) => deeds.restoreBackup(file.name, file.text()),
        state,
      ),
      drawOutcome("restore-backup", state, drawing),
    ]),
  ]);
}
