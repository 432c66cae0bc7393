// Belongs here: the pane between header and body, through our Experiment.
import type { HeaderPane } from "../ports/header-pane.ts";
import { messenger } from "./messenger.ts";
import { pageAddress } from "./page-address.ts";
import { handReport } from "./report-channel.ts";

/** `null` in a package without the Experiment. */
export function messageHeaderPane(): HeaderPane | null {
  const api = messenger.messageHeaderPane;
  if (api === undefined) return null;
  return {
    open: (report) => {
      const { target } = report;
      handReport(report);
      return api.open(target.tabId, target.messageId, pageAddress("pages/message/message.html", target, "pane"));
    },
    appearance: (tabId) => api.getAppearance(tabId),
  };
}

/** Registers a listener for changes of theme, font size and density; nothing happens in a package without the Experiment. */
export function onAppearanceChanged(listener: () => void): void {
  messenger.messageHeaderPane?.onAppearanceChanged.addListener(listener);
}
