// Belongs here: the search for a path from a certificate to a trusted anchor at a given time (RFC 5280 §6, RFC 4158), within a budget.
// Does NOT belong here: the rules of the single certificates (see certificate-rules.ts), who is trusted (see validate-chain.ts).
import type { Certificate } from "../pki/certificate.ts";
import { equalNames, nameKey } from "../pki/distinguished-name.ts";
import type { TrustAnchor, TrustedAuthorities } from "../trust/trust-types.ts";
import { acceptsWeakAlgorithms, judgeKey, judgeSignatureAlgorithm, type Weakness } from "./algorithm-policy.ts";
import { anchorAsLeafProblems, anchorProblems, authorityProblems, type PathRequirements } from "./certificate-rules.ts";
import type { ChainProblem, ChainResult } from "./chain-result.ts";
import type { RevocationResult } from "./check-revocation.ts";
import { comparisonCount } from "./name-constraints.ts";
import { policyProblem } from "./policy-rules.ts";
import { checkLink, knownLink } from "./signature-cache.ts";

/** Signer, intermediates and anchor. PEC has three; nobody has more than five. */
const MAX_PATH_LENGTH = 8;
/** Public key operations per validation. Real paths need up to 20: 15 issues of AgID CA1, once, since what they yield is remembered. */
const MAX_SIGNATURE_CHECKS = 24;
/** Those of them under keys that only the mail brings along. A path of such needs five; the attack is a mail with thousands of CA certificates of one name and as many keys, of the slowest kind (P-521: 4 ms each). */
const MAX_UNKNOWN_KEY_CHECKS = 12;
/** Comparisons of one name with one name constraint per validation. The 15 issues of AgID CA1 need 15,000; the attack is hundreds of names and hundreds of constraints in each CA of a mesh (measured: 26 s). */
const MAX_NAME_COMPARISONS = 200_000;
/** Candidates looked at per search. The attack is a mesh of CAs that certify each other: its paths grow as a factorial. */
const MAX_STEPS = 2_000;
/** Complete paths whose revocation is asked. Fifteen issues of one key make fifteen; each costs several public key operations. */
const MAX_REVOCATION_PATHS = 16;

/** Of one validation, whatever the number of searches it needs. */
export class SearchBudget {
  signatureChecks = MAX_SIGNATURE_CHECKS;
  unknownKeyChecks = MAX_UNKNOWN_KEY_CHECKS;
  nameComparisons = MAX_NAME_COMPARISONS;
  revocationPaths = MAX_REVOCATION_PATHS;
}

/** How far a failing path is from passing: the sum over its problems. The lowest is reported. */
const PROBLEM_WEIGHT: Readonly<Record<ChainProblem["code"], number>> = {
  DENIED: -1_000_000, // must be told whatever else is wrong
  REVOCATION_UNKNOWN: 5,
  EMAIL_ADDRESS: 10,
  NAME_CONSTRAINTS: 10,
  EXTENDED_KEY_USAGE: 10,
  KEY_USAGE: 10,
  POLICY: 10,
  PATH_LENGTH: 10,
  BASIC_CONSTRAINTS: 12,
  // A CA of another time is a weaker explanation than a rule broken under the CA of the time.
  REVOKED: 15,
  EXPIRED: 15,
  NOT_YET_VALID: 15,
  ANCHOR_USE_ENDED: 15,
  ALGORITHM_REFUSED: 20,
  UNKNOWN_CRITICAL_EXTENSION: 20,
  DEFECTIVE_CERTIFICATE: 20,
  ALGORITHM_UNSUPPORTED: 1_000,
  SIGNATURE_INVALID: 2_000,
  NO_PATH: 10_000,
  BUDGET_EXHAUSTED: 10_000,
};

interface Failure {
  readonly path: readonly Certificate[];
  readonly anchor: TrustAnchor | null;
  readonly problems: readonly ChainProblem[];
  readonly revocation: ChainResult["revocation"];
}

/** What can be known only with more knowledge; everything else is proved to be wrong. */
const UNDECIDED: ReadonlySet<ChainProblem["code"]> = new Set([
  "NO_PATH",
  "ANCHOR_USE_ENDED",
  "ALGORITHM_UNSUPPORTED",
  "ALGORITHM_REFUSED",
  "BUDGET_EXHAUSTED",
  "REVOCATION_UNKNOWN",
]);

const COMPROMISED: ReadonlySet<string> = new Set(["keyCompromise", "cACompromise", "aACompromise"]);

type AskRevocation = (path: readonly Certificate[], anchor: TrustAnchor) => Promise<readonly RevocationResult[]>;

type Breadth = "passing paths only" | "every path";

export class PathSearch {
  readonly #authorities: TrustedAuthorities;
  readonly #requirements: PathRequirements;
  readonly #issuersByName: ReadonlyMap<string, readonly Certificate[]>;
  readonly #anchorsByName: ReadonlyMap<string, readonly TrustAnchor[]>;
  /** SHA-256 of the keys of anchors and shipped authorities. */
  readonly #knownKeys: ReadonlySet<string>;
  readonly #budget: SearchBudget;
  readonly #askRevocation: AskRevocation | null;
  #steps = 0;
  #exhausted = false;
  #best: Failure | null = null;

  constructor(
    intermediates: readonly Certificate[],
    authorities: TrustedAuthorities,
    requirements: PathRequirements,
    budget: SearchBudget,
    askRevocation: AskRevocation | null,
  ) {
    this.#authorities = authorities;
    const known = [...authorities.anchors.map(anchorKey), ...authorities.intermediates];
    this.#knownKeys = new Set(known.map(({ spkiSha256 }) => spkiSha256));
    this.#budget = budget;
    this.#askRevocation = askRevocation;
    this.#requirements = requirements;
    this.#issuersByName = groupBy(candidateIssuers(intermediates, authorities, requirements.at), ({ subject }) =>
      nameKey(subject),
    );
    this.#anchorsByName = groupBy(authorities.anchors, ({ certificate }) => nameKey(certificate.subject));
  }

  async run(leaf: Certificate, problems: readonly ChainProblem[], breadth: Breadth): Promise<ChainResult | null> {
    this.#steps = 0;
    this.#exhausted = false;
    return (await this.#anchored(leaf, problems, breadth)) ?? (await this.#extend([leaf], problems, breadth));
  }

  bestFailure(leaf: Certificate, problems: readonly ChainProblem[]): ChainResult {
    const missing: ChainProblem = this.#exhausted
      ? { code: "BUDGET_EXHAUSTED", certificate: null, detail: "" }
      : { code: "NO_PATH", certificate: null, detail: leaf.issuer.text };
    const nothing = { path: [leaf], anchor: null, problems: [missing, ...problems], revocation: null };
    const { path, anchor, problems: found, revocation } = this.#best ?? nothing;
    const outcome = found.every(({ code }) => UNDECIDED.has(code)) ? "INDETERMINATE" : "FAILED";
    return { outcome, path, anchor, problems: found, weaknesses: [], revocation };
  }

  /** The signer's own certificate is an anchor: a path of one. Its constraints on itself do not apply. */
  async #anchored(leaf: Certificate, problems: readonly ChainProblem[], breadth: Breadth): Promise<ChainResult | null> {
    const anchor = this.#authorities.anchors.find(({ certificate }) => certificate.sha256 === leaf.sha256);
    if (anchor === undefined) return null;
    const all = [...problems, ...anchorAsLeafProblems(anchor, this.#requirements)];
    return this.#judge([leaf], anchor, all, breadth);
  }

  async #extend(
    path: readonly Certificate[],
    problems: readonly ChainProblem[],
    breadth: Breadth,
  ): Promise<ChainResult | null> {
    const top = path.at(-1);
    if (top === undefined) return null;
    for (const anchor of preferKeyIdentifier(top, this.#anchorsByName.get(nameKey(top.issuer)) ?? [], anchorKey)) {
      if (!this.#mayStep()) return null;
      if (path.some(({ sha256 }) => sha256 === anchor.certificate.sha256)) continue;
      if (!this.#mayCompare(anchor.certificate, path)) return null;
      const link = await this.#link(top, anchor.certificate, path.length - 1);
      if (link === null || (link.length > 0 && breadth === "passing paths only")) continue;
      const found = await this.#judge(
        [...path, anchor.certificate],
        anchor,
        [...problems, ...link, ...anchorProblems(anchor, path, this.#requirements, this.#authorities.denied)],
        breadth,
      );
      if (found !== null) return found;
    }
    if (path.length + 1 >= MAX_PATH_LENGTH) return null;
    const issuers = this.#issuersByName.get(nameKey(top.issuer)) ?? [];
    for (const issuer of preferKeyIdentifier(top, issuers, (certificate) => certificate)) {
      if (!this.#mayStep()) return null;
      if (path.some((certificate) => isSameAuthority(certificate, issuer))) continue;
      if (!this.#mayCompare(issuer, path)) return null;
      const ruleProblems = authorityProblems(issuer, path, this.#requirements, this.#authorities.denied);
      if (ruleProblems.length > 0 && breadth === "passing paths only") continue;
      const link = await this.#link(top, issuer, path.length - 1);
      if (link === null || (link.length > 0 && breadth === "passing paths only")) continue;
      const found = await this.#extend([...path, issuer], [...problems, ...link, ...ruleProblems], breadth);
      if (found !== null) return found;
    }
    return null;
  }

  /** Problems of the signature of `certificate` under the key of `issuer`; `null`: not its issuer, or out of budget. */
  async #link(certificate: Certificate, issuer: Certificate, index: number): Promise<readonly ChainProblem[] | null> {
    let outcome = knownLink(certificate, issuer);
    if (outcome === null) {
      const isKnown = this.#knownKeys.has(issuer.spkiSha256);
      if (this.#budget.signatureChecks === 0 || (!isKnown && this.#budget.unknownKeyChecks === 0)) {
        this.#exhausted = true;
        return null;
      }
      this.#budget.signatureChecks -= 1;
      if (!isKnown) this.#budget.unknownKeyChecks -= 1;
      outcome = await checkLink(certificate, issuer);
    }
    const detail = certificate.signatureAlgorithm.name;
    switch (outcome) {
      case "VALID":
        return [];
      case "INVALID":
        // Another CA of the same name is not the issuer; only where the certificate names this very key is its signature wrong.
        return namesKeyOf(certificate, issuer) === false
          ? null
          : [{ code: "SIGNATURE_INVALID", certificate: index, detail }];
      case "UNSUPPORTED":
        return [{ code: "ALGORITHM_UNSUPPORTED", certificate: index, detail }];
    }
  }

  /** Counts one candidate; false when the budget is used up. */
  #mayStep(): boolean {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) this.#exhausted = true;
    return !this.#exhausted;
  }

  /** Takes what the name constraints of a CA cost; false when the budget is used up. */
  #mayCompare(authority: Certificate, below: readonly Certificate[]): boolean {
    const { nameConstraints } = authority.extensions;
    if (nameConstraints === null) return true;
    for (const certificate of below) this.#budget.nameComparisons -= comparisonCount(nameConstraints, certificate);
    if (this.#budget.nameComparisons < 0) this.#exhausted = true;
    return !this.#exhausted;
  }

  /** Rules of the complete path; the result when it passes, else the failure is noted. */
  async #judge(
    path: readonly Certificate[],
    anchor: TrustAnchor,
    problems: readonly ChainProblem[],
    breadth: Breadth,
  ): Promise<ChainResult | null> {
    const { at } = this.#requirements;
    const acceptsWeak = acceptsWeakAlgorithms(this.#authorities.issuingKeys, path[1], anchor, at);
    const weaknesses = new Set<Weakness>();
    const all: ChainProblem[] = [];
    for (const [index, certificate] of path.entries()) {
      const isAnchor = index === path.length - 1;
      const judgements = [
        judgeKey(certificate, acceptsWeak),
        ...(isAnchor ? [] : [judgeSignatureAlgorithm(certificate, acceptsWeak)]),
      ];
      for (const judgement of judgements) {
        if (judgement.outcome !== "accepted") {
          const code = judgement.outcome === "refused" ? "ALGORITHM_REFUSED" : "ALGORITHM_UNSUPPORTED";
          all.push({ code, certificate: index, detail: judgement.algorithm });
        } else if (judgement.weakness !== null) {
          weaknesses.add(judgement.weakness);
        }
      }
    }
    // A signature that cannot be verified because of an algorithm, its own or that of the key above, which is named already.
    const isNamed = ({ code, certificate }: ChainProblem): boolean =>
      code === "ALGORITHM_UNSUPPORTED" &&
      all.some(({ certificate: index }) => index === certificate || index === (certificate ?? 0) + 1);
    all.push(...problems.filter((problem) => !isNamed(problem)));
    const policy = policyProblem(path.slice(0, -1));
    if (policy !== null) all.push({ code: "POLICY", certificate: null, detail: policy });
    if (all.length > 0) {
      if (breadth === "every path") this.#note({ path, anchor, problems: all, revocation: null });
      return null;
    }
    // Paths that pass every rule are met in the first search; in the second their revocation is known and noted.
    const revocation = breadth === "every path" ? null : await this.#revocationOf(path, anchor);
    const unfit = (revocation ?? []).flatMap((result, index) => revocationProblem(result, index, at));
    if (breadth === "every path" && this.#askRevocation !== null) return null;
    if (unfit.length === 0) {
      return { outcome: "PASSED", path, anchor, problems: [], weaknesses: [...weaknesses], revocation };
    }
    this.#note({ path, anchor, problems: unfit, revocation });
    return null;
  }

  /** `null` when not asked. */
  async #revocationOf(path: readonly Certificate[], anchor: TrustAnchor): Promise<readonly RevocationResult[] | null> {
    if (this.#askRevocation === null) return null;
    if (this.#budget.revocationPaths === 0) return path.slice(1).map(() => ({ status: "unknown", code: "NO_DATA" }));
    this.#budget.revocationPaths -= 1;
    return this.#askRevocation(path, anchor);
  }

  #note(failure: Failure): void {
    if (this.#best === null || weightOf(failure.problems) < weightOf(this.#best.problems)) this.#best = failure;
  }
}

/** A revocation after `at` says nothing about `at`, unless the key was in other hands: then nobody knows since when. */
function revocationProblem(result: RevocationResult, certificate: number, at: number): readonly ChainProblem[] {
  switch (result.status) {
    case "good":
      return [];
    case "revoked": {
      const since = Math.min(result.time, result.invalidityDate ?? result.time);
      if (since > at && !COMPROMISED.has(result.reason)) return [];
      return [{ code: "REVOKED", certificate, detail: result.reason }];
    }
    case "unknown":
      return [{ code: "REVOCATION_UNKNOWN", certificate, detail: result.code }];
  }
}

function weightOf(problems: readonly ChainProblem[]): number {
  return problems.reduce((sum, { code }) => sum + PROBLEM_WEIGHT[code], 0);
}

/**
 * Embedded certificates that we know come first, since the provider chose them; then the others we know; embedded ones that nobody knows
 * last, so that a flood of them cannot use up the budget before the right issuer is tried. Within each group valid ones come first, then
 * newer ones. Each certificate once; the order depends only on what the certificates say, so shuffling them in a message changes nothing.
 */
function candidateIssuers(
  intermediates: readonly Certificate[],
  authorities: TrustedAuthorities,
  at: number,
): readonly Certificate[] {
  const embedded = new Map(intermediates.map((certificate) => [certificate.sha256, certificate]));
  const shipped = new Set(authorities.intermediates.map(({ sha256 }) => sha256));
  const unknown = [...embedded.values()].filter(({ sha256 }) => !shipped.has(sha256));
  const rank = (certificate: Certificate): number =>
    (embedded.has(certificate.sha256) ? 0 : 2) + (at >= certificate.notBefore && at <= certificate.notAfter ? 0 : 1);
  const ordered = (list: readonly Certificate[]): readonly Certificate[] =>
    list.toSorted((a, b) => rank(a) - rank(b) || b.notBefore - a.notBefore || (a.sha256 < b.sha256 ? -1 : 1));
  return [...ordered(authorities.intermediates), ...ordered(unknown)];
}

const anchorKey = ({ certificate }: TrustAnchor): Certificate => certificate;

/** Candidates whose key the child names come first (RFC 5280 §4.2.1.1: a help in the search, not a rule). */
function preferKeyIdentifier<Candidate>(
  child: Certificate,
  candidates: readonly Candidate[],
  certificateOf: (candidate: Candidate) => Certificate,
): readonly Candidate[] {
  const matches = (candidate: Candidate): boolean => namesKeyOf(child, certificateOf(candidate)) === true;
  return [...candidates.filter(matches), ...candidates.filter((candidate) => !matches(candidate))];
}

/** Whether the child's authority key identifier is the issuer's key identifier; `null` when either is absent. */
function namesKeyOf(child: Certificate, issuer: Certificate): boolean | null {
  const wanted = child.extensions.authorityKeyIdentifier;
  const offered = issuer.extensions.subjectKeyIdentifier;
  return wanted === null || offered === null ? null : wanted === offered;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** The same name with the same key twice on a path is a loop (RFC 4158 §2.4.2), whatever the issue. */
function isSameAuthority(a: Certificate, b: Certificate): boolean {
  return a.spkiSha256 === b.spkiSha256 && equalNames(a.subject, b.subject);
}
