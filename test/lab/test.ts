// Belongs here: the command `npm test`: what is proved, in which order, what of it at the same time, and the last line.
// Does NOT belong here: any test.
import { join } from "node:path";
import { buildPackages, RELEASED_FLAVOURS } from "./build-packages.ts";
import { lintPackage } from "./lint-package.ts";
import { projectRoot } from "./project-root.ts";
import { EVERY_SERIES, runVitest, type Outcome } from "./run-vitest.ts";
import { RunningProcess } from "./running-process.ts";
import { parseMode, type Mode } from "./test-options.ts";
import { runCommand } from "./user-error.ts";

interface Step {
  readonly title: string;
  readonly run: () => Promise<Outcome>;
}

const PASSED: Outcome = { passed: 1, failed: 0 };
const FAILED: Outcome = { passed: 0, failed: 1 };

const LINT: Step = { title: "Lint", run: () => runTool("eslint/bin/eslint.js", ".") };

const CHECKS: readonly Step[] = [
  { title: "Format", run: () => runTool("prettier/bin/prettier.cjs", "--check", ".") },
  { title: "Types", run: () => runTool("typescript/bin/tsc", "--noEmit") },
  { title: "Types of the core", run: () => runTool("typescript/bin/tsc", "--noEmit", "-p", "src/core") },
];

const PACKAGES: readonly Step[] = [
  {
    title: "Both packages",
    run: async () => {
      for (const file of await buildPackages(join(projectRoot, "dist"))) console.log(file);
      return PASSED;
    },
  },
  ...RELEASED_FLAVOURS.map((flavour) => ({
    title: `web-ext lint, ${flavour} package`,
    run: async () => {
      const problems = await lintPackage(flavour, join(projectRoot, "dist", flavour));
      for (const problem of problems) console.error(problem);
      return problems.length === 0 ? PASSED : FAILED;
    },
  })),
];

const UNIT: Step = { title: "Unit and guard tests", run: () => runVitest("unit") };
const DATABASE: Step = { title: "Tests of the database", run: () => runVitest("database") };
const PKITS: Step = { title: "NIST PKITS", run: () => runVitest("pkits") };
const END_TO_END: Step = { title: "End-to-end tests in Thunderbird", run: () => runVitest("e2e") };
const END_TO_END_EVERYWHERE: Step = {
  title: "End-to-end tests in every Thunderbird",
  run: () => runVitest("e2e", { [EVERY_SERIES]: "yes" }),
};

/** Steps one after the other. */
type Lane = readonly Step[];

/** What a command proves: one stage after the other, the lanes of a stage at the same time. */
const STAGES: Readonly<Record<Mode, readonly (readonly Lane[])[]>> = {
  // Lint takes as long as all the others beside it, on one processor each; the tests take all that there are.
  all: [[[LINT], [...CHECKS, ...PACKAGES]], [[UNIT, DATABASE, PKITS, END_TO_END]]],
  unit: [[[UNIT, DATABASE]]],
  e2e: [[[END_TO_END_EVERYWHERE]]],
  long: [[[{ title: "Scale and faults", run: () => runVitest("long") }]]],
  samples: [[[{ title: "Real messages", run: () => runVitest("samples") }]]],
};

await runCommand(async () => {
  const total = { passed: 0, failed: 0 };
  const runLane = async (lane: Lane): Promise<void> => {
    for (const { title, run } of lane) {
      console.log(`\n== ${title}`);
      const start = performance.now();
      const outcome = await runStep(run);
      total.passed += outcome.passed;
      total.failed += outcome.failed;
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`== ${title}: ${outcome.passed} passed, ${outcome.failed} failed, ${seconds} s`);
    }
  };
  for (const lanes of STAGES[parseMode(process.argv.slice(2))]) await Promise.all(lanes.map(runLane));
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});

/** A step that breaks is a failed step; the others still run and say what they find. */
async function runStep(run: Step["run"]): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    console.error(error);
    return FAILED;
  }
}

/** A program of node_modules; what it says is told when it has ended, so that nothing is mixed with what runs beside it. */
async function runTool(script: string, ...parameters: readonly string[]): Promise<Outcome> {
  const program = join(projectRoot, "node_modules", ...script.split("/"));
  const tool = new RunningProcess(process.execPath, [program, ...parameters]);
  const status = await tool.ended;
  console.log(tool.output.trim());
  return status === 0 ? PASSED : FAILED;
}
