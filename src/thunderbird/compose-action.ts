// Belongs here: the button in the window to write in, and its page. Does NOT belong here: the message in that window (see compose.ts).
import type { ComposeButton, ComposeButtonState } from "../ports/compose-button.ts";
import { translate } from "./i18n.ts";
import { messenger } from "./messenger.ts";

const PAGE = "/pages/compose/compose.html";

const ICONS: Readonly<Record<ComposeButtonState, string>> = {
  ordinary: "none",
  "ordinary-to-pec": "compose-warning",
  pec: "compose-pec",
  "pec-warning": "compose-warning",
  "pec-stop": "compose-stop",
  "stepped-back": "none",
};

/** Of the window that stands in for the popup where the button is gone. */
const WINDOW_SIZE = { width: 560, height: 640 } as const;

export const composeButton: ComposeButton = {
  async show(tabId, state) {
    const action = messenger.composeAction;
    const words = state.replaceAll("-", "_");
    await Promise.all([
      action.setIcon({ tabId, path: iconOf(state) }),
      action.setTitle({ tabId, title: translate(`compose_button_title_${words}`) }),
      action.setLabel({ tabId, label: translate(`compose_button_label_${words}`) }),
    ]);
  },

  async openPage(tabId) {
    const { windowId } = await messenger.tabs.get(tabId);
    if (await messenger.composeAction.openPopup({ windowId })) return;
    await messenger.windows.create({ type: "popup", url: `${PAGE}?tab=${String(tabId)}`, ...WINDOW_SIZE });
  },
};

function iconOf(state: ComposeButtonState): string {
  return `/icons/state-${ICONS[state]}${isDark() ? "-dark" : ""}.svg`;
}

/** Pages of an add-on have the colour scheme of Thunderbird's theme, the background page too. */
function isDark(): boolean {
  return matchMedia("(prefers-color-scheme: dark)").matches;
}
