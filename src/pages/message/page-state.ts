// Belongs here: everything the page knows at a moment, as one value; the view is a function of it.
// Does NOT belong here: how it changes (see message-session.ts).
import type { Inspection } from "../../core/index.ts";
import type {
  AttachmentAnswer,
  AttachmentQuestion,
  ContentReport,
  MessageAction,
  MessageTarget,
} from "../../messages.ts";
import type { Sentence } from "../sentence.ts";
import type { AttachedView, ReportView } from "./describe-report.ts";
import type { SentView } from "../sent/describe-sent.ts";

export type Shown =
  | { readonly state: "checking" }
  | {
      readonly state: "inspected";
      readonly inspection: Inspection;
      readonly report: ReportView;
      /** `null`: it is no sent PEC message and no verified receipt, or nothing is known. */
      readonly sent: SentView | null;
    }
  | { readonly state: "internal-error"; readonly code: string }
  | { readonly state: "gone" }
  /** The other package of this add-on is active: it shows the seal, this one steps back. */
  | { readonly state: "stepped-back" };

/** What is said beside a button after it was pressed. */
export interface Notice {
  /** Which button, as `placeOf` names it. */
  readonly at: string;
  readonly sentence: Sentence;
  readonly failed: boolean;
}

export interface PageState {
  readonly view: "pane" | "popup";
  /** The message whose report is shown or awaited; its path is not empty when an attached message was chosen. */
  readonly target: MessageTarget | null;
  readonly shown: Shown;
  /** PEC messages attached to the shown ordinary message; empty for every other message. */
  readonly attached: readonly AttachedView[];
  readonly expanded: boolean;
  readonly technicalOpen: boolean;
  readonly allRecipients: boolean;
  /** The recipients of the sent message, in the pane of a receipt. */
  readonly recipientsOpen: boolean;
  /** What comparing brought, by the id of the delivery receipt. */
  readonly comparisons: ReadonlyMap<string, ContentReport | "busy">;
  /** What was asked of attachments of the original message, by `questionKey`. */
  readonly attachments: ReadonlyMap<string, AttachmentAnswer | "busy">;
  readonly notice: Notice | null;
  /** The action under way; its button waits. */
  readonly busy: string | null;
}

/** Names a button that opens another message. `place` tells apart those that open the same one. */
export function openPlace(place: string, messageId: string): string {
  return `open-message ${place} ${messageId}`;
}

/** Names the button of an action: the action, and the attachment where there is one. */
export function placeOf(action: MessageAction): string {
  return "attachment" in action ? `${action.name} ${action.attachment.join(".")}` : action.name;
}

/** Names a question about an attachment. */
export function questionKey(attachment: readonly number[], question: AttachmentQuestion): string {
  return `${question} ${attachment.join(".")}`;
}
