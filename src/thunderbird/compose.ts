// Belongs here: windows to write in: opening them, and the messages in them. Does NOT belong here: their button (see compose-action.ts).
import type { Composer } from "../ports/composer.ts";
import type { OutgoingChange, OutgoingMessage, OutgoingMessages, SendMode } from "../ports/outgoing-messages.ts";
import { fileOf } from "./file-of.ts";
import { messenger } from "./messenger.ts";
import { pendingListener } from "./pending-listener.ts";

export const composer: Composer = {
  async reply(messageId, draft) {
    const { to, cc, subject, body } = draft;
    const details = { to: [...to], cc: [...cc], subject, isPlainText: true };
    const tab = await messenger.compose.beginReply(messageId, "replyToSender", details);
    await fill(tab.id, body);
  },

  async forward(messageId, { subject, body, attachments }) {
    // "As attachment" is the one kind of forward that quotes nothing; the attached message itself is taken out again.
    const details = { subject, isPlainText: true };
    const { id } = await messenger.compose.beginForward(messageId, "forwardAsAttachment", details);
    if (id === undefined) throw new Error("The window to write in has no tab");
    const attached = await messenger.compose.listAttachments(id);
    for (const attachment of attached) await messenger.compose.removeAttachment(id, attachment.id);
    for (const file of attachments) await messenger.compose.addAttachment(id, { file: fileOf(file), name: file.name });
    await fill(id, body);
  },

  async ownAddresses() {
    const identities = await messenger.identities.list();
    return identities.map(({ email }) => (email ?? "").toLowerCase());
  },
};

/** Replaces the text of the window, provider's words included, and puts the person's signature below. */
async function fill(tabId: number | undefined, body: string): Promise<void> {
  if (tabId === undefined) throw new Error("The window to write in has no tab");
  const { identityId } = await messenger.compose.getComposeDetails(tabId);
  await messenger.compose.setComposeDetails(tabId, { plainTextBody: body + (await signatureOf(identityId)) });
}

async function signatureOf(identityId: string | undefined): Promise<string> {
  const identity = identityId === undefined ? null : await messenger.identities.get(identityId);
  const signature = identity?.signature ?? "";
  if (signature === "") return "";
  const isHtml = identity?.signatureIsPlainText === false;
  const plain = isHtml ? await messenger.messengerUtilities.convertToPlainText(signature) : signature;
  return `\n\n-- \n${plain}`;
}

export const outgoingMessages: OutgoingMessages = {
  async read(tabId) {
    try {
      return messageOf(await messenger.compose.getComposeDetails(tabId));
    } catch (error) {
      // Thunderbird throws for a window that is closed.
      if (await isOpen(tabId)) throw error;
      return null;
    }
  },

  async attachments(tabId) {
    const attached = await messenger.compose.listAttachments(tabId);
    return attached.map(({ name, size }) => ({ name: name ?? "", size: size ?? -1 }));
  },

  async change(tabId, change) {
    // The identity first: Thunderbird writes its own copies into the fields.
    if (change.identity !== undefined)
      await messenger.compose.setComposeDetails(tabId, { identityId: change.identity });
    const details = detailsOf(change);
    if (Object.keys(details).length > 0) await messenger.compose.setComposeDetails(tabId, details);
  },

  async restoreFields(tabId, fields) {
    const { isModified } = await messenger.compose.getComposeDetails(tabId);
    const details: Details = detailsOf({ fields });
    await messenger.compose.setComposeDetails(tabId, { ...details, ...(isModified === false ? { isModified } : {}) });
  },

  async send(tabId, mode) {
    if (mode === null) await messenger.compose.sendMessage(tabId);
    else await messenger.compose.sendMessage(tabId, { mode: mode === "now" ? "sendNow" : "sendLater" });
  },
};

/**
 * Calls `decide` when a message is about to be sent; its window is locked until that is done. It goes with the fields that the answer
 * gives it; `null`: it does not go. What breaks lets it go as it is: Thunderbird leaves the window locked where a listener rejects.
 */
export function onBeforeSend(
  decide: (tabId: number, message: OutgoingMessage) => Promise<Partial<Pick<OutgoingChange, "fields">> | null>,
  failed: (error: unknown) => void,
): void {
  const answer = async ({ id }: { readonly id?: number | undefined }, details: ReadDetails): Promise<SendAnswer> => {
    if (id === undefined) return {};
    try {
      const change = await decide(id, messageOf(details));
      return change === null ? { cancel: true } : { details: detailsOf(change) };
    } catch (error) {
      failed(error);
      return {};
    }
  };
  // The types at hand know of no listener that takes its time.
  messenger.compose.onBeforeSend.addListener(answer as unknown as BeforeSendListener);
}

type BeforeSendListener = Parameters<typeof messenger.compose.onBeforeSend.addListener>[0];
type SendAnswer = ReturnType<BeforeSendListener>;

/** Calls `listener` when a message that was to be sent is not: it was called off, or failed. */
export function onNotSent(listener: (tabId: number, mode: SendMode) => Promise<void>): void {
  messenger.compose.onAfterSend.addListener(
    pendingListener(async ({ id }, info) => {
      if (id !== undefined && "error" in info) await listener(id, info.mode === "sendLater" ? "later" : "now");
    }),
  );
}

/**
 * Calls `listener` when a window to write in is opened, or something in it is another, as far as Thunderbird tells: it does not tell of
 * what is typed into recipients and subject.
 */
export function onComposeChanged(listener: (tabId: number) => void): void {
  const ofTab = ({ id }: { readonly id?: number | undefined }): void => {
    if (id !== undefined) listener(id);
  };
  messenger.compose.onComposeStateChanged.addListener(ofTab);
  messenger.compose.onIdentityChanged.addListener(ofTab);
  messenger.compose.onAttachmentAdded.addListener(ofTab);
  messenger.compose.onAttachmentRemoved.addListener(ofTab);
}

/** Windows to write in that are open, by their tabs. */
export async function openComposeTabs(): Promise<readonly number[]> {
  const tabs = await messenger.tabs.query({ type: "messageCompose" });
  return tabs.map(({ id }) => id).filter((id) => id !== undefined);
}

async function isOpen(tabId: number): Promise<boolean> {
  return (await openComposeTabs()).includes(tabId);
}

type Details = Parameters<typeof messenger.compose.setComposeDetails>[1];
type ReadDetails = Awaited<ReturnType<typeof messenger.compose.getComposeDetails>>;

function messageOf(details: ReadDetails): OutgoingMessage {
  const { identityId, from, to, cc, bcc, subject, plainTextBody, body, isPlainText, customHeaders, type } = details;
  return {
    identity: identityId ?? "",
    from: mailboxesOf(from)[0] ?? "",
    to: mailboxesOf(to),
    cc: mailboxesOf(cc),
    bcc: mailboxesOf(bcc),
    subject: subject ?? "",
    plainText: plainTextBody ?? "",
    html: isPlainText === true ? null : (body ?? ""),
    fields: customHeaders ?? [],
    answers: type === "reply" ? (details.relatedMessageId ?? null) : null,
    draft: type === "draft" ? (details.relatedMessageId ?? null) : null,
  };
}

/** Thunderbird hands out text; what an add-on may hand in can be an entry of the address book as well. */
function mailboxesOf(recipients: ReadDetails["to"]): readonly string[] {
  const all = Array.isArray(recipients) ? recipients : [recipients];
  return all.filter((each) => typeof each === "string");
}

function detailsOf({ from, to, cc, bcc, subject, fields }: OutgoingChange): Details {
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to: [...to] }),
    ...(cc === undefined ? {} : { cc: [...cc] }),
    ...(bcc === undefined ? {} : { bcc: [...bcc] }),
    ...(subject === undefined ? {} : { subject }),
    ...(fields === undefined ? {} : { customHeaders: fields.map(({ name, value }) => ({ name, value })) }),
  };
}
