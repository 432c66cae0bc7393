// Belongs here: one login by POP3 (RFC 1939, RFC 5034), and whether messages can be left on the server. Nothing is fetched or deleted.
import type { LoginCheck } from "../../../messages.ts";
import { encodeUtf8, end, plainToken, said, type Ask, type Credentials } from "./login-check.ts";

const STATUS = "^(\\+OK|-ERR)";
/** The end of an answer of several lines; a refusal is one line. */
const ALL_LINES = "^\\.$|^-ERR";

export async function pop3Login(ask: Ask, credentials: Credentials): Promise<string> {
  const greeting = await ask("", "");
  if (!isOk(greeting)) end(said(greeting.startsWith("-ERR") ? "login-refused" : "unexpected", wordsOf(greeting)));
  const capabilities = await ask("CAPA\r\n", ALL_LINES);
  const answer = /^SASL\b.* PLAIN\b/im.test(capabilities)
    ? await authenticatePlain(ask, credentials)
    : await userAndPassword(ask, credentials);
  if (!isOk(answer)) end(said(refusalOf(answer), wordsOf(answer)));
  if (!/^UIDL\b/im.test(capabilities) && !(await hasUidl(ask))) end(said("no-uidl", ""));
  return "QUIT\r\n";
}

async function authenticatePlain(ask: Ask, credentials: Credentials): Promise<string> {
  const challenge = await ask("AUTH PLAIN\r\n", "^(\\+|-ERR)");
  return challenge.startsWith("+") ? ask(`${plainToken(credentials)}\r\n`, STATUS) : challenge;
}

async function userAndPassword(ask: Ask, { username, password }: Credentials): Promise<string> {
  const user = await ask(`USER ${encodeUtf8(username)}\r\n`, STATUS);
  return isOk(user) ? ask(`PASS ${encodeUtf8(password)}\r\n`, STATUS) : user;
}

/** A server that does not list what it can do may still have it. */
async function hasUidl(ask: Ask): Promise<boolean> {
  const [, count] = /^\+OK (\d+)/.exec(await ask("STAT\r\n", STATUS)) ?? [];
  // Of a full mailbox the list may be long.
  return isOk(count === "0" ? await ask("UIDL\r\n", ALL_LINES) : await ask("UIDL 1\r\n", STATUS));
}

/** RFC 2449 §8, RFC 3206. */
function refusalOf(answer: string): Extract<LoginCheck, { serverText: string }>["code"] {
  const [, code = ""] = /^-ERR \[([^\]]*)\]/.exec(answer) ?? [];
  if (/^IN-USE$/i.test(code)) return "mailbox-busy";
  return code === "" || /^AUTH/i.test(code) ? "wrong-password" : "login-refused";
}

const isOk = (answer: string): boolean => answer.startsWith("+OK");

const wordsOf = (answer: string): string => answer.replace(/^-ERR\s*(\[[^\]]*\])?/i, "");
