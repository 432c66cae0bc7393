// Belongs here: the sent messages of the demo mailbox and what providers answered to each, of every fate that a person may meet.
// Does NOT belong here: messages without a history (see demo-messages.ts), how providers answer (see answering-provider.ts), Thunderbird profiles (test/lab).
//
// Deadlines count from the certified times, so the times follow the moment that is taken as now.
import type { RecipientState } from "../../src/core/index.ts";
import { FATES, processSubmission, type ProviderAnswer, type ProviderScript } from "./answering-provider.ts";
import { type Correspondence, originalMessage, type Recipient } from "./correspondence.ts";
import { DAY, HOUR, localTime, MINUTE, SECOND } from "./local-time.ts";
import { type ByteString, toBytes } from "./mime-builder.ts";
import { delivery, PROVIDER_A, PROVIDER_B, sealedWith } from "./pec-messages.ts";
import { FORMAL_NOTICE, LAWYER, RECIPIENTS } from "./sample-mail.ts";
import { sealMessage } from "./sign-message.ts";
import { readSubmission, type Submission } from "./submission.ts";
import { SIGNERS } from "./test-authority.ts";

export interface DemoSeries {
  /** Letters, digits and dashes; unique. */
  readonly id: string;
  /** What it shows, for people. */
  readonly title: string;
  readonly subject: string;
  /** The client's Message-ID, without angle brackets. */
  readonly messageId: string;
  /** As Sent keeps it; `null`: sent from the webmail or another computer. */
  readonly copy: Uint8Array | null;
  /** What the sender got, by certified time. */
  readonly receipts: readonly DemoReceipt[];
  /** At the moment taken as now, by address. */
  readonly expected: Readonly<Record<string, RecipientState>>;
}

export type DemoReceipt = Pick<ProviderAnswer, "recipient" | "bytes"> & {
  readonly kind: ProviderAnswer["kind"] | "forged-delivery";
};

/** A message and its fate, before anything is made of it. */
interface Story {
  readonly id: string;
  readonly title: string;
  readonly mail: Partial<Correspondence>;
  /** Milliseconds before now at which it was written. */
  readonly ago: number;
  /** Who is not named is delivered to. */
  readonly fates?: NonNullable<ProviderScript["recipients"]>;
  readonly refused?: ProviderScript["refused"];
  /** Nothing comes back. */
  readonly silent?: true;
  readonly withoutCopy?: true;
  /** What becomes of the copy in Sent later. */
  readonly editCopy?: (copy: ByteString) => ByteString;
  /** Whom somebody without a provider's key claims that it was delivered to. */
  readonly forgedFor?: string;
  readonly expected: Readonly<Record<string, RecipientState>>;
}

const { COMPANY, TOWN, COLLEAGUE, SURVEYOR } = RECIPIENTS;

const OLD_SHOP: Recipient = {
  name: "Ditta Vecchia Insegna",
  address: "info@pec.vecchia-insegna.test",
  certified: true,
};

/** More than anybody reads at a glance. */
const MEMBERS: readonly Recipient[] = Array.from({ length: 40 }, (_, index) => {
  const number = String(index + 1).padStart(2, "0");
  return { name: `Socio ${number}`, address: `socio${number}@pec.consorzio-esempio.test`, certified: index !== 39 };
});

const PAYMENT_TEXT =
  "Spett.le Ditta,\n\nil pagamento della fattura 118/2026 va fatto entro trenta giorni.\n\nAvv. Chiara Montaldi\n";

const SHORT_TEXT = "Cara Collega,\n\nti trasmetto quanto in oggetto.\n\nUn saluto\nChiara Montaldi\n";

/** Oldest first. */
const STORIES: readonly Story[] = [
  {
    id: "late-then-delivered",
    title: "Delivered after a notice of 12 hours",
    mail: { to: [TOWN], cc: [], subject: "Istanza di accesso agli atti - pratica edilizia 77" },
    ago: 9 * DAY,
    fates: { [TOWN.address]: FATES.late12ThenDelivered },
    expected: { [TOWN.address]: "delivered" },
  },
  {
    id: "copy-edited",
    title: "Delivered; the copy in Sent was changed afterwards",
    mail: { to: [OLD_SHOP], cc: [], subject: "Sollecito di pagamento - fattura 118", text: PAYMENT_TEXT },
    ago: 8 * DAY,
    editCopy: (copy) => copy.replace("entro trenta giorni", "entro dieci giorni"),
    expected: { [OLD_SHOP.address]: "delivered" },
  },
  {
    id: "forty-recipients",
    title: "Forty recipients, some of whom did not get it",
    mail: { to: MEMBERS, cc: [], subject: "Convocazione dell'assemblea straordinaria dei soci", attachments: [] },
    ago: 7 * DAY,
    fates: {
      [addressOf(6)]: FATES.unknownRecipient,
      [addressOf(21)]: FATES.mailboxFull,
      [addressOf(33)]: FATES.late24,
      [addressOf(39)]: FATES.ordinaryMail,
    },
    expected: {
      ...Object.fromEntries(MEMBERS.map(({ address }) => [address, "delivered" as const])),
      [addressOf(6)]: "not-delivered",
      [addressOf(21)]: "not-delivered",
      [addressOf(33)]: "timed-out",
      [addressOf(39)]: "forwarded",
    },
  },
  {
    id: "ordinary-mail-returned",
    title: "Ordinary mail that came back",
    mail: { to: [COMPANY], cc: [SURVEYOR], subject: "Sopralluogo in cantiere - conferma della data" },
    ago: 6 * DAY,
    fates: { [SURVEYOR.address]: FATES.ordinaryMailBounced },
    expected: { [COMPANY.address]: "delivered", [SURVEYOR.address]: "forwarded" },
  },
  {
    id: "brief-receipts",
    title: "Brief receipts: hashes in place of the attachments",
    mail: {
      to: [COMPANY],
      cc: [COLLEAGUE],
      subject: "Trasmissione della perizia di parte",
      receiptType: "breve",
      receiptTypeAsked: true,
      attachments: FORMAL_NOTICE.attachments,
    },
    ago: 5 * DAY,
    expected: { [COMPANY.address]: "delivered", [COLLEAGUE.address]: "delivered" },
  },
  {
    id: "webmail",
    title: "Sent from the webmail: no copy here",
    mail: { to: [COLLEAGUE], cc: [], subject: "Proposta di accordo transattivo" },
    ago: 4 * DAY,
    withoutCopy: true,
    expected: { [COLLEAGUE.address]: "delivered" },
  },
  {
    id: "contradiction",
    title: "Contradictory receipts: delivered, and not delivered",
    mail: { to: [OLD_SHOP], cc: [], subject: "Disdetta del contratto di fornitura" },
    ago: 3 * DAY,
    fates: {
      [OLD_SHOP.address]: {
        certified: true,
        events: [...FATES.delivered.events, { kind: "failed", after: 3 * MINUTE, errore: "altro" }],
      },
    },
    expected: { [OLD_SHOP.address]: "delivered" },
  },
  {
    id: "all-delivered",
    title: "Delivered to everybody",
    mail: { to: [COMPANY, TOWN], cc: [COLLEAGUE], subject: "Comunicazione di fine lavori - via dei Tigli" },
    ago: 2 * DAY,
    expected: { [COMPANY.address]: "delivered", [TOWN.address]: "delivered", [COLLEAGUE.address]: "delivered" },
  },
  {
    id: "overdue",
    title: "Accepted, and nothing after 24 hours",
    mail: { to: [OLD_SHOP], cc: [], subject: "Messa in mora - canoni non versati" },
    ago: 31 * HOUR,
    fates: { [OLD_SHOP.address]: FATES.acceptedOnly },
    expected: { [OLD_SHOP.address]: "overdue" },
  },
  {
    id: "refused",
    title: "Refused by the sender's provider",
    mail: { to: [COLLEAGUE, TOWN], cc: [], subject: "Nota spese - fascicolo 1204", text: SHORT_TEXT, attachments: [] },
    ago: 26 * HOUR,
    refused: "formal",
    expected: { [COLLEAGUE.address]: "refused", [TOWN.address]: "refused" },
  },
  {
    id: "four-fates",
    title: "Four recipients: delivered, mailbox full, late, ordinary mail",
    mail: { to: [COMPANY, TOWN], cc: [COLLEAGUE, SURVEYOR], subject: "Diffida ad adempiere - saldo dei lavori" },
    ago: 14 * HOUR,
    fates: {
      [TOWN.address]: FATES.mailboxFull,
      [COLLEAGUE.address]: FATES.late12,
      [SURVEYOR.address]: FATES.ordinaryMail,
    },
    expected: {
      [COMPANY.address]: "delivered",
      [TOWN.address]: "not-delivered",
      [COLLEAGUE.address]: "late",
      [SURVEYOR.address]: "forwarded",
    },
  },
  {
    id: "forged-receipt",
    title: "Waiting for the delivery; a forged receipt claims it",
    mail: { to: [OLD_SHOP], cc: [], subject: "Richiesta di restituzione della cauzione" },
    ago: 3 * HOUR,
    fates: { [OLD_SHOP.address]: FATES.acceptedOnly },
    forgedFor: OLD_SHOP.address,
    expected: { [OLD_SHOP.address]: "accepted" },
  },
  {
    id: "no-acceptance",
    title: "No acceptance after half an hour",
    mail: { to: [COLLEAGUE], cc: [], subject: "Istanza di rinvio - urgente", text: SHORT_TEXT, attachments: [] },
    ago: 50 * MINUTE,
    silent: true,
    expected: { [COLLEAGUE.address]: "sent" },
  },
];

function addressOf(member: number): string {
  return MEMBERS[member]?.address ?? "";
}

/**
 * @param now milliseconds UTC
 * @returns oldest first; the same bytes for the same `now`
 */
export function demoSeries(now: number): readonly DemoSeries[] {
  // Providers write whole seconds.
  const second = Math.floor(now / SECOND) * SECOND;
  return STORIES.map((story) => told(story, second - story.ago));
}

function told(story: Story, writtenAt: number): DemoSeries {
  const { id, title, expected, fates = {}, refused } = story;
  const messageId = `${id}.${localTime(writtenAt).compact}@${LAWYER.address.split("@")[1] ?? ""}`;
  const mail: Correspondence = {
    ...FORMAL_NOTICE,
    receiptTypeAsked: false,
    attachments: FORMAL_NOTICE.attachments.slice(0, 1),
    ...story.mail,
    from: LAWYER,
    id: id.replaceAll("-", ""),
    messageId: `<${messageId}>`,
    writtenAt,
  };
  const copy = originalMessage(mail);
  const submission: Submission = {
    bytes: toBytes(copy),
    reversePath: LAWYER.address,
    recipients: [...mail.to, ...mail.cc].map(({ address }) => address),
  };
  const acceptedAt = writtenAt + 8 * SECOND;
  const script: ProviderScript = { acceptedAt, recipients: fates, ...(refused === undefined ? {} : { refused }) };
  const receipts = story.silent === true ? [] : processSubmission(submission, script).answers;
  const forged = story.forgedFor === undefined ? [] : [forgedDelivery(submission, script, story.forgedFor)];
  return {
    id,
    title,
    subject: mail.subject,
    messageId,
    copy: story.withoutCopy === true ? null : toBytes(story.editCopy?.(copy) ?? copy),
    receipts: [...receipts, ...forged],
    expected,
  };
}

/** All as a provider would write it, but sealed by somebody whom no authority vouches for. */
function forgedDelivery(submission: Submission, { acceptedAt }: ProviderScript, recipient: string): DemoReceipt {
  const { mail } = readSubmission(submission, { acceptedAt, domain: PROVIDER_A.domain, isCertified: () => true });
  const draft = delivery({ ...mail, id: `${mail.id}Z` }, PROVIDER_B, acceptedAt + 5 * MINUTE, recipient);
  const bytes = toBytes(sealMessage(sealedWith(draft, { signers: [SIGNERS.unknownAuthority] })));
  return { kind: "forged-delivery", recipient, bytes };
}
