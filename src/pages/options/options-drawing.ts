// Belongs here: the parts that all sections of the options page are made of. Does NOT belong here: any section (see draw-*.ts).
import { drawButton, drawFields, drawOutcome as outcomeOf, type Child } from "../controls.ts";
import type { Translate } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import type { OptionsDeeds, OptionsState } from "./options-state.ts";

export interface OptionsDrawing {
  readonly translate: Translate;
  readonly locale: string;
  /** Milliseconds UTC, for ages. */
  readonly now: number;
  readonly deeds: OptionsDeeds;
}

export { drawButton, drawFields, type Child };

/** What came of using the control named `at`, or that its work is under way. */
export function drawOutcome(at: string, state: OptionsState, { translate }: OptionsDrawing): VNode | null {
  return outcomeOf(at, state, translate, "options_busy");
}

/** A button that asks once before it does what cannot be seen at a glance. */
export function drawAskedButton(
  at: string,
  words: { readonly label: string; readonly question: string; readonly about?: string },
  press: () => void,
  state: OptionsState,
  { translate, deeds }: OptionsDrawing,
): VNode {
  const about = words.about === undefined ? {} : { about: words.about };
  if (state.asking !== at) return drawButton(at, words.label, () => deeds.ask(at), state, about);
  return h("span.question", { key: `ask ${at}`, attrs: { role: "group", "aria-label": words.question } }, [
    h("span", words.question),
    drawButton(`yes ${at}`, translate("options_yes"), press, state, { kind: "danger" }),
    drawButton(`no ${at}`, translate("options_no"), () => deeds.ask(null), state),
  ]);
}

/** Looks and behaves like a button, and lets a file be chosen. */
export function drawFileButton(
  at: string,
  label: string,
  accept: string,
  choose: (file: File) => void,
  state: OptionsState,
): VNode {
  return h("span.file-button", { key: at }, [
    drawButton(at, label, () => fileInput(at)?.click(), state),
    h("input.spoken", {
      attrs: { type: "file", accept, "data-file": at, tabindex: "-1", "aria-hidden": "true" },
      on: {
        change: (event: Event) => {
          const input = event.target;
          if (!(input instanceof HTMLInputElement)) return;
          const file = input.files?.[0];
          if (file !== undefined) choose(file);
          // The same file may be chosen again.
          input.value = "";
        },
      },
    }),
  ]);
}

function fileInput(at: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`input[data-file="${at}"]`);
}

export async function bytesOf(file: File): Promise<Uint8Array> {
  return new Uint8Array(await file.arrayBuffer());
}

/** A switch with its label. */
export function drawSwitch(
  at: string,
  label: string,
  on: boolean,
  set: (on: boolean) => void,
  state: OptionsState,
): VNode {
  return h("label.switch", { key: at }, [
    h("input", {
      attrs: { type: "checkbox", "data-at": at, "aria-disabled": String(state.busy !== null) },
      props: { checked: on },
      on: {
        click: (event: Event) => {
          // It shows what is stored, and that changes when the work is done.
          event.preventDefault();
          if (state.busy === null) set(!on);
        },
      },
    }),
    h("span", label),
  ]);
}
