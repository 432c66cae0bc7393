// Belongs here: one right envelope sealed in turn by every certificate and algorithm of the test authority. Does NOT belong here: altered or mislabelled messages (see forgeries.ts).
import { movedBy, sealedWith } from "./pec-messages.ts";
import { at, DAY, HOUR } from "./local-time.ts";
import { toBytes } from "./mime-builder.ts";
import { SHORT_ENVELOPE, withHeader } from "./sample-drafts.ts";
import { type Draft, sealMessage, sealOpaque, signedEntity } from "./sign-message.ts";
import { PERSON_ADDRESS, type Signer, type SignerName, SIGNERS } from "./test-authority.ts";
import { DEMO_NOW, type Expected, fallsBoth, type Integrity, passes, sealFalls, type TestCase } from "./test-case.ts";

const KIND = "posta-certificata";

function testCase(
  name: string,
  description: string,
  draft: Draft,
  expected: Expected,
  { now = DEMO_NOW, integrity = "intact" }: { readonly now?: number; readonly integrity?: Integrity } = {},
): TestCase {
  return { name, description, bytes: toBytes(sealMessage(draft)), now, integrity, expected };
}

const by = (signer: SignerName): Draft => sealedWith(SHORT_ENVELOPE, { signers: [SIGNERS[signer]] });

/** The envelope sent from `address`, so that From and certificate agree. */
const sentFrom = (draft: Draft, address: string): Draft =>
  withHeader(draft, "From", `"Per conto di: nadia.orsetti@pec.foro-esempio.test" <${address}>`);

/** An extension of the certificate that the path does not allow. */
const constraintBroken: Expected = sealFalls(KIND, "CHAIN_CONSTRAINTS_FAILURE", {
  indication: "INDETERMINATE",
  subIndication: "CHAIN_CONSTRAINTS_FAILURE",
});

const content = toBytes(signedEntity(SHORT_ENVELOPE));
const shortSigner = (...names: readonly SignerName[]): readonly Signer[] => names.map((name) => SIGNERS[name]);

/** Certificates, algorithms and forms of signature. */
export function signerCases(): readonly TestCase[] {
  const legacyTime = at("2014-06-11T11:20:00+02:00") - at("2026-10-20T08:17:33+02:00");
  return [
    testCase("signer-good", "RSA 2048, SHA-256, valid then and now", by("good"), passes(KIND)),
    testCase(
      "signer-expired-since",
      "Certificate valid at signing, expired on 16 October 2026",
      sealedWith(movedBy(SHORT_ENVELOPE, -8 * DAY), { signers: shortSigner("expiredSince") }),
      passes(KIND, ["CERTIFICATE_EXPIRED_SINCE"], "OUT_OF_BOUNDS_NO_POE"),
    ),
    testCase(
      "signer-expired-at-signing",
      "Certificate expired in 2025, message of 2026",
      by("expiredAtSigning"),
      fallsBoth(KIND, "TOTAL-FAILED", "EXPIRED"),
    ),
    testCase(
      "signer-not-yet-valid",
      "Certificate valid from December 2026, message of October",
      by("notYetValid"),
      fallsBoth(KIND, "TOTAL-FAILED", "NOT_YET_VALID"),
    ),
    testCase(
      "signer-wrong-address",
      "Certificate for another address of the same service domain than From",
      by("wrongAddress"),
      sealFalls(KIND, "SIG_CONSTRAINTS_FAILURE"),
    ),
    testCase(
      "signer-address-outside-name-constraints",
      "Certificate and From name a service domain that the authority may not certify",
      sentFrom(by("addressOutsideConstraints"), "posta-certificata@pec.gestore-estraneo.test"),
      constraintBroken,
    ),
    testCase(
      "signer-organization-outside-name-constraints",
      "Subject of an organisation that the authority may not certify",
      by("organizationOutsideConstraints"),
      constraintBroken,
    ),
    testCase("signer-wrong-key-usage", "keyEncipherment only", by("wrongKeyUsage"), constraintBroken),
    testCase("signer-wrong-extended-key-usage", "clientAuth only", by("wrongExtendedKeyUsage"), constraintBroken),
    testCase("signer-is-an-authority", "CA:TRUE in the leaf", by("authorityAsLeaf"), constraintBroken),
    testCase(
      "signer-without-policy",
      "Good path, the PEC policy is missing",
      by("noPolicy"),
      sealFalls(KIND, "CHAIN_CONSTRAINTS_FAILURE"),
    ),
    testCase(
      "signer-with-other-policy",
      "Good path, a policy of ordinary mail certificates in place of that of PEC",
      by("otherPolicy"),
      sealFalls(KIND, "CHAIN_CONSTRAINTS_FAILURE"),
    ),
    testCase(
      "signer-sha1-certificate",
      "The certificate itself is signed with SHA-1 in 2024",
      by("sha1Certificate"),
      fallsBoth(KIND, "INDETERMINATE", "CRYPTO_CONSTRAINTS_FAILURE"),
    ),
    testCase(
      "signer-rsa-1024",
      "RSA 1024 in 2026",
      by("weakKey"),
      fallsBoth(KIND, "INDETERMINATE", "CRYPTO_CONSTRAINTS_FAILURE"),
    ),
    testCase("signer-elliptic-p256", "ECDSA P-256 with SHA-256", by("elliptic"), passes(KIND)),
    testCase("signature-rsa-pss", "RSA-PSS with SHA-256", sealedWith(by("good"), { pss: true }), passes(KIND)),
    testCase(
      "signature-sha1-digest",
      "SHA-1 in the CMS, as most authentic PEC",
      sealedWith(by("good"), { digest: "SHA-1" }),
      passes(KIND, ["SHA1_DIGEST"], "CRYPTO_CONSTRAINTS_FAILURE"),
    ),
    testCase("signature-sha384", "SHA-384 digest", sealedWith(by("good"), { digest: "SHA-384" }), passes(KIND)),
    testCase("signature-sha512", "SHA-512 digest", sealedWith(by("good"), { digest: "SHA-512" }), passes(KIND)),
    testCase(
      "signature-by-key-identifier",
      "Signer named by subjectKeyIdentifier",
      sealedWith(by("good"), { identifyBy: "key-identifier" }),
      passes(KIND),
    ),
    testCase(
      "signature-without-signed-attributes",
      "Signature over the content itself; no signing time",
      sealedWith(by("good"), { signedAttributes: false }),
      passes(KIND, ["NO_SIGNING_TIME"]),
    ),
    testCase(
      "signature-without-signing-time",
      "Signed attributes, but no signing time among them",
      sealedWith(by("good"), { signingTime: null }),
      passes(KIND, ["NO_SIGNING_TIME"]),
    ),
    {
      ...testCase("signature-opaque", "application/pkcs7-mime; smime-type=signed-data", by("good"), passes(KIND)),
      bytes: toBytes(sealOpaque(by("good"))),
    },
    testCase(
      "signature-with-two-good-signers",
      "Two signers of the provider, both right",
      sealedWith(by("good"), { signers: shortSigner("good", "elliptic") }),
      passes(KIND),
    ),
    testCase(
      "signature-embeds-the-same-content",
      "Detached, yet the CMS carries the same bytes",
      sealedWith(by("good"), { embeddedContent: content }),
      passes(KIND),
    ),
    testCase(
      "signature-without-intermediate",
      "The CMS holds the signer's certificate only; the authority is not at hand elsewhere",
      sealedWith(by("good"), { certificates: [SIGNERS.good.certificate] }),
      fallsBoth(KIND, "INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND"),
    ),
    testCase(
      "signature-certificates-shuffled",
      "Intermediate first, and a certificate that has nothing to do with it",
      sealedWith(by("good"), {
        certificates: [...SIGNERS.good.embedded, SIGNERS.person.certificate, SIGNERS.good.certificate],
      }),
      passes(KIND),
    ),
    testCase(
      "signature-without-certificates",
      "The signer's certificate is not in the CMS",
      sealedWith(by("good"), { certificates: [] }),
      fallsBoth(KIND, "INDETERMINATE", "NO_SIGNING_CERTIFICATE_FOUND"),
    ),
    testCase("signer-revoked", "Revoked, but nobody asked", by("revoked"), passes(KIND)),
    testCase(
      "signer-is-a-person",
      "A person's certificate of a valid authority under the same root, From the person's address",
      sentFrom(by("person"), PERSON_ADDRESS),
      sealFalls(KIND, "CHAIN_CONSTRAINTS_FAILURE"),
    ),
    testCase(
      "signer-is-a-person-posing-as-provider",
      "Personal authority, but provider's address and PEC policy in the certificate",
      by("personAsProvider"),
      sealFalls(KIND, "CHAIN_CONSTRAINTS_FAILURE"),
    ),
    testCase(
      "signer-of-newer-agency-key",
      "An unknown key named as the agency, with its policy, below the root",
      by("newerAgency"),
      fallsBoth(KIND, "INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND"),
    ),
    testCase(
      "signer-of-unknown-authority",
      "Another root, in no list",
      by("unknownAuthority"),
      fallsBoth(KIND, "INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND"),
    ),
    testCase(
      "signer-of-2014",
      "Authority of the time before 2018: RSA 1024, SHA-1 everywhere, no policy, expired long since",
      sealedWith(movedBy(SHORT_ENVELOPE, legacyTime), { signers: shortSigner("legacy"), digest: "SHA-1" }),
      passes(
        KIND,
        ["SHA1_DIGEST", "WEAK_KEY", "SHA1_CERTIFICATE", "CERTIFICATE_EXPIRED_SINCE"],
        "OUT_OF_BOUNDS_NO_POE",
      ),
    ),
    testCase(
      "signing-time-in-the-future",
      "Signed three hours after the moment taken as now",
      by("good"),
      fallsBoth(KIND, "INDETERMINATE", "SIG_CONSTRAINTS_FAILURE"),
      { now: at("2026-10-20T08:17:33+02:00") - 3 * HOUR },
    ),
  ];
}
