// Belongs here: well-known mail that is not PEC, so that a person who types such an address is told kindly.
// Does NOT belong here: operators of PEC, even when the same company has both (operators/).
import { documented, inferred, thirdParty, type Fact } from "./fact.ts";

export interface OrdinaryDomain extends Fact {
  readonly domain: string;
}

const each = (domains: readonly string[], fact: Fact): readonly OrdinaryDomain[] =>
  domains.map((domain) => ({ domain, ...fact }));

/** Domains of addresses; the domain itself only: below it there may be PEC (pec.libero.it). */
export const ORDINARY_DOMAINS: readonly OrdinaryDomain[] = [
  ...each(
    ["gmail.com", "outlook.it", "hotmail.it", "libero.it", "virgilio.it", "alice.it", "tin.it", "tiscali.it"],
    thirdParty("pmm"),
  ),
  ...each(["fastwebnet.it", "email.it", "tim.it"], thirdParty("pmm")),
  // Their servers are ordinary mail's; none of them has ever been an Italian operator.
  ...each(["googlemail.com", "icloud.com", "zoho.com", "zoho.eu", "gmx.net"], inferred("pmm")),
  ...each(["hotmail.com", "live.com", "live.it", "msn.com", "outlook.com"], inferred("ispdb-hotmail")),
  ...each(["yahoo.com", "yahoo.it", "ymail.com"], inferred("ispdb-yahoo")),
];

/**
 * Servers that receive ordinary mail: the domain itself and everything below, unless a longer rule of an operator holds: aruba.it and
 * register.it are ordinary, pec.aruba.it is PEC.
 */
export const ORDINARY_MX: readonly OrdinaryDomain[] = each(
  [
    "google.com",
    "googlemail.com",
    "outlook.com",
    "yahoodns.net",
    "icloud.com",
    "zoho.com",
    "zoho.eu",
    "gmx.net",
    "protonmail.ch",
    "libero.it",
    "tiscali.it",
    "fastwebnet.it",
    "aruba.it",
    "register.it",
    "ovh.net",
    "pphosted.com",
    "mimecast.com",
  ],
  thirdParty("pmm"),
);

/** Servers that send ordinary mail below other domains than those above. */
export const ORDINARY_SERVERS: readonly OrdinaryDomain[] = [
  { domain: "office365.com", ...documented("ispdb-office365") },
  { domain: "me.com", ...documented("ispdb-me") },
];
