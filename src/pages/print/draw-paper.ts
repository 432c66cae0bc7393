// Belongs here: a message with its verdict, for paper. Does NOT belong here: what is said (see message/describe-report.ts).
import type { Check, Inspection } from "../../core/index.ts";
import { drawSentence, drawValue } from "../draw-sentence.ts";
import type { Fact, FactsView } from "../message/describe-facts.ts";
import { describeReport, type ReportView } from "../message/describe-report.ts";
import { checkSentence } from "../message/describe-verdict.ts";
import { drawReason } from "../message/draw-verdict.ts";
import { own, sentence } from "../values.ts";
import type { Sentence, Translate } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import { visibleBlock } from "../visible-text.ts";

/** What is printed; `null` instead of it when there is nothing to print. */
export interface Paper {
  readonly inspection: Inspection;
  /** Plain text of the original message. */
  readonly bodyText: string;
  /** The moment of printing. */
  readonly when: Sentence;
}

export function drawPaper(paper: Paper | null, locale: string, translate: Translate): VNode {
  if (paper === null)
    return h("main#paper", { attrs: { "data-state": "unavailable" } }, translate("print_unavailable"));
  const { inspection } = paper;
  const report = describeReport(inspection, locale);
  return h("main#paper", { attrs: { "data-state": "ready", "data-look": report.look } }, [
    h("h1", translate("print_title")),
    h("p.muted", drawSentence(sentence("print_checked_on", { type: "sentence", sentence: paper.when }), translate)),
    h("p.state", [
      h("img", { attrs: { src: `/icons/state-${report.look}.svg`, alt: "", width: 22, height: 22 } }),
      translate(report.lookKey),
    ]),
    h("p", drawSentence(report.row.sentence, translate)),
    drawFactsForPaper(report.facts, translate),
    ...drawResult(report, translate),
    ...drawChecksInShort(inspection, locale, translate),
    report.caution === null ? null : h("p.caution", [h("strong", drawSentence(report.caution, translate))]),
    h("h2", translate("print_body")),
    paper.bodyText.trim() === ""
      ? h("p.muted", translate("print_no_body"))
      : h("pre.body-text", { attrs: { dir: "auto" } }, visibleBlock(paper.bodyText)),
    ...drawAttachmentNames(report, translate),
    h("div.notes", [
      h("p", [h("strong", translate(isReceipt(inspection) ? "print_note_receipt" : "print_note_message"))]),
      ...report.meaning.map((text) => h("p", drawSentence(text, translate))),
    ]),
  ]);
}

function drawFactsForPaper(facts: FactsView, translate: Translate): VNode {
  return h("section.facts", { class: { declared: !facts.certified } }, [
    h("h2", translate(facts.titleKey)),
    h(
      "dl",
      facts.facts.flatMap((fact) => [h("dt", translate(fact.labelKey)), h("dd", drawFact(fact, translate))]),
    ),
    facts.note === null ? null : h("p.muted", drawSentence(facts.note, translate)),
  ]);
}

function drawFact(fact: Fact, translate: Translate): (VNode | string)[] {
  if (fact.type !== "recipients") return drawValue(fact.value, translate);
  const items = fact.recipients.map(({ address, kindKey }) =>
    h("li", [...drawValue(address, translate), ` (${translate(kindKey)})`]),
  );
  return [h("ul.recipients", items)];
}

/** A print of a receipt is taken for the receipt more easily than any other. */
function isReceipt({ kind }: Inspection): boolean {
  return kind === "accettazione" || kind === "presa-in-carico" || kind === "avvenuta-consegna";
}

function drawResult({ look, verdict }: ReportView, translate: Translate): VNode[] {
  const sentence = drawSentence(verdict.sentence, translate);
  const bad = look === "not-valid" || look === "cannot-be-verified";
  return [
    h("h2", translate("print_verdict")),
    h("p.verdict", bad ? [h("strong", sentence)] : sentence),
    h(
      "ul",
      [...verdict.reasons, ...verdict.remarks].map((reason) => drawReason(reason, translate)),
    ),
  ];
}

/** How many of each outcome, and in words all that did not pass. */
function drawChecksInShort(inspection: Inspection, locale: string, translate: Translate): VNode[] {
  const { checks } = inspection;
  if (checks.length === 0) return [];
  const count = (outcome: Check["outcome"]) => own(String(checks.filter((check) => check.outcome === outcome).length));
  const summary = sentence(
    "print_checks_summary",
    count("PASSED"),
    count("WARNING"),
    count("FAILED"),
    count("NOT_DONE"),
  );
  return [
    h("h2", translate("print_checks")),
    h("p", drawSentence(summary, translate)),
    h(
      "ul",
      checks
        .filter((check) => check.outcome !== "PASSED")
        .map((check) =>
          h("li", [
            `${translate(`outcome_${check.outcome.toLowerCase()}`)}: `,
            ...drawSentence(checkSentence(check, inspection, locale), translate),
          ]),
        ),
    ),
  ];
}

function drawAttachmentNames({ attachments }: ReportView, translate: Translate): VNode[] {
  if (attachments.length === 0) return [];
  return [
    h("h2", translate("print_attachments")),
    h(
      "ul",
      attachments.map(({ name, size }) =>
        h("li", [...drawValue(name, translate), " · ", ...drawValue(size, translate)]),
      ),
    ),
  ];
}
