// Belongs here: the parts that the account page is made of: fields with their errors, values to copy, times and sizes.
// Does NOT belong here: any section (see draw-*.ts).
import { drawOutcome as outcomeOf } from "../controls.ts";
import { drawSentence } from "../draw-sentence.ts";
import type { Sentence, Translate } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import type { AccountDeeds, AccountState } from "./account-state.ts";

export interface AccountDrawing {
  readonly translate: Translate;
  readonly locale: string;
  /** Milliseconds UTC. */
  readonly now: number;
  readonly deeds: AccountDeeds;
}

export function drawOutcome(at: string, state: AccountState, { translate }: AccountDrawing): VNode | null {
  return outcomeOf(at, state, translate, "account_busy");
}

export interface FieldWords {
  readonly label: string;
  readonly hint?: string | null;
  /** What is wrong with what was typed, and what to do. */
  readonly error?: string | null;
}

interface TextFieldOptions extends FieldWords {
  readonly value: string;
  readonly type?: "text" | "password" | "date" | "search";
  /** Numbers and host names are not of the language of the page. */
  readonly code?: boolean;
  readonly placeholder?: string;
  readonly type_in: (value: string) => void;
}

/** Label above, hint below it, then the field, then what is wrong. */
export function drawTextField(at: string, options: TextFieldOptions): VNode {
  const { label, hint = null, error = null, value, type = "text", code = false, placeholder, type_in } = options;
  const described = [hint === null ? "" : `${at}-hint`, error === null ? "" : `${at}-error`].filter(Boolean).join(" ");
  return h("div.field", { key: at }, [
    h("label", { attrs: { for: at } }, label),
    hint === null ? null : h("p.muted", { attrs: { id: `${at}-hint` } }, hint),
    h("input", {
      attrs: {
        id: at,
        "data-at": at,
        type,
        autocomplete: "off",
        spellcheck: "false",
        ...(code ? { dir: "ltr" } : {}),
        ...(placeholder === undefined ? {} : { placeholder }),
        ...(described === "" ? {} : { "aria-describedby": described }),
        "aria-invalid": String(error !== null),
      },
      props: { value },
      on: {
        input: (event: Event) => {
          if (event.target instanceof HTMLInputElement) type_in(event.target.value);
        },
      },
    }),
    error === null ? null : h("p.error", { attrs: { id: `${at}-error`, role: "alert" } }, error),
  ]);
}

export function drawCheckbox(at: string, label: string, on: boolean, set: (on: boolean) => void, hint?: string): VNode {
  return h("div.choice", { key: at }, [
    h("label.switch", [
      h("input", {
        attrs: { type: "checkbox", "data-at": at, ...(hint === undefined ? {} : { "aria-describedby": `${at}-hint` }) },
        props: { checked: on },
        on: {
          change: (event: Event) => {
            if (event.target instanceof HTMLInputElement) set(event.target.checked);
          },
        },
      }),
      h("span", label),
    ]),
    hint === undefined ? null : h("p.muted", { attrs: { id: `${at}-hint` } }, hint),
  ]);
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint: string;
}

export function drawChoices<Value extends string>(
  at: string,
  label: string,
  choices: readonly Choice<Value>[],
  chosen: Value,
  choose: (value: Value) => void,
): VNode {
  return h("fieldset", { key: at }, [
    h("legend", label),
    ...choices.map(({ value, label: name, hint }) =>
      h("div.choice", { key: value }, [
        h("label.switch", [
          h("input", {
            attrs: {
              type: "radio",
              name: at,
              value,
              "data-at": `${at} ${value}`,
              "aria-describedby": `${at}-${value}`,
            },
            props: { checked: value === chosen },
            on: { change: () => choose(value) },
          }),
          h("span", name),
        ]),
        h("p.muted", { attrs: { id: `${at}-${value}` } }, hint),
      ]),
    ),
  ]);
}

/** A sentence as a paragraph; what strangers wrote in it is isolated. */
export function drawParagraph(selector: string, sentence: Sentence, { translate }: AccountDrawing): VNode {
  return h(selector, drawSentence(sentence, translate));
}

/** A page of the operator; it opens outside Thunderbird. */
export function drawLink(url: string, label: string, { deeds }: AccountDrawing): VNode {
  return h(
    "a",
    {
      attrs: { href: url, rel: "noreferrer" },
      on: {
        click: (event: Event) => {
          event.preventDefault();
          deeds.openLink(url);
        },
      },
    },
    label,
  );
}

export function longDay(instant: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(instant);
}

/** KB of 1024 octets, as servers count. */
export function kilobytes(value: number, locale: string): string {
  const [amount, unit] =
    value >= 1024 * 1024 ? [value / (1024 * 1024), "GB"] : value >= 1024 ? [value / 1024, "MB"] : [value, "KB"];
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: amount < 10 ? 1 : 0 }).format(amount)} ${unit}`;
}

/** ISO day in the time zone of this computer. */
export function isoDay(instant: number): string {
  const date = new Date(instant);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
