// Belongs here: the pane between header and body of a message, which only the full package has.
import type { Appearance, MessageReport } from "../messages.ts";

export interface HeaderPane {
  /**
   * Loads the report into the pane of its message, which the tab shows or is about to show; invisible until its height is known and the message's
   * header is on the screen. `false`: the tab shows another message by now.
   */
  open(report: MessageReport): Promise<boolean>;
  /** `null`: the tab shows no message. */
  appearance(tabId: number): Promise<Appearance | null>;
}
