// Belongs here: wiring of the page for checking many messages: rendering, coming back to it, leaving it.
// Does NOT belong here: state (see batch-session.ts), drawing (see draw-batch.ts), the table's scroll and keys (see ../table).
import { translate } from "../../thunderbird/i18n.ts";
import { backgroundClient } from "../background-client.ts";
import { createGridWindow } from "../table/grid-window.ts";
import { patch, type VNode } from "../view.ts";
import { createBatchSession } from "./batch-session.ts";
import type { CheckedRow } from "./checked-row.ts";
import { drawBatch } from "./draw-batch.ts";

const locale = translate("locale_tag");
const darkness = matchMedia("(prefers-color-scheme: dark)");
let drawn: Element | VNode = mainElement();

const session = createBatchSession({
  ask: (request) => backgroundClient.batch(request),
  evidence: (request) => backgroundClient.evidence(request),
  now: () => Date.now(),
  render: () => table.render(),
});
const table = createGridWindow<CheckedRow>({
  keyOf: ({ key }) => key,
  content: () => {
    const { shown, selected, open, filter, order } = session.state;
    return { rows: shown, selected, open, isOpenReady: true, question: [filter, order] };
  },
  draw: (view) => {
    const drawing = { translate, locale, dark: darkness.matches, deeds: session.deeds };
    drawn = patch(drawn, drawBatch(session.state, view, drawing));
  },
  deeds: session.deeds,
});

document.documentElement.lang = locale;
document.title = translate("batch_title");
table.render();
darkness.addEventListener("change", table.render);
document.addEventListener("visibilitychange", () => {
  // Other messages may be selected by now.
  if (document.visibilityState === "visible" && session.state.run.state === "choosing") void session.refresh();
});
addEventListener("pagehide", session.leave);
void session.refresh();

function mainElement(): Element {
  const element = document.getElementById("batch");
  if (element === null) throw new Error("The page has no #batch.");
  return element;
}
