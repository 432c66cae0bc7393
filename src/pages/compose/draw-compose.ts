// Belongs here: the page of a window to write in as a function of its state: what there is to say, and the question before sending.
// Does NOT belong here: each finding (see draw-findings.ts), kinds of receipt (see draw-kinds.ts), wiring (see compose.ts).
import type { ComposeReport } from "../../messages.ts";
import { drawAnnouncement, drawButton } from "../controls.ts";
import { drawSentence } from "../draw-sentence.ts";
import { drawShape, type Shape } from "../draw-shape.ts";
import type { Sentence } from "../sentence.ts";
import { foreign, sentence } from "../values.ts";
import { h, type VNode } from "../view.ts";
import { type ComposeDrawing, drawOutcome, drawParagraph } from "./compose-drawing.ts";
import type { ComposeState } from "./compose-state.ts";
import { drawFindings } from "./draw-findings.ts";
import { drawKinds } from "./draw-kinds.ts";
import { drawOrdinary } from "./draw-ordinary.ts";
import { drawSender } from "./draw-sender.ts";

export function drawCompose(state: ComposeState, drawing: ComposeDrawing): VNode {
  const { shown, report, isQuestion, busy } = state;
  const { translate } = drawing;
  return h(
    "main#compose",
    { attrs: { "data-state": shown, "data-question": String(isQuestion), "data-busy": busy ?? "" } },
    [
      ...(shown === "report" && report !== null
        ? drawReport(report, state, drawing)
        : [h("p.alone", { attrs: shown === "broken" ? { role: "alert" } : {} }, translate(insteadOf(shown)))]),
      drawAnnouncement(state, translate),
    ],
  );
}

function insteadOf(shown: ComposeState["shown"]): string {
  switch (shown) {
    case "gone":
      return "compose_gone";
    case "stepped-back":
      return "compose_stepped_back";
    case "broken":
      return "compose_broken";
    case "loading":
    case "report":
      return "compose_loading";
  }
}

function drawReport(report: ComposeReport, state: ComposeState, drawing: ComposeDrawing): (VNode | null)[] {
  const { sender, findings, ordinary } = report;
  const { isQuestion } = state;
  return [
    drawHeading(report, isQuestion, drawing),
    findings.length === 0 ? null : drawFindings(report, state, drawing),
    ordinary === null ? null : drawOrdinary(ordinary, sender, state, drawing),
    isQuestion ? drawDecision(report, state, drawing) : null,
    // Who has to decide is shown what to decide, and nothing else.
    isQuestion || !sender.isPec ? null : drawKinds(report, state, drawing),
    isQuestion ? null : drawSender(sender, state, drawing),
  ];
}

const isStopped = ({ findings }: ComposeReport): boolean => findings.some(({ weight }) => weight === "stop");
const isWarned = ({ findings }: ComposeReport): boolean => findings.some(({ weight }) => weight === "warning");

interface Heading {
  readonly shape: Shape;
  readonly title: Sentence;
  readonly why: Sentence | null;
}

function drawHeading(report: ComposeReport, isQuestion: boolean, drawing: ComposeDrawing): VNode {
  const { shape, title, why } = isQuestion ? questionHeading(report) : heading(report);
  return h("header", [
    h("h1", { attrs: { tabindex: "-1" } }, [drawShape(shape), h("span", drawSentence(title, drawing.translate))]),
    why === null ? null : drawParagraph("p", why, drawing),
  ]);
}

function questionHeading(report: ComposeReport): Heading {
  if (isStopped(report))
    return { shape: "bad", title: sentence("compose_heading_not_sent"), why: sentence("compose_not_sent_why") };
  if (report.ordinary !== null) return { shape: "late", title: sentence("compose_heading_ordinary_waits"), why: null };
  if (isWarned(report))
    return { shape: "late", title: sentence("compose_heading_waits"), why: sentence("compose_waits_why") };
  const address = foreign(report.sender.address);
  return { shape: "good", title: sentence("compose_heading_ready"), why: sentence("compose_ready_why", address) };
}

function heading(report: ComposeReport): Heading {
  const { sender, ordinary } = report;
  const why = sentence(sender.isPec ? "compose_from_pec" : "compose_from_ordinary", foreign(sender.address));
  if (!sender.isPec)
    return { shape: ordinary === null ? "note" : "late", title: sentence("compose_heading_ordinary"), why };
  if (isStopped(report)) return { shape: "bad", title: sentence("compose_heading_stop"), why };
  if (isWarned(report)) return { shape: "late", title: sentence("compose_heading_warning"), why };
  return { shape: "good", title: sentence("compose_heading_clear"), why };
}

/** "Correct" comes first as long as there is anything to correct; what is stopped has no other button. */
function drawDecision(report: ComposeReport, state: ComposeState, drawing: ComposeDrawing): VNode {
  const { translate, deeds } = drawing;
  const leave = (key: string, kind: "primary" | "plain"): VNode =>
    drawButton("leave", translate(key), deeds.leave, state, { kind });
  const send = (key: string, kind: "primary" | "plain"): VNode =>
    drawButton("send", translate(key), deeds.send, state, { kind });
  const buttons = (): VNode[] => {
    if (isStopped(report)) return [leave("compose_correct", "primary")];
    if (report.ordinary !== null) {
      const isOffered = report.ordinary.identities.length > 0;
      return [leave("compose_back", isOffered ? "plain" : "primary"), send("compose_send_ordinary", "plain")];
    }
    if (isWarned(report)) return [leave("compose_correct", "primary"), send("compose_send_anyway", "plain")];
    return [send("compose_send", "primary"), leave("compose_back", "plain")];
  };
  return h("p.decision", [...buttons(), drawOutcome("send", state, drawing)]);
}
