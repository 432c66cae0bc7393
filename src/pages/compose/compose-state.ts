// Belongs here: what the page of a window to write in knows and can do. Does NOT belong here: how it changes (see compose-session.ts).
import type { DeliveryReceiptKind, SendingFix } from "../../core/index.ts";
import type { ComposeReport } from "../../messages.ts";
import type { ControlState } from "../controls.ts";

export interface ComposeState extends ControlState {
  /** `broken`: the background did not answer. */
  readonly shown: "loading" | "report" | "gone" | "stepped-back" | "broken";
  /** `null`: not known yet. */
  readonly report: ComposeReport | null;
  /** The person wanted to send: they have to decide. */
  readonly isQuestion: boolean;
}

/** What a person can do on the page. */
export interface ComposeDeeds {
  readonly fix: (fix: SendingFix) => void;
  readonly setKind: (kind: DeliveryReceiptKind) => void;
  readonly makeDefault: () => void;
  readonly setPec: (isPec: boolean | null) => void;
  readonly setQuiet: (isQuiet: boolean) => void;
  readonly writeFrom: (identity: string) => void;
  /** Back to the message, which stays as it is. */
  readonly leave: () => void;
  readonly send: () => void;
}
