// Belongs here: what is found in a PEC being written, each with its ways out. Does NOT belong here: the words (see describe-sending.ts).
import type { FindingWeight, SendingFinding } from "../../core/index.ts";
import type { ComposeReport } from "../../messages.ts";
import { drawButton } from "../controls.ts";
import { drawSentence } from "../draw-sentence.ts";
import { drawShape, type Shape } from "../draw-shape.ts";
import { plainText } from "../sentence.ts";
import { keyOf } from "../values.ts";
import { h, type VNode } from "../view.ts";
import { type ComposeDrawing, drawOutcome, drawParagraph } from "./compose-drawing.ts";
import type { ComposeState } from "./compose-state.ts";
import { describeSending } from "./describe-sending.ts";
import { drawQuiet } from "./draw-quiet.ts";

const SHAPES: Readonly<Record<FindingWeight, Shape>> = { stop: "bad", warning: "late", note: "note" };

export function drawFindings({ findings, sender }: ComposeReport, state: ComposeState, drawing: ComposeDrawing): VNode {
  const label = drawing.translate("compose_findings");
  return h(
    "ul.findings",
    { attrs: { "aria-label": label } },
    findings.map((finding) => drawFinding(finding, sender, state, drawing)),
  );
}

function drawFinding(
  finding: SendingFinding,
  sender: ComposeReport["sender"],
  state: ComposeState,
  drawing: ComposeDrawing,
): VNode {
  const { id, weight, fixes } = finding;
  const { translate, locale, deeds } = drawing;
  const { title, why } = describeSending(finding, locale);
  const about = plainText(title, translate);
  const ways = fixes.map((fix) => [
    drawButton(`fix ${fix}`, translate(keyOf("sending_fix", fix)), () => deeds.fix(fix), state, { about }),
    drawOutcome(`fix ${fix}`, state, drawing),
  ]);
  const complete =
    id === "brief-names"
      ? [
          drawButton("kind completa", translate("compose_ask_complete"), () => deeds.setKind("completa"), state),
          drawOutcome("kind completa", state, drawing),
        ]
      : [];
  const buttons = [...ways.flat(), ...complete];
  return h(`li.finding.${weight}`, { key: id, attrs: { "data-finding": id } }, [
    h("h2", [
      drawShape(SHAPES[weight]),
      h("span.spoken", `${translate(`compose_weight_${weight}`)} `),
      h("span", drawSentence(title, translate)),
    ]),
    drawParagraph("p", why, drawing),
    buttons.length === 0 ? null : h("p.buttons", buttons),
    id === "copies" ? drawQuiet("compose_quiet_copies", sender, state, drawing) : null,
  ]);
}
