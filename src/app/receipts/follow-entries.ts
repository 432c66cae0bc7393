// Belongs here: what follows from entries of the ledger that have changed, or whose state the clock has changed: problems are kept,
// the person is told, the button counts, columns, tags and the order of the inbox keep in step.
// Does NOT belong here: what a set of receipts means (core/receipts), each consequence itself (problem-notices.ts, tag-sent.ts …).
//
// An entry stays due until it is settled, and what is done to mail is noted before and struck out after it is done: whatever ends
// Thunderbird in between, work is repeated and none is forgotten.
import {
  type LedgerEntry,
  maySpeakOf,
  type Problem,
  problemsOf,
  type SentStatus,
  sentStatus,
} from "../../core/index.ts";
import type { MailWorkName, MailWorkReport } from "../../messages.ts";
import type { AlarmClock } from "../../ports/alarm-clock.ts";
import type { LedgerButton } from "../../ports/ledger-button.ts";
import type { KeptProblem, LedgerStore } from "../../ports/ledger-store.ts";
import type { ValueColumn } from "../../ports/list-columns.ts";
import type { Notifier } from "../../ports/notifier.ts";
import type { SessionNotes } from "../../ports/session-notes.ts";
import type { SettingsStore } from "../../ports/settings-store.ts";
import type { Translate } from "../../ports/translate.ts";
import { copyIds } from "../copy-ids.ts";
import { isRecord, isTime } from "../plain-values.ts";
import { noticeKind, postponedNotices, problemNotices } from "./problem-notices.ts";
import { sentCell } from "./sent-summary.ts";
import { readSettings, type Settings, writeSettings } from "../settings.ts";

/** Entries that are in memory together. */
const ENTRIES_AT_ONCE = 200;

/** From so many on, looking through whole folders once is quicker than looking for each message. */
const MANY_ENTRIES = 50;

/** Pages that show the ledger ask anew each time they are told. */
const TELL_EVERY_MS = 1_000;

const MINUTE = 60_000;
/** A failing store must not keep the processor busy. */
const SOONEST_ALARM_MS = MINUTE;
/** An alarm stands still while the computer sleeps: looking more often costs nothing, and a deadline is met soon after it wakes. */
const LATEST_ALARM_MS = 15 * MINUTE;
/** Work on mail that failed is tried again so much later: a server that is away is away for a while. */
const RETRY_MS = 10 * MINUTE;
/** By then Thunderbird has asked its servers for new mail (by default every ten minutes). */
const GRACE_MS = 15 * MINUTE;
/** Problems that wait, each with when it was seen first. */
const WAITING = "waitingProblems";

/** An entry, looked at. */
export interface Looked {
  readonly entry: LedgerEntry;
  readonly status: SentStatus;
  readonly problems: readonly Problem[];
}

/** One round of work on mail: first what is wanted is gathered, then it is done. */
export interface Pass {
  add(looked: Looked): void;
  finish(): Promise<void>;
}

/** What is done to mail itself, on the person's order. Doing it again does no harm. */
export interface MailWork {
  readonly name: MailWorkName;
  readonly setting: "tagSent" | "orderReceipts";
  /** Whether the person has allowed it in Thunderbird. */
  readonly permitted: () => Promise<boolean>;
  begin(): Pass;
  /** Takes everything back. */
  undo(): Promise<void>;
}

export interface FollowEntries {
  /** Looks at everything that is due. Asked again while it runs, it runs once more; resolves when it has. */
  follow(): Promise<void>;
  /** Switches work on mail on or off, and does or undoes it for everything there is. `false`: it is not done yet, and is tried again. */
  switchWork(name: MailWorkName, on: boolean): Promise<boolean>;
  works(): Promise<readonly MailWorkReport[]>;
}

export interface FollowDependencies {
  readonly ledger: Pick<
    LedgerStore,
    "due" | "settle" | "nextDue" | "problems" | "mark" | "began" | "find" | "entriesAfter" | "postponed"
  >;
  /** Addresses of the accounts of this Thunderbird, in lower case. */
  readonly ownAddresses: () => Promise<readonly string[]>;
  readonly settings: SettingsStore;
  readonly notifier: Notifier;
  readonly button: LedgerButton;
  /** `null` in a package without it. */
  readonly column: ValueColumn | null;
  readonly works: readonly MailWork[];
  readonly alarm: AlarmClock;
  readonly notes: SessionNotes;
  /** While it is true, work on mail waits for the end of the walk over all folders. */
  readonly isWalking: () => Promise<boolean>;
  /** The other package is active and does all this. */
  readonly otherIsActive: () => Promise<boolean>;
  /** Pages are to ask anew. */
  readonly changed: () => void;
  /** Something failed that does not keep the rest from being done. */
  readonly failed: (error: unknown) => void;
  readonly translate: Translate;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

export function createFollowEntries(dependencies: FollowDependencies): FollowEntries {
  const { ledger, settings: store, notifier, button, column, works, alarm, notes, translate, now } = dependencies;
  let wanted = false;
  let running: Promise<void> | null = null;
  /** Pages do not know of the last change yet; when they were told last. */
  let behind = false;
  let toldAt = -TELL_EVERY_MS;
  /** When the next problem has waited long enough. */
  let soonest = Infinity;
  let noting = Promise.resolve();
  const failedAt = new Map<MailWorkName, number>();

  function follow(): Promise<void> {
    wanted = true;
    running ??= runs();
    return running;
  }

  async function runs(): Promise<void> {
    // Whoever asks gets `running` before any of it is done, and nobody asks between the last look at `wanted` and the end.
    await Promise.resolve();
    try {
      while (wanted) {
        wanted = false;
        await run();
      }
    } finally {
      running = null;
    }
  }

  async function run(): Promise<void> {
    if (await dependencies.otherIsActive()) return;
    const began = await ledger.began(now());
    const settings = await readSettings(store);
    const passes = await lookAtDue(began, settings);
    await tell(began, settings);
    await setAlarm();
    // A walk has its own way of showing that it goes on.
    if (!(await dependencies.isWalking())) tellPages();
    await fillColumn();
    await workOnMail(passes);
  }

  function look(entry: LedgerEntry, at: number): Looked {
    const status = sentStatus(entry, at);
    return { entry, status, problems: problemsOf(entry, status) };
  }

  /** @returns what is to be done to mail for these entries; missing: everything has to be looked at */
  async function lookAtDue(began: number, settings: Settings): Promise<ReadonlyMap<MailWorkName, Pass>> {
    const active = works.filter(({ name, setting }) => settings[setting] && !settings.unfinished.includes(name));
    const passes = new Map(active.map((work) => [work.name, work.begin()]));
    const own = new Set(await dependencies.ownAddresses());
    let count = 0;
    for (;;) {
      const at = now();
      const due = await ledger.due(at, ENTRIES_AT_ONCE);
      if (due.length === 0) return passes;
      if (count === 0 && passes.size > 0) await note([...passes.keys()], []);
      count += due.length;
      if (count > MANY_ENTRIES) passes.clear();
      const looked = due.map((kept) => ({ kept, ...look(kept.entry, at) }));
      await showInColumn(looked);
      for (const pass of passes.values()) for (const each of looked) pass.add(each);
      const settled = await ledger.settle(
        looked.map(({ kept, entry, status, problems }) => ({
          kept,
          nextLook: status.changesAt,
          problems: problems.map((problem) => {
            // Nobody is told of what is older than the ledger, or of another's mailbox, whose true receipts anybody may send here: it is
            // shown where it is looked for.
            const isQuiet = problem.since < began || !own.has(entry.sender.toLowerCase());
            return { ...problem, links: entry.links, told: isQuiet, acknowledged: isQuiet };
          }),
        })),
      );
      pagesAreBehind();
      // All of them have changed meanwhile: whoever changed them asks again.
      if (settled === 0) return passes;
    }
  }

  /** Told first and shown then: a notice that is lost is better than one that comes back at every start. */
  async function tell(began: number, { silentNotices }: Settings): Promise<void> {
    const problems = (await ledger.problems()).filter(({ since }) => since >= began);
    const ripe = await ripeOf(problems.filter(({ told }) => !told));
    if (ripe.length > 0) {
      await ledger.mark(
        ripe.map(({ id }) => id),
        "told",
      );
      const loud = ripe.filter(({ kind }) => !silentNotices.includes(noticeKind(kind)));
      const unsure = await unsureOf(loud);
      const sure = loud.filter((problem) => !unsure.includes(problem));
      const words = { translate, find };
      const notices = [...(await problemNotices(sure, words)), ...(await postponedNotices(unsure, words))];
      for (const notice of notices) await attempt(notifier.show(notice));
    }
    const counted = problems.filter((problem) => !problem.acknowledged && (problem.told || ripe.includes(problem)));
    await attempt(button.show(counted.length));
  }

  /**
   * Those that may be told now. A problem that only the clock has made waits: when Thunderbird starts or the computer wakes, the
   * receipt that solves it may be on the server still.
   */
  async function ripeOf(fresh: readonly KeptProblem[]): Promise<readonly KeptProblem[]> {
    const before = await notes.read(WAITING);
    const known = isRecord(before) ? before : {};
    const waiting: Record<string, number> = {};
    const ripe: KeptProblem[] = [];
    for (const problem of fresh) {
      const since = known[problem.id];
      const seenAt = isTime(since) ? since : now();
      if (now() - seenAt < GRACE_MS && (await isMadeByClock(problem))) waiting[problem.id] = seenAt;
      else ripe.push(problem);
    }
    if (JSON.stringify(waiting) !== JSON.stringify(known)) await notes.write(WAITING, waiting);
    soonest = Object.values(waiting).reduce((first, seenAt) => Math.min(first, seenAt + GRACE_MS), Infinity);
    return ripe;
  }

  async function isMadeByClock({ kind, links, recipient }: KeptProblem): Promise<boolean> {
    if (kind !== "late") return kind === "overdue" || kind === "acceptance-missing";
    const entry = await find(links);
    const late = entry && sentStatus(entry, now()).recipients.find(({ address }) => address === recipient);
    return late?.decidedBy === null;
  }

  /**
   * Those of which nobody may say that nothing came in time while a receipt waits unread that may tell otherwise. They are told of in
   * other words, and not kept back: anybody can send a large message that looks like a receipt.
   */
  async function unsureOf(problems: readonly KeptProblem[]): Promise<readonly KeptProblem[]> {
    const lacking = problems.filter(({ kind }) => LACKING.includes(kind));
    const postponed = lacking.length === 0 ? [] : await ledger.postponed();
    if (postponed.length === 0) return [];
    const unsure: KeptProblem[] = [];
    for (const problem of lacking) {
      const entry = await find(problem.links);
      const subjects = [...(entry?.copies ?? []), ...(entry?.receipts ?? [])].map(({ subject }) => subject);
      const mayBe = (subject: string | null): boolean =>
        subject !== null && postponed.some((receipt) => maySpeakOf(receipt.subject, subject));
      if (subjects.some(mayBe)) unsure.push(problem);
    }
    return unsure;
  }

  async function find(links: readonly string[]): Promise<LedgerEntry | null> {
    return (await ledger.find(links))[0] ?? null;
  }

  function pagesAreBehind(): void {
    behind = true;
    if (now() - toldAt >= TELL_EVERY_MS) tellPages();
  }

  function tellPages(): void {
    if (!behind) return;
    behind = false;
    toldAt = now();
    dependencies.changed();
  }

  async function setAlarm(): Promise<void> {
    const next = Math.min((await ledger.nextDue()) ?? Infinity, soonest);
    const time = now();
    const at = next === Infinity ? null : Math.min(Math.max(next, time + SOONEST_ALARM_MS), time + LATEST_ALARM_MS);
    await alarm.set(at);
  }

  async function showInColumn(looked: readonly Looked[]): Promise<void> {
    if (column === null) return;
    const values = looked.flatMap(({ entry, status }) => {
      const cell = sentCell(status, translate);
      return messageIdsOf(entry).map((messageId) => ({ messageId, ...cell }));
    });
    await attempt(column.setValues(values));
  }

  async function fillColumn(): Promise<void> {
    if (column === null || (await column.isFilled())) return;
    for await (const looked of everything()) await showInColumn(looked);
    await column.markFilled();
  }

  async function* everything(): AsyncGenerator<readonly Looked[]> {
    let after: string | null = null;
    for (;;) {
      const entries: readonly LedgerEntry[] = await ledger.entriesAfter(after, ENTRIES_AT_ONCE);
      if (entries.length === 0) return;
      const at = now();
      yield entries.map((entry) => look(entry, at));
      after = entries.at(-1)?.links[0] ?? null;
      if (after === null) return;
    }
  }

  async function workOnMail(passes: ReadonlyMap<MailWorkName, Pass>): Promise<void> {
    const settings = await readSettings(store);
    for (const work of works) {
      if (!settings.unfinished.includes(work.name) || now() - (failedAt.get(work.name) ?? -RETRY_MS) < RETRY_MS)
        continue;
      const isOn = settings[work.setting];
      if ((isOn && (await dependencies.isWalking())) || !(await work.permitted())) continue;
      try {
        if (isOn) await (passes.get(work.name) ?? (await wholePass(work))).finish();
        else await work.undo();
        await note([], [work.name]);
        failedAt.delete(work.name);
      } catch (error) {
        failedAt.set(work.name, now());
        dependencies.failed(error);
      }
    }
  }

  async function wholePass(work: MailWork): Promise<Pass> {
    const pass = work.begin();
    for await (const looked of everything()) for (const each of looked) pass.add(each);
    return pass;
  }

  /** Notes work that has begun, and strikes out what is done; one after the other, as each writes the whole list. */
  function note(begun: readonly MailWorkName[], done: readonly MailWorkName[]): Promise<void> {
    const noted = noting.then(async () => {
      const { unfinished } = await readSettings(store);
      const left = [...new Set([...unfinished, ...begun])].filter((name) => !done.includes(name));
      await writeSettings(store, { unfinished: left });
    });
    noting = noted.catch(() => undefined);
    return noted;
  }

  async function attempt(work: Promise<void>): Promise<void> {
    await work.catch(dependencies.failed);
  }

  return {
    follow,
    async switchWork(name, on) {
      const work = works.find((each) => each.name === name);
      if (work === undefined || (on && !(await work.permitted()))) return false;
      await writeSettings(store, { [work.setting]: on });
      await note([name], []);
      failedAt.delete(name);
      await follow();
      return !(await readSettings(store)).unfinished.includes(name);
    },

    async works() {
      const settings = await readSettings(store);
      const report = async ({ name, setting, permitted }: MailWork): Promise<MailWorkReport> => ({
        name,
        on: settings[setting],
        permitted: await permitted(),
        unfinished: settings.unfinished.includes(name),
      });
      return Promise.all(works.map(report));
    },
  };
}

/** Problems that say that something has not come; the provider's own notice after 24 hours says more than that. */
const LACKING: readonly Problem["kind"][] = ["late", "overdue", "acceptance-missing"];

/** Under which a copy may lie in Sent: the client's own identifier, and that of a copy the provider has rewritten. */
function messageIdsOf(entry: LedgerEntry): readonly string[] {
  const claimed = entry.receipts.map(({ msgid }) => msgid ?? "").filter((msgid) => msgid !== "");
  return [...new Set([...copyIds(entry), ...claimed])];
}
