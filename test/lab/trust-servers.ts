// Belongs here: what a Thunderbird needs to reach servers on this computer by their names and usual ports, inside TLS.
import type { Thunderbird } from "./thunderbird.ts";

/** @param authority its certificate as base64 of DER; it counts for servers alone, not for signatures */
export async function trustServers(
  thunderbird: Thunderbird,
  authority: string,
  hosts: readonly string[],
): Promise<void> {
  await thunderbird.run(
    `const [authority, hosts] = args;
     Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB).addCertFromBase64(authority, "C,,");
     const known = Services.prefs.getStringPref("network.dns.localDomains", "").split(",");
     Services.prefs.setStringPref("network.dns.localDomains", [...new Set([...known, ...hosts])].filter(Boolean).join(","));`,
    authority,
    hosts,
  );
}

/** Who is asked for at the usual ports of mail is a server of ours, so that the servers of a provider's own guide can be used as they are. */
export async function takeUsualPorts(
  thunderbird: Thunderbird,
  { imap, pop3, smtp }: { readonly imap: number; readonly pop3: number; readonly smtp: number },
): Promise<void> {
  await thunderbird.run(
    `Services.prefs.setStringPref("network.socket.forcePort", args[0]);`,
    `993=${imap};995=${pop3};465=${smtp}`,
  );
}
