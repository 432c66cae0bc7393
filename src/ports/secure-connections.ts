// Belongs here: conversations with a server inside TLS, which only the full package can have. Does NOT belong here: what is said.

/**
 * - `closed`: by the server, or by `close`;
 * - `certificate`: it does not hold for this server; `no-tls`: TLS failed in another way, such as a server that speaks without;
 * - `too-much`: the server did not stop.
 */
export interface ConnectionFailure {
  readonly code:
    "unknown-host" | "refused" | "offline" | "timeout" | "closed" | "certificate" | "no-tls" | "too-much" | "network";
  /** Thunderbird's name of the error, such as `SSL_ERROR_BAD_CERT_DOMAIN`; may be empty. */
  readonly detail: string;
}

export type Answer =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly failure: ConnectionFailure };

/** Text of which each character is a byte. */
export interface SecureConnection {
  /**
   * Sends the text, which may be empty, and waits for a line that matches.
   * @param until regular expression of a line without its end
   */
  exchange(text: string, until: string): Promise<Answer>;
  /** Ends it; what waits ends as `closed`. */
  close(): Promise<void>;
}

export interface SecureConnections {
  /** The certificate is judged by Thunderbird before the first answer comes. */
  open(
    host: string,
    port: number,
  ): Promise<
    | { readonly ok: true; readonly connection: SecureConnection }
    | { readonly ok: false; readonly failure: ConnectionFailure }
  >;
}
