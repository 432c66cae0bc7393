// Belongs here: from a message being written to what there is to say of it before it is sent. Nothing that cannot be asked keeps it from being judged.
// Does NOT belong here: the judgement (core/sending), what follows from it (see sending-guard.ts).
import {
  bccFinding,
  type DeliveryReceiptKind,
  deliveryReceiptKind,
  encodedSize,
  knownPecDomain,
  type OutgoingPec,
  readRecipients,
  RECEIPT_KIND_FIELD,
  type Recipients,
  sendingFindings,
  type SendingFinding,
  sendingLimits,
  sha256Of,
} from "../../core/index.ts";
import type { ComposeReport, OrdinaryMailToPec } from "../../messages.ts";
import type { LedgerStore, RecipientKind } from "../../ports/ledger-store.ts";
import type { OutgoingAttachment, OutgoingMessage, OutgoingMessages } from "../../ports/outgoing-messages.ts";
import type { WithinTime } from "../../ports/within-time.ts";
import type { Answered } from "./answered-pec.ts";
import { type SendingIdentity, sendingIdentities, type SendingIdentitiesDependencies } from "./sending-identities.ts";

export interface CheckSendingDependencies {
  readonly messages: Pick<OutgoingMessages, "attachments">;
  readonly identities: SendingIdentitiesDependencies;
  readonly ledger: Pick<LedgerStore, "recipientKinds">;
  readonly answered: (messageId: number) => Promise<Answered | null>;
  readonly withinTime: WithinTime;
  /** Something could not be asked, or is broken: the rest is judged all the same. */
  readonly failed: (error: unknown) => void;
}

export interface CheckedMessage {
  readonly report: ComposeReport;
  readonly identity: SendingIdentity;
  readonly answered: Answered | null;
}

interface People {
  readonly to: Recipients;
  readonly cc: Recipients;
  readonly bcc: Recipients;
}

/** Never rejects for want of an answer. */
export async function checkSending(
  tabId: number,
  message: OutgoingMessage,
  dependencies: CheckSendingDependencies,
): Promise<CheckedMessage> {
  const { messages, ledger, identities, answered: answeredBy, withinTime, failed } = dependencies;
  const orElse = <T>(work: Promise<T>, otherwise: T): Promise<T> =>
    withinTime(work).catch((error: unknown) => {
      failed(error);
      return otherwise;
    });
  const people = peopleOf(message);
  const addresses = [...people.to.addresses, ...people.cc.addresses, ...people.bcc.addresses];
  const from = addressOf(message.from);
  const [known, attachments, kinds, answered] = await Promise.all([
    orElse(sendingIdentities(identities), null),
    orElse<readonly OutgoingAttachment[]>(messages.attachments(tabId), []),
    orElse<ReadonlyMap<string, RecipientKind>>(ledger.recipientKinds(addresses), new Map()),
    message.answers === null ? null : orElse(answeredBy(message.answers), null),
  ]);
  const identity =
    known?.identities.find(({ key }) => key === message.identity) ?? known?.ofAddress(from) ?? unknown(from);
  const receiptKind = askedKind(message) ?? identity.defaultKind;
  const checked = { message, people, from, identity, attachments, kinds, answered, receiptKind };
  // Those whose server would make ordinary mail of it come last: from there that is said.
  const pecIdentities = (known?.identities ?? [])
    .filter(({ isPec }) => isPec)
    .toSorted((a, b) => Number(a.ordinaryServer !== null) - Number(b.ordinaryServer !== null));
  const { address, isPec, foundBy, chosen, defaultKind, isQuiet } = identity;
  return {
    identity,
    answered,
    report: {
      state: await orElse(stateOf(message, attachments, receiptKind, isPec), ""),
      sender: { address, isPec, foundBy, chosen, defaultKind, isQuiet },
      receiptKind,
      findings: isPec ? findingsOf(checked, failed) : [],
      ordinary: isPec ? null : ordinaryMail(checked, pecIdentities),
    },
  };
}

/** The kind of receipt that the message itself asks for; `null`: it does not say. */
export function askedKind({ fields }: Pick<OutgoingMessage, "fields">): DeliveryReceiptKind | null {
  return deliveryReceiptKind(fields.find(isKindField)?.value);
}

/** The fields that ask for this kind, among the others of the message. */
export function fieldsAsking(
  kind: DeliveryReceiptKind,
  { fields }: Pick<OutgoingMessage, "fields">,
): OutgoingMessage["fields"] {
  return [...fields.filter((field) => !isKindField(field)), { name: RECEIPT_KIND_FIELD, value: kind }];
}

const isKindField = ({ name }: { readonly name: string }): boolean =>
  name.toLowerCase() === RECEIPT_KIND_FIELD.toLowerCase();

export function addressOf(mailbox: string): string {
  return readRecipients([mailbox]).addresses[0] ?? "";
}

interface Checked {
  readonly message: OutgoingMessage;
  readonly people: People;
  readonly from: string;
  readonly identity: SendingIdentity;
  readonly attachments: readonly OutgoingAttachment[];
  readonly kinds: ReadonlyMap<string, RecipientKind>;
  readonly answered: Answered | null;
  readonly receiptKind: DeliveryReceiptKind;
}

function findingsOf(checked: Checked, failed: (error: unknown) => void): readonly SendingFinding[] {
  const { message, people, from, identity, attachments, kinds, answered, receiptKind } = checked;
  const { mailboxAddresses, automaticBcc, ordinaryServer, operator } = identity;
  const pec = (): OutgoingPec => ({
    ...people,
    from,
    mailboxAddresses,
    automaticBcc,
    ordinaryServer,
    subject: message.subject,
    receiptKind,
    size: encodedSize(
      bodySize(message),
      attachments.map(({ size }) => size),
    ),
    attachments: attachments.map(({ name }) => name),
    limits: sendingLimits(operator),
    ordinary: new Set([...kinds].filter(([, kind]) => kind === "esterno").map(([address]) => address)),
    answered: answered?.pec ?? null,
  });
  try {
    return sendingFindings(pec());
  } catch (error) {
    // A bug of ours lets everything pass but a hidden recipient, with whom the provider would refuse the message for everybody.
    failed(error);
    return [bccFinding({ bcc: people.bcc, automaticBcc })].filter((found) => found !== null);
  }
}

/** `null`: nobody would expect a receipt. */
function ordinaryMail(
  { people, kinds, answered }: Checked,
  pecIdentities: readonly SendingIdentity[],
): OrdinaryMailToPec | null {
  const isKnownPec = (address: string): boolean => {
    const kind = kinds.get(address.toLowerCase());
    return kind === undefined ? knownPecDomain(address.split("@").at(-1) ?? "") !== null : kind === "certificato";
  };
  const addressed = [...people.to.addresses, ...people.cc.addresses, ...people.bcc.addresses];
  const about = addressed.filter(isKnownPec);
  const answers = answered?.isCertified === true;
  if (!answers && about.length === 0) return null;
  return {
    reason: answers ? "answers" : "addresses",
    about: answers ? addressed : about,
    identities: pecIdentities.map(({ key, address }) => ({ key, address })),
  };
}

function peopleOf({ to, cc, bcc }: OutgoingMessage): People {
  return { to: readRecipients(to), cc: readRecipients(cc), bcc: readRecipients(bcc) };
}

/** Bytes; with formatting both forms may be sent. */
function bodySize({ plainText, html }: OutgoingMessage): number {
  const encoder = new TextEncoder();
  return encoder.encode(plainText).length + (html === null ? 0 : encoder.encode(html).length);
}

/** Of an address of which nothing can be asked: its domain alone tells. */
function unknown(address: string): SendingIdentity {
  const isPec = knownPecDomain(address.split("@").at(-1) ?? "") !== null;
  return {
    key: "",
    address,
    isPec,
    foundBy: isPec ? "domain" : null,
    chosen: null,
    operator: null,
    ordinaryServer: null,
    mailboxAddresses: [],
    automaticBcc: [],
    defaultKind: "completa",
    isQuiet: false,
  };
}

async function stateOf(
  { identity, from, to, cc, bcc, subject, plainText, html }: OutgoingMessage,
  attachments: readonly OutgoingAttachment[],
  kind: DeliveryReceiptKind,
  isPec: boolean,
): Promise<string> {
  const files = attachments.map(({ name, size }) => [name, size]);
  const sent = [identity, from, to, cc, bcc, subject, plainText, html, files, kind, isPec];
  return sha256Of(new TextEncoder().encode(JSON.stringify(sent)));
}
