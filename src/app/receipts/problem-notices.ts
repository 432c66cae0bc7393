// Belongs here: which notices new problems make, in words. Does NOT belong here: when (see follow-entries.ts), showing them (ports/notifier.ts).
//
// A notice stands on the screen of whoever sits there: subject and address, nothing else of the mail (RFC 6109 says nothing of this; the
// person's own screen may be watched).
import type { LedgerEntry, ProblemKind } from "../../core/index.ts";
import type { NoticeKind } from "../../messages.ts";
import type { KeptProblem } from "../../ports/ledger-store.ts";
import type { Notice } from "../../ports/notifier.ts";
import type { Translate } from "../../ports/translate.ts";

/** More at once would bury the screen, as after a holiday: one notice then speaks of all. */
const NOTICES_AT_ONCE = 5;

/** Systems cut what is longer, some of them in the middle of the address. */
const LONGEST_SUBJECT = 80;
const LONGEST_ADDRESS = 100;

/** The id of the notice that speaks of many. */
const OF_MANY = "many";
const OF_MANY_POSTPONED = "many postponed";

/** The kind under which a problem is switched off. */
export function noticeKind(kind: ProblemKind): NoticeKind {
  return kind === "timed-out" ? "overdue" : kind;
}

export interface NoticeWords {
  readonly translate: Translate;
  /** The entry under any of the links; `null`: it is gone. */
  readonly find: (links: readonly string[]) => Promise<LedgerEntry | null>;
}

/** One notice for each kind of problem of each message; one in all when they are many. */
export async function problemNotices(
  problems: readonly KeptProblem[],
  { translate, find }: NoticeWords,
): Promise<readonly Notice[]> {
  const groups = new Map<string, KeptProblem[]>();
  for (const problem of problems) {
    const key = JSON.stringify([problem.kind, problem.links[0] ?? ""]);
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  if (groups.size > NOTICES_AT_ONCE) return [noticeOfMany(problems, translate)];
  const notices: Notice[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    const entry = first === undefined ? null : await find(first.links);
    if (first !== undefined && entry !== null) notices.push(noticeOf(first, group, entry, translate));
  }
  return notices;
}

/**
 * In place of notices that something is late: what would tell otherwise may be a receipt that was not read because of its size. One
 * for each message; one in all when they are many.
 */
export async function postponedNotices(
  problems: readonly KeptProblem[],
  { translate, find }: NoticeWords,
): Promise<readonly Notice[]> {
  const byEntry = new Map(problems.map((problem) => [problem.links[0] ?? "", problem]));
  const title = translate("notice_postponed_title");
  if (byEntry.size > NOTICES_AT_ONCE) {
    return [{ id: OF_MANY_POSTPONED, title, text: translate("notice_postponed_many", [String(byEntry.size)]) }];
  }
  const notices: Notice[] = [];
  for (const [link, problem] of byEntry) {
    const entry = await find(problem.links);
    if (entry === null) continue;
    const text = translate("notice_postponed", [subjectOf(entry, translate)]);
    notices.push({ id: JSON.stringify(["postponed", link, problem.id]), title, text });
  }
  return notices;
}

/** The link of the entry that a notice speaks of; `null`: of many, or no notice of ours. */
export function linkOfNotice(id: string): string | null {
  if (id === OF_MANY) return null;
  try {
    const parts: unknown = JSON.parse(id);
    const link: unknown = Array.isArray(parts) ? parts[1] : null;
    return typeof link === "string" ? link : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function noticeOf(first: KeptProblem, group: readonly KeptProblem[], entry: LedgerEntry, translate: Translate): Notice {
  const key = first.kind.replaceAll("-", "_");
  const subject = subjectOf(entry, translate);
  const title = translate(`notice_${key}_title`);
  const id = JSON.stringify([first.kind, first.links[0] ?? "", first.id]);
  if (first.recipient === null) return { id, title, text: translate(`notice_${key}`, [subject]) };
  const who =
    group.length === 1
      ? shortened(visible(first.recipient), LONGEST_ADDRESS)
      : translate("notice_recipients", [String(group.length)]);
  return { id, title, text: translate(`notice_${key}`, [subject, who]) };
}

function noticeOfMany(problems: readonly KeptProblem[], translate: Translate): Notice {
  const failed = problems.filter(({ kind }) => FAILED.includes(kind)).length;
  const count = (number: number, key: string): readonly string[] =>
    number === 0 ? [] : [translate(key, [String(number)])];
  const parts = [...count(failed, "notice_many_failed"), ...count(problems.length - failed, "notice_many_open")];
  return {
    id: OF_MANY,
    title: translate("notice_many_title", [String(problems.length)]),
    text: `${parts.join(", ")}. ${translate("notice_many_open_list")}`,
  };
}

const FAILED: readonly ProblemKind[] = ["refused", "not-delivered", "timed-out"];

/** The certified subject before the copy's. */
function subjectOf({ receipts, copies }: LedgerEntry, translate: Translate): string {
  const certified = receipts.map(({ subject }) => subject).find((subject) => subject !== null);
  const subject = visible(certified ?? copies[0]?.subject ?? "");
  return subject === "" ? translate("notice_no_subject") : shortened(subject, LONGEST_SUBJECT);
}

/** What can be looked through for one line of a notice. Attack: a subject of megabytes, with a notice to be made at once. */
const LONGEST_LOOKED_AT = 1_000;

/**
 * Attack: direction overrides in a subject turn the rest of the sentence around, line breaks forge a second one, and what has no shape
 * makes one address look like another. The two joiners belong to words and emoji; without them both can still be read.
 */
function visible(text: string): string {
  return text
    .slice(0, LONGEST_LOOKED_AT)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(/[\u200c\u200d]/g, "")
    .replace(/[\p{Cf}\p{Cs}]/gu, "\ufffd")
    .trim();
}

/** Never through a pair of surrogates. */
function shortened(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
