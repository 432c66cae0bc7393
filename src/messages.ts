// Belongs here: the types of all runtime messages between pages and background. Anything else is refused by the dispatcher.
import type { Inspection } from "./core/index.ts";

/** Which message is meant. Every call carries it, so that an answer can never be shown for another message. */
export interface MessageTarget {
  readonly tabId: number;
  readonly messageId: number;
  /** Child indexes of an attached message inside the shown one; empty for the shown message itself. */
  readonly path: readonly number[];
}

export type MessageReport =
  | { readonly state: "inspected"; readonly target: MessageTarget; readonly inspection: Inspection }
  /** A bug or a failing API; never a verdict. `code` is for the report to the developers and holds no mail content. */
  | { readonly state: "internal-error"; readonly target: MessageTarget; readonly code: string }
  /** The tab shows another message by now, or the message is gone. */
  | { readonly state: "gone"; readonly target: MessageTarget };

/** Thunderbird's own look, handed to the pane; colours are CSS colours. */
export interface Appearance {
  readonly dark: boolean;
  readonly background: string;
  readonly text: string;
  readonly mutedText: string;
  readonly border: string;
  readonly fontFamily: string;
  readonly fontSize: string;
  readonly density: "compact" | "default" | "relaxed";
}

export type MessageAction =
  | { readonly name: "open-original" }
  | { readonly name: "save-original" }
  | { readonly name: "open-attachment"; readonly attachment: readonly number[] }
  | { readonly name: "save-attachment"; readonly attachment: readonly number[] }
  | { readonly name: "save-all-attachments" }
  | { readonly name: "reply" }
  | { readonly name: "reply-all" }
  | { readonly name: "forward" }
  | { readonly name: "print" };

/** `code` is a key into _locales (`action_error_<code>`). `cancelled`: the person closed a dialog; nothing to say. */
export type ActionResult =
  | { readonly state: "done" }
  | { readonly state: "cancelled" }
  | {
      readonly state: "failed";
      readonly code: "gone" | "no-original" | "save-failed" | "open-failed" | "compose-failed" | "internal";
    };

/** Page to background. The answer's type stands beside each. */
export type PageMessage =
  /** → `MessageTarget | null`: the message shown in the active tab of the window; asked by the popup. */
  | { readonly type: "get-displayed-message" }
  /** → `MessageReport` */
  | { readonly type: "get-report"; readonly target: MessageTarget }
  /** → `ActionResult` */
  | { readonly type: "run-action"; readonly target: MessageTarget; readonly action: MessageAction }
  /** → `PrintableMessage | null`: what the print page shows. */
  | { readonly type: "get-printable"; readonly target: MessageTarget }
  /** → `Appearance | null`; `null` outside the pane. */
  | { readonly type: "get-appearance"; readonly tabId: number }
  /** → `boolean`: `false` when the tab shows another message by now. Height in CSS pixels; the first call makes the pane visible. */
  | { readonly type: "pane-rendered"; readonly target: MessageTarget; readonly height: number };

/** Background to pages. */
export type BackgroundMessage =
  /** The button in the message header was pressed while the pane is there. */
  | { readonly type: "toggle-pane"; readonly tabId: number }
  /** Another message is shown in the tab: a popup that stayed open must not go on speaking of the former one. */
  | { readonly type: "message-shown"; readonly tabId: number }
  | { readonly type: "appearance-changed" };

/** The original message as plain text, for paper: no HTML of the mail ever reaches a page of ours. */
export interface PrintableMessage {
  readonly report: MessageReport;
  readonly bodyText: string;
}
