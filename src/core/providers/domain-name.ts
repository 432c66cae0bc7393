// Belongs here: names of hosts and domains in the one form in which they are compared (RFC 1035 §2.3.1, RFC 5890 §2.3.2.1).
// Does NOT belong here: whose they are.
import { asciiAddress } from "../mime/ascii-address.ts";

/** RFC 1035 §2.3.4. Attack: a name of megabytes, answered by a hostile name server or pasted. */
const MAX_NAME_LENGTH = 253;
/** Letters, digits and hyphens, not at the ends; 63 at most. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The name in lower case and ASCII, without the dot of the root at its end; `null` when it is not a name of at least two labels, as an
 * address in digits is not. Letters of other alphabets become `xn--…`: they never equal the Latin ones they look like.
 */
export function domainName(text: string): string | null {
  if (text.length > MAX_NAME_LENGTH + 1) return null;
  // Full stops and letters of full width count as the ordinary ones (UTS #46 §2.3), as in the address bar of a browser.
  const plain = text.normalize("NFKC").replaceAll("。", ".").toLowerCase();
  const name = asciiAddress(`@${plain.endsWith(".") ? plain.slice(0, -1) : plain}`).slice(1);
  const labels = name.split(".");
  const last = labels.at(-1) ?? "";
  const sound =
    name.length <= MAX_NAME_LENGTH &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    /[a-z]/.test(last);
  return sound ? name : null;
}

/** Whether a rule for `domain` holds for `name`. Both as `domainName` gives them. */
export function matchesDomain(name: string, domain: string, match: "exact" | "suffix"): boolean {
  return name === domain || (match === "suffix" && name.endsWith(`.${domain}`));
}
