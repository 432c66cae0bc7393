// Belongs here: one login by IMAP (RFC 9051, RFC 3501), and whether the inbox can be opened. Nothing in the mailbox changes.
import { encodeUtf8, end, plainToken, said, type Ask, type Credentials } from "./login-check.ts";

/** RFC 5530 §3: what the server says beside NO. */
const OTHER_REASON = /\[(UNAVAILABLE|EXPIRED|PRIVACYREQUIRED|CONTACTADMIN|LIMIT|INUSE|OVERQUOTA|SERVERBUG)\b/i;

export async function imapLogin(ask: Ask, credentials: Credentials): Promise<string> {
  const greeting = await ask("", "");
  if (!greeting.startsWith("* ")) end(said("unexpected", greeting));
  if (/^\* BYE/m.test(greeting)) end(said("login-refused", wordsOf(greeting)));
  const capabilities = await command(ask, "a1", "CAPABILITY");
  const has = (name: string): boolean => new RegExp(`^\\* CAPABILITY\\b.* ${name}(?: |\\r?$)`, "im").test(capabilities);

  const answer = has("AUTH=PLAIN")
    ? await authenticatePlain(ask, credentials, has("SASL-IR"))
    : has("LOGINDISABLED")
      ? end(said("login-not-offered", ""))
      : await command(ask, "a2", `LOGIN ${quoted(credentials.username)} ${quoted(credentials.password)}`);
  const isAboutOther = OTHER_REASON.test(answer) || /^\* BYE/m.test(answer);
  if (!isOk(answer)) end(said(isAboutOther ? "login-refused" : "wrong-password", wordsOf(answer)));

  // Unlike SELECT it leaves the marks of new messages alone.
  const inbox = await command(ask, "a3", "EXAMINE INBOX");
  if (!isOk(inbox)) end(said("select-failed", wordsOf(inbox)));
  return "a4 LOGOUT\r\n";
}

const command = (ask: Ask, tag: string, text: string): Promise<string> =>
  ask(`${tag} ${text}\r\n`, `^${tag} |^\\* BYE\\b`);

async function authenticatePlain(ask: Ask, credentials: Credentials, atOnce: boolean): Promise<string> {
  const token = plainToken(credentials);
  if (atOnce) return command(ask, "a2", `AUTHENTICATE PLAIN ${token}`);
  const challenge = await ask("a2 AUTHENTICATE PLAIN\r\n", "^\\+|^a2 ");
  return /^\+/m.test(challenge) ? ask(`${token}\r\n`, "^a2 |^\\* BYE\\b") : challenge;
}

const isOk = (answer: string): boolean => /^a\d OK\b/im.test(answer);

/** The last line without what is for programs. */
const wordsOf = (answer: string): string =>
  (answer.trimEnd().split("\n").at(-1) ?? "").replace(/^(a\d|\*) (NO|BAD|BYE)\s*(\[[^\]]*\])?/i, "");

/** RFC 9051 §4.3; line breaks are in no password. */
const quoted = (text: string): string => `"${encodeUtf8(text).replace(/[\\"]/g, "\\$&")}"`;
