// Belongs here: the button in the message header, which both packages have.
import type { Look } from "../core/index.ts";

/**
 * What the button says. `none`: ordinary mail. `attached`: ordinary mail that carries a PEC. `sent-…`: a message that the person sent,
 * and what became of it. `stepped-back`: the other package is active.
 */
export type ButtonState =
  | Look
  | "rem"
  | "attached"
  | "sent-delivered"
  | "sent-waiting"
  | "sent-late"
  | "sent-problem"
  | "checking"
  | "internal-error"
  | "stepped-back";

/** What pressing it does. */
export type ButtonEffect = "nothing" | "open-popup" | "toggle-pane";

export interface HeaderButton {
  /** Shows the state in one tab; calls take effect in the order in which they are made. */
  show(tabId: number, state: ButtonState, effect: ButtonEffect): Promise<void>;
}
