// Belongs here: how the state of the options page changes: an answer, what a person does. No DOM.
// Does NOT belong here: drawing (see draw-options.ts), wiring to window and runtime (see options.ts).
import type { MailWorkName, RestoredAnchor, OptionsAnswer, OptionsOutcome, OptionsRequest } from "../../messages.ts";
import type { BackgroundClient } from "../background-client.ts";
import type { Adding, OptionsDeeds, OptionsNotice, OptionsState } from "./options-state.ts";

export interface OptionsPorts {
  readonly background: Pick<BackgroundClient, "options">;
  readonly listsPermitted: () => Promise<boolean>;
  /** Has to be called in the handler of the click itself. */
  readonly requestListPermission: (addresses: readonly string[] | null) => Promise<boolean>;
  /** Has to be called in the handler of the click itself. */
  readonly requestMailPermission: (work: MailWorkName) => Promise<boolean>;
  /** BCP 47 tag of the user interface. */
  readonly locale: string;
  /** Called after every change. */
  readonly render: (state: OptionsState) => void;
}

export interface OptionsSession {
  readonly state: OptionsState;
  readonly deeds: OptionsDeeds;
  /** Asks for everything anew: at the start, and when something changed elsewhere. */
  readonly refresh: () => Promise<void>;
}

export function createOptionsSession(ports: OptionsPorts): OptionsSession {
  let state: OptionsState = {
    options: null,
    broken: false,
    permitted: false,
    busy: null,
    notice: null,
    adding: null,
    asking: null,
    removed: null,
  };

  /** Answers may come in another order than they were asked for: how often everything was asked for, and up to which time all are older than what is shown. */
  let looks = 0;
  let outdated = 0;

  function change(next: Partial<OptionsState>): void {
    state = { ...state, ...next };
    ports.render(state);
  }

  /** One request; `null` when the background did not answer. */
  async function ask(request: OptionsRequest): Promise<OptionsAnswer | null> {
    return ports.background.options(request).catch(() => null);
  }

  async function refresh(): Promise<void> {
    looks += 1;
    const mine = looks;
    const [answer, permitted] = await Promise.all([ask({ name: "read" }), ports.listsPermitted().catch(() => false)]);
    if (mine <= outdated) return;
    outdated = mine;
    change(answer === null ? { broken: true, permitted } : { options: answer.options, broken: false, permitted });
  }

  /**
   * Carries out what the control `at` stands for, and says beside it what came of it.
   *
   * @param done says of success in words; `null`: it can be seen
   */
  async function run(
    at: string,
    request: OptionsRequest | Promise<OptionsRequest>,
    done: ((outcome: OptionsOutcome) => Pick<OptionsNotice, "key" | "values"> | null) | null = null,
  ): Promise<OptionsOutcome | null> {
    if (state.busy !== null) return null;
    change({ busy: at, notice: null, asking: null });
    const answer = await Promise.resolve(request).then(ask, () => null);
    if (answer !== null) outdated = looks;
    const outcome: OptionsOutcome = answer?.outcome ?? { state: "failed", code: "internal" };
    const words =
      outcome.state === "failed" ? failureWords(outcome.code) : outcome.state === "cancelled" ? null : done?.(outcome);
    change({
      busy: null,
      options: answer?.options ?? state.options,
      notice: words ? { at, failed: outcome.state === "failed", ...words } : null,
    });
    return outcome;
  }

  /** Asks Thunderbird's permission first; has to be entered in the handler of the click. */
  async function runPermitted(at: string, url: string): Promise<void> {
    const request: OptionsRequest = { name: "fetch-list", url };
    if (await ports.requestListPermission([url]).catch(() => false))
      await run(at, request, () => ({ key: "options_list_fetched", values: [] }));
    else change({ notice: { at, failed: true, ...failureWords("not-permitted") } });
  }

  async function chooseAnchorFile(fileName: string, bytes: Promise<Uint8Array>): Promise<void> {
    change({ adding: null, removed: null });
    const outcome = await run(
      "add-anchor",
      bytes.then((read) => ({ name: "read-anchor-file", bytes: read })),
    );
    if (outcome?.state !== "candidates") return;
    const { candidates } = outcome;
    const usable = candidates.flatMap(({ problem }, index) => (problem === null ? [index] : []));
    const chosen = usable.length === 1 ? (usable[0] ?? null) : null;
    change({ adding: { fileName, candidates, chosen, fingerprint: "", domains: "", until: "" } });
  }

  async function addAnchor(): Promise<void> {
    const { adding } = state;
    if (adding === null || adding.chosen === null) return;
    const certificate = adding.candidates[adding.chosen]?.certificate ?? null;
    if (certificate === null) return;
    const outcome = await run("confirm-anchor", {
      name: "add-anchor",
      base64: certificate.base64,
      fingerprint: adding.fingerprint,
      source: adding.fileName,
      domains: domainsOf(adding),
      notAfter: endOf(adding),
    });
    if (outcome?.state !== "done") return;
    change({ adding: null, notice: { at: "add-anchor", key: "options_anchor_added", values: [], failed: false } });
  }

  async function removeAnchor(sha256: string): Promise<void> {
    const removed = state.options?.authorities.added.find(({ anchor }) => anchor.sha256 === sha256)?.anchor ?? null;
    const outcome = await run(`remove ${sha256}`, { name: "remove-anchor", sha256 });
    if (outcome?.state === "done") change({ removed });
  }

  async function restoreAnchor(): Promise<void> {
    const { removed: anchor } = state;
    if (anchor === null) return;
    const outcome = await run("restore", { name: "restore-anchor", anchor });
    if (outcome?.state === "done") change({ removed: null });
  }

  /** Switching on asks for the permission; without it nothing is switched on. */
  async function setAlwaysAsk(on: boolean): Promise<void> {
    if (on) {
      const permitted = await ports.requestListPermission(null).catch(() => false);
      change({ permitted });
      if (!permitted) {
        change({ notice: { at: "always", failed: true, ...failureWords("not-permitted") } });
        return;
      }
    }
    await run("always", { name: "set-always-ask", on });
  }

  /** Switching on asks for the permission; without it nothing is switched on. */
  async function setMailWork(work: MailWorkName, on: boolean): Promise<void> {
    const at = `work ${work}`;
    if (on && !(await ports.requestMailPermission(work).catch(() => false))) {
      change({ asking: null, notice: { at, failed: true, ...failureWords("work-not-permitted") } });
      return;
    }
    await run(at, { name: "set-mail-work", work, on });
  }

  /** Authorities of the file are only proposed: each has to be confirmed as one from any other file. */
  async function restoreBackup(fileName: string, text: Promise<string>): Promise<void> {
    const number = (count: number): string => new Intl.NumberFormat(ports.locale).format(count);
    const outcome = await run(
      "restore-backup",
      text.then((read) => ({ name: "restore-backup", text: read })),
      (done) => {
        if (done.state !== "restored") return null;
        const { records, receipts, anchors } = done;
        const key = anchors.length === 0 ? "options_restored" : "options_restored_anchors";
        return { key, values: [number(receipts), number(records), number(anchors.length)] };
      },
    );
    if (outcome?.state !== "restored" || outcome.anchors.length === 0) return;
    const limits = outcome.anchors.map(limitsOf);
    const chosen = outcome.anchors.length === 1 ? 0 : null;
    const filled = { chosen, fingerprint: "", domains: "", until: "", ...(chosen === null ? {} : limits[chosen]) };
    change({ adding: { fileName, candidates: outcome.anchors.map(({ candidate }) => candidate), limits, ...filled } });
  }

  const imported = (outcome: OptionsOutcome) =>
    outcome.state === "imported"
      ? { key: "options_records_imported", values: [new Intl.NumberFormat(ports.locale).format(outcome.count)] }
      : null;

  const deeds: OptionsDeeds = {
    chooseAnchorFile: (fileName, bytes) => void chooseAnchorFile(fileName, bytes),
    fillIn: (filled) => {
      if (state.adding === null) return;
      const { chosen = null } = filled;
      const limits = chosen === null ? {} : state.adding.limits?.[chosen];
      change({ adding: { ...state.adding, ...limits, ...filled }, notice: null });
    },
    cancelAdding: () => change({ adding: null, notice: null }),
    addAnchor: () => void addAnchor(),
    removeAnchor: (sha256) => void removeAnchor(sha256),
    restoreAnchor: () => void restoreAnchor(),
    setAlwaysAsk: (on) => void setAlwaysAsk(on),
    fetchList: (url) => void runPermitted(`list ${url}`, url),
    forget: (id) => void run(`list ${id}`, { name: "forget-revocation-data", id }),
    addRevocationFile: (fileName, bytes) =>
      void run(
        "revocation-file",
        bytes.then((read) => ({ name: "add-revocation-file", fileName, bytes: read })),
        () => ({ key: "options_revocation_file_added", values: [] }),
      ),
    setKeepRecords: (on) => void run("keep", { name: "set-keep-records", on }),
    exportRecords: () => void run("export", { name: "export-records" }, () => ({ key: "action_saved", values: [] })),
    importRecords: (text) =>
      void run(
        "import",
        text.then((read) => ({ name: "import-records", text: read })),
        imported,
      ),
    deleteRecords: () =>
      void run("delete-records", { name: "delete-records" }, () => ({ key: "options_records_deleted", values: [] })),
    saveBackup: () => void run("save-backup", { name: "save-backup" }, () => ({ key: "action_saved", values: [] })),
    restoreBackup: (fileName, text) => void restoreBackup(fileName, text),
    setNotice: (kind, on) => void run(`notice ${kind}`, { name: "set-notice", kind, on }),
    setMailWork: (work, on) => void setMailWork(work, on),
    setSizeLimit: (bytes) => void run("size", { name: "set-receipt-size-limit", bytes }),
    ask: (asking) => change({ asking, notice: null }),
  };

  return {
    get state() {
      return state;
    },
    deeds,
    refresh,
  };
}

function failureWords(code: string): Pick<OptionsNotice, "key" | "values"> {
  return { key: `options_error_${code.replaceAll("-", "_")}`, values: [] };
}

function domainsOf({ domains }: Adding): readonly string[] {
  return domains
    .split(/[\s,;]+/)
    .map((domain) => domain.replace(/^@/, ""))
    .filter((domain) => domain !== "");
}

function limitsOf({ domains, notAfter }: RestoredAnchor): Pick<Adding, "domains" | "until"> {
  return { domains: domains.join(", "), until: notAfter === null ? "" : new Date(notAfter).toISOString().slice(0, 10) };
}

/** The end of the chosen day. */
function endOf({ until }: Adding): number | null {
  const time = Date.parse(`${until}T23:59:59Z`);
  return Number.isNaN(time) ? null : time;
}
