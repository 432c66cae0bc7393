// Belongs here: the section on receipts of sent messages: what the person is told of, what may be done to mail, and what is read.
import type { MailWorkReport, OptionsReport } from "../../messages.ts";
import { h, type VNode } from "../view.ts";
import { drawButton, drawOutcome, drawSwitch, type OptionsDrawing } from "./options-drawing.ts";
import type { OptionsState } from "./options-state.ts";
import { size } from "./options-values.ts";

const MEGABYTE = 1_000_000;
/** Choices for the largest receipt; providers take messages of 30 MB and more, and base64 adds a third. */
const SIZES = [1, 5, 10, 30, 100].map((megabytes) => megabytes * MEGABYTE);

export function drawReceipts({ receipts }: OptionsReport, state: OptionsState, drawing: OptionsDrawing): VNode {
  const { translate, deeds } = drawing;
  const { notices, works, sizeLimit } = receipts;
  return h("section#receipts", { attrs: { "aria-labelledby": "receipts-title" } }, [
    h("h2#receipts-title", translate("options_receipts_title")),
    h("p", translate("options_receipts_intro")),
    h("h3#notices-title", translate("options_notices_title")),
    h("p.muted", translate("options_notices_intro")),
    h(
      "div.switches",
      { attrs: { role: "group", "aria-labelledby": "notices-title" } },
      notices.flatMap(({ kind, on }) => {
        const label = translate(`options_notice_${kind.replaceAll("-", "_")}`);
        const at = `notice ${kind}`;
        return [drawSwitch(at, label, on, (next) => deeds.setNotice(kind, next), state), failureAt(at, state, drawing)];
      }),
    ),
    ...works.flatMap((work) => drawWork(work, state, drawing)),
    h("h3", translate("options_size_title")),
    drawSize(sizeLimit, state, drawing),
  ]);
}

/** What is done at once can be seen; only that it was not needs words. */
function failureAt(at: string, state: OptionsState, drawing: OptionsDrawing): VNode | null {
  return state.notice?.at === at && state.notice.failed ? drawOutcome(at, state, drawing) : null;
}

function drawWork(work: MailWorkReport, state: OptionsState, drawing: OptionsDrawing): (VNode | null)[] {
  const { translate, deeds } = drawing;
  const { name, on, permitted, unfinished } = work;
  const at = `work ${name}`;
  const set = (next: boolean): void => {
    if (next && name === "order") deeds.ask(at);
    else deeds.setMailWork(name, next);
  };
  const said = drawOutcome(at, state, drawing);
  return [
    h("h3", translate(`options_${name}_title`)),
    drawSwitch(at, translate(`options_${name}`), on, set, state),
    state.asking === at ? drawOrderQuestion(at, state, drawing) : null,
    said,
    said === null && on && !permitted ? h("p.failed", translate("options_work_refused")) : null,
    said === null && unfinished && (permitted || !on) ? h("p.muted", translate("options_work_unfinished")) : null,
    h("p.muted.hint", translate(`options_${name}_hint`)),
  ];
}

/** Asked once: it moves what is there already. */
function drawOrderQuestion(at: string, state: OptionsState, { translate, deeds }: OptionsDrawing): VNode {
  const question = translate("options_order_question");
  return h("p.question", { key: `ask ${at}`, attrs: { role: "group", "aria-label": question } }, [
    h("span", question),
    drawButton(`yes ${at}`, translate("options_order_yes"), () => deeds.setMailWork("order", true), state, {
      kind: "primary",
    }),
    drawButton(`no ${at}`, translate("options_cancel"), () => deeds.ask(null), state),
  ]);
}

function drawSize(limit: number, state: OptionsState, drawing: OptionsDrawing): VNode {
  const { translate, locale, deeds } = drawing;
  const sizes = SIZES.includes(limit) ? SIZES : [...SIZES, limit].sort((a, b) => a - b);
  const choices = sizes.map((bytes) =>
    h("option", { attrs: { value: String(bytes) }, props: { selected: bytes === limit } }, size(bytes, locale)),
  );
  const choose = (event: Event): void => {
    if (event.target instanceof HTMLSelectElement) deeds.setSizeLimit(Number(event.target.value));
  };
  return h("div", [
    h("p", [
      h("label", { attrs: { for: "size-limit" } }, translate("options_size")),
      " ",
      h("select#size-limit", { attrs: { "aria-describedby": "size-limit-hint" }, on: { change: choose } }, choices),
    ]),
    h("p.muted", { attrs: { id: "size-limit-hint" } }, translate("options_size_hint")),
    failureAt("size", state, drawing),
  ]);
}
