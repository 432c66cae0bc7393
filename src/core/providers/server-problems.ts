// Belongs here: what can be said against a server typed by hand before anybody connects to it. Does NOT belong here: connecting.
import { domainName } from "./domain-name.ts";
import { TLS_PORTS, type Protocol } from "./operator.ts";
import { rejectionOf, type RejectionReason } from "./rejected-servers.ts";

/**
 * - `BAD_HOST`: not a name of a host; `BAD_PORT`: not a port;
 * - `PORT_WITHOUT_TLS`: 143, 110, 25 and 587 begin without TLS; operators offer TLS on connect;
 * - `PORT_OF_OTHER_PROTOCOL`: such as 993 for POP3;
 * - `REJECTED`: known to be wrong, with the reason.
 */
export type ServerProblem =
  | { readonly code: "BAD_HOST" | "BAD_PORT" | "PORT_WITHOUT_TLS" }
  | { readonly code: "PORT_OF_OTHER_PROTOCOL"; readonly of: Protocol }
  | { readonly code: "REJECTED"; readonly reason: RejectionReason };

const PORTS_WITHOUT_TLS: readonly number[] = [25, 110, 143, 587];
const PROTOCOLS: readonly Protocol[] = ["imap", "pop3", "smtp"];
const LAST_PORT = 65_535;

export function serverProblems(protocol: Protocol, host: string, port: number): readonly ServerProblem[] {
  const name = domainName(host.trim());
  const reason = name === null ? null : rejectionOf({ host: name, port });
  const other = PROTOCOLS.find((each) => each !== protocol && TLS_PORTS[each] === port);
  const problems: (ServerProblem | null)[] = [
    name === null ? { code: "BAD_HOST" } : null,
    reason === null ? null : { code: "REJECTED", reason },
    Number.isInteger(port) && port > 0 && port <= LAST_PORT ? null : { code: "BAD_PORT" },
    PORTS_WITHOUT_TLS.includes(port) ? { code: "PORT_WITHOUT_TLS" } : null,
    other === undefined ? null : { code: "PORT_OF_OTHER_PROTOCOL", of: other },
  ];
  return problems.filter((problem) => problem !== null);
}
