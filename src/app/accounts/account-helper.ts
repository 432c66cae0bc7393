// Belongs here: from a PEC address to a working account: what to propose, both logins tried once, then the account, then its folders.
// Does NOT belong here: the facts about operators (core/providers), how a login is tried (see check-login.ts), judging accounts that
// exist (see audit-accounts.ts). Passwords pass through and are neither kept nor logged.
import {
  clientPasswordNotes,
  loginField,
  loginName,
  operatorById,
  readTypedAddress,
  serverProblems,
  specialFolders,
  suggestSettings,
  type MxRecord,
  type Operator,
  type Protocol,
  type Service,
  type Suggestion,
  type TypedAddress,
} from "../../core/index.ts";
import type {
  AccountCreation,
  AccountForm,
  AccountFormProblem,
  AccountProposal,
  AccountStep,
  LoginCheck,
} from "../../messages.ts";
import type { MailAccounts, NewAccount, NewServer, ResolveMx } from "../../ports/mail-accounts.ts";
import type { SecureConnections } from "../../ports/secure-connections.ts";
import { applyChange } from "./audit-accounts.ts";
import { checkLogin } from "./check-login.ts";
import { folderFindings } from "./folder-findings.ts";
import { SAFE_SETTINGS } from "./safe-settings.ts";

export interface AccountHelperDependencies {
  /** Of the full package; `null` in one that can only show settings. */
  readonly making: {
    readonly accounts: Pick<MailAccounts, "list" | "details" | "refreshFolders" | "create" | "change">;
    readonly connections: SecureConnections;
    readonly resolveMx: ResolveMx;
  } | null;
  readonly progress: (step: AccountStep) => void;
}

export interface AccountHelper {
  /** `askMx`: asks the name server, once, if the text is an address; the domain is all that leaves the computer. */
  suggest(
    text: string,
    askMx: boolean,
  ): Promise<{ readonly suggestion: Suggestion; readonly proposal: AccountProposal | null }>;
  /** `null`: not an address, or no such service. */
  propose(text: string, operatorId: string, serviceId: string): AccountProposal | null;
  /** What can be said against the form, and else the user name; without a password and without asking a server. */
  prepare(form: AccountForm): { readonly problem: AccountFormProblem | null; readonly username: string };
  /** Nothing is left of an attempt that does not end as `created`. */
  create(form: AccountForm): Promise<AccountCreation>;
  /** Ends the login that is being tried; an account that is being made is made. */
  cancel(): void;
}

export function createAccountHelper(dependencies: AccountHelperDependencies): AccountHelper {
  let underWay: AbortController | null = null;
  return {
    async suggest(text, askMx) {
      const address = readTypedAddress(text);
      const resolveMx = askMx ? (dependencies.making?.resolveMx ?? null) : null;
      const mx = resolveMx === null || typeof address === "string" ? null : await answered(resolveMx(address.domain));
      const suggestion = suggestSettings(text, { mx });
      const proposal =
        suggestion.kind === "settings" ? proposalOf(suggestion.address, suggestion.operator, suggestion.service) : null;
      return { suggestion, proposal };
    },
    propose(text, operatorId, serviceId) {
      const address = readTypedAddress(text);
      const operator = operatorById(operatorId);
      const service = operator?.services.find(({ id }) => id === serviceId);
      if (typeof address === "string" || operator === null || service === undefined) return null;
      return proposalOf(address, operator, service);
    },
    prepare(form) {
      const account = readForm(form, "without-password");
      return "field" in account
        ? { problem: account, username: "" }
        : { problem: null, username: account.incoming.username };
    },
    async create(form) {
      // Two at once would try the same password twice.
      if (underWay !== null) return { state: "busy" };
      const attempt = new AbortController();
      underWay = attempt;
      try {
        return await create(form, attempt.signal, dependencies);
      } finally {
        underWay = null;
      }
    },
    cancel() {
      underWay?.abort();
    },
  };
}

/** A name server that cannot be asked is one that did not answer. */
const answered = async (question: ReturnType<ResolveMx>): Promise<readonly MxRecord[] | "no-answer"> =>
  (await question.catch(() => null)) ?? "no-answer";

const proposalOf = (address: TypedAddress, operator: Operator, service: Service): AccountProposal => ({
  address,
  operator,
  service,
  loginField: loginField(service.login, address),
  passwordNotes: clientPasswordNotes(operator),
});

async function create(
  form: AccountForm,
  signal: AbortSignal,
  dependencies: AccountHelperDependencies,
): Promise<AccountCreation> {
  const { making, progress } = dependencies;
  if (making === null) return { state: "failed" };
  const { accounts, connections } = making;
  const account = readForm(form, "with-password");
  if ("field" in account) return { state: "invalid", problem: account };
  const existing = await conflictWith(account, accounts);
  if (existing !== null) return existing;

  const stages = [
    { stage: "incoming", protocol: account.type, server: account.incoming },
    { stage: "outgoing", protocol: "smtp", server: account.outgoing },
  ] as const satisfies readonly { stage: string; protocol: Protocol; server: NewServer }[];
  for (const { stage, protocol, server } of stages) {
    progress(`${stage}-login`);
    const check = await checkLogin(connections, protocol, server, signal);
    if (signal.aborted) return { state: "cancelled" };
    if (check.code !== "ok") return { state: "login-failed", stage, check, hints: hintsFor(check, form) };
  }

  progress("creating");
  const created = await accounts.create(account);
  if (!created.ok) {
    if (created.failure === "failed" || created.failure === "password-not-stored") return { state: created.failure };
    const what = created.failure === "server-exists" ? "server" : "address";
    // It came to be in the meantime; which one, the next look tells.
    return (await conflictWith(account, accounts)) ?? { state: "exists", what, account: "" };
  }
  const { key, isDefault } = created;
  if (account.type === "pop3") return { state: "created", account: key, isDefault, folders: "local" };
  progress("folders");
  const folders = await pointFolders(key, form, accounts).catch(() => "not-found" as const);
  return { state: "created", account: key, isDefault, folders };
}

/** Everything that can be said against the form before anybody connects to a server. */
function readForm(form: AccountForm, what: "with-password" | "without-password"): NewAccount | AccountFormProblem {
  const address = readTypedAddress(form.address);
  if (typeof address === "string") return { field: "address", code: address };
  const personName = form.personName.trim();
  const badName = problemOfText("person-name", personName);
  if (badName !== null) return badName;
  const login = loginName(form.login.form, address, form.login.typed);
  if (!login.ok) return { field: "login", code: login.problem };
  const badPassword = what === "with-password" ? problemOfText("password", form.password) : null;
  if (badPassword !== null) return badPassword;
  const server = (typed: AccountForm["incoming"]): NewServer => ({
    host: typed.host.trim().toLowerCase(),
    port: typed.port,
    username: login.loginName,
    password: form.password,
  });
  for (const [field, protocol] of [["incoming", form.protocol] as const, ["outgoing", "smtp"] as const]) {
    const problems = serverProblems(protocol, form[field].host, form[field].port);
    if (problems.length > 0) return { field, problems };
  }
  return {
    type: form.protocol,
    address: address.address,
    name: personName,
    incoming: server(form.incoming),
    outgoing: server(form.outgoing),
    makeDefault: form.makeDefault,
    settings: { account: SAFE_SETTINGS[form.protocol], identity: {} },
  };
}

/** Attack: a line break in what is sent to a server would be a command of its own. */
function problemOfText(field: "person-name" | "password", text: string): AccountFormProblem | null {
  if (text === "") return { field, code: "REQUIRED" };
  // Marks without width come along with a copied password, and nobody sees why it is wrong; some languages need them in names.
  const unwanted = field === "password" ? /[\p{Cc}\p{Cf}]/u : /\p{Cc}/u;
  return unwanted.test(text) ? { field, code: "NOT_PRINTABLE" } : null;
}

/** Looked at before any login is tried; Thunderbird's side looks again. */
async function conflictWith(
  { type, address, incoming }: NewAccount,
  accounts: Pick<MailAccounts, "list">,
): Promise<AccountCreation | null> {
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  const { accounts: all } = await accounts.list();
  const server = all.find(
    (each) => each.type === type && each.host === incoming.host && same(each.username, incoming.username),
  );
  if (server !== undefined) return { state: "exists", what: "server", account: server.key };
  const named = all.find(
    (each) => same(each.name, address) || each.identities.some((identity) => same(identity.address, address)),
  );
  return named === undefined ? null : { state: "exists", what: "address", account: named.key };
}

function hintsFor(
  check: LoginCheck,
  { operator: id, login, password: typed }: AccountForm,
): Extract<AccountCreation, { state: "login-failed" }>["hints"] {
  if (check.code !== "wrong-password") return [];
  const password = (id === null ? null : operatorById(id))?.clientPassword ?? null;
  return [
    ...(password === null || password.needed === "unknown" ? [] : ["client-password" as const]),
    ...(password === null || password.expiresAfterMonths === null ? [] : ["client-password-ended" as const]),
    ...(login.form === "address" ? [] : ["user-name-form" as const]),
    ...(typed === typed.trim() ? [] : ["blank-at-edge" as const]),
  ];
}

/** The webmail is to show what Thunderbird sends. */
async function pointFolders(
  key: string,
  { operator }: AccountForm,
  accounts: Pick<MailAccounts, "list" | "details" | "refreshFolders" | "change">,
): Promise<"pointed" | "not-found"> {
  if (!(await accounts.refreshFolders(key))) return "not-found";
  const [{ accounts: all }, details] = await Promise.all([accounts.list(), accounts.details(key)]);
  const account = all.find((each) => each.key === key);
  const identity = account?.identities[0];
  if (account === undefined || identity === undefined) return "not-found";
  const known = (operator === null ? null : operatorById(operator))?.folders ?? null;
  for (const { repair } of folderFindings(account, identity, details, known)) {
    if (repair !== null) await applyChange(repair, accounts);
  }
  return specialFolders(details.folders, known).sent === null ? "not-found" : "pointed";
}
