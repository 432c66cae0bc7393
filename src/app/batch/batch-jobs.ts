// Belongs here: a batch under way: its messages found, read and inspected a few at a time, each time the page asks for more.
// Does NOT belong here: what a row says and files made of rows (core/batch), what else the page asks (see answer-batch.ts).
//
// Whoever asks sets the pace, and whoever asks no more has stopped it: nothing runs on when the page is closed, and nothing is kept here
// but the place where it goes on.
import {
  type BatchPlace,
  batchRow,
  type BatchRow,
  failedRow,
  type Inspection,
  isMbox,
  type LocalRecord,
  MAX_MBOX_MESSAGE,
  MBOX_HEAD,
  splitMbox,
} from "../../core/index.ts";
import type { BatchSource, BatchStep, BatchTotal } from "../../messages.ts";
import type { BatchPlaces, SelectedMail } from "../../ports/batch-places.ts";
import type { ListedMessage, MailFolders } from "../../ports/mail-folders.ts";
import type { MessageSource } from "../../ports/message-source.ts";
import { bytesOfFile } from "../bytes-of-file.ts";

/** One step: long enough that asking costs little, short enough that the page can show how far it is and stop. */
const STEP_MS = 500;
/** Rows of one step: an answer stays small. */
const STEP_ROWS = 200;
/** Messages read and inspected together: while one is inspected the next is read. One may have 100 MB, so few. */
const AT_THE_SAME_TIME = 3;
/** Larger ones are read and inspected one after the other: each takes some three times its size in memory. */
const LARGE = 16 * 1024 * 1024;
/** A file is read in pieces of so many bytes. */
const PIECE = 1024 * 1024;
/** Jobs of pages that were closed without a word. A person has one open, seldom two. */
const MAX_JOBS = 8;

export interface BatchJobs {
  begin(source: BatchSource): Promise<{ readonly job: number; readonly total: BatchTotal }>;
  /** The next rows. `null`: there is no such job (any more). */
  next(job: number): Promise<BatchStep | null>;
  end(job: number): void;
}

export interface BatchJobsDependencies {
  readonly folders: Pick<MailFolders, "list" | "count" | "at">;
  readonly places: BatchPlaces;
  readonly source: MessageSource;
  /** Keeps no local record. */
  readonly inspect: (bytes: Uint8Array) => Promise<Inspection>;
  /** Never rejects. */
  readonly keepRecords: (records: readonly LocalRecord[]) => Promise<void>;
  /** Milliseconds, of any clock. */
  readonly now: () => number;
}

/** A message to be inspected. */
interface Item {
  readonly place: BatchPlace;
  /** What is known before it is read. */
  readonly known: Partial<Pick<BatchRow, "from" | "subject" | "date" | "messageId" | "isDoubtful">>;
  readonly size: number;
  /** `null`: larger than allowed. */
  readonly read: () => Promise<Uint8Array | null>;
  /** How far the job is with it, in the unit of its total. */
  readonly progress: number;
}

type Found = AsyncGenerator<Item, void, undefined>;

/** Looked at between two pieces of a file: one without separators goes on for gigabytes before there is a message. */
interface Stop {
  isWanted: boolean;
}

interface Job {
  readonly items: Found | IterableIterator<Item>;
  readonly stop: Stop;
  done: number;
  /** What it is at, for people. */
  at: string;
  isDone: boolean;
}

export function createBatchJobs(dependencies: BatchJobsDependencies): BatchJobs {
  const { folders, places, source, inspect, keepRecords, now } = dependencies;
  const jobs = new Map<number, Job>();
  let last = 0;
  /** The large message that comes last, of whatever job. */
  let large: Promise<unknown> = Promise.resolve();

  async function begin(from: BatchSource): Promise<{ readonly job: number; readonly total: BatchTotal }> {
    const stop: Stop = { isWanted: false };
    const { total, items } = await open(from, stop);
    last += 1;
    jobs.set(last, { items, stop, done: 0, at: "", isDone: false });
    const [oldest] = jobs.keys();
    if (jobs.size > MAX_JOBS && oldest !== undefined) end(oldest);
    return { job: last, total };
  }

  async function open(
    from: BatchSource,
    stop: Stop,
  ): Promise<{ readonly total: BatchTotal; readonly items: Job["items"] }> {
    switch (from.type) {
      case "folder": {
        const amount = await folders.count(from.id);
        return { total: { unit: "messages", amount }, items: itemsOfFolder(from.id, from.name) };
      }
      case "selection": {
        const chosen: SelectedMail[] = [];
        for await (const page of places.selected()) chosen.push(...page);
        const items = chosen.map(({ message, folder }) => mailItem(message, folder));
        return { total: { unit: "messages", amount: chosen.length }, items: items.values() };
      }
      case "files": {
        const amount = from.files.reduce((sum, { size }) => sum + size, 0);
        return { total: { unit: "bytes", amount }, items: itemsOfFiles(from.files, stop) };
      }
    }
  }

  async function* itemsOfFolder(id: string, folder: string): Found {
    for await (const page of folders.list(id)) yield* page.map((message) => mailItem(message, folder));
  }

  function mailItem(message: ListedMessage, folder: string): Item {
    const { id, author, subject, date, headerMessageId, size } = message;
    return {
      place: { source: "mailbox", id, folder },
      known: { from: author, subject, date, messageId: headerMessageId },
      size,
      read: () => (size > MAX_MBOX_MESSAGE ? Promise.resolve(null) : source.read(id, size)),
      progress: 1,
    };
  }

  async function rowOf({ place, known, read }: Item): Promise<{ row: BatchRow; record: LocalRecord | null }> {
    let bytes: Uint8Array | null;
    try {
      bytes = await read();
    } catch {
      const isGone = place.source === "mailbox" && (await folders.at(place.id).catch(() => null)) === null;
      return { row: failedRow(place, isGone ? "gone" : "unreadable", known), record: null };
    }
    if (bytes === null) return { row: failedRow(place, "too-large", known), record: null };
    if (bytes.length === 0) return { row: failedRow(place, "empty", known), record: null };
    try {
      const inspection = await inspect(bytes);
      return { row: await batchRow(inspection, bytes, place, known.isDoubtful === true), record: inspection.record };
    } catch {
      // A bug, and no verdict; the others are still inspected.
      return { row: failedRow(place, "internal", known), record: null };
    }
  }

  function inTurn(item: Item): ReturnType<typeof rowOf> {
    if (item.size <= LARGE) return rowOf(item);
    const turn = large.then(() => rowOf(item));
    large = turn.catch(() => undefined);
    return turn;
  }

  async function next(id: number): Promise<BatchStep | null> {
    const job = jobs.get(id);
    if (job === undefined) return null;
    const rows: { readonly number: number; readonly row: BatchRow }[] = [];
    const records: LocalRecord[] = [];
    const until = now() + STEP_MS;
    let taken = 0;
    const work = async (): Promise<void> => {
      while (!job.isDone && now() < until && taken < STEP_ROWS) {
        const number = taken;
        taken += 1;
        const item = await job.items.next();
        if (item.done === true) {
          job.isDone = true;
          return;
        }
        const { row, record } = await inTurn(item.value);
        rows.push({ number, row });
        if (record !== null) records.push(record);
        job.done += item.value.progress;
        job.at = row.place.source === "mailbox" ? row.place.folder : row.place.file;
      }
    };
    const outcomes = await Promise.allSettled(Array.from({ length: AT_THE_SAME_TIME }, work));
    await keepRecords(records);
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (job.isDone || failed !== undefined) end(id);
    return {
      rows: rows.sort((one, other) => one.number - other.number).map(({ row }) => row),
      done: job.done,
      at: job.at,
      // The folder is gone, or the file: what was found stays.
      ended: failed !== undefined ? "failed" : job.isDone ? "finished" : null,
    };
  }

  function end(id: number): void {
    const job = jobs.get(id);
    jobs.delete(id);
    if (job !== undefined) job.stop.isWanted = true;
    // Lists that Thunderbird holds are given back; one that is gone already is none.
    if (job !== undefined) void Promise.resolve(job.items.return?.()).catch(() => undefined);
  }

  return { begin, next, end };
}

async function* itemsOfFiles(files: readonly File[], stop: Stop): Found {
  for (const [index, file] of files.entries()) {
    const head = await bytesOfFile(file, 0, MBOX_HEAD).catch(() => null);
    if (head !== null && isMbox(file.name, head)) yield* itemsOfMbox(file, index, stop);
    else yield wholeFile(file, index);
  }
}

function wholeFile(file: File, index: number): Item {
  const { name, size } = file;
  return {
    place: { source: "file", file: name, index, start: 0, length: size, position: null },
    known: {},
    size,
    read: () => (size > MAX_MBOX_MESSAGE ? Promise.resolve(null) : bytesOfFile(file, 0, size)),
    progress: size,
  };
}

async function* itemsOfMbox(file: File, index: number, stop: Stop): Found {
  let read = 0;
  let isEmpty = true;
  const place = { source: "file", file: file.name, index } as const;
  try {
    for await (const message of splitMbox(piecesOf(file, stop))) {
      const { position, start, length, bytes, isDoubtful } = message;
      isEmpty = false;
      const progress = start + length - read;
      read = start + length;
      yield {
        place: { ...place, start, length, position },
        known: { isDoubtful },
        size: length,
        read: () => Promise.resolve(bytes),
        progress,
      };
    }
  } catch (error) {
    // What of the file was read stays; the other files are read too.
    yield {
      ...wholeFile(file, index),
      read: () => Promise.reject(error instanceof Error ? error : new Error("unreadable")),
    };
    return;
  }
  if (isEmpty) yield { ...wholeFile(file, index), read: () => Promise.resolve(new Uint8Array()) };
}

async function* piecesOf(file: File, stop: Stop): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size && !stop.isWanted; at += PIECE) yield await bytesOfFile(file, at, at + PIECE);
}
