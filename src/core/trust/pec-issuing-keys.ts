// Belongs here: the keys that issue certificates for PEC seals, as data (trust-policy §7). Does NOT belong here: the certificates of those keys.
//
// A root alone says nothing: under the same Actalis root anybody gets an e-mail certificate, free of charge. What makes a PEC seal is
// one of these keys. Keys, not certificates: AgID CA1 is one key with 15 issues, and the next issue needs no release of ours.
//
// Public lists call every issue but the last revoked. The same key is certified by the last, so they were replaced, not compromised, and no
// old seal turns red for it: a path may go through any issue of its time, and revoked counts only when that holds of every one (trust-policy §2).
import type { PecIssuingKey } from "./trust-types.ts";

/** Signature of PEC providers, AgID's policy for the certificates of providers. Carried by every signer seen since 2014. */
export const PROVIDER_POLICY = "1.3.76.16.3.1.1";
/** The same branch in AgID's own CA certificates. */
export const AUTHORITY_POLICY = "1.3.76.16.3.1";

export const DIGITPA_CA1_KEY = "c0b443b729bcf3e980d36ef980b035be7534a7c464671c7f51e30ad6f7519d25";

export const PEC_ISSUING_KEYS: readonly PecIssuingKey[] = [
  {
    spkiSha256: "39e3c6c6f13c9620775172694d20f81edad55a8613934cdaa7c3793a6d26b86b",
    name: "AgID CA1",
    from: Date.UTC(2017, 9, 12),
    until: null,
    requiredPolicy: PROVIDER_POLICY,
    emailProtectionRequired: true,
    criticalKeyUsageRequired: true,
    weakAlgorithmsAccepted: false,
  },
  {
    spkiSha256: "2fe71e98527e7cca1a1c00a999ac36750edaeec7ad4da149ebbd4f52d77a44af",
    name: "AgID CA SMIME RSA 2026",
    from: Date.UTC(2026, 7, 4),
    until: null,
    requiredPolicy: PROVIDER_POLICY,
    emailProtectionRequired: true,
    criticalKeyUsageRequired: true,
    weakAlgorithmsAccepted: false,
  },
  {
    spkiSha256: DIGITPA_CA1_KEY,
    name: "DigitPA CA1",
    from: Date.UTC(2011, 0, 14),
    // The only certificate known of this key ends here.
    until: Date.UTC(2018, 0, 14),
    // Its signers have no extended key usage and a keyUsage that is not critical, 1024-bit keys and SHA-1: the time had nothing else.
    requiredPolicy: null,
    emailProtectionRequired: false,
    criticalKeyUsageRequired: false,
    weakAlgorithmsAccepted: true,
  },
];
