// Belongs here: a PEC provider that a mail program can use: it takes mail over SMTP, answers it, and keeps mailboxes for IMAP and POP3.
// Does NOT belong here: how it answers (test/provider/answering-provider.ts), the servers themselves, Thunderbird's side (see mail-account.ts).
import {
  processSubmission,
  type ProviderAnswer,
  type ProviderScript,
  type ProviderWork,
} from "../provider/answering-provider.ts";
import type { Submission } from "../provider/submission.ts";
import { type MailServer, type MailServerOptions, type MailUser, startMailServer } from "./mail-server.ts";
import { startSubmissionServer } from "./submission-server.ts";
import { createTlsAuthority, type TlsAuthority } from "./tls-authority.ts";

/**
 * When the answers reach the sender's mailbox: once the message was taken, before the sender is told that it was (so that
 * receipts come before the sent copy), or when `deliver` is called.
 */
export type DeliveryMoment = "after-accepting" | "before-accepting" | "by-hand";

export interface PecServiceOptions extends MailServerOptions {
  readonly users: readonly MailUser[];
  /** What becomes of a message; default: accepted now and delivered to everybody. */
  readonly script?: (submission: Submission) => ProviderScript;
  /** Default: after accepting. */
  readonly delivery?: DeliveryMoment;
}

export interface HandledSubmission extends ProviderWork {
  readonly submission: Submission;
}

export interface PecService {
  readonly users: readonly MailUser[];
  /** Certificate of the authority under which the servers are, as base64 of DER. */
  readonly authority: string;
  /** A certificate of that authority for another server. */
  readonly issue: TlsAuthority["issue"];
  readonly smtpPort: number;
  readonly mail: MailServer;
  /** What was handed in, in order. */
  readonly handled: readonly HandledSubmission[];
  /** Puts answers into the sender's mailbox; default: all. */
  readonly deliver: (handled: HandledSubmission, answers?: readonly ProviderAnswer[]) => Promise<void>;
  /** Ends the servers. Rejects with what went wrong in delivering, if anything did. */
  readonly stop: () => Promise<void>;
}

/** @throws UserError when there is no mail server and we may not install one */
export async function startPecService(options: PecServiceOptions): Promise<PecService> {
  const { users, script = () => ({ acceptedAt: Date.now() }), delivery = "after-accepting" } = options;
  const authority = createTlsAuthority();
  const mail = await startMailServer(authority, users, options);
  const handled: HandledSubmission[] = [];
  const delivering: Promise<void>[] = [];

  const deliver: PecService["deliver"] = async (work, answers = work.answers) => {
    for (const { bytes } of answers) await mail.deliver(work.submission.reversePath, bytes);
  };
  const accept = async (submission: Submission): Promise<void> => {
    const work = { ...processSubmission(submission, script(submission)), submission };
    handled.push(work);
    if (delivery === "before-accepting") await deliver(work);
    // Not waited for; what goes wrong is told at the end.
    if (delivery === "after-accepting")
      delivering.push(new Promise((resolve) => setImmediate(resolve)).then(() => deliver(work)));
  };

  try {
    const submissionServer = await startSubmissionServer(authority, users, options.hosts ?? [], accept);
    return {
      users,
      authority: authority.base64,
      issue: authority.issue,
      smtpPort: submissionServer.port,
      mail,
      handled,
      deliver,
      stop: async () => {
        await submissionServer.stop();
        const outcomes = await Promise.allSettled(delivering);
        await mail.stop();
        const failed = outcomes.find((outcome) => outcome.status === "rejected");
        if (failed !== undefined) throw failed.reason;
      },
    };
  } catch (error) {
    await mail.stop();
    throw error;
  }
}
