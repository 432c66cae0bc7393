// Belongs here: trying a login exactly once: mailboxes lock after some wrong ones. Nothing is kept, and no password is logged.
// Does NOT belong here: what is said to each kind of server (see login/), making an account (see account-helper.ts).
import type { Protocol } from "../../core/index.ts";
import type { LoginCheck } from "../../messages.ts";
import type { SecureConnection, SecureConnections } from "../../ports/secure-connections.ts";
import { imapLogin } from "./login/imap-login.ts";
import { broken, runDialogue, type Credentials, type Dialogue } from "./login/login-check.ts";
import { pop3Login } from "./login/pop3-login.ts";
import { smtpLogin } from "./login/smtp-login.ts";

export interface LoginTarget extends Credentials {
  readonly host: string;
  readonly port: number;
}

const DIALOGUES: Readonly<Record<Protocol, Dialogue>> = {
  imap: imapLogin,
  pop3: pop3Login,
  smtp: smtpLogin,
};

/** @param signal ends the attempt with `unreachable`/`closed` */
export async function checkLogin(
  connections: SecureConnections,
  protocol: Protocol,
  { host, port, username, password }: LoginTarget,
  signal: AbortSignal,
): Promise<LoginCheck> {
  const opened = await connections.open(host, port);
  if (!opened.ok) return broken(opened.failure);
  const { connection } = opened;
  const close = (): void => quietly(connection.close());
  signal.addEventListener("abort", close);
  if (signal.aborted) close();
  try {
    return await runDialogue(connection, DIALOGUES[protocol], { username, password });
  } finally {
    signal.removeEventListener("abort", close);
    await connection.close();
  }
}

/** A connection that cannot be closed is closed. */
function quietly(work: ReturnType<SecureConnection["close"]>): void {
  work.catch(() => undefined);
}
