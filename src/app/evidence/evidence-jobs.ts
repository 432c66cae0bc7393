// Belongs here: a bundle of evidence in the making: its messages read and put in a few at a time, each time the page asks for more, and the
// finished bundle until it is saved. Does NOT belong here: which messages (see evidence-items.ts), what the bundle holds (core/evidence).
//
// Whoever asks sets the pace, and whoever asks no more has stopped it: nothing is written anywhere before the bundle is finished and the
// person has chosen a place, so nothing half-made is ever left.
import {
  createEvidenceBundle,
  type EvidenceBundle,
  type EvidenceFacts,
  type EvidenceGap,
  type EvidenceOfSent,
  type Inspection,
  type LocalRecord,
  MAX_EVIDENCE_BYTES,
  MAX_EVIDENCE_MESSAGES,
  MAX_MBOX_MESSAGE,
  plainWords,
} from "../../core/index.ts";
import type { EvidenceAnswer, EvidenceSource, EvidenceStep } from "../../messages.ts";
import type { FileSaver } from "../../ports/file-saver.ts";
import type { Translate } from "../../ports/translate.ts";
import {
  type EvidenceItem,
  type EvidenceItems,
  evidenceItems,
  type EvidenceItemsDependencies,
} from "./evidence-items.ts";

type Failure = Extract<EvidenceAnswer, { readonly state: "failed" }>["code"];
type TooLarge = Omit<Extract<EvidenceAnswer, { readonly state: "too-large" }>, "state">;
type OrFailure<Result> = Promise<Result | { readonly failed: Failure }>;

/** One step: long enough that asking costs little, short enough that the page can show how far it is and stop. */
const STEP_MS = 300;
/** Pieces of the archive are handed over to the platform when there are so many bytes: it holds them outside the add-on's own memory. */
const HANDED_OVER = 8 * 1024 * 1024;
/** Bundles of pages that were closed without a word. Each may hold a gigabyte. */
const MAX_JOBS = 3;
/** Of the subject in the file's name. */
const NAME_WORDS = 30;

export interface EvidenceJobs {
  /** Nothing is read yet. @returns the job's number */
  prepare(source: EvidenceSource): number;
  begin(job: number): OrFailure<{ readonly total: number } | { readonly tooLarge: TooLarge }>;
  next(job: number): OrFailure<{ readonly step: EvidenceStep }>;
  has(job: number): boolean;
  save(job: number): OrFailure<"saved" | "cancelled">;
  end(job: number): void;
}

export interface EvidenceJobsDependencies extends EvidenceItemsDependencies {
  /** Keeps no local record. */
  readonly inspect: (bytes: Uint8Array) => Promise<Inspection>;
  /** Never rejects. */
  readonly keepRecords: (records: readonly LocalRecord[]) => Promise<void>;
  readonly facts: () => Promise<Pick<EvidenceFacts, "authorities" | "revocation" | "version">>;
  readonly saver: Pick<FileSaver, "saveBlobAs">;
  readonly translate: Translate;
}

interface Job {
  readonly source: EvidenceSource;
  making: Making | null;
}

interface Making {
  readonly items: readonly EvidenceItem[];
  readonly sent: readonly EvidenceOfSent[];
  readonly bundle: EvidenceBundle;
  readonly archive: Archive;
  readonly createdAt: number;
  readonly gaps: EvidenceGap[];
  /** Of what is read. */
  bytes: number;
  done: number;
  at: string;
  isFinished: boolean;
}

/** @param maxBytes of all messages of a bundle together */
export function createEvidenceJobs(
  dependencies: EvidenceJobsDependencies,
  maxBytes: number = MAX_EVIDENCE_BYTES,
): EvidenceJobs {
  const { inspect, keepRecords, facts, saver, translate, now } = dependencies;
  const jobs = new Map<number, Job>();
  let last = 0;

  /**
   * What this computer verifies now it knows from then on, and says so in a report: a second bundle of the same messages would say more
   * than the first. So it is kept first, and looked at again.
   */
  async function inspectRecorded(bytes: Uint8Array): Promise<Inspection> {
    const inspection = await inspect(bytes);
    const { record, signature } = inspection;
    if (record === null || signature?.recordedAt !== null) return inspection;
    await keepRecords([record]);
    return inspect(bytes);
  }

  const reading: EvidenceItemsDependencies = { ...dependencies, inspect: inspectRecorded };

  function prepare(source: EvidenceSource): number {
    last += 1;
    jobs.set(last, { source, making: null });
    const [oldest] = jobs.keys();
    if (jobs.size > MAX_JOBS && oldest !== undefined) jobs.delete(oldest);
    return last;
  }

  async function begin(number: number): ReturnType<EvidenceJobs["begin"]> {
    const job = jobs.get(number);
    if (job === undefined) return { failed: "interrupted" };
    if (isTooMuch(job.source)) return { failed: "too-many" };
    const found = await evidenceItems(job.source, reading);
    if (found.items.length === 0) return { failed: "nothing" };
    if (found.items.length > MAX_EVIDENCE_MESSAGES) return { failed: "too-many" };
    const tooLarge = tooLargeOf(found, maxBytes);
    if (tooLarge !== null) return { tooLarge };
    const createdAt = now();
    const archive = createArchive();
    const bundle = createEvidenceBundle({ createdAt, ...(await facts()) }, translate, archive.write, nextTask);
    job.making = {
      ...found,
      ...{ bundle, archive, createdAt, gaps: [], bytes: 0, done: 0, at: "", isFinished: false },
    };
    return { total: found.items.length };
  }

  async function next(number: number): OrFailure<{ readonly step: EvidenceStep }> {
    const making = jobs.get(number)?.making ?? null;
    if (making === null) return { failed: "interrupted" };
    const until = now() + STEP_MS;
    do {
      const item = making.items[making.done];
      if (item === undefined) {
        await making.bundle.finish(making.sent, making.gaps);
        making.isFinished = true;
        break;
      }
      await putIn(item, making);
      making.done += 1;
      making.at = item.known.subject;
    } while (now() < until);
    const { done, at, gaps, archive, isFinished, items } = making;
    const finished = isFinished ? { messages: items.length - gaps.length, bytes: archive.size() } : null;
    return { step: { done, at, gaps: [...gaps], finished } };
  }

  async function putIn({ role, known, read: readItem }: EvidenceItem, making: Making): Promise<void> {
    const read = await readItem().catch(() => ({ state: "internal" }) as const);
    if (read.state !== "read") {
      making.gaps.push({ role, why: read.state, ...known });
      return;
    }
    const bytes = making.bytes + read.bytes.length;
    // How large receipts are is not known before they are read: what was done till then is not thrown away, and a small one may still fit.
    if (bytes > maxBytes) {
      making.gaps.push({ role, why: "no-room", ...known });
      return;
    }
    making.bytes = bytes;
    await making.bundle.addMessage(read.bytes, read.inspection, role);
  }

  async function save(number: number): OrFailure<"saved" | "cancelled"> {
    const making = jobs.get(number)?.making ?? null;
    if (making?.isFinished !== true) return { failed: "interrupted" };
    const day = new Date(making.createdAt).toISOString().slice(0, 10);
    const subject = plainWords(subjectOf(making), NAME_WORDS);
    const name = [translate("evidence_file_name"), day, subject].filter((part) => part !== "").join("-");
    try {
      return await saver.saveBlobAs({ name: `${name}.zip`, blob: making.archive.blob() });
    } catch {
      return { failed: "save-failed" };
    }
  }

  function end(number: number): void {
    jobs.delete(number);
  }

  return { prepare, begin, next, has: (number) => jobs.has(number), save, end };
}

/** What waits meanwhile, as a verdict that a pane has asked for, is done first. */
const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Before any of them is looked up. */
function isTooMuch(source: EvidenceSource): boolean {
  if (source.type === "selection") return false;
  return (source.type === "sent" ? source.links : source.ids).length > MAX_EVIDENCE_MESSAGES;
}

/** `null`: as far as is known, it all fits. */
function tooLargeOf({ items }: EvidenceItems, maxBytes: number): TooLarge | null {
  let bytes = 0;
  let fitting = 0;
  for (const { size } of items) {
    // One that is too large by itself is left out, and named.
    if (size === null || size > MAX_MBOX_MESSAGE) continue;
    bytes += size;
    if (bytes <= maxBytes) fitting += 1;
  }
  return bytes > maxBytes ? { bytes, fitting } : null;
}

/** Where it is about one thing, that is in the file's name. */
function subjectOf({ sent, items }: Making): string {
  const [only, ...others] = sent;
  if (only !== undefined) {
    return others.length === 0 ? (only.entry.copies[0]?.subject ?? only.entry.receipts[0]?.subject ?? "") : "";
  }
  return items.length === 1 ? (items[0]?.known.subject ?? "") : "";
}

interface Archive {
  readonly write: (piece: Uint8Array<ArrayBuffer>) => void;
  readonly size: () => number;
  readonly blob: () => Blob;
}

/** What is written is held once, by the platform. */
function createArchive(): Archive {
  const parts: Blob[] = [];
  let pending: Uint8Array<ArrayBuffer>[] = [];
  let pendingBytes = 0;
  let bytes = 0;
  function handOver(): void {
    parts.push(new Blob(pending));
    pending = [];
    pendingBytes = 0;
  }
  return {
    write(piece) {
      pending.push(piece);
      pendingBytes += piece.length;
      bytes += piece.length;
      if (pendingBytes >= HANDED_OVER) handOver();
    },
    size: () => bytes,
    blob() {
      if (pendingBytes > 0) handOver();
      return new Blob(parts, { type: "application/zip" });
    },
  };
}
