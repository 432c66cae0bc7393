// Belongs here: reading and inspecting a message once, however often it is asked for.
// Does NOT belong here: what is shown where (see show-seal.ts), rules (see core/).
import { isFromServiceMailbox, type Inspection } from "../../core/index.ts";
import type { MessageReport, MessageTarget, SentReport } from "../../messages.ts";
import type { MessageSource } from "../../ports/message-source.ts";
import type { SelectedMessage, ShownMessages } from "../../ports/shown-messages.ts";

/** Inspections kept, so that going back and forth costs nothing. One is some 10 KB, and 5 MB at most (the limit of a daticert). */
const KEPT_INSPECTIONS = 20;

/** Bytes of the last message are kept for its actions up to this size; a larger one is read again, so that memory stays bounded. */
const KEPT_BYTES = 16 * 1024 * 1024;

/** Larger messages are read only when they are shown: on IMAP they might be downloaded twice at the same time. */
const PREPARED_BYTES = 1024 * 1024;

export interface MessageReports {
  /**
   * The message will probably be shown: if it comes from a provider, it is inspected while Thunderbird displays it.
   *
   * @returns `null` when it is inspected only once it is shown
   */
  prepare(tabId: number, message: SelectedMessage): Promise<MessageReport | null>;
  /** Report for a page in that tab. */
  report(target: MessageTarget): Promise<MessageReport>;
  /** Report whatever the tab shows by now: for a page that is about one message only. */
  reportAnywhere(target: MessageTarget): Promise<MessageReport>;
  /** The message at the target's path. `null`: there is no such attached message. Rejects when it cannot be read. */
  bytes(target: MessageTarget): Promise<Uint8Array | null>;
  /** What was inspected is inspected anew when it is asked for again: what verdicts rest on has changed. */
  forgetInspections(): void;
}

type MessagePlace = Pick<MessageTarget, "messageId" | "path">;

export interface MessageReportsDependencies {
  readonly source: MessageSource;
  readonly shown: Pick<ShownMessages, "current">;
  readonly inspect: (bytes: Uint8Array) => Promise<Inspection>;
  readonly extractAttached: (bytes: Uint8Array, path: readonly number[]) => Uint8Array | null;
  /** What the ledger knows of it. It changes while the inspection stays the same. */
  readonly sentReport: (inspection: Inspection, place: MessagePlace) => Promise<SentReport | null>;
}

export function createMessageReports(dependencies: MessageReportsDependencies): MessageReports {
  const { source, shown, inspect, extractAttached, sentReport } = dependencies;
  /** Oldest use first. */
  const inspections = new Map<string, Promise<Inspection | null>>();
  let last: { readonly messageId: number; readonly bytes: Promise<Uint8Array> } | null = null;

  function rawBytes(messageId: number): Promise<Uint8Array> {
    if (last?.messageId === messageId) return last.bytes;
    const reading = { messageId, bytes: source.read(messageId) };
    last = reading;
    const forget = (): void => {
      if (last === reading) last = null;
    };
    reading.bytes.then((bytes) => {
      if (bytes.length > KEPT_BYTES) forget();
    }, forget);
    return reading.bytes;
  }

  async function bytesAt({ messageId, path }: MessagePlace): Promise<Uint8Array | null> {
    const bytes = await rawBytes(messageId);
    return path.length === 0 ? bytes : extractAttached(bytes, path);
  }

  async function inspectAt(target: MessagePlace): Promise<Inspection | null> {
    const bytes = await bytesAt(target);
    return bytes === null ? null : inspect(bytes);
  }

  function inspection(target: MessagePlace): Promise<Inspection | null> {
    const key = [target.messageId, ...target.path].join(".");
    const known = inspections.get(key) ?? inspectAt(target);
    // Set anew, so that what was used last stands last.
    inspections.delete(key);
    inspections.set(key, known);
    const oldest = inspections.keys().next();
    if (inspections.size > KEPT_INSPECTIONS && oldest.done !== true) inspections.delete(oldest.value);
    // A failure is not kept: the next time may go well.
    known.catch(() => {
      if (inspections.get(key) === known) inspections.delete(key);
    });
    return known;
  }

  /** A seal is shown whatever has become of the ledger; that it cannot be read, the ledger page says. */
  async function sentOf(inspection: Inspection, place: MessagePlace): Promise<SentReport | null> {
    return sentReport(inspection, place).catch((error: unknown) => {
      if (error instanceof Error && "trouble" in error) return null;
      throw error;
    });
  }

  async function reportAnywhere(target: MessageTarget): Promise<MessageReport> {
    try {
      const found = await inspection(target);
      if (found === null) return { state: "gone", target };
      return { state: "inspected", target, inspection: found, sent: await sentOf(found, target) };
    } catch (error) {
      return { state: "internal-error", target, code: errorCode(error) };
    }
  }

  async function report(target: MessageTarget): Promise<MessageReport> {
    try {
      const answer = await reportAnywhere(target);
      // Asked last: inspecting may have taken a while.
      return (await shown.current(target.tabId)) === target.messageId ? answer : { state: "gone", target };
    } catch (error) {
      return { state: "internal-error", target, code: errorCode(error) };
    }
  }

  async function prepare(tabId: number, { messageId, author, size }: SelectedMessage): Promise<MessageReport | null> {
    if (size > PREPARED_BYTES || !isFromServiceMailbox({ author })) return null;
    return reportAnywhere({ tabId, messageId, path: [] });
  }

  return { prepare, report, reportAnywhere, bytes: bytesAt, forgetInspections: () => inspections.clear() };
}

/** Kind of an error, without its text: that may quote the mail. */
function errorCode(error: unknown): string {
  return error instanceof Error ? error.name : "unknown";
}
