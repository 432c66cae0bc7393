// Belongs here: the button that opens the ledger page from anywhere in Thunderbird. Does NOT belong here: the page.

export interface LedgerButton {
  /** Makes the button when there is none. `problems`: how many the person has not seen yet. */
  show(problems: number): Promise<void>;
  /** Opens the page, or goes to where it is open. */
  open(): Promise<void>;
}
