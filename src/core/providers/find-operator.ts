// Belongs here: whose a domain, an MX or a server is, by one fact alone. Does NOT belong here: weighing several (suggest-settings.ts).
import { domainName, matchesDomain } from "./domain-name.ts";
import type { Confidence } from "./fact.ts";
import type { DomainRule, Operator, Service } from "./operator.ts";
import { OPERATORS } from "./operators.ts";
import { ORDINARY_DOMAINS, ORDINARY_MX } from "./ordinary-mail.ts";

/** What one fact says. */
export type Finding =
  | {
      readonly kind: "operator";
      readonly operator: Operator;
      /** Bound to the domain; `null`: any of the operator's. */
      readonly service: Service | null;
      /** Its domain ended with it. */
      readonly ended: boolean;
      readonly confidence: Confidence;
    }
  | { readonly kind: "ordinary"; readonly confidence: Confidence };

/** Of several rules that hold, the longest: pec.aruba.it is PEC although aruba.it is not. */
const longest = <R extends { readonly name: string }>(rules: readonly R[]): R | null =>
  rules.reduce<R | null>((best, rule) => (best === null || rule.name.length > best.name.length ? rule : best), null);

interface Rule {
  readonly name: string;
  readonly finding: Finding;
}

const rulesOfDomain = (operator: Operator, rules: readonly DomainRule[], ended: boolean, domain: string): Rule[] =>
  rules
    .filter((rule) => matchesDomain(domain, rule.domain, rule.match))
    .map((rule) => ({
      name: rule.domain,
      finding: {
        kind: "operator",
        operator,
        service: operator.services.find(({ id }) => id === rule.service) ?? null,
        ended,
        confidence: rule.confidence,
      },
    }));

/** By the domain of an address, as `domainName` gives it. */
export function findByDomain(domain: string): Finding | null {
  const rules: Rule[] = [
    ...OPERATORS.flatMap((operator) => [
      ...rulesOfDomain(operator, operator.domains, false, domain),
      ...rulesOfDomain(operator, operator.endedDomains, true, domain),
    ]),
    ...ORDINARY_DOMAINS.filter((ordinary) => ordinary.domain === domain).map(({ domain: name, confidence }): Rule => ({
      name,
      finding: { kind: "ordinary", confidence },
    })),
  ];
  return longest(rules)?.finding ?? null;
}

/** By a host that receives its mail, as `domainName` gives it. */
export function findByMx(host: string): Finding | null {
  const rules: Rule[] = [
    ...OPERATORS.flatMap((operator) =>
      operator.mx
        .filter((rule) => matchesDomain(host, rule.host, rule.match))
        .map(({ host: name, confidence }): Rule => ({
          name,
          finding: { kind: "operator", operator, service: null, ended: false, confidence },
        })),
    ),
    ...ORDINARY_MX.filter(({ domain }) => matchesDomain(host, domain, "suffix")).map(
      ({ domain: name, confidence }): Rule => ({ name, finding: { kind: "ordinary", confidence } }),
    ),
  ];
  return longest(rules)?.finding ?? null;
}

export interface HostOwner {
  readonly operator: Operator;
  /** `null`: a name of earlier years, or one that several services share. */
  readonly service: Service | null;
  readonly former: boolean;
}

/** By the server of an account that exists; `null` when it is nobody's that is known. */
export function operatorOfHost(host: string): HostOwner | null {
  const name = domainName(host);
  if (name === null) return null;
  for (const operator of OPERATORS) {
    const services = operator.services.filter(({ servers }) =>
      Object.values(servers).some((each) => each.some((server) => server.host === name)),
    );
    if (services.length > 0) {
      return { operator, service: services.length === 1 ? (services[0] ?? null) : null, former: false };
    }
    if (operator.formerHosts.some((former) => former.host === name)) return { operator, service: null, former: true };
  }
  return null;
}

export function operatorById(id: string): Operator | null {
  return OPERATORS.find((operator) => operator.id === id) ?? null;
}
