// Belongs here: wiring of the page for paper: ask, draw, open the print dialogue. Does NOT belong here: drawing (see draw-paper.ts).
import { translate } from "../../thunderbird/i18n.ts";
import { backgroundClient } from "../background-client.ts";
import { instantSentence } from "../certified-time.ts";
import { messageLocation } from "../message-location.ts";
import { patch } from "../view.ts";
import { drawPaper, type Paper } from "./draw-paper.ts";

const locale = translate("locale_tag");

document.documentElement.lang = locale;
// The name that a PDF gets.
document.title = translate("print_title");
void show();

async function show(): Promise<void> {
  const place = document.getElementById("paper");
  if (place === null) throw new Error("The page has no #paper.");
  const paper = await askForPaper();
  patch(place, drawPaper(paper, locale, translate));
  if (paper === null) return;
  // A picture that is still loading would be missing on paper.
  await Promise.all([...document.images].map((image) => image.decode()));
  window.print();
}

async function askForPaper(): Promise<Paper | null> {
  const { target } = messageLocation(location);
  if (target === null) return null;
  const printable = await backgroundClient.printable(target).catch((error: unknown) => {
    console.error("Sigillo PEC: the message to print did not arrive.", error);
    return null;
  });
  if (printable?.report.state !== "inspected") return null;
  const now = new Date();
  return {
    inspection: printable.report.inspection,
    bodyText: printable.bodyText,
    when: instantSentence(now.getTime(), localOffset(now), locale),
  };
}

/** The computer's own offset, such as `+0200`. */
function localOffset(now: Date): string {
  const minutes = -now.getTimezoneOffset();
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.abs(minutes) / 60)}${two(Math.abs(minutes) % 60)}`;
}
