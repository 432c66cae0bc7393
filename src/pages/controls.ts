// Belongs here: what pages with controls are made of: buttons that wait, what came of them, terms with values.
// Does NOT belong here: any page (see options/, account/), words (see _locales).
import type { Translate } from "./sentence.ts";
import { h, type VNode } from "./view.ts";

export type Child = VNode | string | null;

/** What a control has to know of the state of its page. */
export interface ControlState {
  /** The control whose work is under way. */
  readonly busy: string | null;
  readonly notice: {
    /** Which control, as the drawing names it. */
    readonly at: string;
    readonly key: string;
    readonly values: readonly string[];
    readonly failed: boolean;
  } | null;
}

/** Terms and their values. */
export function drawFields(fields: readonly (readonly [string, Child | readonly Child[]])[]): VNode {
  return h(
    "dl",
    fields.flatMap(([term, value]) => [h("dt", term), h("dd", isMany(value) ? [...value] : [value])]),
  );
}

function isMany(value: Child | readonly Child[]): value is readonly Child[] {
  return Array.isArray(value);
}

/** A button and, beside it, what came of it. `about` completes its label for screen readers where the same label repeats. */
export function drawButton(
  at: string,
  label: string,
  press: () => void,
  state: ControlState,
  {
    about,
    kind = "plain",
  }: { readonly about?: string; readonly kind?: "plain" | "primary" | "danger" | "link" | "submit" } = {},
): VNode {
  const waits = state.busy !== null;
  return h(
    `button.${kind === "submit" ? "primary" : kind}`,
    {
      key: at,
      attrs: {
        type: kind === "submit" ? "submit" : "button",
        "data-at": at,
        "aria-disabled": String(waits),
        ...(about === undefined ? {} : { "aria-label": `${label} ${about}` }),
      },
      on: { click: () => (waits || kind === "submit" ? undefined : press()) },
    },
    label,
  );
}

/** What came of using the control named `at`, or that its work is under way. */
export function drawOutcome(
  at: string,
  { busy, notice }: ControlState,
  translate: Translate,
  busyKey: string,
): VNode | null {
  if (busy === at) return h("span.notice", translate(busyKey));
  if (notice?.at !== at) return null;
  return h("span.notice", { class: { failed: notice.failed } }, translate(notice.key, notice.values));
}

/** What came of using a control, read aloud. */
export function drawAnnouncement({ notice }: ControlState, translate: Translate): VNode {
  return h(
    "div.spoken",
    { attrs: { role: "status", "aria-live": "polite" } },
    notice === null ? "" : translate(notice.key, notice.values),
  );
}
