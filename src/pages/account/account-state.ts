// Belongs here: everything the account page knows at a moment, as one value. Does NOT belong here: how it changes (see account-session.ts).
import type { OperatorChoice, Suggestion } from "../../core/index.ts";
import type {
  AccountAudit,
  AccountCreation,
  AccountFinding,
  AccountFormProblem,
  AccountProposal,
  AccountRepair,
  AccountStep,
  ReceiptsSpace,
  WalkReport,
} from "../../messages.ts";

/** `accounts`: those that are there, and what endangers their mail; `add`: a new one. */
export type AccountView = "accounts" | "add";

/** What is said beside a control after it was used. */
export interface AccountNotice {
  /** Which control, as the drawing names it. */
  readonly at: string;
  readonly key: string;
  readonly values: readonly string[];
  readonly failed: boolean;
}

/** A server as it is typed. */
export interface TypedServer {
  readonly host: string;
  readonly port: string;
}

/** Servers that the person knows, of an operator that we do not. */
export interface ManualServers {
  readonly imap: TypedServer;
  readonly pop3: TypedServer;
  readonly smtp: TypedServer;
  /** What a guide's template is filled with. */
  readonly domain: string;
  readonly domainRefused: boolean;
}

export interface AccountFields {
  readonly personName: string;
  readonly protocol: "imap" | "pop3";
  /** Of the field that the operator wants beside the address. */
  readonly login: string;
  readonly password: string;
  readonly showPassword: boolean;
  /** Which of the servers that are known to work. */
  readonly incoming: number;
  readonly outgoing: number;
  readonly makeDefault: boolean;
  readonly remind: boolean;
}

/** A new account, from the address on. */
export interface Adding {
  readonly address: string;
  /** What is known of it; `null`: it was not asked for yet. */
  readonly suggestion: Suggestion | null;
  /** The settings to use, when there are some. */
  readonly proposal: AccountProposal | null;
  /** The person chose the operator, or is about to. */
  readonly byPerson: boolean;
  /** The list of operators; `null`: it is not open. */
  readonly list: { readonly text: string; readonly choices: readonly OperatorChoice[] } | null;
  /** `null`: servers are not typed by hand. */
  readonly manual: ManualServers | null;
  readonly fields: AccountFields;
  readonly problem: AccountFormProblem | null;
  /** How far the making is; `null`: nothing is being made. */
  readonly step: AccountStep | "starting" | null;
  readonly outcome: AccountCreation | null;
  /** What is to be copied into Thunderbird's own wizard, in the package that cannot fill it; `null`: the form is not complete. */
  readonly steps: { readonly username: string } | null;
}

export interface AccountState {
  readonly view: AccountView;
  /** The page was opened by the installation. */
  readonly welcome: boolean;
  /** What the package can do; `null`: not known yet. */
  readonly depth: "full" | "plain" | null;
  /** `null`: not known yet. */
  readonly audits: readonly AccountAudit[] | null;
  /** What receipts take, by the key of the account; of those that are nearly full, once it is known. */
  readonly spaces: Readonly<Record<string, ReceiptsSpace>>;
  readonly walk: WalkReport | null;
  /** The background does not answer. */
  readonly broken: boolean;
  /** The control whose work is under way. */
  readonly busy: string | null;
  readonly notice: AccountNotice | null;
  /** What was repaired and can be undone, also in an earlier session. */
  readonly repaired: readonly AccountRepair[];
  readonly adding: Adding;
  /** Where the keyboard goes next: a control, as the drawing names it; `turn` tells two requests for the same one apart. */
  readonly focus: { readonly at: string; readonly turn: number } | null;
}

/** What a person can do on the page. */
export interface AccountDeeds {
  readonly show: (view: AccountView) => void;
  /** Opens the part for a new account with this address: there its provider's servers stand. */
  readonly findServers: (address: string) => void;
  readonly typeAddress: (address: string) => void;
  readonly takeAddress: () => void;
  readonly openList: () => void;
  readonly search: (text: string) => void;
  readonly choose: (operator: string, service: string) => void;
  readonly enterByHand: () => void;
  readonly fillManual: (change: Partial<Omit<ManualServers, "domainRefused">>) => void;
  readonly fillFromTemplate: (template: "operator" | "aruba-agreement") => void;
  readonly fillIn: (change: Partial<AccountFields>) => void;
  readonly create: () => void;
  readonly cancel: () => void;
  readonly another: () => void;
  readonly repair: (account: string, finding: AccountFinding) => void;
  readonly repairAll: (account: string) => void;
  readonly undo: (repaired: AccountRepair) => void;
  readonly undoAll: (account: string) => void;
  readonly remind: (audit: Pick<AccountAudit, "address" | "operator">, day: string | null) => void;
  readonly copy: (at: string, text: string) => void;
  readonly openLink: (url: string) => void;
  readonly startWalk: () => void;
}
