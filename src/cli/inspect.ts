// Belongs here: `npm run inspect`, the same core outside Thunderbird. Exit status 0: all read; 2: bad usage or an unreadable file.
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import {
  batchRow,
  type BatchRow,
  failedRow,
  inspect,
  readAnchorFile,
  readRevocationFile,
  shippedAuthorities,
  withUserAnchors,
  type InspectOptions,
  type RevocationFile,
  type TrustedAuthorities,
} from "../core/index.ts";
import { inspectionJson } from "./inspection-json.ts";
import { inspectionText } from "./inspection-text.ts";
import { type FileMessage, messagesOf } from "./messages-of.ts";
import { type Language, readWords } from "./read-words.ts";
import { printable, printableJson } from "./printable.ts";
import { prepareReportFolder, writeReport } from "./report-folder.ts";

const USAGE = `Usage: npm run inspect -- [--json] [--report DIR [--language it|en]] [--anchor FILE]... [--crl FILE]... [--ocsp FILE]...
                          [--at ISO-TIME] FILE...

  FILE           a message (.eml), or many of them in one file (mbox, known by its content or its name)
  --json         one JSON object per message, each on a line of its own
  --report DIR   writes report.csv and report.html there; nothing is overwritten
  --language     of the report: it (default) or en
  --anchor FILE  an authority to trust besides the known ones (PEM or DER), may be repeated
  --crl FILE     a revocation list (PEM or DER), may be repeated; without lists revocation is not asked
  --ocsp FILE    an OCSP response (DER), may be repeated
  --at ISO-TIME  the moment taken as now, such as 2026-11-22T10:00:00Z; never replaces the certified time`;

/** Something the caller can mend: told in one line, exit status 2. */
class UsageError extends Error {}

interface Arguments {
  readonly json: boolean;
  readonly anchors: readonly string[];
  readonly crls: readonly string[];
  readonly ocspResponses: readonly string[];
  readonly now: number;
  /** Folder; `null`: no report. */
  readonly report: string | null;
  readonly language: Language;
  readonly files: readonly string[];
}

// A time without zone would mean another moment on each computer, so it is refused.
const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

function parseTime(text: string): number {
  const instant = ISO_TIME.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(instant)) throw new UsageError(`--at ${text}: not a time such as 2026-11-22T10:00:00Z`);
  return instant;
}

function readArguments(argv: readonly string[]): Arguments | "help" {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: "boolean", default: false },
        anchor: { type: "string", multiple: true, default: [] },
        crl: { type: "string", multiple: true, default: [] },
        ocsp: { type: "string", multiple: true, default: [] },
        at: { type: "string" },
        report: { type: "string" },
        language: { type: "string", default: "it" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return "help";
    if (positionals.length === 0) throw new UsageError("no file given");
    const now = values.at === undefined ? Date.now() : parseTime(values.at);
    const { json, anchor: anchors, crl: crls, ocsp: ocspResponses, report = null, language } = values;
    if (language !== "it" && language !== "en") throw new UsageError(`--language ${language}: it or en`);
    return { json, anchors, crls, ocspResponses, now, report, language, files: positionals };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // parseArgs throws TypeError with a sentence for the person.
    if (error instanceof TypeError) throw new UsageError(error.message);
    throw error;
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageError(`${file}: ${whyUnreadable(error)}`);
  }
}

/** Of a file, not of our own code: `ENOENT` and its like. */
const isSystemError = (error: unknown): boolean =>
  error instanceof Error && "code" in error && /^(?:E[A-Z0-9]+|ERR_FS_FILE_TOO_LARGE)$/.test(String(error.code));

function whyUnwritable(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "EEXIST") return "is there already; nothing is overwritten";
  if (code === "ENOSPC") return "there is no room left to write it";
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") return "no permission to write there";
  return code === "ENOTDIR" ? "this is a file, not a folder" : whyUnreadable(error);
}

/** The system's own text names calls and codes, and repeats the path. */
function whyUnreadable(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  switch ("code" in error ? error.code : null) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such file";
    case "EISDIR":
      return "this is a folder, not a file";
    case "EACCES":
    case "EPERM":
      return "no permission to read it";
    case "ERR_FS_FILE_TOO_LARGE":
      return "the file is too large to be read";
    default:
      return error.message;
  }
}

async function readAnchors(files: readonly string[], addedAt: number): Promise<TrustedAuthorities> {
  let authorities = await shippedAuthorities();
  for (const file of files) {
    const candidates = await readAnchorFile(await readBytes(file), authorities);
    const problem = candidates.find((candidate) => candidate.problem !== null && candidate.problem !== "ALREADY_KNOWN");
    if (problem !== undefined) throw new UsageError(`--anchor ${file}: ${problem.problem}`);
    const scope = { source: file, addedAt, system: "PEC", domains: [], notAfter: null } as const;
    const anchors = candidates.flatMap(({ certificate }) =>
      certificate === null ? [] : [{ ...certificate, ...scope }],
    );
    authorities = (await withUserAnchors(authorities, anchors)).authorities;
  }
  return authorities;
}

/** DER of revocation data of one kind. A file of another kind is a mistake that must not pass for "nothing revoked". */
function readRevocationData(files: readonly string[], kind: RevocationFile["kind"]): Promise<readonly Uint8Array[]> {
  return Promise.all(
    files.map(async (file) => {
      const found = await readRevocationFile(await readBytes(file));
      if (found?.kind === kind) return found.der;
      throw new UsageError(`${file}: not ${kind === "list" ? "a revocation list" : "an OCSP response"}`);
    }),
  );
}

async function main(argv: readonly string[]): Promise<number> {
  const given = readArguments(argv);
  if (given === "help") {
    console.log(USAGE);
    return 0;
  }
  const options: InspectOptions = {
    now: given.now,
    anchors: await readAnchors(given.anchors, given.now),
    crls: await readRevocationData(given.crls, "list"),
    ocspResponses: await readRevocationData(given.ocspResponses, "ocsp"),
  };
  if (given.report !== null) await requireEmpty(given.report);
  const { rows, unreadable } = await inspectFiles(given, options);
  if (given.report !== null) {
    const { files: sources, report, language } = given;
    const facts = {
      createdAt: given.now,
      sources,
      inspected: rows.length,
      isPartial: false,
      authorities: options.anchors,
      revocationData: given.crls.length + given.ocspResponses.length,
    };
    const words = await readWords(language);
    await writeReport(report, rows, facts, words).catch((error: unknown) => {
      throw new UsageError(`--report ${report}: ${whyUnwritable(error)}`);
    });
  }
  return unreadable === 0 ? 0 : 2;
}

/** Before anything is inspected: whoever waited an hour for a report must not be told then that it has no place. */
async function requireEmpty(folder: string): Promise<void> {
  const present = await prepareReportFolder(folder).catch((error: unknown) => {
    throw new UsageError(`--report ${folder}: ${whyUnwritable(error)}`);
  });
  if (present !== null) throw new UsageError(`${present}: is there already; nothing is overwritten`);
}

/** What is at hand of the others is told even when one cannot be read. Rows are kept for a report only. */
async function inspectFiles(
  { files, json, report }: Arguments,
  options: InspectOptions,
): Promise<{ readonly rows: readonly BatchRow[]; readonly unreadable: number }> {
  const rows: BatchRow[] = [];
  let unreadable = 0;
  const complain = (file: string, why: string): void => {
    console.error(`inspect: ${printable(file)}: ${why}`);
    unreadable += 1;
  };
  for (const [index, file] of files.entries()) {
    const place = ({ position, start, length }: Pick<FileMessage, "position" | "start" | "length">) =>
      ({ source: "file", file, index, start, length, position }) as const;
    let count = 0;
    try {
      for await (const message of messagesOf(file)) {
        const { position, bytes, isDoubtful } = message;
        count += 1;
        const name = position === null ? file : `${file}#${position}`;
        if (bytes === null) {
          complain(name, "the message is too large to be inspected");
          rows.push(failedRow(place(message), "too-large", { isDoubtful }));
          continue;
        }
        const inspection = await inspect(bytes, options);
        console.log(
          json
            ? printableJson(JSON.stringify(inspectionJson(file, inspection, message)))
            : inspectionText(name, inspection),
        );
        if (report !== null) rows.push(await batchRow(inspection, bytes, place(message), isDoubtful));
      }
      if (count === 0) {
        complain(file, "there is no message in it");
        rows.push(failedRow(place({ position: null, start: 0, length: 0 }), "empty"));
      }
    } catch (error) {
      if (!isSystemError(error)) throw error;
      complain(file, whyUnreadable(error));
      rows.push(failedRow(place({ position: null, start: 0, length: 0 }), "unreadable"));
    }
  }
  return { rows, unreadable };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`inspect: ${printable(error.message)}\n\n${USAGE}`);
  process.exitCode = 2;
}
