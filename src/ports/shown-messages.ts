// Belongs here: what the application asks about messages on the screen. Does NOT belong here: how Thunderbird answers.

/** One message in one tab (a 3-pane tab, a message tab or a message window). */
export interface ShownMessage {
  readonly tabId: number;
  readonly messageId: number;
}

/** What the list says of a message that was selected and is about to be shown. */
export interface SelectedMessage {
  readonly messageId: number;
  readonly author: string;
  /** Bytes. */
  readonly size: number;
}

export interface ShownMessages {
  /** Id of the one message that the tab shows; `null` when it shows none or several, or is gone. Waits while one is being loaded. */
  current(tabId: number): Promise<number | null>;
  /** The message in the active tab of the window used last. */
  inActiveTab(): Promise<ShownMessage | null>;
  everywhere(): Promise<readonly ShownMessage[]>;
}
