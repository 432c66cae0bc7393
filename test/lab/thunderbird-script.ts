// Belongs here: the part of our scripts that runs inside Thunderbird, with its privileges: plain JavaScript as text.
// Does NOT belong here: the typed functions around them (see thunderbird.ts).
import { HANG_MS } from "./deadline.ts";

/** What every script may use. Names and places are those of Thunderbird 140 to 153. */
export const SCRIPT_PRELUDE = `
  const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");

  const waitFor = async (what, condition, limit = ${HANG_MS}) => {
    const end = Date.now() + limit;
    for (;;) {
      const value = await condition();
      if (value) return value;
      if (Date.now() > end) throw new Error("Waited " + limit + " ms for " + what);
      await new Promise((resolve) => window.setTimeout(resolve, 30));
    }
  };

  const mainWindow = () => Services.wm.getMostRecentWindow("mail:3pane");

  /** The inner window that shows a message: of a message window, else of the selected tab of the main window. */
  const aboutMessage = (place) => {
    if (place === "window") {
      return Services.wm.getMostRecentWindow("mail:messageWindow")?.messageBrowser?.contentWindow ?? null;
    }
    const inner = mainWindow()?.document.getElementById("tabmail").currentTabInfo?.chromeBrowser?.contentWindow;
    return (inner?.messageBrowser ? inner.messageBrowser.contentWindow : inner) ?? null;
  };

  const shownMessage = (place) => {
    const inner = aboutMessage(place);
    return inner?.msgLoaded && inner.gMessage ? inner.gMessage : null;
  };

  /** What stands in the way of something that does not come: in another window, or in one to write in that is locked. */
  const openWindows = () => [...Services.wm.getEnumerator(null)].map((each) => {
    const { gWindowLocked, gSendLocked } = each;
    const locked = gWindowLocked === undefined ? "" : " (locked: " + gWindowLocked + ", send locked: " + gSendLocked + ")";
    return each.location.href + " " + each.document.title + locked;
  }).join("; ") + "; the focus is in " + Services.focus.focusedWindow?.location.href;

  /** Keys count in one folder alone. */
  const isShown = (header, place) => {
    const shown = shownMessage(place);
    return shown?.messageKey === header.messageKey && shown.folder?.URI === header.folder.URI;
  };

  /** A folder of Local Folders by its name, or any folder by its URI; null when there is none. */
  const folderNamed = (name) => {
    const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
    if (name.includes("://")) {
      return ChromeUtils.importESModule("resource:///modules/MailUtils.sys.mjs").MailUtils.getExistingFolder(name);
    }
    const root = MailServices.accounts.localFoldersServer.rootFolder;
    // Thunderbird 140 calls its own folders, such as Sent, by their names in the language of the person.
    return root.subFolders.find((folder) => folder.name === name || folder.filePath.leafName === name) ?? null;
  };

  /** The messages of a folder in the order of its file. */
  const messagesOf = async (name) => {
    const folder = await waitFor("the folder " + name, () => folderNamed(name));
    return [...folder.messages].sort((a, b) => a.messageKey - b.messageKey);
  };

  const select = (header) => {
    const inner = mainWindow().document.getElementById("tabmail").currentAbout3Pane;
    inner.threadTree.selectedIndex = inner.gDBView.findIndexOfMsgHdr(header, true);
  };

  /** A list that is still being filled, or made anew, loses what was selected in it. */
  const keepSelected = (header) => {
    const inner = mainWindow().document.getElementById("tabmail").currentAbout3Pane;
    const index = inner.gDBView.findIndexOfMsgHdr(header, true);
    if (inner.threadTree.selectedIndex !== index) inner.threadTree.selectedIndex = index;
  };

  const extensionWith = (id) => ExtensionParent.GlobalManager.getExtension(id);

  /** The page of the add-on between header and body, or null. */
  const paneBrowser = (id, place) => {
    const base = extensionWith(id)?.baseURI.spec;
    const inner = aboutMessage(place);
    if (!base || !inner) return null;
    return [...inner.document.querySelectorAll("browser")].find((each) => each.currentURI?.spec.startsWith(base)) ?? null;
  };

  const isVisible = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true });
  };

  /** The open popup of the add-on, or null. */
  const popupBrowser = (id) => {
    const base = extensionWith(id)?.baseURI.spec;
    if (!base) return null;
    for (const win of Services.wm.getEnumerator(null)) {
      const documents = [win.document, aboutMessage("tab")?.document, aboutMessage("window")?.document];
      for (const each of documents) {
        const found = each?.querySelector(".webextension-popup-browser");
        if (found?.currentURI?.spec.startsWith(base)) return found;
      }
    }
    return null;
  };

  const headerButton = (id, place) => {
    const { ExtensionCommon } = ChromeUtils.importESModule("resource://gre/modules/ExtensionCommon.sys.mjs");
    const name = ExtensionCommon.makeWidgetId(id) + "-messageDisplayAction-toolbarbutton";
    return aboutMessage(place)?.document.getElementById(name) ?? null;
  };

  const buttonView = (id, place) => {
    const button = headerButton(id, place);
    if (!button || !isVisible(button)) return null;
    const style = button.ownerDocument.defaultView.getComputedStyle(button);
    const icon = style.getPropertyValue("--webextension-toolbar-image");
    return {
      label: button.getAttribute("label") ?? "",
      title: button.getAttribute("tooltiptext") ?? "",
      icon,
      state: /state-([a-z-]+?)(?:-dark)?[.]svg/.exec(icon)?.[1] ?? "",
      disabled: button.disabled === true || button.getAttribute("disabled") === "true",
    };
  };

  const whereOf = (id, where, place) => {
    if (where === "pane") return paneBrowser(id, place);
    if (where === "popup") return popupBrowser(id);
    if (where === "compose") {
      const isPage = ({ uri }) => uri?.spec.includes("/pages/compose/");
      return popupBrowser(id) ?? [...(extensionWith(id)?.views ?? [])].find(isPage)?.xulBrowser ?? null;
    }
    if (["options", "ledger", "batch", "evidence", "account"].includes(where)) {
      const isPage = ({ viewType, uri }) => viewType === "tab" && uri?.spec.includes("/pages/" + where + "/");
      return [...(extensionWith(id)?.views ?? [])].find(isPage)?.xulBrowser ?? null;
    }
    if (where === "background") {
      return [...(extensionWith(id)?.views ?? [])].find((view) => view.viewType === "background")?.xulBrowser ?? null;
    }
    throw new Error("No such place: " + where);
  };

  /**
   * A condition for waitFor that presses a button until it holds. Before Thunderbird opens a popup it waits for its window to get the focus:
   * without a window manager that was seen never to come, once in some hundred presses. A person presses again.
   */
  const pressing = (condition, button, again = 5000) => {
    let pressedAt = -Infinity;
    return () => {
      const value = condition();
      if (value) return value;
      const found = Date.now() - pressedAt > again ? button() : null;
      if (found && !found.disabled) {
        pressedAt = Date.now();
        found.click();
      }
      return null;
    };
  };

  /** The background page runs, and goes on for a while. */
  const wakeBackground = async (id) => {
    // An add-on that was just enabled may still be starting.
    await waitFor("the add-on to have started", () => extensionWith(id)?.wakeupBackground);
    await extensionWith(id).wakeupBackground();
    await waitFor("the background page", () => whereOf(id, "background"));
    extensionWith(id).emit("background-script-reset-idle", { reason: "event" });
  };

  /** Runs the body of an async function inside a page of the add-on, whichever process it lives in. */
  const runInBrowser = async (browser, body, parameters) => {
    const actor = browser.browsingContext.currentWindowGlobal.getActor("MarionetteCommands");
    const script = "const done = arguments[arguments.length - 1]; const args = [...arguments].slice(0, -1);" +
      "(async () => {" + body + "\\n})().then((value) => done(JSON.stringify({ value })), (error) => done(JSON.stringify({ error: String(error) })));";
    const answer = await actor.executeScript(script, parameters, { async: true, timeout: ${HANG_MS} });
    const text = typeof answer === "string" ? answer : (answer?.data ?? answer?.serializedValue ?? answer);
    const outcome = JSON.parse(text);
    if ("error" in outcome) throw new Error(outcome.error);
    return outcome.value;
  };
`;
