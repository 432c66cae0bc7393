// Belongs here: windows to write in.
import type { Composer } from "../ports/composer.ts";
import { fileOf } from "./file-of.ts";
import { messenger } from "./messenger.ts";

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
