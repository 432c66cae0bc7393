// Belongs here: what can be checked: a folder, the selection, files. Does NOT belong here: what comes of it (see draw-batch.ts).
import { number } from "../table/table-values.ts";
import { h, type VNode } from "../view.ts";
import { visibleText } from "../visible-text.ts";
import { type BatchDrawing, drawButton, drawOutcome } from "./batch-drawing.ts";
import type { BatchState, Places } from "./batch-state.ts";

export function drawChoices(state: BatchState, drawing: BatchDrawing): VNode {
  const { translate } = drawing;
  const { places } = state;
  return h("section.choices", [
    h("p.intro", translate("batch_intro")),
    h("p.intro.muted", translate("batch_intro_records")),
    drawOutcome("places", state, drawing),
    h("div.choice", [
      h("label", { attrs: { for: "folder" } }, translate("batch_folder")),
      h("div.controls", places === null ? [] : drawFolders(places, state, drawing)),
    ]),
    h("div.choice", [
      h("span.label", translate("batch_selection")),
      h("div.controls", places === null ? [] : drawSelection(places, state, drawing)),
    ]),
    h("div.choice", [h("span.label", translate("batch_files")), h("div.controls", drawFiles(drawing))]),
  ]);
}

function drawFolders({ folders }: Places, state: BatchState, drawing: BatchDrawing): (VNode | null)[] {
  const { folder } = state;
  const { translate, deeds } = drawing;
  const accounts = [...new Set(folders.map(({ account }) => account))];
  const chosen = folders.find(({ id }) => id === folder);
  return [
    h(
      "select",
      {
        attrs: { id: "folder" },
        on: {
          change: (event: Event) =>
            event.target instanceof HTMLSelectElement ? deeds.chooseFolder(event.target.value) : undefined,
        },
      },
      [
        h(
          "option",
          { key: "", attrs: { value: "" }, props: { selected: folder === "" } },
          translate("batch_folder_none"),
        ),
        ...accounts.map((account) =>
          h(
            "optgroup",
            { key: account, attrs: { label: visibleText(account).shown } },
            folders
              .filter((each) => each.account === account)
              .map(({ id, path }) =>
                h(
                  "option",
                  { key: id, attrs: { value: id }, props: { selected: id === folder } },
                  // Of a folder within another one all names: the same name may be there more than once.
                  path.map((name) => visibleText(name).shown).join(" / "),
                ),
              ),
          ),
        ),
      ],
    ),
    drawButton(
      "start-folder",
      translate("batch_start_folder"),
      () => {
        if (chosen === undefined) deeds.missFolder();
        else deeds.start({ type: "folder", id: chosen.id, name: chosen.path.at(-1) ?? "" });
      },
      chosen === undefined ? "plain" : "primary",
    ),
    drawOutcome("start-folder", state, drawing),
  ];
}

function drawSelection(
  { selected: { count, isMore } }: Places,
  state: BatchState,
  drawing: BatchDrawing,
): (VNode | null)[] {
  const { translate, locale, deeds } = drawing;
  if (count === 0) return [h("p.muted", translate("batch_selection_none"))];
  const text = isMore ? translate("batch_selection_more", [number(count, locale)]) : number(count, locale);
  return [
    drawButton("start-selection", translate("batch_start_selection", [text]), () => deeds.start({ type: "selection" })),
    drawButton("evidence-selection", translate("batch_evidence_selection"), () =>
      deeds.makeEvidence("evidence-selection", "selection"),
    ),
    drawOutcome("evidence-selection", state, drawing),
  ];
}

/** The person presses a button like all others; the field for files itself cannot be labelled in our words. */
function drawFiles({ translate, deeds }: BatchDrawing): VNode[] {
  return [
    h("input", {
      // No filter: mbox files of Thunderbird and of other programs have no extension.
      attrs: { type: "file", multiple: true, "data-file": "files", tabindex: "-1", "aria-hidden": "true" },
      on: {
        change: (event: Event) => {
          const input = event.target;
          if (!(input instanceof HTMLInputElement)) return;
          const files = [...(input.files ?? [])];
          // The same files can be chosen again.
          input.value = "";
          if (files.length > 0) deeds.start({ type: "files", files });
        },
      },
    }),
    drawButton("choose-files", translate("batch_choose_files"), () =>
      document.querySelector<HTMLElement>('input[data-file="files"]')?.click(),
    ),
  ];
}
