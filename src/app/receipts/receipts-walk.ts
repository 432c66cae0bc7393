// Belongs here: the walk over every folder that finds the receipts and sent copies that are there already: begun once by itself, then
// on demand; taken up where it was after whatever interrupted it.
// Does NOT belong here: what is done with the messages of a page (see collect-receipts.ts), how progress is drawn.
import type { WalkReport } from "../../messages.ts";
import type { LedgerStore, Rebuilt } from "../../ports/ledger-store.ts";
import type { ListedMessage, MailFolder, MailFolders } from "../../ports/mail-folders.ts";
import type { StorageTrouble } from "../../ports/storage-error.ts";
import type { WalkCounts, WalkMemory, WalkState } from "../../ports/walk-memory.ts";
import { type CollectReceipts, NO_COUNTS } from "./collect-receipts.ts";
import { statedTrouble } from "../trouble.ts";

/** Somebody who watches reads no faster. */
const TELL_EVERY_MS = 500;

/** What made a walk fail (a full disk, a server that is away) may be over by then. */
const RETRY_MS = 10 * 60_000;

/** A message that cannot be read so often is damaged, and not on a server that was away. */
const MOST_RETRIES = 3;

/** Before that much was done, how long the rest takes is a guess. */
const ESTIMATE_AFTER_MS = 3_000;

export interface ReceiptsWalk {
  /** Begins a walk, or goes on with one that did not come to its end, unless one is under way; the walk itself is not waited for. */
  start(): Promise<void>;
  /** What was found so far stays. */
  cancel(): Promise<void>;
  report(): Promise<WalkReport>;
  /**
   * Something came into the folder: looks at what is new there, and at all of it where a walk that came to its end had left it out. Before
   * that nothing is looked at: the walk will.
   */
  catchUp(folderId: string): Promise<void>;
  /**
   * The add-on runs (again): takes up a walk that was interrupted, or failed a while ago, begins another when some messages could not be
   * read, and one where the ledger knows nothing yet: the very first, and for a ledger that was made anew. Ends when the walk does.
   */
  resume(): Promise<void>;
  /** Something that came in could not be read or kept: everything is walked again, by itself, once that may go better. */
  missed(error: unknown): Promise<void>;
}

export interface ReceiptsWalkDependencies {
  readonly folders: MailFolders;
  readonly collector: Pick<CollectReceipts, "collect" | "beginWalk">;
  readonly memory: WalkMemory;
  readonly ledger: Pick<LedgerStore, "rebuilt" | "refilled">;
  /** The ledger was lost, and is filled again. */
  readonly refilled: (rebuilt: Rebuilt) => Promise<void>;
  readonly tell: (report: WalkReport) => void;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

interface Running {
  cancelled: boolean;
  /** Something was missed meanwhile, perhaps in a folder that is done. */
  missed: boolean;
  report: WalkReport;
  readonly ended: Promise<void>;
}

export function createReceiptsWalk(dependencies: ReceiptsWalkDependencies): ReceiptsWalk {
  const { folders, collector, memory, ledger, tell, now } = dependencies;
  let running: Running | null = null;
  /** How the last walk of this run ended, should that not have been kept. */
  let last: WalkReport | null = null;

  /** Two starts at once are one walk: nothing is awaited before `running` is set. `fills`: see `WalkState`. */
  function run(from: WalkState | null, fills: number | null, retries = 0): Running {
    if (running !== null) return running;
    const mine: Running = {
      cancelled: false,
      missed: false,
      report: NOTHING_DONE,
      ended: Promise.resolve().then(() => walk(mine, from, fills, retries)),
    };
    running = mine;
    return mine;
  }

  async function walk(mine: Running, from: WalkState | null, fills: number | null, retries: number): Promise<void> {
    // What was done before the ledger was lost is to be done again.
    const goesOn = from !== null && !(from.state === "ended" && from.how === "finished") && filledBy(from) === fills;
    let state: WalkState & { readonly state: "running" } = goesOn
      ? {
          state: "running",
          fills,
          retries: from.retries ?? 0,
          done: from.done,
          unlisted: from.unlisted ?? [],
          counts: from.counts,
        }
      : { state: "running", fills, retries, done: [], counts: NO_COUNTS };
    let how: "finished" | "cancelled" | "failed" = "failed";
    let trouble: StorageTrouble | null = null;
    /** Of the folder that is under way. */
    let counts = NO_COUNTS;
    try {
      await memory.save(state);
      tell(mine.report);
      const session = collector.beginWalk();
      const all = await folders.all();
      // Sent mail last: only receipts tell who sends from a PEC mailbox.
      const steps = [...all.filter(({ role }) => role !== "sent"), ...all.filter(({ role }) => role === "sent")];
      const progress = await progressOf(steps, state.done, mine);
      for (const folder of steps) {
        if (mine.cancelled) break;
        if (state.done.includes(folder.id)) continue;
        // Asked first: what comes in meanwhile is looked at twice rather than not at all.
        const mark = await folders.mark(folder.id);
        const missing = await walkFolder(mine, folder, progress, async (page) => {
          counts = sum(counts, await session.collect(folder, page));
        });
        if (mine.cancelled) break;
        counts = sum(counts, missing);
        state = {
          ...state,
          done: [...state.done, folder.id],
          unlisted: [...(state.unlisted ?? []), ...(missing.unreadable === 0 ? [] : [folder.id])],
          counts: sum(state.counts, counts),
        };
        counts = NO_COUNTS;
        await memory.save(state);
        if (mark !== null) await memory.saveMark(folder.id, mark);
      }
      if (!mine.cancelled) {
        for (const folder of await session.foldersWithCopies(all)) {
          if (mine.cancelled) break;
          await walkFolder(mine, folder, progress, (page) => session.collectCopies(folder, page));
        }
      }
      if (mine.cancelled) how = "cancelled";
      else if (!mine.missed) how = "finished";
      if (how === "finished") {
        await session.forgetGone();
        await tellRefilled(fills);
      }
    } catch (error) {
      trouble = statedTrouble(error);
      throw error;
    } finally {
      // What was found is kept, and is not found again.
      state = {
        ...state,
        done: mine.missed ? [] : state.done,
        counts: sum(state.counts, { ...counts, unreadable: 0 }),
      };
      const ended: WalkState = { ...state, state: "ended", how, at: now(), ...(trouble === null ? {} : { trouble }) };
      last = reportOf(ended);
      running = null;
      tell(last);
      await memory.save(ended);
    }
  }

  async function tellRefilled(fills: number | null): Promise<void> {
    const rebuilt = await ledger.rebuilt();
    if (rebuilt === null || rebuilt.at !== fills) return;
    await ledger.refilled();
    await dependencies.refilled(rebuilt);
  }

  async function progressOf(steps: readonly MailFolder[], done: readonly string[], mine: Running): Promise<Progress> {
    const counts = new Map<string, number | null>();
    for (const { id } of steps) counts.set(id, done.includes(id) ? 0 : await folders.count(id));
    const total = [...counts.values()].reduce<number>((all, count) => all + (count ?? 0), 0);
    const begun = now();
    let [seen, foldersDone, told] = [0, done.length, 0];
    return {
      show(folder, inFolder, step) {
        seen += step;
        const elapsed = now() - begun;
        const timeLeft =
          elapsed < ESTIMATE_AFTER_MS || seen === 0 ? null : Math.max(0, Math.round((elapsed / seen) * (total - seen)));
        mine.report = {
          state: "running",
          folder: folder.name,
          done: inFolder,
          total: counts.get(folder.id) ?? null,
          foldersDone,
          folderCount: steps.length,
          timeLeft,
        };
        if (now() - told < TELL_EVERY_MS) return;
        told = now();
        tell(mine.report);
      },
      folderDone: () => foldersDone++,
    };
  }

  async function walkFolder(
    mine: Running,
    folder: MailFolder,
    progress: Progress,
    work: (page: readonly ListedMessage[]) => Promise<void>,
  ): Promise<WalkCounts> {
    let counts = NO_COUNTS;
    let done = 0;
    progress.show(folder, 0, 0);
    const pages = folders.list(folder.id)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await pages.next().catch(unlisted);
        if (next === null) counts = sum(counts, { ...NO_COUNTS, unreadable: 1 });
        if (next === null || next.done === true || mine.cancelled) break;
        await work(next.value);
        done += next.value.length;
        progress.show(folder, done, next.value.length);
      }
    } finally {
      await pages.return?.();
    }
    progress.folderDone();
    return counts;
  }

  function isToRetry(state: WalkState): boolean {
    if (state.state !== "ended" || now() - state.at < RETRY_MS) return false;
    const isToRead = state.how === "finished" && state.counts.unreadable > 0 && (state.retries ?? 0) < MOST_RETRIES;
    return state.how === "failed" || isToRead;
  }

  const catching = new Map<string, Promise<void>>();
  let reading: Promise<unknown> = Promise.resolve();

  /**
   * A folder that no walk has been through: it could not be listed (it changes when the person opens it, and can be from then on), or was
   * not there yet, as those of an account that was added afterwards.
   *
   * @returns whether it was looked at whole
   */
  async function readAtLast(folderId: string): Promise<boolean> {
    if (!isUnread(await memory.load(), folderId)) return false;
    // One after the other, and after a walk: each keeps the whole of what is still unlisted.
    const mine = reading.then(() => running?.ended.catch(() => undefined)).then(() => readWhole(folderId));
    reading = mine.catch(() => undefined);
    return mine;
  }

  async function readWhole(folderId: string): Promise<boolean> {
    const state = await memory.load();
    if (running !== null || state?.state !== "ended" || !isUnread(state, folderId)) return false;
    const folder = (await folders.all()).find(({ id }) => id === folderId);
    if (folder === undefined) return false;
    const wasUnlisted = state.unlisted?.includes(folderId) === true;
    let counts: WalkCounts = { ...NO_COUNTS, unreadable: wasUnlisted ? -1 : 0 };
    const pages = folders.list(folderId)[Symbol.asyncIterator]();
    for (;;) {
      const next = await pages.next().catch(unlisted);
      // Not yet.
      if (next === null) return false;
      if (next.done === true) break;
      counts = sum(counts, await collector.collect(folder, next.value));
    }
    const read: WalkState = {
      ...state,
      done: [...new Set([...state.done, folderId])],
      unlisted: (state.unlisted ?? []).filter((id) => id !== folderId),
      counts: sum(state.counts, counts),
    };
    await memory.save(read);
    last = reportOf(read);
    tell(last);
    return true;
  }

  async function lookAtNew(folderId: string): Promise<void> {
    const mark = (await memory.loadMarks())[folderId];
    const newest = await folders.mark(folderId);
    const isRead = await readAtLast(folderId);
    if (newest === null || newest === mark || (mark === undefined && !isRead)) return;
    const folder = (await folders.all()).find(({ id }) => id === folderId);
    if (!isRead && mark !== undefined && newest > mark && folder !== undefined) {
      let unreadable = 0;
      for await (const page of folders.list(folderId, mark)) {
        unreadable += (await collector.collect(folder, page)).unreadable;
      }
      // They are looked at again with whatever comes next.
      if (unreadable > 0) return;
    }
    await memory.saveMark(folderId, newest);
  }

  return {
    async start() {
      const [state, rebuilt] = [await memory.load(), await ledger.rebuilt()];
      const { ended } = run(state, rebuilt?.at ?? null);
      // Whoever waits for the walk is told of its failure; here nobody does, and the report says it.
      ended.catch(() => undefined);
    },

    async cancel() {
      if (running === null) return;
      running.cancelled = true;
      await running.ended;
    },

    async report() {
      if (running !== null) return running.report;
      if (last !== null) return last;
      const state = await memory.load();
      return state === null ? { state: "never" } : reportOf(state);
    },

    catchUp(folderId) {
      const former = catching.get(folderId) ?? Promise.resolve();
      // One after the other, so that none goes by the mark that another is about to move.
      const mine = former.then(() => lookAtNew(folderId));
      const settled = mine.catch(() => undefined);
      catching.set(folderId, settled);
      void settled.then(() => {
        if (catching.get(folderId) === settled) catching.delete(folderId);
      });
      return mine;
    },

    async resume() {
      const [state, rebuilt] = [await memory.load(), await ledger.rebuilt()];
      const isLost = rebuilt !== null && (state === null || filledBy(state) !== rebuilt.at);
      if (running !== null || (state?.state === "ended" && !isLost && !isToRetry(state))) return;
      const retries = state?.state === "ended" && !isLost ? (state.retries ?? 0) + 1 : 0;
      await run(state, rebuilt?.at ?? null, retries).ended;
    },

    async missed(error) {
      if (running !== null) {
        running.missed = true;
        return;
      }
      const state = await memory.load();
      const counts = state?.counts ?? NO_COUNTS;
      const trouble = statedTrouble(error);
      const failed: WalkState = {
        state: "ended",
        how: "failed",
        at: now(),
        fills: filledBy(state),
        done: [],
        counts,
        ...(trouble === null ? {} : { trouble }),
      };
      last = reportOf(failed);
      tell(last);
      await memory.save(failed);
    },
  };
}

/** Whether the walk that came to its end left the folder out. */
function isUnread(state: WalkState | null, folderId: string): boolean {
  if (state?.unlisted?.includes(folderId) === true) return true;
  return state?.state === "ended" && state.how === "finished" && !state.done.includes(folderId);
}

const filledBy = (state: WalkState | null): number | null => state?.fills ?? null;

/** The folder was removed meanwhile, or its list is damaged: the others do not suffer from it. */
function unlisted(error: unknown): null {
  if (error instanceof Error) return null;
  throw error;
}

interface Progress {
  /** `inFolder`: messages of it that are done; `step`: how many of them since the last call. */
  show(folder: MailFolder, inFolder: number, step: number): void;
  folderDone(): void;
}

const NOTHING_DONE: WalkReport & { readonly state: "running" } = {
  state: "running",
  folder: "",
  done: 0,
  total: null,
  foldersDone: 0,
  folderCount: 0,
  timeLeft: null,
};

function reportOf(state: WalkState): WalkReport {
  if (state.state === "running") return { ...NOTHING_DONE, foldersDone: state.done.length };
  const { how, at, counts, trouble } = state;
  return { state: "ended", how, at, ...counts, ...(trouble === undefined ? {} : { trouble }) };
}

function sum(left: WalkCounts, right: WalkCounts): WalkCounts {
  return {
    receipts: left.receipts + right.receipts,
    unverified: left.unverified + right.unverified,
    tooLarge: left.tooLarge + right.tooLarge,
    unreadable: left.unreadable + right.unreadable,
  };
}
