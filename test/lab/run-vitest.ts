// Belongs here: one project of vite.config.ts, and how many of its tests passed and failed.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { projectRoot } from "./project-root.ts";
import { makeTemporaryFolder, RunningProcess } from "./running-process.ts";

/** Set to "yes": end-to-end tests that take long run in every Thunderbird that is there (see mainInstallations). */
export const EVERY_SERIES = "SIGILLO_EVERY_SERIES";

export interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/**
 * Runs the tests of one project. A skipped test counts as failed (nothing is skipped in silence), and so does a run that
 * ends badly without naming a test: a file that cannot be loaded, an error outside of any test, no tests at all.
 */
export async function runVitest(project: string, environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const folder = await makeTemporaryFolder("vitest");
  try {
    const file = join(folder.path, "report.json");
    const vitest = join(projectRoot, "node_modules", "vitest", "vitest.mjs");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const status = await new RunningProcess(process.execPath, [vitest, "run", `--project=${project}`, ...reporters], {
      visible: true,
      gentle: true,
      environment,
    }).ended;
    const report = await readReport(file);
    const skipped = report.numPendingTests + report.numTodoTests;
    if (skipped > 0) console.error(`${skipped} skipped tests count as failed.`);
    for (const each of passedAtSecondTry(report)) console.error(`Passed only when tried again: ${each}`);
    const failed = report.numFailedTests + skipped;
    const endedBadly = status !== 0 || report.numPassedTests === 0;
    return { passed: report.numPassedTests, failed: failed === 0 && endedBadly ? 1 : failed };
  } finally {
    await folder.remove();
  }
}

/** Names and first failures: a race is never hidden by the second try. */
function passedAtSecondTry({ testResults }: VitestReport): readonly string[] {
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status, failureMessages }) => status === "passed" && failureMessages.length > 0)
    .map(({ fullName, failureMessages }) => `${fullName}\n${failureMessages.join("\n")}`);
}

const NOTHING_RAN: VitestReport = {
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};

async function readReport(file: string): Promise<VitestReport> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as VitestReport;
  } catch (error) {
    console.error(`vitest left no report: ${String(error)}`);
    return NOTHING_RAN;
  }
}
