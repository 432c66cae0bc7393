// Belongs here: a running Thunderbird, as a person sees it: folders, messages, the add-on's pane, button and popup.
// Does NOT belong here: getting Thunderbird (see find-thunderbird.ts), what a test expects.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HANG_MS, waitFor } from "./deadline.ts";
import { Marionette } from "./marionette.ts";
import { temporaryFolderOf } from "./profile.ts";
import { RunningProcess } from "./running-process.ts";
import { SCRIPT_PRELUDE } from "./thunderbird-script.ts";

/** A press that has not arrived by then went beside; done again too soon, both would arrive. */
const PRESS_LIMIT_MS = 30_000;

/** Where a message is shown: the selected tab of the main window, or a message window. */
export type Place = "tab" | "window";

/** Which page of the add-on. */
export type AddonPage =
  "pane" | "popup" | "background" | "options" | "ledger" | "batch" | "evidence" | "account" | "compose";

/** What a page of the add-on shows. */
export interface PageView {
  /** `data-*` attributes of the page's `main` element: `state`, `kind`, `indication`, `tabId` … */
  readonly data: Readonly<Record<string, string>>;
  /** The text that a person sees. */
  readonly text: string;
}

/** The add-on's button in the header of the shown message. */
export interface ButtonView {
  readonly label: string;
  readonly title: string;
  readonly icon: string;
  /** What the icon stands for, as its file is named: `sealed`, `not-valid`, `checking`, `none` … */
  readonly state: string;
  readonly disabled: boolean;
}

export interface StartOptions {
  readonly binary: string;
  readonly profile: string;
  /** Value of DISPLAY; `null` for the person's own screen. */
  readonly display: string | null;
}

export class Thunderbird {
  readonly #process: RunningProcess;
  readonly #marionette: Marionette;

  private constructor(process: RunningProcess, marionette: Marionette) {
    this.#process = process;
    this.#marionette = marionette;
  }

  /**
   * Starts Thunderbird and waits until its main window can be used. Its temporary files are below the profile: two Thunderbirds that write
   * a message at the same moment take each other's away where they share a folder for them.
   */
  static async start({ binary, profile, display }: StartOptions): Promise<Thunderbird> {
    const program = new RunningProcess(
      binary,
      ["--profile", profile, "--no-remote", "--marionette", "--remote-allow-system-access"],
      { environment: { ...thunderbirdEnvironment(display), TMPDIR: temporaryFolderOf(profile), MOZ_MARIONETTE: "1" } },
    );
    let over = false;
    program.ended.then(
      () => (over = true),
      () => (over = true),
    );
    try {
      const port = await waitFor("Thunderbird to listen", HANG_MS, async () => {
        if (over) throw program.failure("ended early");
        return readPort(profile);
      });
      const thunderbird = new Thunderbird(program, await Marionette.connect(port));
      await thunderbird.run(`
        await waitFor("the main window", () => {
          const inner = mainWindow()?.document.getElementById("tabmail")?.currentAbout3Pane;
          return inner?.threadTree && inner.document.readyState === "complete";
        });
      `);
      if (display !== null) await thunderbird.#parkPointer();
      return thunderbird;
    } catch (error) {
      await program.stop();
      throw error;
    }
  }

  /**
   * On a screen without a window manager the focus goes to what is under the pointer: a popup that opens there takes it
   * from the main window, and is closed for that. So the pointer goes to a corner.
   */
  async #parkPointer(): Promise<void> {
    await this.run(
      `const { windowUtils, screenX, screenY } = mainWindow();
       windowUtils.sendNativeMouseEvent(screenX + 1, screenY + 1, windowUtils.NATIVE_MOUSE_MESSAGE_MOVE, 0, 0, null);`,
    );
  }

  /** Runs a script with Thunderbird's privileges; it may use everything of SCRIPT_PRELUDE. */
  run<T>(body: string, ...parameters: readonly unknown[]): Promise<T> {
    return this.#marionette.run<T>(`${SCRIPT_PRELUDE}\n${body}`, ...parameters);
  }

  /**
   * Installs a folder or an .xpi. Gives the add-on's id.
   *
   * @param temporary for this session, as web-ext does; else to stay, as a person installs an .xpi
   */
  async installAddon(path: string, { temporary = true }: { readonly temporary?: boolean } = {}): Promise<string> {
    const answer = await this.#marionette.command("Addon:Install", { path, temporary });
    const { value: id } = answer as { value: string };
    await this.run(
      `await waitFor("the background page", () => [...(extensionWith(args[0])?.views ?? [])].some((view) => view.viewType === "background"));`,
      id,
    );
    return id;
  }

  async uninstallAddon(id: string): Promise<void> {
    await this.#marionette.command("Addon:Uninstall", { id });
  }

  /**
   * Stops the background page as Thunderbird does after half a minute without work: whatever it had in memory is gone. An event that comes
   * at that moment keeps the page, or wakes another at once.
   */
  async stopBackground(id: string): Promise<void> {
    await this.run(
      `const running = whereOf(args[0], "background");
       const isGone = () => !running || whereOf(args[0], "background") !== running;
       await waitFor("the background page to be gone", async () => {
         if (!isGone()) await extensionWith(args[0]).terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
         return isGone();
       });`,
      id,
    );
  }

  async setAddonEnabled(id: string, enabled: boolean): Promise<void> {
    await this.run(
      `const { AddonManager } = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
       const addon = await AddonManager.getAddonByID(args[0]);
       if (args[1]) await addon.enable(); else await addon.disable();
       await waitFor("the add-on to change", () => addon.isActive === args[1]);`,
      id,
      enabled,
    );
  }

  /** Thunderbird's own theme. */
  async setTheme(theme: "light" | "dark"): Promise<void> {
    await this.run(
      `const { AddonManager } = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
       await (await AddonManager.getAddonByID("thunderbird-compact-" + args[0] + "@mozilla.org")).enable();
       const dark = args[0] === "dark";
       await waitFor("the theme", () => mainWindow().matchMedia("(prefers-color-scheme: dark)").matches === dark);`,
      theme,
    );
  }

  /** Opens a folder of Local Folders in the main window. */
  async showFolder(name: string): Promise<void> {
    await this.run(
      `const folder = await waitFor("the folder " + args[0], () => folderNamed(args[0]));
       const inner = mainWindow().document.getElementById("tabmail").currentAbout3Pane;
       inner.displayFolder(folder.URI);
       await waitFor("the folder to be shown", () => inner.gFolder?.URI === folder.URI && inner.gDBView?.rowCount > 0);`,
      name,
    );
  }

  /** Subjects of the messages of a folder of Local Folders. A message's position in this list is how the others name it. */
  subjects(folder: string): Promise<readonly string[]> {
    return this.run(`return (await messagesOf(args[0])).map((each) => each.mime2DecodedSubject);`, folder);
  }

  /** Selects a message in the main window, whose folder must be shown, and waits until Thunderbird shows it. */
  async selectMessage(folder: string, position: number): Promise<void> {
    await this.run(
      `const header = (await messagesOf(args[0]))[args[1]];
       select(header);
       await waitFor("the message " + header.mime2DecodedSubject, () => {
         if (isShown(header, "tab")) return true;
         keepSelected(header);
         return false;
       });`,
      folder,
      position,
    );
  }

  /** Selects messages one after the other without waiting for any but the last, as somebody who holds an arrow key down. */
  async rushThroughMessages(folder: string, positions: readonly number[]): Promise<void> {
    await this.run(
      `const headers = await messagesOf(args[0]);
       for (const position of args[1]) {
         select(headers[position]);
         await new Promise((resolve) => window.requestAnimationFrame(resolve));
       }
       const last = headers[args[1].at(-1)];
       await waitFor("the last message", () => isShown(last, "tab"));`,
      folder,
      positions,
    );
  }

  /** Opens a message of a folder of Local Folders in a tab or a window of its own. */
  async openMessage(folder: string, position: number, place: Place): Promise<void> {
    await this.run(
      `const { MailUtils } = ChromeUtils.importESModule("resource:///modules/MailUtils.sys.mjs");
       const header = (await messagesOf(args[0]))[args[1]];
       const messageURI = header.folder.getUriForMsg(header);
       if (args[2] === "tab") mainWindow().document.getElementById("tabmail").openTab("mailMessageTab", { messageURI });
       else MailUtils.openMessageInNewWindow(header);
       await waitFor("the opened message", () => isShown(header, args[2]));`,
      folder,
      position,
      place,
    );
  }

  /** The number under which the WebExtension API knows the message that Thunderbird shows now. */
  shownMessageId(addonId: string, place: Place = "tab"): Promise<number> {
    return this.run(`return extensionWith(args[0]).messageManager.convert(shownMessage(args[1])).id;`, addonId, place);
  }

  /** Closes the selected tab (never the first), or the message window. */
  async closeMessage(place: Place): Promise<void> {
    await this.run(
      `if (args[0] === "window") {
         Services.wm.getMostRecentWindow("mail:messageWindow").close();
         await waitFor("the window to close", () => !Services.wm.getMostRecentWindow("mail:messageWindow"));
       } else {
         const tabmail = mainWindow().document.getElementById("tabmail");
         if (tabmail.currentTabInfo !== tabmail.tabInfo[0]) tabmail.closeTab(tabmail.currentTabInfo);
       }`,
      place,
    );
  }

  /** What the add-on's button in the message header shows; `null` when there is none. */
  button(addonId: string, place: Place = "tab"): Promise<ButtonView | null> {
    return this.run(`return buttonView(args[0], args[1]);`, addonId, place);
  }

  /** What the pane between header and body shows; `null` when there is no visible pane. */
  pane(addonId: string, place: Place = "tab"): Promise<PageView | null> {
    return this.run(
      `const browser = paneBrowser(args[0], args[1]);
       if (!browser || !isVisible(browser)) return null;
       return runInBrowser(browser, ${JSON.stringify(READ_PAGE)}, []);`,
      addonId,
      place,
    );
  }

  /**
   * Waits until the pane has its verdict on the message that is shown now, folded or unfolded as wanted, and until it
   * changes no more (its height follows what it shows).
   */
  settledPane(addonId: string, expanded: boolean | null = null, place: Place = "tab"): Promise<PageView> {
    return this.run(
      `const [id, expanded, place] = args;
       let last = "";
       return waitFor("the pane to settle", async () => {
         const browser = paneBrowser(id, place);
         const shown = shownMessage(place);
         if (!browser || !isVisible(browser) || !shown) return null;
         const view = await runInBrowser(browser, ${JSON.stringify(READ_PAGE)}, []).catch(() => null);
         const messageId = String(extensionWith(id).messageManager.convert(shown).id);
         const isReady = view && view.data.state && view.data.state !== "checking" && view.data.messageId === messageId &&
           (expanded === null || view.data.expanded === String(expanded));
         const now = isReady ? JSON.stringify([view, browser.getBoundingClientRect().height]) : "";
         const isStable = now !== "" && now === last;
         last = now;
         return isStable ? view : null;
       });`,
      addonId,
      expanded,
      place,
    );
  }

  /**
   * Waits until the button is as wanted (`state`: named as the icon's file is), or, where its state is not told, says anything but that the
   * message is being checked; and until it changes no more. What it says comes to it piece by piece, its being enabled last: who
   * expects something of it says so here.
   */
  settledButton(
    addonId: string,
    wanted: Partial<Pick<ButtonView, "state" | "label" | "disabled">> = {},
    place: Place = "tab",
  ): Promise<ButtonView> {
    return this.run(
      `const [id, wanted, place] = args;
       let last = "";
       let since = 0;
       let looks = 0;
       return waitFor("the button to settle as " + JSON.stringify(wanted), () => {
         const view = buttonView(id, place);
         const now = JSON.stringify(view);
         if (now !== last) {
           last = now;
           since = Date.now();
           looks = 0;
         }
         looks += 1;
         const isWanted = view !== null && view.state !== "checking" && Object.keys(wanted).every((key) => view[key] === wanted[key]);
         // What the button said of the message before is taken back within this time; on a busy machine it passes without a look.
         return isWanted && looks > 3 && Date.now() - since > 150 ? view : null;
       }).catch((error) => { throw new Error(error.message + "; it is " + last); });`,
      addonId,
      wanted,
      place,
    );
  }

  /** Presses the add-on's button, and waits until its popup has a page in it. */
  async openPopup(addonId: string, place: Place = "tab"): Promise<void> {
    await this.run(
      `await waitFor("the popup", pressing(
         () => {
           const browser = popupBrowser(args[0]);
           return browser?.browsingContext?.currentWindowGlobal && isVisible(browser);
         },
         () => popupBrowser(args[0]) ? null : headerButton(args[0], args[1]),
       ));`,
      addonId,
      place,
    );
  }

  /** What the open popup shows; `null` when none is open. */
  popup(addonId: string): Promise<PageView | null> {
    return this.run(
      `const browser = popupBrowser(args[0]);
       return browser ? runInBrowser(browser, ${JSON.stringify(READ_PAGE)}, []) : null;`,
      addonId,
    );
  }

  /** Waits until the open popup has its verdict on the message that is shown now. */
  settledPopup(addonId: string, place: Place = "tab"): Promise<PageView> {
    return this.run(
      `return waitFor("the popup to settle", async () => {
         const browser = popupBrowser(args[0]);
         const shown = shownMessage(args[1]);
         if (!browser) throw new Error("The popup has closed; the focus is in " + Services.focus.focusedWindow?.location.href);
         if (!shown) return null;
         const view = await runInBrowser(browser, ${JSON.stringify(READ_PAGE)}, []).catch(() => null);
         const messageId = String(extensionWith(args[0]).messageManager.convert(shown).id);
         return view && view.data.state && view.data.state !== "checking" && view.data.messageId === messageId ? view : null;
       });`,
      addonId,
      place,
    );
  }

  async closePopup(addonId: string): Promise<void> {
    await this.run(
      `popupBrowser(args[0])?.closest("panel").hidePopup();
       await waitFor("the popup to close", () => !popupBrowser(args[0]));`,
      addonId,
    );
  }

  /**
   * The verdict of the popup on the message that is shown now: opened, read and closed. The focus that comes to the main window late, as it
   * does on a busy machine, closes a popup that has just opened: a person opens it again.
   */
  async popupVerdict(addonId: string): Promise<PageView> {
    const read = async (): Promise<PageView> => {
      await this.openPopup(addonId);
      return this.settledPopup(addonId);
    };
    const view = await read().catch(read);
    await this.closePopup(addonId);
    return view;
  }

  /** Opens the add-on's options page in a tab, as the add-ons manager does, and waits until it shows something. */
  async openOptions(addonId: string): Promise<void> {
    await this.runInPage(addonId, "background", `await messenger.runtime.openOptionsPage();`);
    await this.run(
      `await waitFor("the options page", async () => {
         const browser = whereOf(args[0], "options");
         if (!browser) return false;
         const view = await runInBrowser(browser, ${JSON.stringify(READ_PAGE)}, []).catch(() => null);
         return view?.data.state === "shown";
       });`,
      addonId,
    );
  }

  /** What the options page shows; `null` when it is not open. */
  options(addonId: string): Promise<PageView | null> {
    return this.run(
      `const browser = whereOf(args[0], "options");
       return browser ? runInBrowser(browser, ${JSON.stringify(READ_PAGE)}, []) : null;`,
      addonId,
    );
  }

  /** Opens the page on PEC accounts in a tab, and waits until it shows something. `part`: how it is opened. */
  async openAccounts(addonId: string, part: "welcome" | "accounts" | "add"): Promise<void> {
    await this.runInPage(
      addonId,
      "background",
      `await messenger.tabs.create({ url: "/pages/account/account.html#" + args[0] });`,
      [part],
    );
    await this.settledAccounts(addonId);
  }

  /** Waits until the page on PEC accounts has nothing under way, and gives what it shows. */
  settledAccounts(addonId: string): Promise<PageView> {
    return this.run(
      `return waitFor("the page on accounts", async () => {
         const browser = whereOf(args[0], "account");
         const view = browser && (await runInBrowser(browser, ${JSON.stringify(READ_PAGE)}, []).catch(() => null));
         return view?.data.state === "shown" && view.data.busy === "" ? view : null;
       });`,
      addonId,
    );
  }

  /** Opens the page with all sent PEC in a tab, and waits until it shows something. */
  async openLedger(addonId: string): Promise<void> {
    await this.runInPage(addonId, "background", `await messenger.tabs.create({ url: "/pages/ledger/ledger.html" });`);
    await this.settledLedger(addonId);
  }

  /** Waits until the ledger page has loaded everything, and gives what it shows. */
  settledLedger(addonId: string): Promise<PageView> {
    return this.run(
      `return waitFor("the ledger page", async () => {
         const browser = whereOf(args[0], "ledger");
         if (!browser) return null;
         const view = await runInBrowser(browser, ${JSON.stringify(READ_PAGE)}, []).catch(() => null);
         return view?.data.state === "shown" && view.data.busy === "" ? view : null;
       });`,
      addonId,
    );
  }

  /** Opens the page for checking many messages in a tab, and waits until it shows what can be chosen. */
  async openBatch(addonId: string): Promise<void> {
    await this.runInPage(addonId, "background", `await messenger.tabs.create({ url: "/pages/batch/batch.html" });`);
    await this.settledBatch(addonId);
  }

  /** Waits until the page for checking many messages shows what can be chosen. */
  async settledBatch(addonId: string): Promise<void> {
    await this.run(
      `await waitFor("the page for many messages", async () => {
         const browser = whereOf(args[0], "batch");
         return browser && runInBrowser(browser, 'return document.querySelector("#folder option") !== null;', []).catch(() => false);
       });`,
      addonId,
    );
  }

  /** What the page for checking many messages shows. */
  batch(addonId: string): Promise<PageView> {
    return this.runInPage(addonId, "batch", READ_PAGE);
  }

  /** What the page that makes a bundle of evidence shows. `null` while it is being opened. */
  evidence(addonId: string): Promise<PageView | null> {
    return this.runInPage<PageView>(addonId, "evidence", READ_PAGE).catch(() => null);
  }

  /** On that page, begins to check a folder of Local Folders. */
  async checkFolder(addonId: string, folder: string): Promise<void> {
    await this.runInPage(
      addonId,
      "batch",
      `const select = document.querySelector("#folder");
       select.value = [...select.options].find(({ text }) => text === args[0]).value;
       select.dispatchEvent(new Event("change"));
       document.querySelector("[data-at=start-folder]").click();`,
      [folder],
    );
  }

  /** Gives a file input of a page a file, as the dialog would. */
  chooseFile(addonId: string, page: AddonPage, at: string, name: string, bytes: Uint8Array): Promise<void> {
    return this.chooseFiles(addonId, page, at, { [name]: bytes });
  }

  /** The same with several files, by name. */
  async chooseFiles(
    addonId: string,
    page: AddonPage,
    at: string,
    files: Readonly<Record<string, Uint8Array>>,
  ): Promise<void> {
    await this.runInPage(
      addonId,
      page,
      `const input = document.querySelector('input[data-file="' + args[0] + '"]');
       const choice = new DataTransfer();
       for (const [name, base64] of args[1]) {
         choice.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name));
       }
       input.files = choice.files;
       input.dispatchEvent(new Event("change"));`,
      [at, Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")])],
    );
  }

  /** How large a page of ours is drawn, and how wide it may be: CSS. */
  setLook(
    addonId: string,
    page: AddonPage,
    { zoom, width }: { readonly zoom: number; readonly width: string },
  ): Promise<void> {
    return this.run(
      `const browser = whereOf(args[0], args[1]);
       browser.fullZoom = args[2];
       browser.style.maxWidth = args[3];
       await new Promise((resolve) => window.requestAnimationFrame(() => window.requestAnimationFrame(resolve)));`,
      addonId,
      page,
      zoom,
      width,
    );
  }

  /**
   * Presses an element with the mouse, as a person does: what Thunderbird only grants to a person's own click needs this one. Waits until the
   * press has arrived; one that went beside, because the page moved under the pointer, is done again.
   */
  async press(addonId: string, page: AddonPage, selector: string, place: Place = "tab"): Promise<void> {
    await waitFor(`the press of ${selector} to arrive`, HANG_MS, async () =>
      (await this.#pressOnce(addonId, page, selector, place)) ? true : null,
    );
    if (page !== "popup") await this.#parkPointer();
  }

  /** Whether it arrived. */
  async #pressOnce(addonId: string, page: AddonPage, selector: string, place: Place): Promise<boolean> {
    const [x, y] = await this.runInPage<[number, number]>(
      addonId,
      page,
      `${ELEMENT}
       element.scrollIntoView({ block: "center" });
       await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
       // The press takes its way through the screen and arrives when it does. Scripts share nothing but the page itself.
       delete document.documentElement.dataset.pressed;
       const arrived = ({ target }) => {
         if (target.closest(args[0]) !== null) document.documentElement.dataset.pressed = "";
       };
       window.addEventListener("click", arrived, { capture: true });
       const { left, top, width, height } = element.getBoundingClientRect();
       return [left + width / 2, top + height / 2];`,
      [selector],
      place,
    );
    await this.run(
      `const browser = whereOf(args[0], args[1], args[4]);
       const { windowUtils } = browser.ownerDocument.defaultView;
       if (args[1] === "popup") {
         // Without a window manager the screen takes a press there for one outside, and the popup closes.
         const win = browser.ownerDocument.defaultView;
         const { left, top } = browser.getBoundingClientRect();
         const x = left + args[2], y = top + args[3];
         // The second is gone from Thunderbird 153, the first not yet in 140.
         const send = (name, clickCount) => win.synthesizeMouseEvent
           ? win.synthesizeMouseEvent(name, x, y, { button: 0, clickCount }, {})
           : windowUtils.sendMouseEvent(name, x, y, 0, clickCount, 0);
         send("mousemove", 0);
         send("mousedown", 1);
         send("mouseup", 1);
         return;
       }
       const names = ["NATIVE_MOUSE_MESSAGE_MOVE", "NATIVE_MOUSE_MESSAGE_BUTTON_DOWN", "NATIVE_MOUSE_MESSAGE_BUTTON_UP"];
       for (const name of names) {
         const x = Math.round(browser.screenX + args[2]), y = Math.round(browser.screenY + args[3]);
         await new Promise((resolve) => windowUtils.sendNativeMouseEvent(x, y, windowUtils[name], 0, 0, browser, resolve));
       }`,
      addonId,
      page,
      x,
      y,
      place,
    );
    return this.run(
      `const [id, page, place, limit] = args;
       return waitFor("the press to arrive", async () => {
         const browser = whereOf(id, page, place);
         // What it was to open may have closed its page.
         return !browser || runInBrowser(browser, 'return document.documentElement.dataset.pressed !== undefined;', []).catch(() => false);
       }, limit).catch(() => false);`,
      addonId,
      page,
      place,
      PRESS_LIMIT_MS,
    );
  }

  /** Waits until Thunderbird asks whether the add-on may have a permission. */
  async permissionQuestion(): Promise<void> {
    await this.run(
      `await waitFor("the question", () => {
         const found = mainWindow().document.querySelector("#addon-webext-permissions-notification");
         return found && isVisible(found);
       });`,
    );
  }

  /** Answers Thunderbird's question whether the add-on may have a permission, once it is asked. */
  async answerPermissionQuestion(allowed: boolean): Promise<void> {
    await this.run(
      `const kind = args[0] ? "primary" : "secondary";
       const selector = "#addon-webext-permissions-notification .popup-notification-" + kind + "-button";
       const button = await waitFor("the question", () => {
         const found = mainWindow().document.querySelector(selector);
         return found && isVisible(found) ? found : null;
       });
       // Thunderbird ignores a click that comes too soon after the question.
       await waitFor("the question to be answered", () => {
         button.click();
         return !isVisible(button);
       });`,
      allowed,
    );
  }

  /** Clicks an element of a page of the add-on, once it is there. */
  async click(addonId: string, page: AddonPage, selector: string, place: Place = "tab"): Promise<void> {
    await this.runInPage(
      addonId,
      page,
      `${ELEMENT}
       element.click();`,
      [selector],
      place,
    );
  }

  /**
   * Runs the body of an async function inside a page of the add-on, with that page's own privileges and JSON parameters. The background page
   * is woken where it rests, as it does after half a minute without work.
   */
  runInPage<T>(
    addonId: string,
    page: AddonPage,
    body: string,
    parameters: readonly unknown[] = [],
    place: Place = "tab",
  ): Promise<T> {
    return this.run(
      `if (args[1] === "background") await wakeBackground(args[0]);
       const browser = whereOf(args[0], args[1], args[4]);
       if (!browser) throw new Error("The add-on has no open page: " + args[1]);
       return runInBrowser(browser, args[2], args[3]);`,
      addonId,
      page,
      body,
      parameters,
      place,
    );
  }

  /** Picture of the whole main window. */
  async screenshot(file: string): Promise<void> {
    await writeFile(file, await this.#marionette.screenshot());
  }

  /** Picture of a page of the add-on alone; the popup is a window of its own and not in `screenshot`. */
  async screenshotPage(addonId: string, page: AddonPage, file: string): Promise<void> {
    const url = await this.run<string>(
      `const browser = whereOf(args[0], args[1], "tab");
       const bitmap = await browser.browsingContext.currentWindowGlobal.drawSnapshot(null, browser.fullZoom, "white");
       const canvas = document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
       canvas.width = bitmap.width;
       canvas.height = bitmap.height;
       canvas.getContext("2d").drawImage(bitmap, 0, 0);
       return canvas.toDataURL("image/png");`,
      addonId,
      page,
    );
    await writeFile(file, Buffer.from(url.slice(url.indexOf(",") + 1), "base64"));
  }

  async stop(): Promise<void> {
    this.#marionette.close();
    await this.#process.stop();
  }
}

/** Environment for a Thunderbird of ours: no crash reporter, one time zone for everybody, our screen. */
export function thunderbirdEnvironment(display: string | null): Readonly<Record<string, string>> {
  const common = { MOZ_CRASHREPORTER_DISABLE: "1", NO_AT_BRIDGE: "1", TZ: "Europe/Rome" };
  return display === null ? common : { ...common, DISPLAY: display, MOZ_ENABLE_WAYLAND: "0", GDK_BACKEND: "x11" };
}

/** In a page: `element`, once the selector that is the first argument finds one. */
const ELEMENT = `
  const limit = Date.now() + ${HANG_MS};
  let element = null;
  while ((element = document.querySelector(args[0])) === null) {
    if (Date.now() > limit) throw new Error("No element " + args[0] + " in: " + document.body.innerText.slice(0, 2000));
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
`;

const READ_PAGE = `
  const main = document.querySelector("main");
  return { data: { ...(main?.dataset ?? {}) }, text: document.body?.innerText ?? "" };
`;

/** Thunderbird writes the port it chose into its profile. */
async function readPort(profile: string): Promise<number | null> {
  try {
    const port = Number(await readFile(join(profile, "MarionetteActivePort"), "utf8"));
    return port > 0 ? port : null;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
