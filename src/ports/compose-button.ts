// Belongs here: the button in the window to write in, which both packages have.

/**
 * - `ordinary`: not PEC; `ordinary-to-pec`: nor this, and PEC may be meant;
 * - `pec`: PEC with which nothing is wrong; `pec-warning`, `pec-stop`: with what has to be looked at, or mended;
 * - `stepped-back`: the other package is active.
 */
export type ComposeButtonState = "ordinary" | "ordinary-to-pec" | "pec" | "pec-warning" | "pec-stop" | "stepped-back";

export interface ComposeButton {
  show(tabId: number, state: ComposeButtonState): Promise<void>;
  /** Opens its page below it, or in a window of its own where the person has removed the button. */
  openPage(tabId: number): Promise<void>;
}
