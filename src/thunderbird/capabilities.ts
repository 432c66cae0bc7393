// Belongs here: what this Thunderbird and this package can do beyond the plain API. Nothing else knows which package it is in.
import { messenger } from "./messenger.ts";

export interface Capabilities {
  /** A pane between header and body. */
  readonly headerPane: boolean;
  /** Columns of our own in the message list. */
  readonly listColumns: boolean;
}

export function capabilities(): Capabilities {
  return {
    headerPane: messenger.messageHeaderPane !== undefined,
    listColumns: messenger.messageListColumns !== undefined,
  };
}
