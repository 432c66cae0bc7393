// Belongs here: a PEC provider's behaviour: what it makes of a message that was handed in, and when (RFC 6109 §§2.2, 3; pec-messages §§1.2, 2, 5).
// Does NOT belong here: servers (see test/lab/pec-service.ts), the form of each message (see pec-messages.ts).
import { bounce } from "./bounce.ts";
import type { Correspondence } from "./correspondence.ts";
import { HOUR, MINUTE, SECOND } from "./local-time.ts";
import { type ByteString, toBytes } from "./mime-builder.ts";
import {
  acceptance,
  anomalyEnvelope,
  delivery,
  lateNotice,
  nonAcceptance,
  nonDelivery,
  type Provider,
  PROVIDER_A,
  PROVIDER_B,
  transportEnvelope,
  withDaticert,
} from "./pec-messages.ts";
import { type Draft, sealMessage } from "./sign-message.ts";
import { type HashedForm, readSubmission, type Submission } from "./submission.ts";

/** What happens to one recipient, `after` milliseconds from the acceptance. */
export type RecipientEvent =
  | { readonly kind: "delivered"; readonly after: number }
  | {
      readonly kind: "failed";
      readonly after: number;
      readonly errore: "no-dest" | "no-dominio" | "altro" | "virus";
      /** In place of the usual errore-esteso. */
      readonly reason?: string;
    }
  | { readonly kind: "late"; readonly after: number; readonly stage: "12h" | "24h" | "undecidable" }
  /** The ordinary mail system of a recipient without PEC says that it could not deliver: a DSN, which comes as an anomaly. */
  | { readonly kind: "bounced"; readonly after: number };

export interface RecipientFate {
  /** Whether the address is a PEC mailbox; else ordinary mail, of which nothing more is ever heard. */
  readonly certified: boolean;
  readonly events: readonly RecipientEvent[];
}

/** The fates that a sender meets, with the times at which they usually come. */
export const FATES = {
  delivered: { certified: true, events: [{ kind: "delivered", after: 20 * SECOND }] },
  mailboxFull: { certified: true, events: [{ kind: "failed", after: 25 * SECOND, errore: "altro" }] },
  unknownRecipient: { certified: true, events: [{ kind: "failed", after: 25 * SECOND, errore: "no-dest" }] },
  unknownDomain: { certified: true, events: [{ kind: "failed", after: 5 * MINUTE, errore: "no-dominio" }] },
  virus: { certified: true, events: [{ kind: "failed", after: MINUTE, errore: "virus" }] },
  ordinaryMail: { certified: false, events: [] },
  ordinaryMailBounced: { certified: false, events: [{ kind: "bounced", after: 2 * MINUTE }] },
  acceptedOnly: { certified: true, events: [] },
  late12: { certified: true, events: [{ kind: "late", after: 12 * HOUR, stage: "12h" }] },
  /** Taken in charge but not delivered: the only notice is the last (pec-messages §5.5). */
  late24: { certified: true, events: [{ kind: "late", after: 23 * HOUR, stage: "24h" }] },
  late12Then24: {
    certified: true,
    events: [
      { kind: "late", after: 12 * HOUR, stage: "12h" },
      { kind: "late", after: 23 * HOUR, stage: "24h" },
    ],
  },
  late12ThenDelivered: {
    certified: true,
    events: [
      { kind: "late", after: 12 * HOUR, stage: "12h" },
      { kind: "delivered", after: 13 * HOUR },
    ],
  },
} as const satisfies Readonly<Record<string, RecipientFate>>;

export interface ProviderScript {
  /** Milliseconds UTC by the provider's clock; every certified time counts from here. */
  readonly acceptedAt: number;
  /** By address; who is not named is delivered to. */
  readonly recipients?: Readonly<Record<string, RecipientFate>>;
  /** Refuses the message, for everybody; the fates do not count then. */
  readonly refused?: "formal" | "virus";
  readonly hashedForm?: HashedForm;
}

/** One message of a provider to the sender. */
export interface ProviderAnswer {
  readonly kind: "acceptance" | "non-acceptance" | RecipientEvent["kind"];
  /** Whom it speaks of; `null`: all. */
  readonly recipient: string | null;
  /** Certified time, milliseconds UTC. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

export interface ProviderWork {
  /** PEC msgid, without angle brackets. */
  readonly identifier: string;
  /** The client's Message-ID, with angle brackets. */
  readonly messageId: string | null;
  /** What recipients get; `null` when the message was refused. */
  readonly envelope: Uint8Array | null;
  /** What the sender gets, in the order of the certified times. */
  readonly answers: readonly ProviderAnswer[];
}

/** Everything that providers make of one message. The same bytes for the same arguments. */
export function processSubmission(submission: Submission, script: ProviderScript): ProviderWork {
  const { acceptedAt, recipients: fates = {}, hashedForm = "decoded" } = script;
  const fateOf = (address: string): RecipientFate => fates[address] ?? FATES.delivered;
  const { mail, author, enveloped, hashed } = readSubmission(submission, {
    acceptedAt,
    domain: PROVIDER_A.domain,
    isCertified: (address) => fateOf(address).certified,
    hashedForm,
  });
  const refused = script.refused ?? (isFormallyRight(submission, mail, author) ? null : "formal");
  const common = { identifier: mail.identifier, messageId: mail.messageId };
  if (refused !== null) {
    const bytes = seal(nonAcceptance(mail, PROVIDER_A, acceptedAt, refused));
    return {
      ...common,
      envelope: null,
      answers: [{ kind: "non-acceptance", recipient: null, at: acceptedAt, bytes }],
    };
  }
  const withContent = (draft: Draft, content: ByteString): Draft =>
    draft.postacert === null ? draft : { ...draft, postacert: content };
  const addresses = [...mail.to, ...mail.cc].map(({ address }) => address);
  const perRecipient = addresses.flatMap((recipient, index) =>
    fateOf(recipient).events.map((event): ProviderAnswer => {
      const at = acceptedAt + event.after;
      // Identifiers and boundaries are made of this.
      const own = { ...mail, id: `${mail.id}r${index}` };
      const draft = answerTo(event, own, recipient, at);
      const content = mail.receiptType === "breve" ? hashed : enveloped;
      return {
        kind: event.kind,
        recipient,
        at,
        bytes: seal(event.kind === "delivered" ? withContent(draft, content) : draft),
      };
    }),
  );
  const accepted: ProviderAnswer = {
    kind: "acceptance",
    recipient: null,
    at: acceptedAt,
    bytes: seal(acceptance(mail, PROVIDER_A, acceptedAt)),
  };
  return {
    ...common,
    envelope: seal(withContent(transportEnvelope(mail, PROVIDER_A, acceptedAt), enveloped)),
    answers: [accepted, ...perRecipient].sort((a, b) => a.at - b.at),
  };
}

const seal = (draft: Draft): Uint8Array => toBytes(sealMessage(draft));

/** The checks of pec-messages §5.1 that a client can fail. */
function isFormallyRight(
  { reversePath, recipients }: Submission,
  mail: Correspondence,
  author: string | null,
): boolean {
  const named = [...mail.to, ...mail.cc].map(({ address }) => address.toLowerCase());
  const isNamed = (address: string): boolean => named.includes(address.toLowerCase());
  return mail.to.length > 0 && author?.toLowerCase() === reversePath.toLowerCase() && recipients.every(isNamed);
}

/** Who answers is the recipient's provider where it came so far, else the sender's (pec-messages §1.2). */
function answerTo(event: RecipientEvent, mail: Correspondence, recipient: string, at: number): Draft {
  if (event.kind === "delivered") return delivery(mail, PROVIDER_B, at, recipient);
  if (event.kind === "late") return lateNotice(mail, PROVIDER_A, at, recipient, event.stage);
  if (event.kind === "bounced") return anomalyEnvelope(bounce(mail, recipient, at), PROVIDER_A, at);
  const provider: Provider = event.errore === "virus" ? PROVIDER_A : PROVIDER_B;
  const draft = nonDelivery(mail, provider, at, recipient, event.errore);
  return event.reason === undefined ? draft : withDaticert(draft, { erroreEsteso: event.reason });
}
