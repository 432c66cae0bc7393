// Belongs here: certificate policies along a complete path with the default inputs of RFC 5280 §6.1.1 (any policy, none demanded).
// Does NOT belong here: which policy a PEC seal needs (core/trust).
//
// With these inputs policies refuse a path only when a CA demands an explicit policy and none is valid to the end. So instead of the tree of
// §6.1.2, whose size an attacker can make exponential (RFC 9618), the set of policies expected next is enough.
import type { Certificate } from "../pki/certificate.ts";
import { isSelfIssued } from "./certificate-rules.ts";

const ANY_POLICY = "2.5.29.32.0";

/** Why the path is refused; `null` when policies have no objection. `path`: signer first, without the anchor. */
export function policyProblem(path: readonly Certificate[]): string | null {
  // Deepest nodes of the tree: the policies expected in the next certificate, and whether any policy is.
  let expected: ReadonlySet<string> = new Set([ANY_POLICY]);
  let explicitPolicy = path.length + 1;
  let inhibitAnyPolicy = path.length + 1;
  let policyMapping = path.length + 1;
  for (const [index, certificate] of path.toReversed().entries()) {
    const isLast = index === path.length - 1;
    const selfIssued = isSelfIssued(certificate);
    const { certificatePolicies, policyMappings, policyConstraints } = certificate.extensions;
    const anyAllowed = inhibitAnyPolicy > 0 || (!isLast && selfIssued);
    expected = validPolicies(expected, certificatePolicies, anyAllowed);
    if (explicitPolicy === 0 && expected.size === 0) return certificate.subject.text;

    if (!isLast) {
      if (policyMappings?.some(({ issuer, subject }) => issuer === ANY_POLICY || subject === ANY_POLICY)) {
        return `${certificate.subject.text}: anyPolicy mapped`;
      }
      expected = mapPolicies(expected, policyMappings ?? [], policyMapping > 0);
      if (!selfIssued) {
        explicitPolicy = Math.max(0, explicitPolicy - 1);
        policyMapping = Math.max(0, policyMapping - 1);
        inhibitAnyPolicy = Math.max(0, inhibitAnyPolicy - 1);
      }
      explicitPolicy = Math.min(explicitPolicy, policyConstraints?.requireExplicitPolicy ?? explicitPolicy);
      policyMapping = Math.min(policyMapping, policyConstraints?.inhibitPolicyMapping ?? policyMapping);
      inhibitAnyPolicy = Math.min(inhibitAnyPolicy, certificate.extensions.inhibitAnyPolicy ?? inhibitAnyPolicy);
    } else {
      // §6.1.5 a and b
      if (explicitPolicy > 0) explicitPolicy -= 1;
      if (policyConstraints?.requireExplicitPolicy === 0) explicitPolicy = 0;
      if (explicitPolicy === 0 && expected.size === 0) return certificate.subject.text;
    }
  }
  return null;
}

/** §6.1.3 d: the policies of the certificate that were expected. */
function validPolicies(
  expected: ReadonlySet<string>,
  policies: readonly string[] | null,
  anyAllowed: boolean,
): ReadonlySet<string> {
  if (policies === null) return new Set();
  const valid = new Set(
    policies.filter((policy) => policy !== ANY_POLICY && (expected.has(policy) || expected.has(ANY_POLICY))),
  );
  if (policies.includes(ANY_POLICY) && anyAllowed) for (const policy of expected) valid.add(policy);
  return valid;
}

/** §6.1.4 b: a mapped policy is expected under its new name; where mapping is inhibited it ends. */
function mapPolicies(
  valid: ReadonlySet<string>,
  mappings: NonNullable<Certificate["extensions"]["policyMappings"]>,
  allowed: boolean,
): ReadonlySet<string> {
  const mapped = new Set([...valid].filter((policy) => !mappings.some(({ issuer }) => issuer === policy)));
  if (!allowed) return mapped;
  for (const { issuer, subject } of mappings) if (valid.has(issuer) || valid.has(ANY_POLICY)) mapped.add(subject);
  return mapped;
}
