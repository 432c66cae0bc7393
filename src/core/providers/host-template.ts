// Belongs here: how hosts are named in guides that leave the operator's name open, to fill the form by hand from one word.
// Does NOT belong here: proposing hosts by themselves: names of hosts cannot be derived (see operators/ for those that are known).
import { domainName } from "./domain-name.ts";
import { inferred } from "./fact.ts";
import { imap, pop3, smtp, type Servers } from "./operator.ts";
import { rejectionOf } from "./rejected-servers.ts";

/**
 * - `operator`: the users' guide writes `imaps.`, `pops.` and `smtps.` before the operator's domain;
 * - `aruba-agreement`: `imaps.`, `pop3s.` and `smtps.` before the domain of the agreement, read from two of them.
 */
export type HostTemplate = "operator" | "aruba-agreement";

/**
 * The servers of a domain by a guide's template, for a person who says that their guide reads so; `null` when it is no domain, or the
 * guide's own placeholder.
 */
export function serversFromTemplate(template: HostTemplate, domain: string): Servers | null {
  const name = domainName(domain);
  if (name === null) return null;
  const fact =
    template === "operator" ? inferred("user-template") : inferred("aruba-whitelabel", "user-treviso", "goinfoteam");
  const servers: Servers = {
    imap: [imap(`imaps.${name}`, fact)],
    pop3: [pop3(`${template === "operator" ? "pops" : "pop3s"}.${name}`, fact)],
    smtp: [smtp(`smtps.${name}`, fact)],
  };
  return Object.values(servers)
    .flat()
    .some((server) => rejectionOf(server) !== null)
    ? null
    : servers;
}
