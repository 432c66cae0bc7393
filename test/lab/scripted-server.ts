// Belongs here: a mail server inside TLS that says what a test tells it to, for what a real one cannot be brought to do.
// Does NOT belong here: servers that work (see mail-server.ts, submission-server.ts).
import type { AddressInfo } from "node:net";
import { createServer, type TLSSocket } from "node:tls";
import type { ServerCertificate } from "./tls-authority.ts";

export interface ServerScript {
  /** Its first line; `null`: it takes connections and says nothing. */
  readonly greeting: string | null;
  /** Each line that begins so, with what is said to it; the first that fits. To anything else nothing is said. */
  readonly answers: readonly (readonly [beginning: string, said: string])[];
}

export interface ScriptedServer {
  readonly port: number;
  /** Every line that came, in order, from all connections. */
  readonly heard: readonly string[];
  /** Somebody has a connection now. */
  readonly isConnected: () => boolean;
  readonly stop: () => Promise<void>;
}

/** An IMAP server whose logins succeed; the lines given come first. */
export const imapScript = (...answers: ServerScript["answers"]): ServerScript => ({
  greeting: "* OK ready",
  answers: [
    ...answers,
    ["a1 CAPABILITY", "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=LOGIN\r\na1 OK done"],
    ["a2 AUTHENTICATE", "a2 OK in"],
    ["a3 EXAMINE", "* 0 EXISTS\r\na3 OK done"],
    ["a4 LOGOUT", "* BYE bye\r\na4 OK done"],
  ],
});

/** A POP3 server whose logins succeed, and that has no UIDL unless the lines given say so. */
export const pop3Script = (...answers: ServerScript["answers"]): ServerScript => ({
  greeting: "+OK ready",
  answers: [
    ...answers,
    ["CAPA", "+OK\r\nUSER\r\nSASL PLAIN\r\n."],
    ["AUTH PLAIN", "+ "],
    ["STAT", "+OK 2 300"],
    ["UIDL", "-ERR unknown command"],
    ["QUIT", "+OK bye"],
    // What comes after the question of AUTH PLAIN is the answer to it.
    ["", "+OK in"],
  ],
});

/** An SMTP server whose logins succeed; the lines given come first. */
export const smtpScript = (...answers: ServerScript["answers"]): ServerScript => ({
  greeting: "220 ready",
  answers: [
    ...answers,
    ["EHLO", "250-here\r\n250 AUTH PLAIN LOGIN"],
    ["AUTH PLAIN", "235 2.7.0 in"],
    ["QUIT", "221 bye"],
  ],
});

export async function startScriptedServer(
  { certificate, key }: ServerCertificate,
  { greeting, answers }: ServerScript,
): Promise<ScriptedServer> {
  const heard: string[] = [];
  const open = new Set<TLSSocket>();
  const server = createServer({ cert: certificate, key }, (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    // A client that goes away is no error of ours; what it could not do, the test sees on its side.
    socket.on("error", () => socket.destroy());
    let rest = "";
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => {
      const lines = (rest + text).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        heard.push(line);
        const said = answers.find(([beginning]) => line.startsWith(beginning))?.[1];
        if (said !== undefined) socket.write(`${said}\r\n`, "latin1");
      }
    });
    if (greeting !== null) socket.write(`${greeting}\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    isConnected: () => open.size > 0,
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
