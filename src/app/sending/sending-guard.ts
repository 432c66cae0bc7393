// Belongs here: whether a message may be sent now, has to be asked about, or is stopped; and what the person answered.
// Does NOT belong here: what is wrong with it (see check-sending.ts), the page that asks (see pages/compose/).
//
// A message that has to be asked about is not kept waiting: its sending is called off at once, and "send anyway" begins it anew. So no window
// stays locked, whatever becomes of the question, and whatever breaks leaves a message that is still open.
import type { DeliveryReceiptKind, SendingFinding } from "../../core/index.ts";
import type { ComposeReport } from "../../messages.ts";
import type { OutgoingMessage, OutgoingMessages, SendMode } from "../../ports/outgoing-messages.ts";
import type { SessionNotes } from "../../ports/session-notes.ts";
import type { CheckedMessage } from "./check-sending.ts";

/** `receiptKind`: to be asked for; `null`: it is not PEC, and stays as it is. */
export type SendingDecision =
  { readonly goes: true; readonly receiptKind: DeliveryReceiptKind | null } | { readonly goes: false };

export interface SendingGuardDependencies {
  readonly check: (tabId: number, message: OutgoingMessage) => Promise<CheckedMessage>;
  readonly messages: Pick<OutgoingMessages, "read" | "send">;
  readonly notes: SessionNotes;
  /** Shows the page that asks. */
  readonly openQuestion: (tabId: number) => Promise<void>;
  readonly otherIsActive: () => Promise<boolean>;
  readonly failed: (error: unknown) => void;
}

export interface SendingGuard {
  /** The person wants to send. Never rejects: Thunderbird would leave the window locked. */
  beforeSend(tabId: number, message: OutgoingMessage): Promise<SendingDecision>;
  /** A sending was called off, by us or by others. */
  calledOff(tabId: number, mode: SendMode): Promise<void>;
  /** Whether a question waits to be shown; it is told once. */
  takeQuestion(tabId: number): Promise<boolean>;
  /**
   * Sends as it is, if it still is what the person has seen, and nothing in it is stopped.
   *
   * @param shown `ComposeReport.state`
   */
  sendAnyway(tabId: number, shown: string): Promise<"sending" | "changed" | "gone">;
}

/** Of a question: waiting to be shown, or shown. */
interface Question {
  readonly isWaiting: boolean;
  /** How the person wanted to send; `null`: not told yet. */
  readonly mode: SendMode | null;
}

export function createSendingGuard({
  check,
  messages,
  notes,
  openQuestion,
  otherIsActive,
  failed,
}: SendingGuardDependencies): SendingGuard {
  const questions = createNotes("sending question", parseQuestion, { notes, failed });
  const consents = createNotes("sending consent", (value) => (typeof value === "string" ? value : null), {
    notes,
    failed,
  });

  async function decide(tabId: number, message: OutgoingMessage): Promise<SendingDecision> {
    if (await isOtherActive()) return UNTOUCHED;
    const { report } = await check(tabId, message);
    const isConsented = !isStopped(report) && needsAnswer(report) && (await consents.read(tabId)) === report.state;
    if (isStopped(report) || (needsAnswer(report) && !isConsented)) {
      await questions.write(tabId, { isWaiting: true, mode: null });
      return { goes: false };
    }
    await questions.write(tabId, null);
    return { goes: true, receiptKind: report.sender.isPec ? report.receiptKind : null };
  }

  /** One that does not answer is not active. */
  const isOtherActive = (): Promise<boolean> =>
    otherIsActive().catch((error: unknown) => {
      failed(error);
      return false;
    });

  return {
    async beforeSend(tabId, message) {
      try {
        return await decide(tabId, message);
      } catch (error) {
        // A bug of ours: it is sent.
        failed(error);
        return UNTOUCHED;
      }
    },

    async calledOff(tabId, mode) {
      const question = await questions.read(tabId);
      if (question?.isWaiting !== true) return;
      await questions.write(tabId, { isWaiting: true, mode });
      await openQuestion(tabId);
    },

    async takeQuestion(tabId) {
      const question = await questions.read(tabId);
      if (question?.isWaiting !== true) return false;
      await questions.write(tabId, { ...question, isWaiting: false });
      return true;
    },

    async sendAnyway(tabId, shown) {
      const message = await messages.read(tabId);
      if (message === null) return "gone";
      const { report } = await check(tabId, message);
      if (report.state !== shown || isStopped(report)) return "changed";
      const question = await questions.read(tabId);
      await consents.write(tabId, report.state);
      await questions.write(tabId, null);
      // Not waited for: Thunderbird asks and tells of what goes wrong by itself, and the window may be open for long.
      messages.send(tabId, question?.mode ?? null).catch(failed);
      return "sending";
    },
  };
}

const UNTOUCHED: SendingDecision = { goes: true, receiptKind: null };

/** What is remembered of each window. Here, so that nothing is forgotten because it could not be noted; noted, because this page comes and goes. */
function createNotes<Value>(
  name: string,
  parse: (value: unknown) => Value | null,
  { notes, failed }: Pick<SendingGuardDependencies, "notes" | "failed">,
): { read(tabId: number): Promise<Value | null>; write(tabId: number, value: Value | null): Promise<void> } {
  const here = new Map<number, Value | null>();
  const noteOf = (tabId: number): string => `${name} ${String(tabId)}`;
  return {
    async read(tabId) {
      const value = here.get(tabId);
      return value === undefined ? parse(await notes.read(noteOf(tabId)).catch(failed)) : value;
    },
    async write(tabId, value) {
      here.set(tabId, value);
      await notes.write(noteOf(tabId), value).catch(failed);
    },
  };
}

export function isStopped({ findings }: ComposeReport): boolean {
  return findings.some(({ weight }) => weight === "stop");
}

/** Whether the person is asked before it is sent. */
function needsAnswer({ sender: { isQuiet }, findings, ordinary }: ComposeReport): boolean {
  // Of an empty subject alone Thunderbird asks by itself: nobody is asked twice.
  const isSilent = ({ id }: SendingFinding): boolean => id === "no-subject" || (id === "copies" && isQuiet);
  const isAsked = findings.some((finding) => finding.weight === "warning" && !isSilent(finding));
  // Without a PEC identity there is nothing to choose.
  return isAsked || (ordinary !== null && !isQuiet && ordinary.identities.length > 0);
}

function parseQuestion(value: unknown): Question | null {
  if (typeof value !== "object" || value === null || !("isWaiting" in value) || !("mode" in value)) return null;
  const mode = value.mode === "now" || value.mode === "later" ? value.mode : null;
  return { isWaiting: value.isWaiting === true, mode };
}
