// Belongs here: whether a domain is known to be of PEC, for parts that only need that. Does NOT belong here: its settings.
import { domainName } from "./domain-name.ts";
import type { Confidence } from "./fact.ts";
import { findByDomain } from "./find-operator.ts";

export interface KnownPecDomain {
  readonly operatorId: string;
  readonly operatorName: string;
  readonly confidence: Confidence;
}

/**
 * Who has this domain, as far as is known. Most PEC domains are customers' own and known to nobody: `null` does not mean that it is not
 * PEC. Unverified knowledge and domains that ended do not count.
 */
export function knownPecDomain(domain: string): KnownPecDomain | null {
  const name = domainName(domain);
  const found = name === null ? null : findByDomain(name);
  if (found?.kind !== "operator" || found.ended || found.confidence === "unverified") return null;
  return { operatorId: found.operator.id, operatorName: found.operator.name, confidence: found.confidence };
}
