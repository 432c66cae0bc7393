// Belongs here: the composition root: which listener calls which use case with which adapters.
// Does NOT belong here: anything else. Listeners are registered synchronously at the top level: Thunderbird wakes this page for
// an event only if its listener was there when the page was first run.
import { answerPage } from "../app/answer-page.ts";
import { LIST_COLUMNS } from "../app/list-columns.ts";
import { createMessageReports } from "../app/message-reports.ts";
import { parsePageMessage } from "../app/parse-page-message.ts";
import { createShowSeal } from "../app/show-seal.ts";
import { extractAttached, inspect, shippedAuthorities, withExtraAuthorities } from "../core/index.ts";
import { composer } from "../thunderbird/compose.ts";
import { fileSaver } from "../thunderbird/downloads.ts";
import { translate } from "../thunderbird/i18n.ts";
import { headerButton, onButtonPressed } from "../thunderbird/message-display-action.ts";
import { onMessageShown, onSelectionChanged, shownMessages } from "../thunderbird/message-display.ts";
import { messageHeaderPane, onAppearanceChanged } from "../thunderbird/message-header-pane.ts";
import { addListColumns } from "../thunderbird/message-list-columns.ts";
import { messageSource } from "../thunderbird/messages.ts";
import { opener } from "../thunderbird/opener.ts";
import { onPageMessage, onPresenceQuestion, otherPackageIsActive, tellPages } from "../thunderbird/runtime.ts";
import { oncePerSession, runAtStartup } from "../thunderbird/session.ts";
import { extraAuthorities } from "./extra-authorities.ts";

const anchors = loadAnchors();
const pane = messageHeaderPane();
const reports = createMessageReports({
  source: messageSource,
  shown: shownMessages,
  inspect: async (bytes) => inspect(bytes, { now: Date.now(), anchors: await anchors }),
  extractAttached,
});
const seal = createShowSeal({
  reports,
  shown: shownMessages,
  button: headerButton,
  pane,
  otherIsActive: otherPackageIsActive,
});
const pageDependencies = { reports, shown: shownMessages, pane, saver: fileSaver, opener, composer, translate };

onMessageShown((tabId, messageId) => {
  report(tellPages({ type: "message-shown", tabId }));
  report(seal.messageShown(tabId, messageId));
});
onSelectionChanged((tabId) => report(seal.selectionChanged(tabId)));
onButtonPressed((tabId) => report(tellPages({ type: "toggle-pane", tabId })));
onAppearanceChanged(() => {
  report(tellPages({ type: "appearance-changed" }));
  // The button's icon has a look of its own on dark toolbars.
  report(seal.showEverywhere());
});
onPageMessage(parsePageMessage, (message) => answerPage(message, pageDependencies));
onPresenceQuestion();
runAtStartup();
report(
  oncePerSession(async () => {
    await addListColumns(LIST_COLUMNS);
    await seal.showEverywhere();
  }),
);

async function loadAnchors() {
  return withExtraAuthorities(await shippedAuthorities(), extraAuthorities);
}

/** A failure here is a bug, not a verdict: the button goes on saying what it said before, and the console has the rest. */
function report(work: Promise<void>): void {
  work.catch((error: unknown) => console.error("Sigillo PEC:", error));
}
