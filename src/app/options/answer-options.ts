// Belongs here: what the options page asks for: each request once carried out, then everything as it stands now.
// Does NOT belong here: the work itself (see user-anchors.ts, revocation-data.ts, local-record-book.ts).
import type { OptionsAnswer, OptionsOutcome, OptionsReport, OptionsRequest } from "../../messages.ts";
import type { FileSaver } from "../../ports/file-saver.ts";
import type { SettingsStore } from "../../ports/settings-store.ts";
import type { Backup } from "./backup.ts";
import type { FollowEntries } from "../receipts/follow-entries.ts";
import type { LocalRecordBook } from "../trust/local-record-book.ts";
import type { RevocationData } from "../trust/revocation-data.ts";
import { NOTICE_KINDS, readSettings, writeSettings } from "../settings.ts";
import type { Trouble } from "../trouble.ts";
import type { UserAnchors } from "../trust/user-anchors.ts";

export interface AnswerOptionsDependencies {
  readonly anchors: UserAnchors;
  readonly revocation: RevocationData;
  readonly book: LocalRecordBook;
  readonly settings: SettingsStore;
  readonly backup: Backup;
  readonly follow: Pick<FollowEntries, "switchWork" | "works">;
  readonly saver: Pick<FileSaver, "saveAs">;
  readonly trouble: Trouble;
  /** Called after whatever may change a verdict: what is shown of messages is asked for anew. */
  readonly verdictsChanged: () => void;
}

/** Rejects only when not even the present state can be told. */
export async function answerOptions(
  request: OptionsRequest,
  dependencies: AnswerOptionsDependencies,
): Promise<OptionsAnswer> {
  const outcome = await carryOut(request, dependencies).catch((): OptionsOutcome => failureOf(request));
  return { outcome, options: await report(dependencies) };
}

async function carryOut(request: OptionsRequest, dependencies: AnswerOptionsDependencies): Promise<OptionsOutcome> {
  const { anchors, revocation, book, settings, backup, follow, saver, verdictsChanged } = dependencies;
  switch (request.name) {
    case "read":
      return done;
    case "read-anchor-file":
      return { state: "candidates", candidates: await anchors.readFile(request.bytes) };
    case "add-anchor":
      return changed(await anchors.add(request), verdictsChanged);
    case "remove-anchor":
      await anchors.remove(request.sha256);
      return changed(null, verdictsChanged);
    case "restore-anchor":
      await anchors.restore(request.anchor);
      return changed(null, verdictsChanged);
    case "set-always-ask":
      await writeSettings(settings, { alwaysAsk: request.on });
      return changed(null, verdictsChanged);
    case "fetch-list":
      return changed(await revocation.fetchFirst([request.url]), verdictsChanged);
    case "add-revocation-file":
      return changed(await revocation.addFile(request.fileName, request.bytes), verdictsChanged);
    case "forget-revocation-data":
      await revocation.forget(request.id);
      return changed(null, verdictsChanged);
    case "set-keep-records":
      await writeSettings(settings, { keepRecords: request.on });
      return done;
    case "delete-records":
      await book.deleteAll();
      return changed(null, verdictsChanged);
    case "export-records":
      return saveText("sigillo-pec-records.json", await book.exportAll(), saver);
    case "save-backup":
      return saveText("sigillo-pec-backup.json", await backup.save(), saver);
    case "restore-backup": {
      const outcome = await backup.restore(request.text);
      if (outcome.state === "failed") return { state: "failed", code: `backup-${outcome.code}` };
      verdictsChanged();
      return outcome;
    }
    case "import-records": {
      const count = await book.importAll(request.text);
      if (count === null) return { state: "failed", code: "records-file-unreadable" };
      verdictsChanged();
      return { state: "imported", count };
    }
    case "set-notice": {
      const { silentNotices } = await readSettings(settings);
      const others = silentNotices.filter((kind) => kind !== request.kind);
      await writeSettings(settings, { silentNotices: request.on ? others : [...others, request.kind] });
      return done;
    }
    case "set-mail-work": {
      const isDone = await follow.switchWork(request.work, request.on);
      if (isDone) return done;
      const work = (await follow.works()).find(({ name }) => name === request.work);
      return { state: "failed", code: work?.permitted === true ? "work-unfinished" : "work-not-permitted" };
    }
    case "set-receipt-size-limit":
      await writeSettings(settings, { receiptSizeLimit: request.bytes });
      return done;
  }
}

function changed(
  code: Extract<OptionsOutcome, { state: "failed" }>["code"] | null,
  verdictsChanged: () => void,
): OptionsOutcome {
  if (code !== null) return { state: "failed", code };
  verdictsChanged();
  return done;
}

async function saveText(name: string, text: string, saver: Pick<FileSaver, "saveAs">): Promise<OptionsOutcome> {
  const file = {
    name,
    contentType: "application/json",
    bytes: new TextEncoder().encode(text),
  };
  try {
    return { state: (await saver.saveAs(file)) === "saved" ? "done" : "cancelled" };
  } catch {
    return { state: "failed", code: "save-failed" };
  }
}

async function report({
  anchors,
  revocation,
  book,
  settings,
  follow,
  trouble,
}: AnswerOptionsDependencies): Promise<OptionsReport> {
  const [authorities, chosen, data, summary, works] = await Promise.all([
    anchors.report(),
    readSettings(settings),
    revocation.report(),
    book.summary(),
    follow.works(),
  ]);
  const { alwaysAsk, keepRecords, silentNotices, receiptSizeLimit } = chosen;
  return {
    authorities,
    revocation: { alwaysAsk, data },
    records: { keep: keepRecords, ...summary },
    receipts: {
      notices: NOTICE_KINDS.map((kind) => ({ kind, on: !silentNotices.includes(kind) })),
      works,
      sizeLimit: receiptSizeLimit,
    },
    storage: trouble.current ?? "available",
  };
}

const done: OptionsOutcome = { state: "done" };

/** What it means when the work itself broke. */
function failureOf({ name }: OptionsRequest): OptionsOutcome {
  const ofRecords = name === "delete-records" || name === "export-records" || name === "import-records";
  return { state: "failed", code: ofRecords ? "records-unavailable" : "internal" };
}
