import { describe, expect, test } from "vitest";
import { HANG_MS, waitFor, waitForAnswer } from "../lab/deadline.ts";
import { DEMO_FOLDER } from "../lab/demo-mailbox.ts";
import { addonId } from "../lab/flavours.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import { demoMessages } from "../provider/demo-messages.ts";
import { builtAddon, inSharedThunderbird, inThunderbird, installations, mainInstallations } from "./in-thunderbird.ts";

const ID = addonId("demo");

/** Position of a demo message in its folder. */
function positionOf(id: string): number {
  const position = demoMessages().findIndex((message) => message.id === id);
  if (position < 0) throw new Error(`No demo message ${id}`);
  return position;
}

const SEALED = positionOf("envelope");
const ALTERED = positionOf("altered");
const ORDINARY = positionOf("ordinary-mail");

/** What is left of the add-on in the main window. */
interface Residue {
  readonly panes: number;
  readonly columns: number;
  readonly listeners: number;
}

function residue(thunderbird: Thunderbird): Promise<Residue> {
  return thunderbird.run<Residue>(
    `const inner = aboutMessage("tab");
     const { ThreadPaneColumns } = ChromeUtils.importESModule("chrome://messenger/content/ThreadPaneColumns.mjs");
     return {
       panes: inner.document.querySelectorAll("#singleMessage > browser:not(#messagepane)").length,
       columns: ThreadPaneColumns.getCustomColumns().length,
       listeners: inner.gMessageListeners.length,
     };`,
  );
}

/** What of the add-on is there comes to be that; Thunderbird has said that an add-on is off, or on, a moment before. */
async function leftAs(thunderbird: Thunderbird, expected: Residue): Promise<void> {
  const isSame = (found: Residue): boolean => JSON.stringify(found) === JSON.stringify(expected);
  await waitForAnswer(JSON.stringify(expected), () => residue(thunderbird), isSame);
}

describe.each(installations())("Thunderbird $version", (installation) => {
  test("the pane is never beside the header of another message, however fast one goes, and leaves room for the message", async () => {
    await inSharedThunderbird({ installation, flavours: ["demo"] }, async (thunderbird) => {
      await thunderbird.selectMessage(DEMO_FOLDER, SEALED);
      await thunderbird.settledPane(ID);
      // From now on, at every frame: whose header is shown, and whose pane is visible.
      await thunderbird.run(
        `const inner = aboutMessage("tab");
         const { messageManager } = extensionWith(args[0]);
         const seen = { frames: 0, visible: 0, stale: [] };
         let shownId = messageManager.convert(inner.gMessage).id;
         inner.addEventListener("MsgLoading", (event) => {
           shownId = messageManager.convert(event.detail).id;
           look();
         });
         const look = () => {
           seen.frames += 1;
           const pane = paneBrowser(args[0], "tab");
           if (!pane || !isVisible(pane)) return;
           seen.visible += 1;
           const paneId = Number(new URLSearchParams(pane.currentURI.ref).get("message"));
           if (paneId !== shownId) seen.stale.push([shownId, paneId]);
         };
         const everyFrame = () => {
           look();
           inner.requestAnimationFrame(everyFrame);
         };
         everyFrame();
         inner.seenByTest = seen;`,
        ID,
      );
      const positions = demoMessages().map((_message, position) => position);
      await thunderbird.rushThroughMessages(DEMO_FOLDER, [...positions, ...positions.toReversed(), ALTERED]);
      const pane = await thunderbird.settledPane(ID);
      expect(pane.data["look"]).toBe("not-valid");
      const seen = await thunderbird.run<{ frames: number; visible: number; stale: unknown[] }>(
        `return aboutMessage("tab").seenByTest;`,
      );
      expect(seen.frames).toBeGreaterThan(40);
      expect(seen.visible).toBeGreaterThan(0);
      expect(seen.stale).toEqual([]);

      // Open as it is by itself when something is wrong, the pane leaves room for the message; on ordinary mail it is gone.
      await thunderbird.settledPane(ID, true);
      await waitForAnswer(
        "the share of the pane",
        () =>
          thunderbird.run<number>(
            `return paneBrowser(args[0], "tab").getBoundingClientRect().height / aboutMessage("tab").innerHeight;`,
            ID,
          ),
        (share) => share > 0.1 && share <= 0.61,
      );
      await thunderbird.selectMessage(DEMO_FOLDER, ORDINARY);
      expect(await thunderbird.pane(ID)).toBeNull();
      await waitFor("the button to be disabled", HANG_MS, async () =>
        (await thunderbird.button(ID))?.disabled === true ? true : null,
      );
      expect(await thunderbird.pane(ID)).toBeNull();
    });
  });

  test("a message tab, a message window and a second main window have panes of their own", async () => {
    await inSharedThunderbird({ installation, flavours: ["demo"] }, async (thunderbird) => {
      await thunderbird.selectMessage(DEMO_FOLDER, SEALED);
      await thunderbird.settledPane(ID);
      await thunderbird.openMessage(DEMO_FOLDER, ALTERED, "tab");
      expect((await thunderbird.settledPane(ID)).data["look"]).toBe("not-valid");
      await thunderbird.openMessage(DEMO_FOLDER, ALTERED, "window");
      expect((await thunderbird.settledPane(ID, null, "window")).data["look"]).toBe("not-valid");
      expect((await thunderbird.button(ID, "window"))?.disabled).toBe(false);
      await thunderbird.closeMessage("window");
      await thunderbird.closeMessage("tab");
      // The first tab still shows its own.
      expect((await thunderbird.settledPane(ID)).data["look"]).toBe("sealed");

      await thunderbird.run(
        `const first = mainWindow();
         first.MsgOpenNewWindowForFolder(folderNamed(args[0]).URI);
         await waitFor("the second window", () => mainWindow() !== first && mainWindow().document.getElementById("tabmail")?.currentAbout3Pane?.gDBView?.rowCount > 0);`,
        DEMO_FOLDER,
      );
      await thunderbird.selectMessage(DEMO_FOLDER, ALTERED);
      expect((await thunderbird.settledPane(ID)).data["look"]).toBe("not-valid");
      const looks = await thunderbird.run<(string | null)[]>(
        `const { messageManager } = extensionWith(args[0]);
         return [...Services.wm.getEnumerator("mail:3pane")].map((win) => {
           const inner = win.document.getElementById("tabmail").currentAboutMessage;
           const pane = inner.document.querySelector("#singleMessage > browser:not(#messagepane)");
           return isVisible(pane) && Number(new URLSearchParams(pane.currentURI.ref).get("message")) === messageManager.convert(inner.gMessage).id;
         });`,
        ID,
      );
      expect(looks).toEqual([true, true]);
    });
  });

  test("F6 stops in the pane before the message, and Shift+F6 on the way back", async () => {
    await inSharedThunderbird({ installation, flavours: ["demo"] }, async (thunderbird) => {
      await thunderbird.selectMessage(DEMO_FOLDER, SEALED);
      await thunderbird.settledPane(ID);
      /** Where the focus is after each press, from the message list on. It may take more than one step to the stop that is expected. */
      const stops = (presses: readonly (readonly ["F6" | "Shift+F6", string])[]): Promise<readonly string[]> =>
        thunderbird.run<string[]>(
          `const win = mainWindow();
           const inner = win.document.getElementById("tabmail").currentAbout3Pane;
           const where = () => {
             const { focusedElement: focused, focusedWindow } = Services.focus;
             if (focused === paneBrowser(args[0], "tab")) return "pane";
             if (focusedWindow === aboutMessage("tab").getMessagePaneBrowser().contentWindow) return "message";
             return inner.threadTree.contains(focused) ? "list" : "elsewhere";
           };
           win.focus();
           inner.threadTree.table.body.focus();
           await waitFor("the list to have the focus", () => where() === "list");
           const tip = Cc["@mozilla.org/text-input-processor;1"].createInstance(Ci.nsITextInputProcessor);
           tip.beginInputTransactionForTests(win);
           const shift = new win.KeyboardEvent("", { key: "Shift", code: "ShiftLeft", keyCode: 16 });
           const f6 = new win.KeyboardEvent("", { key: "F6", code: "F6", keyCode: 117 });
           const found = [];
           for (const [key, expected] of args[1]) {
             if (key === "Shift+F6") tip.keydown(shift);
             tip.keydown(f6);
             tip.keyup(f6);
             if (key === "Shift+F6") tip.keyup(shift);
             await waitFor("the focus in " + expected, () => where() === expected).catch(() => null);
             // And there it stays.
             await new Promise((resolve) => win.setTimeout(resolve, 100));
             found.push(where());
             if (where() !== expected) break;
           }
           return found;`,
          ID,
          presses,
        );
      const presses = [
        ["F6", "pane"],
        ["F6", "message"],
        ["Shift+F6", "pane"],
        ["Shift+F6", "list"],
        ["F6", "pane"],
        ["F6", "message"],
        ["F6", "elsewhere"],
      ] as const;
      expect(await stops(presses)).toEqual(presses.map(([, stop]) => stop));
    });
  });

  test("disabled, the add-on leaves nothing; enabled again, it shows the message on the screen", async () => {
    await inSharedThunderbird({ installation, flavours: [] }, async (thunderbird) => {
      await thunderbird.selectMessage(DEMO_FOLDER, SEALED);
      const before = await residue(thunderbird);
      expect(before).toMatchObject({ panes: 0, columns: 0 });
      await thunderbird.installAddon(builtAddon("demo"));
      // Installed while a message is shown: it gets its pane without being selected anew.
      expect((await thunderbird.settledPane(ID)).data["look"]).toBe("sealed");
      await leftAs(thunderbird, { panes: 1, columns: 3, listeners: before.listeners + 1 });
      await thunderbird.setAddonEnabled(ID, false);
      await leftAs(thunderbird, before);
      expect(await thunderbird.button(ID)).toBeNull();
      await thunderbird.setAddonEnabled(ID, true);
      expect((await thunderbird.settledPane(ID)).data["look"]).toBe("sealed");
      // Reloaded, as an update does.
      await thunderbird.installAddon(builtAddon("demo"));
      expect((await thunderbird.settledPane(ID)).data["look"]).toBe("sealed");
      await leftAs(thunderbird, { panes: 1, columns: 3, listeners: before.listeners + 1 });
      await thunderbird.uninstallAddon(ID);
      await leftAs(thunderbird, before);
    });
  });

  test("the message list tells real sender and original subject of received PEC, and sorts by them", async () => {
    const preferences = { "mail.threadpane.listview": 1 };
    await inThunderbird({ installation, flavours: ["demo"], preferences }, async (thunderbird) => {
      await thunderbird.selectMessage(DEMO_FOLDER, SEALED);
      await thunderbird.settledPane(ID);
      const cells = (position: number): Promise<string[]> =>
        thunderbird.run<string[]>(
          `const { ThreadPaneColumns } = ChromeUtils.importESModule("chrome://messenger/content/ThreadPaneColumns.mjs");
           const inner = mainWindow().document.getElementById("tabmail").currentAbout3Pane;
           const header = (await messagesOf(args[0]))[args[1]];
           const row = inner.gDBView.findIndexOfMsgHdr(header, true);
           inner.threadTree.scrollToIndex(row, true);
           const element = await waitFor("the row", () => inner.threadTree.getRowAtIndex(row));
           await waitFor("the columns", () => ThreadPaneColumns.getCustomColumns().length === 3);
           const texts = () => ThreadPaneColumns.getCustomColumns().map(({ id }) => element.querySelector("." + CSS.escape(id.toLowerCase()) + "-column")?.textContent ?? "no cell");
           await waitFor("the row to be filled", () => element.textContent.trim() !== "" && !texts().includes("no cell"));
           return texts();`,
          DEMO_FOLDER,
          position,
        );
      expect(await cells(SEALED)).toEqual([
        "amministrazione@pec.edilnova-costruzioni.test",
        "Riscontro alla diffida: perché i lavori sono in ritardo",
        // What became of a sent message: this one was received.
        "",
      ]);
      expect(await cells(ORDINARY)).toEqual(["", "", ""]);
      const sorted = await thunderbird.run<string[]>(
        `const { ThreadPaneColumns } = ChromeUtils.importESModule("chrome://messenger/content/ThreadPaneColumns.mjs");
         const inner = mainWindow().document.getElementById("tabmail").currentAbout3Pane;
         const column = ThreadPaneColumns.getCustomColumns()[0];
         inner.sortController.sortThreadPane(column.id);
         const view = inner.gDBView;
         const texts = [];
         for (let row = 0; row < view.rowCount; row += 1) texts.push(column.handler.getCellText(view.getMsgHdrAt(row)));
         return texts;`,
      );
      expect(sorted.some((text) => text !== "")).toBe(true);
      expect(sorted).toEqual(sorted.toSorted());
    });
  });
});

// Where the series hardly differ.
describe.each(mainInstallations())("Thunderbird $version", (installation) => {
  test("the pane is zoomed together with the message", async () => {
    await inSharedThunderbird({ installation, flavours: ["demo"] }, async (thunderbird) => {
      const zoomOfPane = (): Promise<readonly number[]> =>
        thunderbird.run<number[]>(
          `const pane = paneBrowser(args[0], "tab");
           return [pane.fullZoom, pane.textZoom].map((zoom) => Math.round(zoom * 100));`,
          ID,
        );
      const heightOfPane = (): Promise<number> =>
        thunderbird.run<number>(`return paneBrowser(args[0], "tab").getBoundingClientRect().height;`, ID);
      await thunderbird.selectMessage(DEMO_FOLDER, SEALED);
      await thunderbird.settledPane(ID, false);
      const before = await heightOfPane();
      await thunderbird.run(`aboutMessage("tab").getMessagePaneBrowser().fullZoom = 1.5;`);
      await waitForAnswer("the pane to follow", zoomOfPane, ([zoom]) => zoom === 150);
      await waitForAnswer("the pane to grow", heightOfPane, (height) => height > before * 1.4);
      // The next message is shown at the same zoom; so is a pane that is made anew.
      await thunderbird.setAddonEnabled(ID, false);
      await thunderbird.setAddonEnabled(ID, true);
      await thunderbird.settledPane(ID, false);
      await waitForAnswer("the zoom of the new pane", zoomOfPane, (zoom) => zoom.join() === "150,100");
      await thunderbird.run(
        `const browser = aboutMessage("tab").getMessagePaneBrowser();
         browser.fullZoom = 1;
         browser.textZoom = 1.2;`,
      );
      await waitForAnswer("the pane to follow", zoomOfPane, (zoom) => zoom.join() === "100,120");
    });
  });

  test("works on after the background page was suspended", async () => {
    await inThunderbird({ installation, flavours: ["demo"] }, async (thunderbird) => {
      const asleep = (): Promise<boolean> =>
        thunderbird.run<boolean>(
          `return ![...extensionWith(args[0]).views].some((view) => view.viewType === "background");`,
          ID,
        );
      await thunderbird.selectMessage(DEMO_FOLDER, SEALED);
      await thunderbird.settledPane(ID);
      // Shorter than people ever wait, from the next background page on: on a busy machine this one could be gone before the message is shown.
      await thunderbird.run(`Services.prefs.setIntPref("extensions.background.idle.timeout", 2000);`);
      await thunderbird.stopBackground(ID);
      // The pane outlives the background page, and wakes it.
      expect((await thunderbird.pane(ID))?.data["look"]).toBe("sealed");
      await thunderbird.selectMessage(DEMO_FOLDER, ALTERED);
      expect((await thunderbird.settledPane(ID)).data["look"]).toBe("not-valid");
      await waitFor("the background page to be suspended", HANG_MS, async () => ((await asleep()) ? true : null));
      const before = (await thunderbird.pane(ID))?.data["expanded"];
      await thunderbird.run(`headerButton(args[0], "tab").click();`, ID);
      await waitFor("the pane to be toggled", HANG_MS, async () =>
        (await thunderbird.pane(ID))?.data["expanded"] === before ? null : true,
      );
    });
  });
});
