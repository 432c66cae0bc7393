// Belongs here: our button and page in the window to write in, as a person uses them. Does NOT belong here: writing (see compose-window.ts).
import { WRITING } from "./compose-window.ts";
import type { PageView, Thunderbird } from "./thunderbird.ts";

/** What stands in the window to write in. */
export interface Written {
  readonly to: string;
  readonly cc: string;
  readonly bcc: string;
  readonly from: string;
  readonly subject: string;
  /** `X-TipoRicevuta`; `null`: the message asks for nothing. */
  readonly receiptKind: string | null;
  /** Nothing in the window can be used. */
  readonly isLocked: boolean;
}

export function written(thunderbird: Thunderbird): Promise<Written> {
  return thunderbird.run(
    `${WRITING}
     const fields = writing.GetComposeDetails();
     return {
       to: fields.to,
       cc: fields.cc,
       bcc: fields.bcc,
       from: fields.from,
       subject: fields.subject,
       receiptKind: fields.hasHeader("x-tiporicevuta") ? fields.getHeader("x-tiporicevuta") : null,
       isLocked: writing.gWindowLocked,
     };`,
  );
}

/** Presses Send, or sends later, as the menu does. */
export async function pressSend(thunderbird: Thunderbird, mode: "now" | "later" = "now"): Promise<void> {
  await thunderbird.run(
    `${WRITING}
     const button = writing.document.getElementById("button-send");
     await waitFor("the button to be enabled", () => !button.disabled);
     if (args[0] === "now") button.click();
     else writing.goDoCommand("cmd_sendLater");`,
    mode,
  );
}

/** Waits until the page is open, has nothing under way, and, where that is wanted, says so. */
export function settledCompose(thunderbird: Thunderbird, addonId: string, wanted = ""): Promise<PageView> {
  return thunderbird.run(
    `let seen = "no page";
     return waitFor("the page of the window to write in: " + args[1], async () => {
       const browser = whereOf(args[0], "compose");
       const read = 'const main = document.querySelector("main"); return { data: { ...main.dataset }, text: document.body.innerText };';
       const view = browser && (await runInBrowser(browser, read, []).catch(() => null));
       seen = browser ? JSON.stringify(view) : "no page";
       const isReady = view && view.data.state !== "loading" && view.data.busy === "";
       return isReady && view.text.includes(args[1]) ? view : null;
     }).catch((error) => { throw new Error(error.message + "; there is " + seen + "; " + openWindows()); });`,
    addonId,
    wanted,
  );
}

/**
 * Presses Send, and waits until the page says that. A page that closed before anybody could read it, as a popup does when the focus moves, is
 * asked for by Send again.
 */
export async function pressSendAndRead(thunderbird: Thunderbird, addonId: string, wanted: string): Promise<PageView> {
  await thunderbird.run(
    `${WRITING}
     const button = writing.document.getElementById("button-send");
     const read = 'return document.querySelector("main").innerText;';
     const isSaid = async () => {
       const page = whereOf(args[0], "compose");
       return page !== null && (await runInBrowser(page, read, []).catch(() => "")).includes(args[1]);
     };
     const isFree = () => !writing.gWindowLocked && whereOf(args[0], "compose") === null;
     const press = pressing(() => false, () => (isFree() ? button : null), 10000);
     await waitFor("the page to say " + args[1], async () => {
       if (await isSaid()) return true;
       press();
       return false;
     }).catch((error) => { throw new Error(error.message + "; " + openWindows()); });`,
    addonId,
    wanted,
  );
  return settledCompose(thunderbird, addonId, wanted);
}

/** Opens the page by its button, and waits until it shows what there is to say. */
export async function openCompose(thunderbird: Thunderbird, addonId: string, wanted = ""): Promise<PageView> {
  await thunderbird.run(
    `${WRITING}
     const button = await waitFor("the button", () => writing.document.getElementById(args[0]));
     writing.focus();
     await waitFor("the page of the window to write in", pressing(() => whereOf(args[1], "compose"), () => button));`,
    await composeButtonId(thunderbird, addonId),
    addonId,
  );
  return settledCompose(thunderbird, addonId, wanted);
}

/** Closes the page, as a press outside of it does. */
export async function closeCompose(thunderbird: Thunderbird, addonId: string): Promise<void> {
  await thunderbird.run(
    `popupBrowser(args[0])?.closest("panel")?.hidePopup();
     await waitFor("the page to close", () => !whereOf(args[0], "compose"));`,
    addonId,
  );
}

/** Waits until the button says that, and gives its tooltip. */
export async function composeButton(thunderbird: Thunderbird, addonId: string, label: string): Promise<string> {
  return thunderbird.run(
    `${WRITING}
     const button = writing.document.getElementById(args[0]);
     await waitFor("the button to say " + args[1], () => button.getAttribute("label") === args[1]);
     return button.getAttribute("tooltiptext");`,
    await composeButtonId(thunderbird, addonId),
    label,
  );
}

function composeButtonId(thunderbird: Thunderbird, addonId: string): Promise<string> {
  return thunderbird.run(
    `const { ExtensionCommon } = ChromeUtils.importESModule("resource://gre/modules/ExtensionCommon.sys.mjs");
     return ExtensionCommon.makeWidgetId(args[0]) + "-composeAction-toolbarbutton";`,
    addonId,
  );
}

/** Closes the window without asking whether to keep what is in it. */
export async function stopWriting(thunderbird: Thunderbird): Promise<void> {
  await thunderbird.run(
    `${WRITING}
     if (!writing) return;
     writing.gContentChanged = false;
     writing.gMsgCompose.bodyModified = false;
     writing.close();
     await waitFor("the window to close", () => writing.closed);`,
  );
}

/** Waits until the window is closed, as it is once the message was sent. */
export async function sentAndClosed(thunderbird: Thunderbird): Promise<void> {
  await thunderbird.run(
    `const isGone = () => !Services.wm.getMostRecentWindow("msgcompose");
     await waitFor("the message to be sent", isGone).catch((error) => {
       // What stands in the way is in another window, or keeps this one locked.
       throw new Error(error.message + "; " + openWindows());
     });`,
  );
}

/** What the page says of the message, in order: `bcc`, `copies`, … */
export function findingsShown(thunderbird: Thunderbird, addonId: string): Promise<readonly string[]> {
  return thunderbird.runInPage(
    addonId,
    "compose",
    `return [...document.querySelectorAll("[data-finding]")].map((each) => each.dataset.finding);`,
  );
}

/** Presses the control named `at`. */
export async function pressInCompose(thunderbird: Thunderbird, addonId: string, at: string): Promise<void> {
  await thunderbird.click(addonId, "compose", `[data-at="${at}"]`);
}

/** Opens Thunderbird's own answer to a message of Local Folders. */
export async function answer(
  thunderbird: Thunderbird,
  folder: string,
  position: number,
  { identityKey }: { readonly identityKey: string },
): Promise<void> {
  await thunderbird.run(
    `const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
     const header = (await messagesOf(args[0]))[args[1]];
     const uri = header.folder.getUriForMsg(header);
     const { compose, accounts } = MailServices;
     const identity = accounts.getIdentity(args[2]);
     compose.OpenComposeWindow(null, header, uri, Ci.nsIMsgCompType.Reply, Ci.nsIMsgCompFormat.PlainText, identity, null, null);
     await waitFor("the answer", () => Services.wm.getMostRecentWindow("msgcompose")?.composeEditorReady);`,
    folder,
    position,
    identityKey,
  );
}

/** Keeps the message as a draft, closes its window, opens the draft, and waits until it asks for the kind of receipt again. */
export async function keepAndReopen(thunderbird: Thunderbird): Promise<void> {
  await thunderbird.run(
    `${WRITING}
     const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
     const { subject } = writing.GetComposeDetails();
     writing.SaveAsDraft();
     const kept = () => MailServices.accounts.allServers
       .flatMap(({ rootFolder }) => rootFolder.getFoldersWithFlags(Ci.nsMsgFolderFlags.Drafts))
       .flatMap((folder) => [...folder.messages])
       .find((each) => each.mime2DecodedSubject === subject);
     const draft = await waitFor("the draft", kept);
     await waitFor("the window to be free", () => !writing.gWindowLocked && !writing.gContentChanged);
     writing.close();
     await waitFor("the window to close", () => writing.closed);
     const uri = draft.folder.getUriForMsg(draft);
     const { Draft } = Ci.nsIMsgCompType;
     MailServices.compose.OpenComposeWindow(null, draft, uri, Draft, Ci.nsIMsgCompFormat.Default, null, null, null);
     // The closed one is listed for a moment longer.
     const opened = () => [...Services.wm.getEnumerator("msgcompose")].find((each) => each !== writing && !each.closed);
     const again = await waitFor("the draft's window", () => opened()?.composeEditorReady && opened());
     await waitFor("the kind of receipt", () => again.gMsgCompose.compFields.hasHeader("x-tiporicevuta"));
     if (again.gContentChanged) throw new Error("The draft counts as changed");`,
  );
}
