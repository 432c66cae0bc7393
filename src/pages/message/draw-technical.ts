// Belongs here: «Dettagli tecnici», folded out. Does NOT belong here: which values (see describe-technical.ts).
import { drawSentence, drawValue } from "../draw-sentence.ts";
import type { Translate } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import { drawAction } from "./draw-action.ts";
import type { Drawing } from "./drawing.ts";
import type { PageState } from "./page-state.ts";
import type { CertificateView, CheckView, Labelled, TechnicalView } from "./describe-technical.ts";

export function drawTechnical(technical: TechnicalView, state: PageState, drawing: Drawing): VNode {
  const { translate } = drawing;
  return h("section#technical", { attrs: { "aria-label": translate("technical_title") } }, [
    ...drawStrict(technical, translate),
    // What the verdict rests on can be changed there: authorities, revocation lists, records.
    h("p.to-options", [drawAction({ name: "open-options" }, "action_open_options", null, state, drawing)]),
    ...drawChain(technical.chain, translate),
    ...drawChecks(technical.checks, translate),
    ...drawDaticert(technical, translate),
  ]);
}

function drawStrict(technical: TechnicalView, translate: Translate): (VNode | null)[] {
  const { strict } = technical;
  if (strict === null) return [];
  return [
    h("h3", translate("technical_strict")),
    h("p", [
      h("code", strict.subIndication === null ? strict.indication : `${strict.indication} / ${strict.subIndication}`),
    ]),
    technical.strictNote === null ? null : h("p.muted", drawSentence(technical.strictNote, translate)),
    drawLabelled(technical.signature, translate),
  ];
}

function drawChain(chain: readonly CertificateView[], translate: Translate): VNode[] {
  if (chain.length === 0) return [];
  return [
    h("h3", translate("technical_chain")),
    h(
      "ol.chain",
      chain.map((certificate) =>
        h("li", [
          h("p.certificate-name", drawValue(certificate.name, translate)),
          drawLabelled(certificate.fields, translate),
        ]),
      ),
    ),
  ];
}

function drawLabelled(fields: readonly Labelled[], translate: Translate): VNode {
  return h(
    "dl.compact",
    fields.flatMap(({ labelKey, value }) => [h("dt", translate(labelKey)), h("dd", drawValue(value, translate))]),
  );
}

function drawChecks(checks: readonly CheckView[], translate: Translate): VNode[] {
  if (checks.length === 0) return [];
  const head = ["checks_column_outcome", "checks_column_check", "checks_column_detail"];
  return [
    h("h3", translate("technical_checks")),
    scrollable(translate("technical_checks"), [
      h("table.checks", [
        h("thead", [
          h(
            "tr",
            head.map((key) => h("th", { attrs: { scope: "col" } }, translate(key))),
          ),
        ]),
        h(
          "tbody",
          checks.map((check) => drawCheck(check, translate)),
        ),
      ]),
    ]),
  ];
}

function drawCheck({ id, outcome, sentence, detail }: CheckView, translate: Translate): VNode {
  return h(`tr.${outcome}`, { attrs: { "data-check": id } }, [
    h("td.outcome", [
      h(
        "span.mark",
        { attrs: { "aria-hidden": "true" } },
        { PASSED: "✓", FAILED: "✕", WARNING: "!", NOT_DONE: "–" }[outcome],
      ),
      ` ${translate(`outcome_${outcome.toLowerCase()}`)}`,
    ]),
    h("th", { attrs: { scope: "row" } }, [h("span", drawSentence(sentence, translate)), " ", h("code.check-id", id)]),
    h(
      "td.detail",
      detail.map(({ labelKey, value }) =>
        h("div", [h("span.detail-name", `${translate(labelKey)}: `), ...drawValue(value, translate)]),
      ),
    ),
  ]);
}

function drawDaticert(technical: TechnicalView, translate: Translate): (VNode | null)[] {
  const { daticert, xml, xmlNote } = technical;
  return [
    daticert.length === 0 && xml === null ? null : h("h3", translate("technical_daticert")),
    daticert.length === 0
      ? null
      : scrollable(translate("technical_daticert"), [
          h("table.daticert", [
            h("thead", [
              h("tr", [
                h("th", { attrs: { scope: "col" } }, translate("daticert_column_field")),
                h("th", { attrs: { scope: "col" } }, translate("daticert_column_value")),
              ]),
            ]),
            h(
              "tbody",
              daticert.map(({ name, value }) =>
                h("tr", [
                  h("th", { attrs: { scope: "row" } }, [h("code", name)]),
                  h("td", drawValue(value, translate)),
                ]),
              ),
            ),
          ]),
        ]),
    xml === null ? null : h("h4", translate("technical_xml")),
    xmlNote === null ? null : h("p.muted", drawSentence(xmlNote, translate)),
    // Focusable, since it scrolls: without a mouse its end could not be reached.
    xml === null
      ? null
      : h("pre.xml", { attrs: { tabindex: "0", dir: "ltr", "aria-label": translate("technical_xml") } }, xml),
  ];
}

/** Wide tables scroll inside their own box, which the keyboard can reach. */
function scrollable(label: string, children: VNode[]): VNode {
  return h("div.scrollable", { attrs: { tabindex: "0", role: "region", "aria-label": label } }, children);
}
