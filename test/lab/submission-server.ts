// Belongs here: an SMTP server on this computer to hand mail in to: inside TLS, for users with a password (RFC 8314 §3.3).
// Does NOT belong here: what becomes of the mail (see pec-service.ts).
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { Submission } from "../provider/submission.ts";
import { loginOf, type MailUser } from "./mail-server.ts";
import type { TlsAuthority } from "./tls-authority.ts";

export const SMTP_HOST = "smtps.gestore-uno.test";

/** The guaranteed minimum of a provider (pec-messages §5.2), told to the client as RFC 1870 says. */
const SIZE_LIMIT = 30_000_000;

export interface SubmissionServer {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/**
 * @param hosts other names of the server, for its certificate
 * @param accept gets each message; the sender is told that it was taken once this is done. What it throws refuses the
 * message with an SMTP error and the text of the error.
 */
export async function startSubmissionServer(
  authority: TlsAuthority,
  users: readonly MailUser[],
  hosts: readonly string[],
  accept: (submission: Submission) => Promise<void>,
): Promise<SubmissionServer> {
  const { certificate, key } = authority.issue([SMTP_HOST, ...hosts]);
  const server = new SMTPServer({
    secure: true,
    cert: certificate,
    key,
    size: SIZE_LIMIT,
    rejectOversized: true,
    authMethods: ["PLAIN", "LOGIN"],
    disableReverseLookup: true,
    onAuth: ({ username, password }, _session, callback) => {
      const user = users.find((each) => loginOf(each) === username && each.password === password);
      if (user === undefined) callback(new Error("Invalid username or password"));
      else callback(null, { user: user.address });
    },
    onMailFrom: ({ address }, session, callback) => {
      // A provider takes mail from nobody but the owner of the mailbox.
      if (address === session.user) callback();
      else callback(Object.assign(new Error("Sender address is not yours"), { responseCode: 553 }));
    },
    onData: (stream, { envelope }, callback) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom } = envelope;
        const reversePath = mailFrom === false ? "" : mailFrom.address;
        const recipients = envelope.rcptTo.map(({ address }) => address);
        accept({ bytes: Buffer.concat(chunks), reversePath, recipients }).then(
          () => callback(),
          (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
        );
      });
    },
  });
  // A client that goes away is no error of ours; what the client cannot do, the test sees on its side.
  server.on("error", (error) => console.warn(`SMTP server: ${error.message}`));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
