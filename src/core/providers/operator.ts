// Belongs here: what is known of an operator and of the services it runs, as data types, and the constructors that keep its tables short.
// Does NOT belong here: the facts (operators/), choosing among them (suggest-settings.ts).
import { weakest, type Confidence, type Fact } from "./fact.ts";

/** TLS on connect and a password inside it: no operator was found with anything else. */
export interface Server extends Fact {
  readonly host: string;
  readonly port: number;
}

export type Protocol = "imap" | "pop3" | "smtp";

/** The one to propose first, then what else is known to work. Empty: none is known, and none is guessed. */
export type Servers = { readonly [P in Protocol]: readonly Server[] };

export const TLS_PORTS = { imap: 993, pop3: 995, smtp: 465 } as const satisfies Record<Protocol, number>;

export const imap = (host: string, fact: Fact): Server => ({ host, port: TLS_PORTS.imap, ...fact });
export const pop3 = (host: string, fact: Fact): Server => ({ host, port: TLS_PORTS.pop3, ...fact });
export const smtp = (host: string, fact: Fact): Server => ({ host, port: TLS_PORTS.smtp, ...fact });

/**
 * What the servers want as user name, of incoming and outgoing server alike (see login-form.ts):
 * - `address`: the full address;
 * - `address*user`: the address, an asterisk, the person's user name in the webmail; a mailbox may have several persons;
 * - `user-id`: a code given by the operator;
 * - `multi-user-account`: a name of its own for each person of a mailbox;
 * - `user-name`: of unknown form, the person knows it.
 */
export type LoginForm = "address" | "address*user" | "user-id" | "multi-user-account" | "user-name";

/** One way to reach mailboxes of an operator. */
export interface Service {
  /** Unique in its operator. */
  readonly id: string;
  /** The wording for it; `own-hosts`: an agreement whose servers have their own names. */
  readonly kind: "standard" | "own-hosts" | "bulk-sending" | "pro" | "multi-user";
  /** A proper name, the same in all languages. */
  readonly name: string;
  readonly login: LoginForm;
  readonly servers: Servers;
  /** Its own, when they are not the operator's. */
  readonly webmail: Link | null;
  readonly passwordPage: Link | null;
}

export interface Link extends Fact {
  readonly url: string;
}

/** `exact`: the domain itself; `suffix`: it and everything below. Lower case. */
export interface DomainRule extends Fact {
  readonly domain: string;
  readonly match: "exact" | "suffix";
  /** Of the operator's services, the one that has this domain; `null`: the first. */
  readonly service: string | null;
}

export interface MxRule extends Fact {
  readonly host: string;
  readonly match: "exact" | "suffix";
}

const bare = (domain: string, match: DomainRule["match"], fact: Fact): DomainRule => ({
  domain,
  match,
  service: null,
  ...fact,
});
export const exactDomain = (domain: string, fact: Fact): DomainRule => bare(domain, "exact", fact);
export const domainAndBelow = (domain: string, fact: Fact): DomainRule => bare(domain, "suffix", fact);
export const domainOfService = (service: string, rule: DomainRule): DomainRule => ({ ...rule, service });
export const exactMx = (host: string, fact: Fact): MxRule => ({ host, match: "exact", ...fact });
export const mxAndBelow = (host: string, fact: Fact): MxRule => ({ host, match: "suffix", ...fact });

/** Whether a mail program needs a password of its own. */
export interface ClientPassword extends Fact {
  readonly needed: "always" | "with-two-step-verification" | "after-conversion-to-rem" | "unknown";
  /** The operator's own words for it. */
  readonly name: string | null;
  /** Where it is made: an address, and the operator's own names of the menus that lead there. */
  readonly page: string | null;
  readonly menus: readonly string[];
  readonly help: string | null;
  readonly expiresAfterMonths: number | null;
  readonly remarks: readonly ClientPasswordRemark[];
}

/**
 * - `shown-once`: copy it at once;
 * - `temporary`: it ends, the operator does not say when;
 * - `blocked-with-main-password`: does not work while the main password is expired or being reset, and then works again;
 * - `protocols-must-be-enabled`: IMAP, POP3 and SMTP can be switched off in the webmail;
 * - `special-characters`: some in the password break mail programs.
 */
export type ClientPasswordRemark =
  "shown-once" | "temporary" | "blocked-with-main-password" | "protocols-must-be-enabled" | "special-characters";

/** Names of folders from the top, as the server spells them; the case of letters is not certain. */
export interface FolderNames extends Fact {
  readonly sent: readonly string[] | null;
  readonly drafts: readonly string[] | null;
  readonly trash: readonly string[] | null;
}

export type Limit = Fact &
  (
    | { readonly what: "message-megabytes"; readonly value: number; readonly dividedByRecipients: boolean }
    | { readonly what: "recipients" | "messages-per-minute" | "messages-per-day"; readonly value: number }
    /** Smallest and largest of the plans sold. */
    | { readonly what: "mailbox-gigabytes"; readonly from: number; readonly to: number }
    /** Extensions of files, also inside archives. */
    | { readonly what: "blocked-attachments" }
    | { readonly what: "no-bcc" }
  );

/** Why there is nothing to propose:
 * - `webmail-only`: the operator describes no access by mail programs;
 * - `not-documented`: no public text with its servers;
 * - `not-for-users`: its mailboxes are those of machines or of offices;
 * - `operator-varies`: not an operator: its mailboxes are another's, which the MX tells;
 * - `ceased`: it is no longer an operator.
 */
export type NoServices = "webmail-only" | "not-documented" | "not-for-users" | "operator-varies" | "ceased";

export interface Operator {
  readonly id: string;
  /** As people know it. */
  readonly name: string;
  readonly legalName: Fact & { readonly value: string | null };
  /** Other words by which people look for it; nothing is claimed by them. */
  readonly aliases: readonly string[];
  /** Who sells its mailboxes under another name. */
  readonly resellers: readonly (Fact & { readonly name: string })[];
  readonly status: Fact & { readonly value: "active" | "unknown" | "past" | "ceased" };
  /** The mailboxes that sign what it certifies. */
  readonly receiptMailboxes: readonly (Fact & { readonly address: string })[];
  readonly domains: readonly DomainRule[];
  /** Domains it served until it ended, when nobody serves them now. */
  readonly endedDomains: readonly DomainRule[];
  readonly mx: readonly MxRule[];
  /** The first one is for mailboxes of which nothing else is known. Empty exactly when `noServices` says why. */
  readonly services: readonly Service[];
  readonly noServices: NoServices | null;
  /** Server names of earlier years: an account with them is recognised, a new one never gets them. */
  readonly formerHosts: readonly (Fact & { readonly host: string })[];
  readonly webmail: Link | null;
  readonly clientPassword: ClientPassword | null;
  readonly folders: FolderNames | null;
  readonly limits: readonly Limit[];
}

/** A service with one set of servers: only what differs from the usual has to be written. */
export function service(known: Pick<Service, "id" | "name" | "servers"> & Partial<Service>): Service {
  return { kind: "standard", login: "address", webmail: null, passwordPage: null, ...known };
}

/** An operator of which little is known: only what differs has to be written. */
export function operator(known: Pick<Operator, "id" | "name" | "legalName" | "status"> & Partial<Operator>): Operator {
  return {
    aliases: [],
    resellers: [],
    receiptMailboxes: [],
    domains: [],
    endedDomains: [],
    mx: [],
    services: [],
    noServices: null,
    formerHosts: [],
    webmail: null,
    clientPassword: null,
    folders: null,
    limits: [],
    ...known,
  };
}

/** How well the settings of a service are known as a whole: as its weakest server that is proposed first. */
export function serviceConfidence({ servers }: Service): Confidence {
  return [...servers.imap.slice(0, 1), ...servers.smtp.slice(0, 1)]
    .map(({ confidence }) => confidence)
    .reduce<Confidence>((a, b) => weakest(a, b), "documented");
}
