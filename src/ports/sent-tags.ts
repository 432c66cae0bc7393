// Belongs here: tags on sent mail, as the person sees them in every list. Does NOT belong here: which message gets which (see app/tag-sent.ts).

export type SentTag = "accepted" | "delivered" | "not-delivered" | "late";

export interface SentTags {
  /** Whether the person has allowed it in Thunderbird. */
  permitted(): Promise<boolean>;
  /** Adds those that are missing to Thunderbird's list of tags. */
  make(): Promise<void>;
  /** Gives the message exactly that one of our tags, or none (`null`); tags of the person stay as they are. */
  set(id: number, tag: SentTag | null): Promise<void>;
  /** Takes our tags from every message, and from Thunderbird's list of tags. */
  remove(): Promise<void>;
}
