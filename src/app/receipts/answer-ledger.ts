// Belongs here: what the ledger page asks for: each request carried out and answered.
// Does NOT belong here: collecting receipts (see collect-receipts.ts), what follows from them (see follow-entries.ts).
import { ledgerRow, type ProblemKind } from "../../core/index.ts";
import type { LedgerAnswer, LedgerOverview, LedgerRequest, OpenProblem, WalkReport } from "../../messages.ts";
import type { FileSaver } from "../../ports/file-saver.ts";
import type { KeptProblem, LedgerStore } from "../../ports/ledger-store.ts";
import type { Mailbox } from "../../ports/mailbox.ts";
import type { Translate } from "../../ports/translate.ts";
import type { CollectReceipts } from "./collect-receipts.ts";
import type { SentReports } from "./sent-reports.ts";
import { sentTableHead, sentTableLines } from "./sent-table.ts";
import type { Trouble } from "../trouble.ts";

/** Rows of one answer: some hundredths of a second of work, so that other questions are answered in between. */
const ROWS_AT_ONCE = 1_000;
/** Open problems of one overview: nobody looks at more at once, and each has to be looked up. */
const PROBLEMS_AT_ONCE = 100;
/** Entries of a table that are in memory together. */
const TABLE_ENTRIES_AT_ONCE = 200;

export interface AnswerLedgerDependencies {
  readonly ledger: Pick<
    LedgerStore,
    | "entriesAfter"
    | "find"
    | "count"
    | "senders"
    | "unverified"
    | "unverifiedCount"
    | "postponed"
    | "problems"
    | "mark"
    | "forgetSender"
    | "began"
    | "rebuilt"
  >;
  readonly sentReports: Pick<SentReports, "underLink">;
  readonly mailbox: Pick<Mailbox, "find" | "markRead">;
  /** Addresses of the accounts of this Thunderbird, in lower case. */
  readonly ownAddresses: () => Promise<readonly string[]>;
  readonly walk: {
    readonly start: () => Promise<void>;
    readonly cancel: () => Promise<void>;
    readonly report: () => Promise<WalkReport>;
  };
  readonly collector: Pick<CollectReceipts, "verifyPostponed">;
  readonly saver: Pick<FileSaver, "saveAs">;
  readonly translate: Translate;
  /** Of the ledger's database. */
  readonly trouble: Trouble;
  /** Milliseconds UTC. */
  readonly now: () => number;
  /** Called after what other pages show of the ledger has changed. */
  readonly changed: () => void;
}

/** Never rejects: what goes wrong is an answer too. */
export async function answerLedger(
  request: LedgerRequest,
  dependencies: AnswerLedgerDependencies,
): Promise<LedgerAnswer> {
  try {
    return await carryOut(request, dependencies);
  } catch (error) {
    return { state: "failed", code: failureOf(error) };
  }
}

async function carryOut(request: LedgerRequest, dependencies: AnswerLedgerDependencies): Promise<LedgerAnswer> {
  const { ledger, sentReports, walk, trouble, now, changed } = dependencies;
  switch (request.name) {
    case "rows": {
      const entries = await trouble.watch(ledger.entriesAfter(request.after, ROWS_AT_ONCE));
      const time = now();
      // Fewer than asked for need not be the last ones: the store leaves out what is no sent message yet.
      const next = entries.at(-1)?.links[0] ?? null;
      return { state: "rows", rows: entries.map((entry) => ledgerRow(entry, time)), next };
    }
    case "overview":
      break;
    case "entry":
      return { state: "entry", report: await sentReports.underLink(request.link) };
    case "apart":
      return { state: "apart", unverified: await ledger.unverified(), postponed: await ledger.postponed() };
    case "verify-postponed":
      return { state: "checked", outcome: await dependencies.collector.verifyPostponed(request.key) };
    case "start-walk":
      await walk.start();
      break;
    case "cancel-walk":
      await walk.cancel();
      break;
    case "acknowledge": {
      const ids =
        request.problems === "all" ? (await openProblems(dependencies)).map(({ id }) => id) : request.problems;
      await ledger.mark(ids, "acknowledged");
      changed();
      break;
    }
    case "mark-receipts-read":
      return { state: "done", count: await markReceiptsRead(request.links, dependencies) };
    case "save-table":
      return saveTable(request.links, dependencies);
    case "forget-sender":
      await ledger.forgetSender(request.address);
      changed();
      break;
  }
  return { state: "overview", overview: await overview(dependencies) };
}

async function overview(dependencies: AnswerLedgerDependencies): Promise<LedgerOverview> {
  const { ledger, ownAddresses, walk, trouble, now } = dependencies;
  const [entries, began, senders, own, unverified, postponed, rebuilt, open] = await trouble.watch(
    Promise.all([
      ledger.count(),
      ledger.began(now()),
      ledger.senders(),
      ownAddresses(),
      ledger.unverifiedCount(),
      ledger.postponed(),
      ledger.rebuilt(),
      openProblems(dependencies),
    ]),
  );
  const walked = await walk.report();
  const walkTrouble = walked.state === "ended" ? walked.trouble : undefined;
  return {
    entries,
    began,
    senders: senders.map((address) => ({ address, isOwn: own.includes(address) })),
    unverified,
    postponed: postponed.length,
    openProblems: await Promise.all(open.slice(0, PROBLEMS_AT_ONCE).map((problem) => describe(problem, dependencies))),
    openProblemCount: open.length,
    walk: walked,
    // What reading does not tell: what was found could not be written.
    storage: trouble.current ?? walkTrouble ?? (rebuilt === null ? "available" : "rebuilt"),
  };
}

const WORST_FIRST: readonly ProblemKind[] = [
  "refused",
  "not-delivered",
  "timed-out",
  "acceptance-missing",
  "overdue",
  "late",
];

/** Worst first, then newest first. */
async function openProblems({ ledger, now }: AnswerLedgerDependencies): Promise<readonly KeptProblem[]> {
  const [problems, began] = await Promise.all([ledger.problems(), ledger.began(now())]);
  const open = problems.filter(({ since }) => since >= began);
  return open.sort(
    (left, right) =>
      WORST_FIRST.indexOf(left.kind) - WORST_FIRST.indexOf(right.kind) ||
      right.since - left.since ||
      (left.id < right.id ? -1 : 1),
  );
}

async function describe(
  { id, kind, recipient, since, links }: KeptProblem,
  { ledger, now }: AnswerLedgerDependencies,
): Promise<OpenProblem> {
  const [entry] = await ledger.find(links);
  // Gone since it was listed: the next overview leaves it out.
  const row = entry === undefined ? null : ledgerRow(entry, now());
  return { id, kind, recipient, since, link: row?.link ?? links[0] ?? "", subject: row?.subject ?? "" };
}

/** How many were not read before. */
async function markReceiptsRead(
  links: readonly string[],
  { ledger, mailbox, changed }: AnswerLedgerDependencies,
): Promise<number> {
  const entries = await ledger.find(links);
  const messageIds = new Set(entries.flatMap(({ receipts }) => receipts.map(({ messageId }) => messageId)));
  const unread: number[] = [];
  for (const messageId of messageIds) {
    if (messageId === "") continue;
    const found = await mailbox.find(messageId);
    unread.push(...found.filter(({ read }) => !read).map(({ id }) => id));
  }
  await mailbox.markRead(unread);
  if (unread.length > 0) changed();
  return unread.length;
}

async function saveTable(
  links: readonly string[],
  { ledger, translate, saver, now }: AnswerLedgerDependencies,
): Promise<LedgerAnswer> {
  const time = now();
  const pieces = [sentTableHead(translate)];
  for (let at = 0; at < links.length; at += TABLE_ENTRIES_AT_ONCE) {
    const wanted = links.slice(at, at + TABLE_ENTRIES_AT_ONCE);
    const entries = await ledger.find(wanted);
    const byLink = new Map(entries.flatMap((entry) => entry.links.map((link) => [link, entry] as const)));
    // What has gone since it was listed is left out.
    for (const entry of new Set(wanted.map((link) => byLink.get(link)))) {
      if (entry !== undefined) pieces.push(sentTableLines(entry, time, translate));
    }
  }
  const day = new Date(time).toISOString().slice(0, 10);
  const file = {
    name: `${translate("table_file_name")}-${day}.csv`,
    contentType: "text/csv",
    bytes: new TextEncoder().encode(pieces.join("")),
  };
  try {
    return { state: (await saver.saveAs(file)) === "saved" ? "done" : "cancelled" };
  } catch {
    return { state: "failed", code: "save-failed" };
  }
}

function failureOf(error: unknown): Extract<LedgerAnswer, { state: "failed" }>["code"] {
  if (!(error instanceof Error && "trouble" in error)) return "internal";
  return error.trouble === "full" || error.trouble === "newer" ? `storage-${error.trouble}` : "storage-unavailable";
}
