// Belongs here: everything the page that makes a bundle of evidence knows at a moment, as one value. Does NOT belong here: how it changes
// (see evidence-session.ts).
import type { EvidenceGap } from "../../core/index.ts";

export type Making =
  | {
      readonly state: "making";
      /** Messages; `null`: not known yet. */
      readonly total: number | null;
      readonly done: number;
      /** Subject of the last one. */
      readonly at: string;
      /** Milliseconds; `null`: cannot be told yet. */
      readonly timeLeft: number | null;
    }
  | {
      readonly state: "finished";
      readonly messages: number;
      /** Size of the file. */
      readonly bytes: number;
      /** `null`: not asked yet where to. */
      readonly saving: "asking" | "saved" | "cancelled" | "failed" | null;
    }
  | { readonly state: "cancelled" }
  /** More than a bundle holds: bytes of what was asked for, and how many of the messages, by date, fit. */
  | { readonly state: "too-large"; readonly bytes: number; readonly fitting: number }
  /** `key`: into _locales. */
  | { readonly state: "failed"; readonly key: string };

export interface EvidenceState {
  readonly making: Making;
  /** What could not be put in. */
  readonly gaps: readonly EvidenceGap[];
}

/** What a person can do on the page. */
export interface EvidenceDeeds {
  readonly cancel: () => void;
  /** Asks where to save what is finished. */
  readonly save: () => void;
}
