// Belongs here: from a certificate and what is at hand to the outcome of its path at a given time (RFC 5280 §6): which anchors, in which order.
// Does NOT belong here: the search itself (see path-search.ts), the rules of the single certificates (see certificate-rules.ts), what a path
// is good for (core/trust, core/verdict).
import type { Certificate } from "../pki/certificate.ts";
import type { TrustAnchor, TrustedAuthorities } from "../trust/trust-types.ts";
import { leafProblems, type PathRequirements } from "./certificate-rules.ts";
import type { ChainResult } from "./chain-result.ts";
import { pathRevocation } from "./path-revocation.ts";
import { PathSearch, SearchBudget } from "./path-search.ts";

export interface ChainRequirements extends PathRequirements {
  /**
   * DER of revocation lists. When given, every certificate of the path but the anchor is asked: a revoked one refuses the path, and one that
   * the lists do not decide leaves it `INDETERMINATE`. Without, nothing is asked (see ChainResult.revocation).
   */
  readonly crls?: readonly Uint8Array[];
}

/**
 * Finds a path that passes every rule, trying one candidate issuer at a time; the first that passes wins, otherwise the failure closest to
 * passing is reported. The order of `intermediates` does not change the answer. Certificates among `intermediates` are never trusted.
 *
 * @param anchors `shippedAuthorities()` with whatever was added, or plain certificates, each trusted without limits but its own
 */
export async function validateChain(
  leaf: Certificate,
  intermediates: readonly Certificate[],
  anchors: TrustedAuthorities | readonly Certificate[],
  requirements: ChainRequirements,
): Promise<ChainResult> {
  const given = "anchors" in anchors ? anchors : plainAnchors(anchors);
  const usable = given.anchors.filter((anchor) => isWithinScope(leaf, anchor));
  const authorities = { ...given, anchors: usable };
  const shipped = { ...given, anchors: usable.filter(({ origin }) => origin === "shipped") };
  const problems = leafProblems(leaf, requirements, given.denied);
  const budget = new SearchBudget();
  const search = (trusted: TrustedAuthorities): PathSearch =>
    new PathSearch(intermediates, trusted, requirements, budget, askRevocation(intermediates, trusted, requirements));
  // Known authorities first: what holds without the person's own anchors must not be said to rest on them.
  if (problems.length === 0 && shipped.anchors.length < usable.length) {
    const passed = await search(shipped).run(leaf, problems, "passing paths only");
    if (passed !== null) return passed;
  }
  const everything = search(authorities);
  if (problems.length === 0) {
    const passed = await everything.run(leaf, problems, "passing paths only");
    if (passed !== null) return passed;
  }
  // Looked for again with broken rules allowed, to say what is wrong with the best path there is.
  await everything.run(leaf, problems, "every path");
  return everything.bestFailure(leaf, problems);
}

function plainAnchors(certificates: readonly Certificate[]): TrustedAuthorities {
  const anchors = certificates.map((certificate): TrustAnchor => ({
    certificate,
    origin: "shipped",
    usableUntil: null,
    onlyIssuingKeys: null,
    onlyDomains: null,
    source: "",
    date: "",
  }));
  return { anchors, issuingKeys: [], intermediates: [], denied: [] };
}

/** Every address counts: a second one would be sealed as well. */
function isWithinScope({ extensions }: Certificate, { onlyDomains }: TrustAnchor): boolean {
  if (onlyDomains === null) return true;
  const hosts = (extensions.subjectAltName ?? []).flatMap((name) =>
    name.form === "rfc822Name" ? [name.value.slice(name.value.lastIndexOf("@") + 1).toLowerCase()] : [],
  );
  const isCovered = (host: string): boolean =>
    onlyDomains.some((domain) => host === domain || host.endsWith(`.${domain}`));
  return hosts.length > 0 && hosts.every(isCovered);
}

/** How the search asks for the revocation of a path that is right otherwise; `null`: no lists are at hand. */
function askRevocation(
  intermediates: readonly Certificate[],
  trusted: TrustedAuthorities,
  { at, crls }: ChainRequirements,
): ConstructorParameters<typeof PathSearch>[4] {
  if (crls === undefined) return null;
  const data = { crls, ocspResponses: [], at };
  return (path, anchor) =>
    pathRevocation(path, [...intermediates, ...trusted.intermediates], data, async (signer) => {
      // RFC 5280 §6.3.3 f: below the same anchor as the certificate asked about.
      const search = new PathSearch(
        intermediates,
        { ...trusted, anchors: [anchor] },
        { at, purpose: "any" },
        new SearchBudget(),
        null,
      );
      const found = await search.run(
        signer,
        leafProblems(signer, { at, purpose: "any" }, trusted.denied),
        "passing paths only",
      );
      return found?.path ?? null;
    });
}
