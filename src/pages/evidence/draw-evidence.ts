// Belongs here: the page that makes a bundle of evidence as a function of its state. Does NOT belong here: how it changes (see
// evidence-session.ts).
import type { EvidenceGap } from "../../core/index.ts";
import type { Translate } from "../sentence.ts";
import { sizeText } from "../size-text.ts";
import { foreignText, number } from "../table/table-values.ts";
import { timeLeftText } from "../table/time-left.ts";
import { keyOf } from "../values.ts";
import { h, type VNode } from "../view.ts";
import type { EvidenceDeeds, EvidenceState, Making } from "./evidence-state.ts";

export interface EvidenceDrawing {
  readonly translate: Translate;
  readonly locale: string;
  readonly deeds: EvidenceDeeds;
}

export function drawEvidence({ making, gaps }: EvidenceState, drawing: EvidenceDrawing): VNode {
  const { translate } = drawing;
  const saving = making.state === "finished" ? (making.saving ?? "") : "";
  return h("main#evidence", { attrs: { "data-state": making.state, "data-saving": saving } }, [
    h("h1", translate("evidence_title")),
    h("p.intro", translate("evidence_intro")),
    drawMaking(making, drawing),
    drawGaps(gaps, drawing),
    making.state === "finished" ? drawContents(drawing) : null,
    h("div.spoken", { attrs: { role: "status", "aria-live": "polite" } }, spoken(making, drawing)),
  ]);
}

function drawMaking(making: Making, drawing: EvidenceDrawing): VNode {
  const { translate, deeds } = drawing;
  switch (making.state) {
    case "making":
      return drawProgress(making, drawing);
    case "cancelled":
      return h("section.walk", [h("p", translate("evidence_cancelled"))]);
    case "too-large":
      return h("section.walk", [h("p.failed", tooLargeText(making, drawing))]);
    case "failed":
      return h("section.walk", [h("p.failed", translate(making.key))]);
    case "finished": {
      const { saving } = making;
      const waits = saving === "asking";
      const isSaved = saving === "saved";
      return h("section.walk.finished", [
        h("div.grow", [
          h("p", [h("strong", doneText(making, drawing))]),
          isSaved || saving === null || waits
            ? null
            : h("p", { class: { failed: saving === "failed" } }, translate(keyOf("evidence_saving", saving))),
          isSaved ? h("p.saved", translate("evidence_saving_saved")) : null,
        ]),
        h(
          "button",
          {
            class: { primary: !isSaved },
            attrs: { type: "button", "data-at": "save", "aria-disabled": String(waits) },
            on: { click: () => (waits ? undefined : deeds.save()) },
          },
          translate(isSaved ? "evidence_save_again" : "evidence_save"),
        ),
      ]);
    }
  }
}

function drawProgress(
  { total, done, at, timeLeft }: Extract<Making, { readonly state: "making" }>,
  { translate, locale, deeds }: EvidenceDrawing,
): VNode {
  const label = translate("evidence_making");
  const share = total === null || total === 0 ? null : done / total;
  const far = total === null ? "" : translate("evidence_progress", [number(done, locale), number(total, locale)]);
  return h("section.walk", [
    h("div.grow", [
      h("p.walk-label", [h("strong", label), ...(at === "" ? [] : [" ", foreignText(at)])]),
      h("progress", { attrs: { max: 1, "aria-label": label }, ...(share === null ? {} : { props: { value: share } }) }),
      h("p.muted", [far, timeLeft === null ? "" : ` · ${timeLeftText(timeLeft, { translate, locale })}`]),
    ]),
    h(
      "button",
      { attrs: { type: "button", "data-at": "cancel" }, on: { click: () => deeds.cancel() } },
      translate("evidence_cancel"),
    ),
  ]);
}

const doneText = (
  { messages, bytes }: Extract<Making, { readonly state: "finished" }>,
  { translate, locale }: EvidenceDrawing,
): string => translate("evidence_finished", [number(messages, locale), sizeText(bytes, locale)]);

const tooLargeText = (
  { bytes, fitting }: Extract<Making, { readonly state: "too-large" }>,
  { translate, locale }: EvidenceDrawing,
): string => translate("evidence_too_large", [sizeText(bytes, locale), number(fitting, locale)]);

function drawGaps(gaps: readonly EvidenceGap[], { translate, locale }: EvidenceDrawing): VNode | null {
  if (gaps.length === 0) return null;
  return h("section.missing", [
    h("h2", translate("evidence_missing_count", [number(gaps.length, locale)])),
    h(
      "ul",
      gaps.map(({ role, why, kind, subject }, index) =>
        h("li", { key: String(index) }, [
          h("strong", translate(kind === null ? keyOf("evidence_gap", role) : keyOf("kind", kind))),
          ...(subject === "" ? [] : [" · ", foreignText(subject)]),
          ": ",
          translate(keyOf("evidence_gap_why", why)),
        ]),
      ),
    ),
    h("p.muted", [
      translate("evidence_missing_rest"),
      gaps.some(({ why }) => why === "unreadable") ? ` ${translate("evidence_missing_download")}` : "",
    ]),
  ]);
}

/** What a person finds when they open the file. */
function drawContents({ translate }: EvidenceDrawing): VNode {
  return h("section.contents", [
    h("h2", translate("evidence_contents_title")),
    h(
      "ul",
      ["report", "messages", "extracted", "digests"].map((part) =>
        h("li", translate(keyOf("evidence_contents", part))),
      ),
    ),
    h("p.muted", translate("evidence_contents_keep")),
  ]);
}

function spoken(making: Making, drawing: EvidenceDrawing): string {
  const { translate } = drawing;
  switch (making.state) {
    case "making":
      return translate("evidence_making");
    case "cancelled":
      return translate("evidence_cancelled");
    case "too-large":
      return tooLargeText(making, drawing);
    case "failed":
      return translate(making.key);
    case "finished":
      return making.saving === null || making.saving === "asking"
        ? doneText(making, drawing)
        : translate(keyOf("evidence_saving", making.saving));
  }
}
