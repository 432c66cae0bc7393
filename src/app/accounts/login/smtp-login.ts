// Belongs here: one login by SMTP (RFC 5321, RFC 4954). No mail is handed in.
import { base64, end, plainToken, said, type Ask, type Credentials } from "./login-check.ts";

/** The last line of a reply. */
const REPLY = "^\\d{3}( |$)";
/** What Thunderbird says too when it does not know its own address. */
const WHO = "[127.0.0.1]";

export async function smtpLogin(ask: Ask, credentials: Credentials): Promise<string> {
  const greeting = await ask("", `${REPLY}|^\\D`);
  if (!/^\d{3}/.test(greeting)) end(said("unexpected", greeting));
  if (codeOf(greeting) !== 220) end(said("login-refused", wordsOf(greeting)));
  const hello = await ask(`EHLO ${WHO}\r\n`, REPLY);
  const [, ways = ""] = /^250[- ]AUTH[ =](.*)$/im.exec(hello) ?? [];
  const offers = (way: string): boolean => ways.toUpperCase().trim().split(/\s+/).includes(way);
  const answer = offers("PLAIN")
    ? await ask(`AUTH PLAIN ${plainToken(credentials)}\r\n`, REPLY)
    : offers("LOGIN")
      ? await authLogin(ask, credentials)
      : end(said("login-not-offered", ""));
  // RFC 4954 §6: 535 is about the credentials; the others are about the mailbox, the server or the way.
  if (codeOf(answer) !== 235) end(said(codeOf(answer) === 535 ? "wrong-password" : "login-refused", wordsOf(answer)));
  return "QUIT\r\n";
}

async function authLogin(ask: Ask, { username, password }: Credentials): Promise<string> {
  const first = await ask("AUTH LOGIN\r\n", REPLY);
  if (codeOf(first) !== 334) return first;
  const second = await ask(`${base64(username)}\r\n`, REPLY);
  return codeOf(second) === 334 ? ask(`${base64(password)}\r\n`, REPLY) : second;
}

const lastLine = (reply: string): string => reply.trimEnd().split("\n").at(-1) ?? "";

const codeOf = (reply: string): number => Number(lastLine(reply).slice(0, 3));

/** Without the numbers, which are for programs (RFC 3463). */
const wordsOf = (reply: string): string => lastLine(reply).replace(/^\d{3}[ -]?(\d\.\d+\.\d+ )?/, "");
