// Belongs here: who may import whom (design.md §2): core <- ports <- app and thunderbird <- background; pages aside.
import { dirname, join } from "node:path/posix";
import type { Import } from "./source-files.ts";

const CORE = "src/core/index.ts";
const MESSAGES = "src/messages.ts";

interface Rule {
  /** Files whose path begins so. */
  readonly from: string;
  /** What they may import beside files of their own folder: paths or beginnings of paths that end in `/`. */
  readonly may: readonly string[];
  /** What they may import types of. */
  readonly mayTypes: readonly string[];
}

const RULES: readonly Rule[] = [
  { from: "src/core/", may: [], mayTypes: [] },
  { from: "src/ports/", may: [], mayTypes: [CORE, MESSAGES] },
  { from: "src/app/", may: [CORE], mayTypes: ["src/ports/", MESSAGES] },
  { from: "src/thunderbird/", may: [CORE], mayTypes: ["src/ports/", MESSAGES] },
  { from: "src/background/", may: [CORE, "src/app/", "src/thunderbird/"], mayTypes: ["src/ports/", MESSAGES] },
  // The one file of the pages that speaks with the background.
  {
    from: "src/pages/background-client.ts",
    may: ["src/pages/", "src/thunderbird/messenger.ts"],
    mayTypes: [CORE, MESSAGES],
  },
  // Thunderbird wants to be asked for a permission by the page that was clicked.
  {
    from: "src/pages/pane-client.ts",
    may: ["src/thunderbird/messenger.ts", "src/thunderbird/report-channel.ts"],
    mayTypes: [MESSAGES],
  },
  { from: "src/pages/mail-permission.ts", may: ["src/thunderbird/messenger.ts"], mayTypes: [] },
  { from: "src/pages/list-permission.ts", may: ["src/thunderbird/messenger.ts"], mayTypes: [] },
  { from: "src/pages/open-in-browser.ts", may: ["src/thunderbird/messenger.ts"], mayTypes: [] },
  { from: "src/pages/", may: ["src/thunderbird/i18n.ts"], mayTypes: [CORE, MESSAGES] },
  { from: "src/cli/", may: [CORE, "node:"], mayTypes: [] },
  { from: MESSAGES, may: [], mayTypes: [CORE] },
];

/** Each library belongs to one place, so that it can be replaced there. */
const LIBRARIES: Readonly<Record<string, string>> = {
  pkijs: "src/core/pki/",
  asn1js: "src/core/pki/",
  "fast-xml-parser": "src/core/daticert/",
  fflate: "src/core/evidence/",
  snabbdom: "src/pages/",
  "webextension-polyfill": "src/thunderbird/",
  idb: "src/thunderbird/",
};

/** Libraries that are imported in one file of ours, not only in one folder. */
export const ONE_FILE_LIBRARIES = [
  "pkijs",
  "fast-xml-parser",
  "fflate",
  "snabbdom",
  "webextension-polyfill",
  "idb",
] as const;

/** @returns what is wrong with `file` importing this, or `null` */
export function judgeImport(file: string, { specifier, typeOnly }: Import): string | null {
  const rule = RULES.find(({ from }) => file.startsWith(from));
  if (rule === undefined) return `${file}: no rule says where this file belongs`;
  const isRelative = specifier.startsWith(".");
  const library = LIBRARIES[specifier];
  if (library !== undefined) {
    return file.startsWith(library) ? null : `${file}: ${specifier} is imported in ${library} alone`;
  }
  const target = isRelative ? join(dirname(file), specifier) : specifier;
  const own = rule.from.endsWith("/") ? [rule.from] : [];
  const allowed = [...own, ...rule.may, ...(typeOnly ? rule.mayTypes : [])];
  const isAllowed = allowed.some((each) => (/[/:]$/.test(each) ? target.startsWith(each) : target === each));
  return isAllowed ? null : `${file}: may not import ${typeOnly ? "types of " : ""}${target}`;
}
