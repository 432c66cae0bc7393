// Belongs here: the pane between header and body of a message, which only the full package has.
import type { Appearance, MessageTarget } from "../messages.ts";

export interface HeaderPane {
  /** Loads the report of the message, invisible until its height is known. `false`: the tab shows another message by now. */
  open(target: MessageTarget): Promise<boolean>;
  /** Makes the pane visible. `height` in CSS pixels. `false`: the tab shows another message by now. */
  setHeight(target: MessageTarget, height: number): Promise<boolean>;
  /** `null`: the tab shows no message. */
  appearance(tabId: number): Promise<Appearance | null>;
}
