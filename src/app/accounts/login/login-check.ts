// Belongs here: what the dialogues share: steps, and what an answer means.
// Does NOT belong here: the dialogues (beside this file), which servers to ask (see ../check-login.ts).
import type { LoginCheck } from "../../../messages.ts";
import type { ConnectionFailure, SecureConnection } from "../../../ports/secure-connections.ts";

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Shown to a person. Attack: a server that answers with pages of text. */
const MAX_SERVER_TEXT = 300;

export function said(code: Extract<LoginCheck, { serverText: string }>["code"], text: string): LoginCheck {
  const printable = decodeUtf8(text)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  return { code, serverText: printable.slice(0, MAX_SERVER_TEXT) };
}

export function broken({ code, detail }: ConnectionFailure): LoginCheck {
  switch (code) {
    case "timeout":
      return { code };
    case "no-tls":
      return { code, detail };
    case "certificate":
      return { code, what: CERTIFICATE_ERRORS[detail] ?? "other", detail };
    case "too-much":
      return said("unexpected", "");
    case "unknown-host":
    case "refused":
    case "offline":
    case "closed":
    case "network":
      return { code: "unreachable", reason: code };
  }
}

/** NSS's and mozilla::pkix's names of the errors that people meet. */
const CERTIFICATE_ERRORS: Readonly<Record<string, "name" | "expired" | "untrusted">> = {
  SSL_ERROR_BAD_CERT_DOMAIN: "name",
  SEC_ERROR_EXPIRED_CERTIFICATE: "expired",
  SEC_ERROR_EXPIRED_ISSUER_CERTIFICATE: "expired",
  MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE: "expired",
  MOZILLA_PKIX_ERROR_NOT_YET_VALID_ISSUER_CERTIFICATE: "expired",
  SEC_ERROR_UNKNOWN_ISSUER: "untrusted",
  SEC_ERROR_UNTRUSTED_ISSUER: "untrusted",
  SEC_ERROR_UNTRUSTED_CERT: "untrusted",
  // Somebody else's authority under the name of a known one.
  SEC_ERROR_BAD_SIGNATURE: "untrusted",
  MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT: "untrusted",
};

/** What a dialogue ends with: thrown inside of it, caught in `runDialogue`, so that each step can be one line. */
class DialogueEnd extends Error {
  readonly check: LoginCheck;

  constructor(check: LoginCheck) {
    super(check.code);
    this.check = check;
  }
}

export function end(check: LoginCheck): never {
  throw new DialogueEnd(check);
}

export type Ask = (text: string, until: string) => Promise<string>;

/** A conversation up to the point where the login is known to be good; it gives the farewell. */
export type Dialogue = (ask: Ask, credentials: Credentials) => Promise<string>;

export async function runDialogue(
  connection: SecureConnection,
  dialogue: Dialogue,
  credentials: Credentials,
): Promise<LoginCheck> {
  const ask: Ask = async (text, until) => {
    const answer = await connection.exchange(text, until);
    return answer.ok ? answer.text : end(broken(answer.failure));
  };
  try {
    const farewell = await dialogue(ask, credentials);
    // Whatever is answered, or not, the login was good.
    await connection.exchange(farewell, "");
    return { code: "ok" };
  } catch (error) {
    if (error instanceof DialogueEnd) return error.check;
    throw error;
  }
}

/** SASL PLAIN (RFC 4616): the first way that Thunderbird itself takes inside TLS. */
export function plainToken({ username, password }: Credentials): string {
  return base64(`\0${username}\0${password}`);
}

export const base64 = (text: string): string => btoa(encodeUtf8(text));

/** Each character a byte. */
export const encodeUtf8 = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");

const decodeUtf8 = (text: string): string =>
  new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0)));
