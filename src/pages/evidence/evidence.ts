// Belongs here: wiring of the page that makes a bundle of evidence: which one, rendering, leaving.
// Does NOT belong here: state (see evidence-session.ts), drawing (see draw-evidence.ts).
import { translate } from "../../thunderbird/i18n.ts";
import { backgroundClient } from "../background-client.ts";
import { patch, type VNode } from "../view.ts";
import { drawEvidence } from "./draw-evidence.ts";
import { createEvidenceSession } from "./evidence-session.ts";

const locale = translate("locale_tag");
const named = /^#(\d{1,9})$/.exec(location.hash)?.[1];
let drawn: Element | VNode = mainElement();

const session = createEvidenceSession(named === undefined ? null : Number(named), {
  ask: (request) => backgroundClient.evidence(request),
  now: () => Date.now(),
  later: (delay, work) => void setTimeout(work, delay),
  render,
});

function render(): void {
  drawn = patch(drawn, drawEvidence(session.state, { translate, locale, deeds: session.deeds }));
}

document.documentElement.lang = locale;
document.title = translate("evidence_title");
render();
addEventListener("pagehide", session.leave);
void session.start();

function mainElement(): Element {
  const element = document.getElementById("evidence");
  if (element === null) throw new Error("The page has no #evidence.");
  return element;
}
