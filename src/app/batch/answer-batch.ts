// Belongs here: what the page for checking many messages asks for: each request carried out and answered.
// Does NOT belong here: finding and inspecting the messages (see batch-jobs.ts), what files made of rows say (core/batch).
import { batchReport, type BatchPlace, batchTable, type TrustedAuthorities } from "../../core/index.ts";
import type { BatchAnswer, BatchRequest, BatchSummary } from "../../messages.ts";
import type { BatchPlaces } from "../../ports/batch-places.ts";
import type { FileSaver } from "../../ports/file-saver.ts";
import type { Mailbox } from "../../ports/mailbox.ts";
import type { Opener } from "../../ports/opener.ts";
import type { Translate } from "../../ports/translate.ts";
import type { BatchJobs } from "./batch-jobs.ts";
import { bytesOfFile } from "../bytes-of-file.ts";
import { safeFileName } from "../safe-file-name.ts";

export interface AnswerBatchDependencies {
  readonly jobs: BatchJobs;
  readonly places: Pick<BatchPlaces, "folders" | "selectedCount">;
  readonly mailbox: Pick<Mailbox, "open">;
  readonly opener: Pick<Opener, "openMessage">;
  readonly saver: Pick<FileSaver, "saveAs">;
  readonly translate: Translate;
  readonly authorities: () => Promise<TrustedAuthorities>;
  /** Lists and answers on revocation at hand. */
  readonly revocationData: () => Promise<number>;
  /** Milliseconds UTC. */
  readonly now: () => number;
}

/** Never rejects: what goes wrong is an answer too. */
export async function answerBatch(request: BatchRequest, dependencies: AnswerBatchDependencies): Promise<BatchAnswer> {
  try {
    return await carryOut(request, dependencies);
  } catch {
    return { state: "failed", code: failureOf(request) };
  }
}

async function carryOut(request: BatchRequest, dependencies: AnswerBatchDependencies): Promise<BatchAnswer> {
  const { jobs, places } = dependencies;
  switch (request.name) {
    case "places": {
      const [folders, selected] = await Promise.all([places.folders(), places.selectedCount()]);
      return { state: "places", folders, selected };
    }
    case "begin":
      return { state: "begun", ...(await jobs.begin(request.source)) };
    case "next": {
      const step = await jobs.next(request.job);
      return step === null ? { state: "failed", code: "interrupted" } : { state: "step", step };
    }
    case "end":
      jobs.end(request.job);
      return { state: "done" };
    case "open":
      return open(request.place, request.file, dependencies);
    case "save-table":
    case "save-report":
      return save(request.name, request, dependencies);
  }
}

async function open(
  place: BatchPlace,
  file: File | null,
  { mailbox, opener }: AnswerBatchDependencies,
): Promise<BatchAnswer> {
  if (place.source === "mailbox") {
    await mailbox.open(place.id);
    return { state: "done" };
  }
  if (file === null) return { state: "failed", code: "gone" };
  const bytes = await bytesOfFile(file, place.start, place.start + place.length);
  const name = safeFileName(place.file.replace(/\.(?:eml|mbox|mbx)$/i, ""), "PEC");
  const number = place.position === null ? "" : `-${String(place.position)}`;
  await opener.openMessage({ name: `${name}${number}.eml`, contentType: "message/rfc822", bytes });
  return { state: "done" };
}

async function save(
  name: "save-table" | "save-report",
  { rows, sources, inspected, isPartial }: BatchSummary,
  { saver, translate, authorities, revocationData, now }: AnswerBatchDependencies,
): Promise<BatchAnswer> {
  const createdAt = now();
  const isTable = name === "save-table";
  const facts = {
    createdAt,
    sources,
    inspected,
    isPartial,
    authorities: await authorities(),
    revocationData: await revocationData(),
  };
  const pieces = isTable ? batchTable(rows, translate) : batchReport(rows, facts, translate);
  const day = new Date(createdAt).toISOString().slice(0, 10);
  const saved = await saver.saveAs({
    name: `${translate("batch_file_name")}-${day}.${isTable ? "csv" : "html"}`,
    contentType: isTable ? "text/csv" : "text/html",
    bytes: new TextEncoder().encode([...pieces].join("")),
  });
  return { state: saved === "saved" ? "done" : "cancelled" };
}

function failureOf({ name }: BatchRequest): Extract<BatchAnswer, { state: "failed" }>["code"] {
  if (name === "open") return "open-failed";
  return name === "save-table" || name === "save-report" ? "save-failed" : "internal";
}
