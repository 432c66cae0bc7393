// Belongs here: the page of pane and popup as a function of its state (ui.md).
// Does NOT belong here: which sentences are said (see describe-report.ts), reacting to people (see message-session.ts).
import type { Look } from "../../core/index.ts";
import { drawSentence, drawValue } from "../draw-sentence.ts";
import { plainText, type Sentence } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import type { ActionView, AttachedView, ReportView } from "./describe-report.ts";
import type { RowView } from "../row-view.ts";
import { drawAction } from "./draw-action.ts";
import { drawAttachments } from "./draw-attachments.ts";
import { drawFacts } from "./draw-facts.ts";
import { drawSent } from "./draw-sent.ts";
import { drawTechnical } from "./draw-technical.ts";
import { drawVerdict } from "./draw-verdict.ts";
import { drawDisclosure, type Deeds, type Drawing } from "./drawing.ts";
import { drawGlyph } from "../glyph.ts";
import type { PageState } from "./page-state.ts";
import { sentence } from "../values.ts";

export function drawReport(state: PageState, drawing: Drawing): VNode {
  const { shown, target } = state;
  const inspection = shown.state === "inspected" ? shown.inspection : null;
  const report = shown.state === "inspected" ? shown.report : null;
  const sent = shown.state === "inspected" ? shown.sent : null;
  return h(
    "main#report",
    {
      attrs: {
        "aria-label": drawing.translate("page_title"),
        "data-view": state.view,
        "data-state": shown.state,
        "data-kind": inspection?.kind ?? "",
        "data-indication": inspection?.seal.indication ?? "",
        "data-sub-indication": inspection?.seal.subIndication ?? "",
        "data-look": inspection?.look ?? "",
        "data-remarks": inspection?.seal.remarks.join(" ") ?? "",
        "data-sent": sent?.role ?? "",
        "data-expanded": String(state.expanded),
        "data-tab-id": String(target?.tabId ?? ""),
        "data-message-id": String(target?.messageId ?? ""),
        "data-path": target?.path.join(".") ?? "",
      },
    },
    [
      ...drawHead(state, drawing),
      report !== null && state.expanded ? drawDetails(report, state, drawing) : null,
      drawAnnouncement(state, drawing),
    ],
  );
}

/** The row comes first, except above an attached message: there it must be clear beforehand whose row it is. */
function drawHead(state: PageState, drawing: Drawing): (VNode | null)[] {
  const row = drawRow(state, drawing);
  const ofAttached = state.target !== null && state.target.path.length > 0;
  if (!ofAttached) return [row, drawAttachedChoice(state, drawing)];
  const choice = state.attached.length > 1 ? drawAttachedChoice(state, drawing) : null;
  return [choice, drawAttachedBanner(drawing), row];
}

function drawRow(state: PageState, drawing: Drawing): VNode {
  const { translate, deeds } = drawing;
  const text = rowSentence(state);
  const tone = shownRow(state)?.tone ?? "plain";
  const foldable = state.view === "pane" && hasDetails(state);
  return h("div.row", { class: { foldable }, on: foldable ? { click: () => toggleUnlessSelecting(deeds) } : {} }, [
    h(`span.glyph-box.${tone}`, [drawHeadIcon(state, drawing)]),
    h(`h1.row-text.${tone}`, { attrs: { title: plainText(text, translate) } }, drawSentence(text, translate)),
    drawState(state, drawing),
    foldable ? drawToggle(state, drawing) : null,
  ]);
}

/** Nothing is known, and nothing can be done, about ordinary mail. */
function hasDetails({ shown }: PageState): boolean {
  return shown.state === "inspected" && (shown.report.look !== "none" || shown.sent !== null);
}

/** Of a sent message that bears no seal, what became of it. */
function shownRow({ shown }: PageState): RowView | null {
  if (shown.state !== "inspected") return null;
  const { report, sent } = shown;
  return report.look === "none" && sent !== null ? sent.row : report.row;
}

/** Selecting text in the row to copy it is no click. */
function toggleUnlessSelecting(deeds: Deeds): void {
  if (getSelection()?.isCollapsed ?? true) deeds.toggle();
}

function drawToggle(state: PageState, { translate, deeds }: Drawing): VNode {
  const label = translate(state.expanded ? "hide_details" : "show_details");
  return h(
    "button.toggle",
    {
      attrs: {
        type: "button",
        "aria-expanded": String(state.expanded),
        "aria-controls": "details",
        "aria-label": label,
        title: label,
      },
      on: {
        click: (event: Event) => {
          event.stopPropagation();
          deeds.toggle();
        },
      },
    },
    [
      h("svg", { attrs: { class: "arrow", viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" } }, [
        h("path", { attrs: { d: "M4 6.2L8 10.2 12 6.2" } }),
      ]),
    ],
  );
}

function rowSentence(state: PageState): Sentence {
  const { shown } = state;
  switch (shown.state) {
    case "checking":
      return sentence("row_checking");
    case "inspected":
      return shownRow(state)?.sentence ?? shown.report.row.sentence;
    case "internal-error":
      return sentence("row_internal_error");
    case "gone":
      return sentence("row_gone");
    case "stepped-back":
      return sentence("row_stepped_back");
  }
}

function drawHeadIcon(state: PageState, { dark }: Drawing): VNode {
  const { shown } = state;
  switch (shown.state) {
    case "checking":
      return stateIcon("checking", dark, 16);
    case "inspected":
      return drawGlyph(shownRow(state)?.glyph ?? shown.report.row.glyph);
    case "internal-error":
      return drawGlyph("fault");
    case "gone":
    case "stepped-back":
      return drawGlyph("plain");
  }
}

/** The seal's state; while there is none to speak of, the row alone says why. */
function drawState({ shown }: PageState, { translate, dark }: Drawing): VNode | null {
  if (shown.state !== "inspected" || shown.report.look === "none") return null;
  const { look, lookKey } = shown.report;
  const word = translate(lookKey);
  return h(`span.state.${look}`, { attrs: { title: word } }, [stateIcon(look, dark, 18), h("span.state-word", word)]);
}

/** Words stand beside it: for a screen reader the picture would only repeat them. */
function stateIcon(name: Look | "checking" | "attached", dark: boolean, size: number): VNode {
  const src = `/icons/state-${name}${dark ? "-dark" : ""}.svg`;
  return h("img", { attrs: { src, alt: "", width: size, height: size } });
}

function drawAttachedBanner({ translate, dark }: Drawing): VNode {
  return h("p.banner", [
    stateIcon("attached", dark, 16),
    h("span", drawSentence(sentence("attached_banner"), translate)),
  ]);
}

function drawAttachedChoice(state: PageState, drawing: Drawing): VNode | null {
  if (state.attached.length === 0) return null;
  return h("section.attached", [
    h("h2", drawing.translate("attached_title")),
    h(
      "ul",
      state.attached.map((attached) => drawAttached(attached, state, drawing)),
    ),
  ]);
}

function drawAttached(attached: AttachedView, { target }: PageState, { translate, deeds }: Drawing): VNode {
  const chosen = target !== null && samePath(attached.path, target.path);
  return h("li", { key: attached.path.join(".") }, [
    h(
      "button.choice",
      {
        class: { chosen },
        attrs: { type: "button", "aria-pressed": String(chosen) },
        on: { click: () => deeds.choose(attached.path) },
      },
      [
        h("strong", drawValue(attached.kind, translate)),
        " · ",
        h("span.choice-subject", drawValue(attached.subject, translate)),
      ],
    ),
  ]);
}

function samePath(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

function drawDetails(report: ReportView, state: PageState, drawing: Drawing): VNode | null {
  const { translate, deeds } = drawing;
  const sent = state.shown.state === "inspected" ? state.shown.sent : null;
  const fate = sent === null ? null : drawSent(sent, state, drawing);
  if (report.look === "none") return fate && h("div#details", [fate]);
  const facts = drawFacts(report.facts, state, drawing);
  const why = h("div.why", [
    ...drawVerdict(report.verdict, state, drawing),
    h(
      "button.link.technical-toggle",
      {
        attrs: { type: "button", "aria-expanded": String(state.technicalOpen), "aria-controls": "technical" },
        on: { click: deeds.toggleTechnical },
      },
      [drawDisclosure(state.technicalOpen), translate("technical_title")],
    ),
  ]);
  // The reason of a bad verdict comes before data that nobody vouches for, for the eye as for the keyboard.
  const bad = report.look === "not-valid" || report.look === "cannot-be-verified";
  return h("div#details", [
    fate,
    h("div.columns", { class: { "why-first": bad } }, bad ? [why, facts] : [facts, why]),
    state.technicalOpen ? drawTechnical(report.technical, state, drawing) : null,
    drawActions(report, state, drawing),
    report.meaning.length === 0
      ? null
      : h(
          "div.meaning",
          report.meaning.map((text) => h("p", drawSentence(text, translate))),
        ),
  ]);
}

function drawActions(report: ReportView, state: PageState, drawing: Drawing): VNode {
  const { translate } = drawing;
  // Where there is a sent message it stands with that: the bundle is about all of it. Of an attached message there is none.
  const isElsewhere =
    state.target?.path.length !== 0 || (state.shown.state === "inspected" && state.shown.sent !== null);
  const actions = report.actions.filter(({ name }) => name !== "open-evidence" || !isElsewhere);
  const offset = state.shown.state === "inspected" ? (state.shown.inspection.daticert?.data.offset ?? null) : null;
  return h("section.actions", { attrs: { "aria-label": translate("actions_title") } }, [
    report.caution === null ? null : h("p.caution", drawSentence(report.caution, translate)),
    h(
      "div.buttons",
      groupsOf(actions).map((group) =>
        h(
          "div.button-group",
          group.map(({ name, labelKey }) => drawAction({ name }, labelKey, null, state, drawing)),
        ),
      ),
    ),
    report.attachments.length === 0 ? null : drawAttachments(report, offset, state, drawing),
  ]);
}

const ANSWERING: readonly ActionView["name"][] = ["reply", "reply-all", "forward", "print"];

/** What opens or keeps the message, and what goes on with it: where the line is too short, the second group moves as a whole. */
function groupsOf(actions: readonly ActionView[]): readonly (readonly ActionView[])[] {
  const isAnswering = ({ name }: ActionView): boolean => ANSWERING.includes(name);
  return [actions.filter((each) => !isAnswering(each)), actions.filter(isAnswering)].filter(({ length }) => length > 0);
}

/** The verdict, and what came of an action, read aloud when they change; nothing is read while waiting. */
function drawAnnouncement(state: PageState, { translate }: Drawing): VNode {
  const { shown, notice } = state;
  const verdict =
    shown.state === "checking"
      ? ""
      : [
          shown.state === "inspected" && shown.report.look !== "none" ? translate(shown.report.lookKey) : "",
          plainText(rowSentence(state), translate),
        ]
          .filter((text) => text !== "")
          .join(". ");
  return h("div.spoken", { attrs: { role: "status", "aria-live": "polite" } }, [
    h("p", verdict),
    h("p", notice === null ? "" : plainText(notice.sentence, translate)),
  ]);
}
