// Belongs here: opening a window to write in. Does NOT belong here: what stands in it (see app/draft.ts).
import type { NamedFile } from "./file-saver.ts";

export interface Draft {
  /** Mailboxes as in a header field: `Name <address>`. */
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject: string;
  /** Plain text; the person's signature is added below it. */
  readonly body: string;
  readonly attachments: readonly NamedFile[];
}

export interface Composer {
  /** Opens an answer to the message, so that it becomes part of its thread and the message is marked as answered. */
  reply(messageId: number, draft: Draft): Promise<void>;
  /** Opens a forward of the message, which is then marked as forwarded. Nothing of the message itself is in it. */
  forward(messageId: number, draft: Draft): Promise<void>;
  /** The person's own addresses, lower case. */
  ownAddresses(): Promise<readonly string[]>;
}
