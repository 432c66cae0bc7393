// Belongs here: from an address, and the MX of its domain when they were asked for, to the settings to propose and why.
// Does NOT belong here: asking the DNS, testing a login, words for people.
import { domainName } from "./domain-name.ts";
import { strongest, weakest, type Confidence } from "./fact.ts";
import { findByDomain, findByMx, type Finding } from "./find-operator.ts";
import { serviceConfidence, type NoServices, type Operator, type Service } from "./operator.ts";
import { readTypedAddress, type AddressProblem, type TypedAddress } from "./typed-address.ts";

/** A host that receives mail for the domain; the lowest preference first (RFC 5321 §5.1). */
export interface MxRecord {
  readonly host: string;
  readonly preference: number;
}

/**
 * - `not-asked`: no question was put;
 * - `no-answer`: none came, and whether that is for want of a network or of such a domain cannot be told;
 * - `none`: the domain receives no mail (RFC 7505) or does not exist;
 * - `nobody-known`: its servers are of nobody in the directory;
 * - `known`.
 */
export type MxAnswer = "not-asked" | "no-answer" | "none" | "nobody-known" | "known";

/** What another fact says against the one that decided. */
export interface Contradiction {
  readonly by: "domain" | "mx";
  /** `null`: that it is ordinary mail. */
  readonly operator: Operator | null;
  readonly confidence: Confidence;
}

interface Judged {
  readonly address: TypedAddress;
  readonly mx: MxAnswer;
  readonly by: "domain" | "mx" | "domain-and-mx";
  readonly contradictions: readonly Contradiction[];
  /** How sure it is whose the mailbox is; of settings: and how well these are known. */
  readonly confidence: Confidence;
}

export type Suggestion =
  | { readonly kind: "not-an-address"; readonly problem: AddressProblem }
  /** `otherServices`: of the same operator, for the person to choose. */
  | (Judged & {
      readonly kind: "settings";
      readonly operator: Operator;
      readonly service: Service;
      readonly otherServices: readonly Service[];
    })
  /** It is known whose it is, and nothing can be proposed. */
  | (Judged & { readonly kind: "no-settings"; readonly operator: Operator; readonly reason: NoServices })
  | (Judged & { readonly kind: "ordinary-mail" })
  /** The person chooses from the list, or fills the form; `perhaps`: an assumption without a source. */
  | {
      readonly kind: "choose";
      readonly address: TypedAddress;
      readonly mx: MxAnswer;
      readonly perhaps: Operator | null;
    };

/** Attack: a hostile name server answers with thousands of records. Real domains have one to five. */
const MAX_MX_RECORDS = 50;

/**
 * @param text the address as typed
 * @param mx the MX records of its domain, in any order; `null` when they were not asked for, `no-answer` when they did not come. An
 *   empty list says that the domain has none.
 *
 * A domain that is documented decides. Otherwise the MX outrank it, since the operator of a domain can change; what is not followed is
 * told as a contradiction. Never fails, never guesses a host.
 */
export function suggestSettings(
  text: string,
  { mx }: { readonly mx: readonly MxRecord[] | "no-answer" | null },
): Suggestion {
  const address = readTypedAddress(text);
  if (typeof address === "string") return { kind: "not-an-address", problem: address };
  const byDomain = findByDomain(address.domain);
  const hosts = mx === null || mx === "no-answer" ? null : hostsInOrder(mx);
  const byMx = (hosts ?? []).map(findByMx).filter((finding) => finding !== null);
  const answer = mx === "no-answer" ? mx : answerOf(hosts, byMx);

  const [first] = byMx;
  const assumed = byDomain?.kind === "operator" && byDomain.confidence === "unverified" ? byDomain.operator : null;
  const domainDecides = byDomain !== null && assumed === null && (first === undefined || decidesOverMx(byDomain));
  const winner = domainDecides ? byDomain : first;
  if (winner === undefined) return { kind: "choose", address, mx: answer, perhaps: assumed };

  const agree = byDomain !== null && first !== undefined && isSame(byDomain, first);
  const others = [
    ...(byDomain === null || assumed !== null ? [] : [{ by: "domain" as const, finding: byDomain }]),
    ...byMx.map((finding) => ({ by: "mx" as const, finding })),
  ];
  const judged: Judged = {
    address,
    mx: answer,
    by: agree && assumed === null ? "domain-and-mx" : domainDecides ? "domain" : "mx",
    contradictions: contradictionsOf(winner, others),
    confidence: agree ? strongest(byDomain.confidence, first.confidence) : winner.confidence,
  };
  // The domain knows which service of the operator it is; the MX does not.
  return conclude(winner, agree && byDomain.kind === "operator" ? byDomain.service : null, judged);
}

function conclude(winner: Finding, serviceOfDomain: Service | null, judged: Judged): Suggestion {
  if (winner.kind === "ordinary") return { kind: "ordinary-mail", ...judged };
  const { operator } = winner;
  const service = winner.service ?? serviceOfDomain ?? operator.services[0];
  if (winner.ended || service === undefined)
    return {
      kind: "no-settings",
      operator,
      reason: winner.ended ? "ceased" : (operator.noServices ?? "not-documented"),
      ...judged,
    };
  return {
    kind: "settings",
    operator,
    service,
    // Hosts of an agreement serve the domains of that agreement.
    otherServices: operator.services.filter((other) => other !== service && other.kind !== "own-hosts"),
    ...judged,
    confidence: weakest(judged.confidence, serviceConfidence(service)),
  };
}

/** A customer's domain says nothing about the operator, and one that ended may have come back to life. */
function decidesOverMx(finding: Finding): boolean {
  if (finding.confidence !== "documented") return false;
  return finding.kind === "ordinary" || (!finding.ended && !isAnyOperators(finding));
}

const isAnyOperators = (finding: Finding): boolean => operatorOf(finding)?.noServices === "operator-varies";

/** By preference; of one preference by name, so that the same records give the same answer in whatever order they come. */
function hostsInOrder(mx: readonly MxRecord[]): readonly string[] {
  return mx
    .slice(0, MAX_MX_RECORDS)
    .flatMap(({ host, preference }) => {
      const name = domainName(host);
      return name === null ? [] : [{ name, preference }];
    })
    .toSorted((a, b) => a.preference - b.preference || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}

function answerOf(hosts: readonly string[] | null, byMx: readonly Finding[]): MxAnswer {
  if (hosts === null) return "not-asked";
  if (hosts.length === 0) return "none";
  return byMx.length > 0 ? "known" : "nobody-known";
}

const operatorOf = (finding: Finding): Operator | null => (finding.kind === "operator" ? finding.operator : null);

const isSame = (a: Finding, b: Finding): boolean => operatorOf(a) === operatorOf(b);

function contradictionsOf(
  winner: Finding,
  others: readonly { readonly by: "domain" | "mx"; readonly finding: Finding }[],
): readonly Contradiction[] {
  const against = others.filter(({ finding }) => !isSame(finding, winner) && !isAnyOperators(finding));
  return against
    .filter(
      ({ by, finding }, index) =>
        against.findIndex((each) => each.by === by && isSame(each.finding, finding)) === index,
    )
    .map(({ by, finding }) => ({ by, operator: operatorOf(finding), confidence: finding.confidence }));
}
