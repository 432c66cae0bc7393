// Belongs here: the command by which anybody verifies one message of a bundle with OpenSSL alone, and what it must answer.
// Does NOT belong here: running it, the words around it (see evidence-report.ts).
//
// OpenSSL knows digest, signature, certificates and their time; it knows nothing of PEC. So its answer is the one that the checks of these
// three say, not the verdict on the seal, and where the verdict rests on something else the report says on what.
import { sameAddress } from "../mime/address-list.ts";
import type { CheckId, Inspection } from "../verdict/inspection.ts";

export interface OpensslCheck {
  /** Without the program's name; none of them needs quotes in any shell. Paths are those of the bundle. */
  readonly args: readonly string[];
  /** `valid`: signature and certificates. `intact`: the signature; the certificates are not asked about, for they do not pass. `broken`: it fails. */
  readonly expects: "valid" | "intact" | "broken";
}

/** Where the files of one message lie in the bundle. */
export interface OpensslFiles {
  readonly message: string;
  /** `null`: the message itself is handed over. */
  readonly signature: string | null;
  /** `null`: within the signature, or within the message. */
  readonly content: string | null;
  /** `null`: there is no path to an anchor. */
  readonly chain: string | null;
  readonly anchor: string | null;
}

export interface OpensslCircumstances {
  readonly signers: number;
  /** Otherwise its certificate was issued by somebody else, and OpenSSL wants to be told that the path may end there. */
  readonly isAnchorRoot: boolean;
}

/** An address that needs no quotes. Attack: a certificate whose address is a command of the shell. */
const PLAIN_ADDRESS = /^[A-Za-z0-9][A-Za-z0-9._+-]*@[A-Za-z0-9][A-Za-z0-9.-]*$/;

/** `null`: there is no signature to verify, or none of a kind that we can judge either. */
export function opensslCheck(
  inspection: Inspection,
  files: OpensslFiles,
  { signers, isAnchorRoot }: OpensslCircumstances,
): OpensslCheck | null {
  const { signature, seal, header } = inspection;
  if (signature === null || signers === 0) return null;
  const outcomeOf = (id: CheckId): string => inspection.checks.find((check) => check.id === id)?.outcome ?? "NOT_DONE";
  const holds = (id: CheckId): boolean => outcomeOf(id) === "PASSED" || outcomeOf(id) === "WARNING";
  const isIntact = holds("message-digest") && holds("signature-value");
  const isBroken = outcomeOf("message-digest") === "FAILED" || outcomeOf("signature-value") === "FAILED";
  if (!isIntact && !isBroken) return null;
  const { anchor, chain } = files;
  // Several signers: OpenSSL wants a path for each of them, the rules of PEC for the provider alone.
  const isPathAsked =
    isIntact && signers === 1 && anchor !== null && holds("certificate-path") && holds("certificate-validity");
  const source =
    files.signature === null
      ? ["-inform", "SMIME", "-in", files.message]
      : [
          "-inform",
          "DER",
          "-in",
          files.signature,
          ...(files.content === null ? [] : ["-binary", "-content", files.content]),
        ];
  const known = chain === null ? [] : ["-certfile", chain];
  const args = ["cms", "-verify", ...source, ...known];
  if (!isPathAsked || anchor === null) {
    return { args: [...args, "-noverify", "-out", "/dev/null"], expects: isIntact ? "intact" : "broken" };
  }
  const address = signature.signer?.emails.find(
    (email) => PLAIN_ADDRESS.test(email) && sameAddress(email, header.fromAddress),
  );
  const isWeak = seal.remarks.includes("WEAK_KEY") || seal.remarks.includes("SHA1_CERTIFICATE");
  return {
    args: [
      ...args,
      // Only the authority named here, and none of those of the system.
      ...["-CAfile", anchor, "-no-CApath"],
      ...(isAnchorRoot ? [] : ["-partial_chain"]),
      // As of the certified time (trust-policy §4.1), in seconds; today most of these certificates have ended.
      ...["-attime", String(Math.floor(signature.validationTime / 1000))],
      ...["-purpose", "any"],
      ...(outcomeOf("signer-address") === "PASSED" && address !== undefined ? ["-verify_email", address] : []),
      // Keys and digests of their time, which some systems refuse today.
      ...(isWeak ? ["-auth_level", "0"] : []),
      ...["-out", "/dev/null"],
    ],
    expects: "valid",
  };
}
