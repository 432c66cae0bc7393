// Belongs here: writing a message in Thunderbird's own window and sending it.
// Does NOT belong here: accounts (see mail-account.ts), servers (see pec-service.ts), our page in that window (see compose-page.ts).
import type { MailAccount } from "./mail-account.ts";
import type { Thunderbird } from "./thunderbird.ts";

export interface OutgoingMail {
  readonly to: readonly string[];
  readonly cc?: readonly string[];
  readonly bcc?: readonly string[];
  readonly subject: string;
  /** Plain text, lines ended by LF. */
  readonly body: string;
  readonly attachments?: readonly {
    readonly name: string;
    readonly contentType: string;
    readonly content: Uint8Array;
  }[];
  /** Kind of delivery receipt asked for; default: not said. */
  readonly receiptType?: "completa" | "breve" | "sintetica";
}

export interface SentMail {
  /** With angle brackets. */
  readonly messageId: string;
}

/** The window to write in; there is never more than one. */
export const WRITING = `const writing = Services.wm.getMostRecentWindow("msgcompose");`;

/** Opens the window and writes. */
export async function write(
  thunderbird: Thunderbird,
  { identityKey }: Pick<MailAccount, "identityKey">,
  { attachments = [], ...mail }: OutgoingMail,
): Promise<void> {
  await thunderbird.run(
    `const [identityKey, mail, attachments] = args;
     const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
     const fields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
     if (mail.receiptType) fields.setHeader("X-TipoRicevuta", mail.receiptType);
     for (const { name, contentType, base64, size } of attachments) {
       const attachment = Cc["@mozilla.org/messengercompose/attachment;1"].createInstance(Ci.nsIMsgAttachment);
       attachment.name = name;
       attachment.size = size;
       attachment.contentType = contentType;
       attachment.url = "data:" + contentType + ";base64," + base64;
       fields.addAttachment(attachment);
     }
     const parameters = Cc["@mozilla.org/messengercompose/composeparams;1"].createInstance(Ci.nsIMsgComposeParams);
     parameters.type = Ci.nsIMsgCompType.New;
     parameters.format = Ci.nsIMsgCompFormat.PlainText;
     parameters.identity = MailServices.accounts.getIdentity(identityKey);
     parameters.composeFields = fields;

     const before = new Set(Services.wm.getEnumerator("msgcompose"));
     MailServices.compose.OpenComposeWindowWithParams(null, parameters);
     const win = await waitFor("the window to write in", () =>
       [...Services.wm.getEnumerator("msgcompose")].find((each) => !before.has(each) && each.document.readyState === "complete"));
     const editor = await waitFor("the editor", () => win.gMsgCompose?.editor && win.GetCurrentEditor());
     const { document: page } = win;
     const rows = [["addressRowTo", mail.to], ["addressRowCc", mail.cc ?? []], ["addressRowBcc", mail.bcc ?? []]];
     for (const [row, addresses] of rows) {
       if (addresses.length > 0) win.addressRowAddRecipientsArray(page.getElementById(row), addresses);
     }
     const subject = page.getElementById("msgSubject");
     subject.value = mail.subject;
     subject.dispatchEvent(new win.Event("input"));
     editor.insertText(mail.body);`,
    identityKey,
    mail,
    attachments.map(({ content, ...rest }) => ({
      ...rest,
      size: content.length,
      base64: Buffer.from(content).toString("base64"),
    })),
  );
}

/**
 * Opens the window, writes, presses Send, and waits until the message was taken by the server and its copy is in Sent. What our add-on
 * warns of is sent anyway; a question that closed before it was answered, as a popup does when the focus moves, is asked again by Send.
 */
export async function sendFromComposeWindow(
  thunderbird: Thunderbird,
  account: MailAccount,
  mail: OutgoingMail,
): Promise<SentMail> {
  await write(thunderbird, account, mail);
  return thunderbird.run<SentMail>(
    `${WRITING}
     const [account] = args;
     let messageId = null;
     const observer = { observe: (_subject, _topic, id) => (messageId = id) };
     Services.obs.addObserver(observer, "mail:composeSendSucceeded");
     try {
       const button = writing.document.getElementById("button-send");
       await waitFor("the button to be enabled", () => !button.disabled);
       const isQuestion = ({ uri }) => uri?.spec.includes("/pages/compose/");
       const questions = () => [...ExtensionParent.GlobalManager.extensionMap.values()].flatMap((each) => [...each.views].filter(isQuestion));
       const isSent = () => messageId !== null && writing.closed;
       // Locked is a window whose message is on its way.
       const mayBeSent = () => !writing.closed && !writing.gWindowLocked && questions().length === 0;
       const sending = pressing(isSent, () => mayBeSent() ? button : null, 10000);
       await waitFor("the message to be sent", async () => {
         // What Thunderbird asks or complains about would be waited for in vain.
         const dialog = Services.wm.getMostRecentWindow("commondialog") ??
           [...Services.wm.getEnumerator(null)].find((each) => each.location.href.includes("commonDialog"));
         if (dialog) throw new Error("Thunderbird says: " + dialog.document.documentElement.textContent.trim());
         const answer = 'document.querySelector("[data-question=true] [data-at=send]:not([aria-disabled=true])")?.click()';
         for (const { xulBrowser } of questions()) await runInBrowser(xulBrowser, answer, []).catch(() => null);
         return sending();
       }).catch((error) => {
         throw new Error(error.message + (messageId === null ? "" : " (its window stays open)") + "; " + openWindows());
       });
     } finally {
       Services.obs.removeObserver(observer, "mail:composeSendSucceeded");
     }
     const bare = messageId.replace(/^<|>$/g, "");
     // Thunderbird 140 makes the folder of a POP3 account when it is needed first.
     const sent = await waitFor("the folder of sent mail", () => folderNamed(account.sent) ??
       folderNamed(account.inbox).server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.SentMail));
     await waitFor("the copy in Sent", () => {
       if (sent.server.type === "imap") sent.updateFolder(null);
       return [...sent.messages].some((each) => each.messageId === bare);
     });
     return { messageId: "<" + bare + ">" };`,
    account,
  );
}
