// Belongs here: the button in the message header.
import type { ButtonEffect, ButtonState, HeaderButton } from "../ports/header-button.ts";
import { translate } from "./i18n.ts";
import { messenger } from "./messenger.ts";

const POPUP = "/pages/message/message.html?view=popup";
const STEPPED_BACK_POPUP = "/pages/message/message.html?view=stepped-back";

const ICONS: Readonly<Record<ButtonState, string>> = {
  sealed: "sealed",
  "sealed-with-remarks": "sealed-with-remarks",
  "cannot-be-verified": "cannot-be-verified",
  "not-valid": "not-valid",
  neutral: "neutral",
  none: "none",
  rem: "cannot-be-verified",
  attached: "attached",
  "sent-delivered": "sent-delivered",
  "sent-waiting": "sent-waiting",
  "sent-late": "sent-late",
  "sent-problem": "sent-problem",
  checking: "checking",
  "internal-error": "cannot-be-verified",
  "stepped-back": "none",
};

export const headerButton: HeaderButton = {
  async show(tabId, state, effect) {
    const action = messenger.messageDisplayAction;
    const words = state.replaceAll("-", "_");
    // All sent at once: Thunderbird carries them out in this order, and nothing of a later state comes between.
    await Promise.all([
      action.setIcon({ tabId, path: `/icons/state-${ICONS[state]}${isDark() ? "-dark" : ""}.svg` }),
      action.setTitle({ tabId, title: translate(`button_title_${words}`) }),
      action.setLabel({ tabId, label: translate(`button_label_${words}`) }),
      action.setPopup({ tabId, popup: popupFor(state, effect) }),
      effect === "nothing" ? action.disable(tabId) : action.enable(tabId),
    ]);
  },
};

/** Calls `listener` when the button is pressed in a tab where it opens no popup. */
export function onButtonPressed(listener: (tabId: number) => void): void {
  messenger.messageDisplayAction.onClicked.addListener(({ id }) => {
    if (id !== undefined) listener(id);
  });
}

function popupFor(state: ButtonState, effect: ButtonEffect): string {
  if (effect === "toggle-pane") return "";
  return state === "stepped-back" ? STEPPED_BACK_POPUP : POPUP;
}

/** Pages of an add-on have the colour scheme of Thunderbird's theme, the background page too. */
function isDark(): boolean {
  return matchMedia("(prefers-color-scheme: dark)").matches;
}
