// Belongs here: whether the names of a certificate obey the name constraints of a CA above it (RFC 5280 §4.2.1.10).
// Does NOT belong here: which certificates a constraint reaches (see certificate-rules.ts).
//
// Every CA's constraints are applied one by one to every certificate below: obeying each is the same as obeying the intersection of
// the permitted and the union of the excluded subtrees (RFC 5280 §6.1.4 g). They count whether or not the extension is critical:
// those of AgID CA1 are not, and they are the list of who may seal.
import type { Certificate, NameConstraints } from "../pki/certificate.ts";
import type { GeneralName } from "../pki/general-name.ts";
import { type DistinguishedName, EMAIL_ADDRESS_ATTRIBUTE, relativeNameKey } from "../pki/distinguished-name.ts";

/** Comparisons of one name with one constraint per certificate. AgID needs 900; the attack is a thousand names times a thousand constraints. */
const MAX_COMPARISONS = 20_000;

const known = new WeakMap<NameConstraints, WeakMap<Certificate, string | null>>();

/** Comparisons that the answer costs: none when it is known from before. */
export function comparisonCount(constraints: NameConstraints, certificate: Certificate): number {
  if (known.get(constraints)?.has(certificate) === true) return 0;
  const count = constrainedNames(certificate).length * (constraints.permitted.length + constraints.excluded.length);
  return Math.min(count, MAX_COMPARISONS);
}

/** What is violated, in words for the report; `null` when everything is within the constraints. Remembered: a search comes back to the same pair on many paths. */
export function nameConstraintViolation(constraints: NameConstraints, certificate: Certificate): string | null {
  const answers = known.get(constraints) ?? new WeakMap<Certificate, string | null>();
  known.set(constraints, answers);
  const answer = answers.get(certificate);
  if (answer !== undefined) return answer;
  const violation = findViolation(constraints, certificate);
  answers.set(certificate, violation);
  return violation;
}

function findViolation(constraints: NameConstraints, certificate: Certificate): string | null {
  const names = constrainedNames(certificate);
  if (names.length * (constraints.permitted.length + constraints.excluded.length) > MAX_COMPARISONS) {
    return "too many names";
  }
  for (const name of names) {
    const sameForm = (constraint: GeneralName): boolean => isSameForm(name, constraint);
    const permitted = constraints.permitted.filter(sameForm);
    const excluded = constraints.excluded.filter(sameForm);
    if (permitted.length === 0 && excluded.length === 0) continue;
    if (name.form === "other") {
      // A form that is not decoded cannot be compared: refuse where the CA insists, ignore where RFC 5280 lets us.
      if (constraints.critical) return `name form ${name.tag} is constrained and not known`;
      continue;
    }
    if (!isComparable(name)) return `malformed name ${nameLabel(name)}`;
    if (excluded.some((constraint) => isWithin(name, constraint, "excluded"))) return `excluded: ${nameLabel(name)}`;
    if (permitted.length > 0 && !permitted.some((constraint) => isWithin(name, constraint, "permitted"))) {
      return `not permitted: ${nameLabel(name)}`;
    }
  }
  return null;
}

const namesOf = new WeakMap<Certificate, readonly GeneralName[]>();

/** Subject, alternative names, and e-mail addresses in the subject, which older software reads as rfc822Names. */
function constrainedNames(certificate: Certificate): readonly GeneralName[] {
  const names = namesOf.get(certificate) ?? collectNames(certificate);
  namesOf.set(certificate, names);
  return names;
}

function collectNames({ subject, extensions }: Certificate): readonly GeneralName[] {
  const subjectName: readonly GeneralName[] =
    subject.relativeNames.length === 0 ? [] : [{ form: "directoryName", value: subject }];
  const addresses = subject.relativeNames
    .flat()
    .filter(({ type }) => type === EMAIL_ADDRESS_ATTRIBUTE)
    .map(({ value }): GeneralName => ({ form: "rfc822Name", value }));
  return [...subjectName, ...(extensions.subjectAltName ?? []), ...addresses];
}

function isSameForm(name: GeneralName, constraint: GeneralName): boolean {
  if (name.form === "other" && constraint.form === "other") return name.tag === constraint.tag;
  return name.form === constraint.form;
}

/** A name that cannot be taken apart would escape a comparison by text, so it counts as a violation. */
function isComparable(name: GeneralName): boolean {
  switch (name.form) {
    case "rfc822Name":
      return isPlainAscii(name.value) && /^[^@].*@[^@]+$/.test(name.value);
    case "dNSName":
      return isPlainAscii(name.value) && name.value !== "";
    case "uniformResourceIdentifier":
      return isPlainAscii(name.value) && uriHost(name.value) !== null;
    case "iPAddress":
      return name.value.length === 4 || name.value.length === 16;
    case "directoryName":
    case "other":
      return true;
  }
}

function isPlainAscii(text: string): boolean {
  return /^[\x21-\x7e]*$/.test(text);
}

function isWithin(name: GeneralName, constraint: GeneralName, list: "permitted" | "excluded"): boolean {
  if (name.form === "rfc822Name" && constraint.form === "rfc822Name") return isWithinMail(name.value, constraint.value);
  if (name.form === "dNSName" && constraint.form === "dNSName") {
    return isWithinDomain(name.value, constraint.value, list);
  }
  if (name.form === "uniformResourceIdentifier" && constraint.form === "uniformResourceIdentifier") {
    return isWithinHost(uriHost(name.value) ?? "", constraint.value);
  }
  if (name.form === "directoryName" && constraint.form === "directoryName") {
    return isWithinDirectory(name.value, constraint.value);
  }
  if (name.form === "iPAddress" && constraint.form === "iPAddress") {
    return isWithinNetwork(name.value, constraint.value, list);
  }
  return false;
}

/** `user@host`: that mailbox; `host`: every mailbox on it; `.domain`: every mailbox on hosts below it. Case counts in the local part only. */
function isWithinMail(address: string, constraint: string): boolean {
  const at = address.lastIndexOf("@");
  const constraintAt = constraint.lastIndexOf("@");
  if (constraintAt === -1) return isWithinHost(address.slice(at + 1), constraint);
  return (
    address.slice(0, at) === constraint.slice(0, constraintAt) &&
    address.slice(at).toLowerCase() === constraint.slice(constraintAt).toLowerCase()
  );
}

/** Host of a URI or mailbox: equal, or below a constraint that begins with a period. An empty constraint means every host. */
function isWithinHost(host: string, constraint: string): boolean {
  if (constraint === "") return true;
  const lowerHost = host.toLowerCase();
  const lowerConstraint = constraint.toLowerCase();
  return lowerConstraint.startsWith(".")
    ? lowerHost.length > lowerConstraint.length && lowerHost.endsWith(lowerConstraint)
    : lowerHost === lowerConstraint;
}

/** The name itself or any name made by adding labels to the left. A wildcard is excluded when it could stand for an excluded name. */
function isWithinDomain(name: string, constraint: string, list: "permitted" | "excluded"): boolean {
  const lowerName = name.toLowerCase();
  const lowerConstraint = constraint.toLowerCase();
  if (lowerConstraint === "") return true;
  const suffix = lowerConstraint.startsWith(".") ? lowerConstraint : `.${lowerConstraint}`;
  if (lowerName === lowerConstraint || (lowerName.endsWith(suffix) && lowerName.length > suffix.length)) return true;
  return list === "excluded" && lowerName.startsWith("*.") && suffix.endsWith(lowerName.slice(1));
}

/** `null` when there is no authority part with a host name: RFC 5280 has such URIs refused, and those with an IP address. */
function uriHost(uri: string): string | null {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1];
  if (authority === undefined) return null;
  const host = authority.slice(authority.lastIndexOf("@") + 1).replace(/:\d*$/, "");
  const isAddress = /^[\d.]+$/.test(host) || host.startsWith("[");
  return host === "" || isAddress ? null : host;
}

/** The constraint's relative names are the first of the name, in order (RFC 5280 §7.1). */
function isWithinDirectory(name: DistinguishedName, constraint: DistinguishedName): boolean {
  const keys = relativeNameKeys(name);
  return relativeNameKeys(constraint).every((key, index) => key === keys[index]);
}

const keysOf = new WeakMap<DistinguishedName, readonly string[]>();

/** Remembered: each name is compared with hundreds of constraints, and each constraint with the names of every path. */
function relativeNameKeys(name: DistinguishedName): readonly string[] {
  const keys = keysOf.get(name) ?? name.relativeNames.map(relativeNameKey);
  keysOf.set(name, keys);
  return keys;
}

/** Address and mask of the same family. A constraint of any other length is malformed: it excludes everything and permits nothing. */
function isWithinNetwork(address: Uint8Array, constraint: Uint8Array, list: "permitted" | "excluded"): boolean {
  if (constraint.length !== 8 && constraint.length !== 32) return list === "excluded";
  if (constraint.length !== address.length * 2) return false;
  return address.every((octet, index) => {
    const mask = constraint[address.length + index] ?? 0;
    return (octet & mask) === ((constraint[index] ?? 0) & mask);
  });
}

function nameLabel(name: GeneralName): string {
  switch (name.form) {
    case "directoryName":
      return name.value.text;
    case "iPAddress":
      return name.value.join(".");
    case "other":
      return `form ${name.tag}`;
    default:
      return name.value;
  }
}
