// Belongs here: the form for a new account as values: what it begins with, and what is sent of it.
// Does NOT belong here: judging what was typed (see app/account-helper.ts), drawing it (see draw-form.ts).
import type { Server, Servers } from "../../core/index.ts";
import type { AccountForm, AccountProposal } from "../../messages.ts";
import type { Adding, ManualServers, TypedServer } from "./account-state.ts";

export const EMPTY_ADDING: Adding = {
  address: "",
  suggestion: null,
  proposal: null,
  byPerson: false,
  list: null,
  manual: null,
  fields: {
    personName: "",
    protocol: "imap",
    login: "",
    password: "",
    showPassword: false,
    incoming: 0,
    outgoing: 0,
    makeDefault: false,
    remind: false,
  },
  problem: null,
  step: null,
  outcome: null,
  steps: null,
};

/** Ports of TLS on connect; another one can be typed. */
const USUAL: Omit<ManualServers, "domain" | "domainRefused"> = {
  imap: { host: "", port: "993" },
  pop3: { host: "", port: "995" },
  smtp: { host: "", port: "465" },
};

/** The form as it is when the operator is known. */
export function withProposal(adding: Adding, proposal: AccountProposal): Adding {
  const { servers } = proposal.service;
  const protocol = servers[adding.fields.protocol].length > 0 ? adding.fields.protocol : "imap";
  return {
    ...adding,
    proposal,
    list: null,
    manual: null,
    outcome: null,
    steps: null,
    problem: null,
    fields: {
      ...adding.fields,
      protocol: servers[protocol].length > 0 ? protocol : "pop3",
      login: proposal.loginField?.proposal ?? "",
      incoming: 0,
      outgoing: 0,
      // Who needs such a password has one, and nobody remembers when it was made.
      remind: false,
    },
  };
}

/** @param servers to begin with; `null`: none is known */
export function withServers(manual: ManualServers | null, servers: Servers | null): ManualServers {
  const first = ([server]: readonly Server[], usual: TypedServer): TypedServer =>
    server === undefined ? usual : { host: server.host, port: String(server.port) };
  return {
    domain: manual?.domain ?? "",
    domainRefused: false,
    imap: first(servers?.imap ?? [], USUAL.imap),
    pop3: first(servers?.pop3 ?? [], USUAL.pop3),
    smtp: first(servers?.smtp ?? [], USUAL.smtp),
  };
}

/** Servers to use as they stand in the form. */
export function serversOf({ proposal, manual, fields }: Adding): Pick<AccountForm, "incoming" | "outgoing"> {
  if (manual !== null) return { incoming: typed(manual[fields.protocol]), outgoing: typed(manual.smtp) };
  const servers = proposal?.service.servers;
  const incoming = servers?.[fields.protocol][fields.incoming] ?? servers?.[fields.protocol][0];
  const outgoing = servers?.smtp[fields.outgoing] ?? servers?.smtp[0];
  return { incoming: incoming ?? NOTHING, outgoing: outgoing ?? NOTHING };
}

const NOTHING = { host: "", port: 0 };

/** What is no number is no port. */
const typed = ({ host, port }: TypedServer): { readonly host: string; readonly port: number } => ({
  host,
  port: /^\s*\d{1,5}\s*$/.test(port) ? Number(port) : 0,
});

export function formOf(adding: Adding): AccountForm {
  const { address, proposal, fields } = adding;
  const { personName, protocol, login, password, makeDefault, remind } = fields;
  const { incoming, outgoing } = serversOf(adding);
  return {
    address,
    personName,
    protocol,
    incoming: { host: incoming.host, port: incoming.port },
    outgoing: { host: outgoing.host, port: outgoing.port },
    operator: proposal?.operator.id ?? null,
    login: { form: proposal?.service.login ?? "user-name", typed: login },
    password,
    makeDefault,
    remind,
  };
}
