// Belongs here: `web-ext lint` over a built package, and which of its findings are false because it judges by Firefox's rules.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { hasExperiments, type Flavour } from "./flavours.ts";
import { projectRoot } from "./project-root.ts";

interface Finding {
  readonly code: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

interface FalseFinding {
  readonly code: string;
  /** The whole message, so that nothing else of the same code passes with it. */
  readonly message: string;
  readonly file: string;
  /** Only in packages with Experiments. */
  readonly onlyWithExperiments?: true;
  readonly reason: string;
}

const NOT_IN_FIREFOX = "A permission of Thunderbird's that Firefox does not have.";

/** One line for one false finding. A line that no longer matches anything is itself an error. */
const FALSE_FINDINGS: readonly FalseFinding[] = [
  {
    code: "MANIFEST_FIELD_PRIVILEGED",
    message: "/experiment_apis: privileged manifest fields are only allowed in privileged extensions.",
    file: "manifest.json",
    onlyWithExperiments: true,
    reason: "Thunderbird ESR accepts Experiments from any add-on that is installed from file.",
  },
  {
    code: "STRICT_MAX_VERSION",
    message: '"strict_max_version" not required.',
    file: "manifest.json",
    onlyWithExperiments: true,
    reason: "Experiments are promised only for the series that they were tried with.",
  },
  {
    code: "MANIFEST_PERMISSIONS",
    message: '/permissions: Invalid permissions "messagesRead" at 0.',
    file: "manifest.json",
    reason: NOT_IN_FIREFOX,
  },
  {
    code: "MANIFEST_PERMISSIONS",
    message: '/permissions: Invalid permissions "accountsRead" at 1.',
    file: "manifest.json",
    reason: NOT_IN_FIREFOX,
  },
  {
    code: "MANIFEST_PERMISSIONS",
    message: '/permissions: Invalid permissions "compose" at 2.',
    file: "manifest.json",
    reason: NOT_IN_FIREFOX,
  },
  {
    code: "MANIFEST_PERMISSIONS",
    message: '/permissions: Invalid permissions "compose.send" at 3.',
    file: "manifest.json",
    reason: NOT_IN_FIREFOX,
  },
  ...["messagesTags", "messagesTagsList", "messagesUpdate", "accountsFolders", "messagesMove"].map((name, index) => ({
    code: "MANIFEST_OPTIONAL_PERMISSIONS",
    message: `/optional_permissions: Invalid optional_permissions "${name}" at ${index}.`,
    file: "manifest.json",
    reason: NOT_IN_FIREFOX,
  })),
  {
    code: "KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION",
    message: "Manifest key not supported by the specified minimum Firefox for Android version",
    file: "manifest.json",
    reason: "Thunderbird for Android takes no add-ons.",
  },
];

/**
 * Lints the folder of one package.
 *
 * @returns what is wrong, one sentence each; empty when all is well
 */
export async function lintPackage(flavour: Flavour, folder: string): Promise<readonly string[]> {
  const findings = await runLinter(folder);
  const expected = FALSE_FINDINGS.filter((each) => each.onlyWithExperiments !== true || hasExperiments(flavour));
  const isSame = (finding: Finding, known: FalseFinding): boolean =>
    finding.code === known.code && finding.message === known.message && finding.file === known.file;
  return [
    ...findings
      .filter((finding) => !expected.some((known) => isSame(finding, known)))
      .map(({ code, message, file, line }) => `${file ?? "package"}:${line ?? 0} ${code} ${message}`),
    ...expected
      .filter((known) => !findings.some((finding) => isSame(finding, known)))
      .map(({ message }) => `test/lab/lint-package.ts excuses a finding that is not there: ${message}`),
  ];
}

/** Errors, warnings and notices alike. */
async function runLinter(folder: string): Promise<readonly Finding[]> {
  const webExt = join(projectRoot, "node_modules", "web-ext", "bin", "web-ext.js");
  const parameters = [webExt, "lint", `--source-dir=${folder}`, "--output=json", "--no-config-discovery"];
  const output = await new Promise<string>((resolve, reject) => {
    // It ends with status 1 when it found errors, which is for us to judge.
    execFile(process.execPath, parameters, { maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (stdout.trimStart().startsWith("{")) resolve(stdout);
      else reject(new Error(`web-ext lint failed: ${stderr || (error?.message ?? "no output")}`));
    });
  });
  const report = JSON.parse(output) as Readonly<Record<"errors" | "warnings" | "notices", readonly Finding[]>>;
  return [...report.errors, ...report.warnings, ...report.notices];
}
