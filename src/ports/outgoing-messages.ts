// Belongs here: messages being written in Thunderbird's own windows. Does NOT belong here: opening such a window (see composer.ts).

/** As it would be sent now. Recipients are mailboxes or mailing lists as in a header field. */
export interface OutgoingMessage {
  /** Key of its identity; empty: not known. */
  readonly identity: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly plainText: string;
  /** `null`: it is written as plain text. */
  readonly html: string | null;
  /** Fields beginning with `X-` or `List-`. Handing some back takes the others away. */
  readonly fields: readonly OutgoingField[];
  /** The message that it answers, by its number in this session; `null`: none, or not known. */
  readonly answers: number | null;
  /** The draft that it was opened from, the same way; `null`: none. */
  readonly draft: number | null;
}

export interface OutgoingField {
  readonly name: string;
  readonly value: string;
}

export interface OutgoingAttachment {
  readonly name: string;
  /** Bytes; negative: not known. */
  readonly size: number;
}

/** What is to be another. */
export type OutgoingChange = Partial<
  Pick<OutgoingMessage, "identity" | "from" | "to" | "cc" | "bcc" | "subject" | "fields">
>;

export type SendMode = "now" | "later";

export interface OutgoingMessages {
  /** `null`: the window is closed. */
  read(tabId: number): Promise<OutgoingMessage | null>;
  attachments(tabId: number): Promise<readonly OutgoingAttachment[]>;
  change(tabId: number, change: OutgoingChange): Promise<void>;
  /** Puts fields there without counting as a change that the person made: nobody is asked whether to keep it. */
  restoreFields(tabId: number, fields: OutgoingMessage["fields"]): Promise<void>;
  /** As its own button does. Resolves once it was sent, rejects when it was not. `null`: as Thunderbird sees fit. */
  send(tabId: number, mode: SendMode | null): Promise<void>;
}
