// Belongs here: servers that public texts give and that must not be proposed, with the reason, so that nobody adds them in good faith.
// Does NOT belong here: former servers, which did work (`formerHosts` of operator.ts).
import type { SourceId } from "./sources.ts";

/**
 * - `wrong-port`: right host, port of another protocol;
 * - `misprint`: no such host;
 * - `placeholder`: a guide's example of how hosts are named;
 * - `contradicts-operator`: the operator documents another host;
 * - `single-unofficial-source`: in one public program or sample, and nowhere else.
 */
export type RejectionReason =
  "wrong-port" | "misprint" | "placeholder" | "contradicts-operator" | "single-unofficial-source";

export interface RejectedServer {
  readonly host: string;
  /** `null`: whatever the port. */
  readonly port: number | null;
  readonly reason: RejectionReason;
  readonly sources: readonly SourceId[];
}

const host = (name: string, reason: RejectionReason, ...sources: readonly SourceId[]): RejectedServer => ({
  host: name,
  port: null,
  reason,
  sources,
});

export const REJECTED_SERVERS: readonly RejectedServer[] = [
  { host: "pop3s.pec.aruba.it", port: 993, reason: "wrong-port", sources: ["ispdb-arubapec"] },
  host("imaps.smtps.archiworldpec.it.it", "misprint", "user-treviso"),
  host("imaps.gestore.it", "placeholder", "user-template"),
  host("pops.gestore.it", "placeholder", "user-template"),
  host("smtps.gestore.it", "placeholder", "user-template"),
  host("imapmail.legalmail.it", "contradicts-operator"),
  host("smtpmail.legalmail.it", "contradicts-operator"),
  host("mbox.legalmail.it", "contradicts-operator"),
  host("smtp.legalmail.it", "contradicts-operator"),
  host("imap.legalmail.it", "contradicts-operator"),
  host("imap.namirialpec.it", "single-unofficial-source"),
  host("smtp.namirialpec.it", "single-unofficial-source"),
  host("imap.pec.namirial.com", "single-unofficial-source"),
  host("imap.pec.register.it", "single-unofficial-source"),
  host("smtp.pec.register.it", "single-unofficial-source"),
  host("smtps.pec.register.it", "single-unofficial-source"),
  host("imap.pec.it", "single-unofficial-source"),
  host("smtp.pec.it", "single-unofficial-source"),
  host("smtp.pec.aruba.it", "contradicts-operator", "aruba-client"),
  host("imap.pec.poste.it", "single-unofficial-source"),
  host("smtp.postecert.it", "single-unofficial-source"),
  host("smtp.pec.infocert.it", "single-unofficial-source"),
  host("imap.peclib.it", "single-unofficial-source"),
  host("smtp.pecmessages.it", "single-unofficial-source"),
];

/** Why this server must not be proposed; `null` when nothing is known against it. */
export function rejectionOf(server: { readonly host: string; readonly port: number }): RejectionReason | null {
  const found = REJECTED_SERVERS.find(
    (rejected) => rejected.host === server.host && (rejected.port === null || rejected.port === server.port),
  );
  return found?.reason ?? null;
}
