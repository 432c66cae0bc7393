// Belongs here: whether the server that mail goes to is a PEC provider's: what it sends is PEC, and what any other sends is ordinary mail,
// whatever its From says. And which one belongs to an incoming server.
// Does NOT belong here: which accounts there are (app/), words for people.
import { domainName, matchesDomain } from "./domain-name.ts";
import { findByDomain, operatorOfHost } from "./find-operator.ts";
import type { Server } from "./operator.ts";
import { OPERATORS } from "./operators.ts";
import { ORDINARY_DOMAINS, ORDINARY_MX, ORDINARY_SERVERS } from "./ordinary-mail.ts";

export interface ServerLogin {
  readonly host: string;
  /** Empty: it asks for none. */
  readonly username: string;
}

/** `ordinary`: known to be no PEC provider's; `unknown`: nothing says whose it is. */
export type OutgoingServerKind = "pec" | "ordinary" | "unknown";

/**
 * Providers have many names, and sell their service under others' (agreements, resellers): most PEC servers are in no directory. So, in
 * this order:
 * 1. known to the directory, of whatever operator: `pec`. Of the wrong operator it refuses the mail, and nobody is deceived;
 * 2. below a domain of well-known ordinary mail: `ordinary`, also where the incoming server is too: PEC that is collected by Gmail
 *    is still not sent by it;
 * 3. below the domain that the incoming server is below: `pec`, since whoever keeps the mailbox sends its mail;
 * 4. what an ordinary account of the same person has for its own: `ordinary`; one login is not two mailboxes';
 * 5. else `unknown`: the servers of an agreement, a relay of the office, a filter on this computer.
 * A name with `pec` or `cert` in it, such as smtps.pec.example.it, is never `ordinary`: it may be a service that nobody has told us of.
 *
 * @param incomingHost the server that the mailbox is read from; `null`: not known
 * @param ordinary servers that ordinary accounts have for their own
 */
export function outgoingServerKind(
  { host, username }: ServerLogin,
  { incomingHost, ordinary }: { readonly incomingHost: string | null; readonly ordinary: readonly ServerLogin[] },
): OutgoingServerKind {
  const name = domainName(host);
  // An address in digits, or a name inside the office.
  if (name === null) return "unknown";
  const listed = listedKind(name);
  if (listed === "pec") return "pec";
  const mayBeOrdinary = !name.split(".").some((label) => label.startsWith("pec") || label.includes("cert"));
  if (listed === "ordinary" && mayBeOrdinary) return "ordinary";
  if (areOfOneDomain(host, incomingHost)) return "pec";
  const isOthers = ordinary.some((each) => domainName(each.host) === name && isSameLogin(each.username, username));
  return isOthers && mayBeOrdinary ? "ordinary" : "unknown";
}

/** By the longest rule, as addresses and MX are (find-operator.ts): pec.aruba.it is PEC although aruba.it is not. */
function listedKind(name: string): OutgoingServerKind {
  if (operatorOfHost(name) !== null) return "pec";
  const longest = (domains: readonly string[]): number =>
    Math.max(0, ...domains.filter((domain) => matchesDomain(name, domain, "suffix")).map(({ length }) => length));
  const pec = longest(
    OPERATORS.flatMap(({ domains, endedDomains, mx }) => [
      ...[...domains, ...endedDomains].map(({ domain }) => domain),
      ...mx.map(({ host }) => host),
    ]),
  );
  const ordinary = longest([...ORDINARY_DOMAINS, ...ORDINARY_MX, ...ORDINARY_SERVERS].map(({ domain }) => domain));
  if (pec === 0 && ordinary === 0) return "unknown";
  return pec >= ordinary ? "pec" : "ordinary";
}

/**
 * Whether both names end in the same two labels. Where domains are given out one label deeper (….gov.it, ….co.uk) that holds for
 * strangers too: then a wrong server goes unnoticed, and no right one is called wrong.
 */
export function areOfOneDomain(host: string, other: string | null): boolean {
  const end = (text: string | null): string | null =>
    text === null ? null : (domainName(text)?.split(".").slice(-2).join(".") ?? null);
  const own = end(host);
  return own !== null && own === end(other);
}

const isSameLogin = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * The outgoing server of the service that an incoming server belongs to; `null` when it is nobody's that is known, or has a name of
 * earlier years, beside which nothing new is proposed.
 *
 * @param addressDomain of services that share the incoming server, the one that has this domain, else the one for which nothing else is
 *   known
 */
export function outgoingServerBeside(incomingHost: string, addressDomain: string): Server | null {
  const owner = operatorOfHost(incomingHost);
  const host = domainName(incomingHost);
  if (owner === null || owner.former) return null;
  const services = owner.operator.services.filter(({ servers }) =>
    [...servers.imap, ...servers.pop3].some((each) => each.host === host),
  );
  const domain = domainName(addressDomain);
  const found = domain === null ? null : findByDomain(domain);
  const named = found?.kind === "operator" ? services.find((each) => each === found.service) : undefined;
  return (named ?? services[0])?.servers.smtp[0] ?? null;
}
