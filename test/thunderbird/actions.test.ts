import { describe, expect, test } from "vitest";
import { HANG_MS, waitFor } from "../lab/deadline.ts";
import { DEMO_FOLDER } from "../lab/demo-mailbox.ts";
import { addonId } from "../lab/flavours.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import type { MessageAction } from "../../src/messages.ts";
import { demoMessages } from "../provider/demo-messages.ts";
import { inThunderbird, mainInstallations } from "./in-thunderbird.ts";

const FULL = addonId("demo");
const STORE = addonId("demo-store");
const ENVELOPE = demoMessages().findIndex(({ id }) => id === "envelope");
const SUBJECT = "Riscontro alla diffida: perché i lavori sono in ritardo";
const SENDER = "direzione@pec.edilnova-costruzioni.test";

/** An identity that writes HTML and signs: what the add-on must cope with. */
const IDENTITY = {
  "mail.account.account1.identities": "id1",
  "mail.accountmanager.defaultaccount": "account1",
  "mail.identity.id1.fullName": "Chiara Montaldi",
  "mail.identity.id1.useremail": "chiara.montaldi@pec.avvocati-esempio.test",
  "mail.identity.id1.valid": true,
  "mail.identity.id1.htmlSigText": "Avv. Chiara Montaldi",
};

interface ComposeWindow {
  readonly references: string;
  readonly original: string;
  readonly recipients: readonly string[];
  readonly subject: string;
  readonly body: string;
  readonly attachments: readonly string[];
}

/** What the page does when its button is pressed. */
async function act(thunderbird: Thunderbird, action: MessageAction): Promise<unknown> {
  return JSON.parse(
    await thunderbird.runInPage<string>(
      FULL,
      "pane",
      `const place = new URLSearchParams(location.hash.slice(1));
       const target = { tabId: Number(place.get("tab")), messageId: Number(place.get("message")), path: [] };
       return JSON.stringify(await messenger.runtime.sendMessage({ type: "run-action", target, action: args[0] }));`,
      [action],
    ),
  );
}

/** Reads the window to write in, and closes it. */
function readComposeWindow(thunderbird: Thunderbird): Promise<ComposeWindow> {
  return thunderbird.run<ComposeWindow>(
    `const win = await waitFor("the window to write in", () => [...Services.wm.getEnumerator("msgcompose")].at(-1));
     const body = () => win.GetCurrentEditor()?.outputToString("text/plain", 0) ?? "";
     await waitFor("the text", () => body().includes("Gentile Avvocato"));
     const { compFields, originalMsgURI } = win.gMsgCompose;
     const found = {
       references: compFields.references,
       original: originalMsgURI,
       recipients: [...win.document.querySelectorAll("mail-address-pill")].map((each) => each.emailAddress),
       subject: win.document.getElementById("msgSubject").value,
       body: body(),
       attachments: [...win.document.getElementById("attachmentBucket").itemChildren].map((each) => each.attachment.name),
     };
     win.gContentChanged = false;
     win.gMsgCompose.bodyModified = false;
     win.close();
     await waitFor("the window to close", () => [...Services.wm.getEnumerator("msgcompose")].length === 0);
     return found;`,
  );
}

describe.each(mainInstallations())("Thunderbird $version", (installation) => {
  test("the original is answered, forwarded, opened, saved and printed, and the store package steps back meanwhile", async () => {
    const session = { installation, flavours: ["demo", "demo-store"], preferences: IDENTITY } as const;
    await inThunderbird(session, async (thunderbird) => {
      await thunderbird.selectMessage(DEMO_FOLDER, ENVELOPE);
      await thunderbird.settledPane(FULL);
      await thunderbird.settledButton(STORE, { state: "none", disabled: false });
      await thunderbird.openPopup(STORE);
      await waitFor("the popup to say so", HANG_MS, async () =>
        (await thunderbird.popup(STORE))?.data["state"] === "stepped-back" ? true : null,
      );
      await thunderbird.closePopup(STORE);

      expect(await act(thunderbird, { name: "reply-all" })).toEqual({ state: "done" });
      const reply = await readComposeWindow(thunderbird);
      expect(reply.recipients).toEqual([SENDER]);
      expect(reply.subject).toBe(`Re: ${SUBJECT}`);
      expect(reply.body).toContain("> Gentile Avvocato,");
      expect(reply.body).toContain("-- \nAvv. Chiara Montaldi");
      expect(reply.body).not.toContain("Identificativo del messaggio");
      // Part of the thread, and the envelope is marked as answered when it is sent.
      expect(reply.references).toMatch(/^<opec.*@pec\.gestore-uno\.test>$/);
      expect(reply.original).toContain(DEMO_FOLDER);
      expect(reply.attachments).toEqual([]);

      expect(await act(thunderbird, { name: "forward" })).toEqual({ state: "done" });
      const forward = await readComposeWindow(thunderbird);
      expect(forward.subject).toBe(`Fwd: ${SUBJECT}`);
      expect(forward.recipients).toEqual([]);
      expect(forward.body).toContain("amministrazione@pec.edilnova-costruzioni.test");
      expect(forward.body).not.toContain("Identificativo del messaggio");
      expect(forward.attachments).toEqual(["relazione tecnica - città.pdf", "secondo-piano.png"]);

      const saved = await withFilePicker(thunderbird, "OK", () => act(thunderbird, { name: "save-original" }));
      expect(saved.answer).toEqual({ state: "done" });
      expect(saved.proposed).toBe("Riscontro alla diffida_ perché i lavori sono in ritardo.eml");
      expect(saved.text).toMatch(/^Subject:|\nSubject:/);
      const whole = await withFilePicker(thunderbird, "OK", () => act(thunderbird, { name: "save-message" }));
      expect(whole.answer).toEqual({ state: "done" });
      expect(whole.proposed).toMatch(/^POSTA CERTIFICATA_ .*\.eml$/);
      // The folder's file keeps its own line ends; all else is as it was received.
      const lines = (text: string): string => text.replaceAll("\r\n", "\n").trimEnd();
      expect(lines(whole.text)).toBe(lines(new TextDecoder().decode(demoMessages()[ENVELOPE]?.bytes)));
      const cancelled = await withFilePicker(thunderbird, "Cancel", () => act(thunderbird, { name: "save-original" }));
      expect(cancelled.answer).toEqual({ state: "cancelled" });

      expect(await act(thunderbird, { name: "open-original" })).toEqual({ state: "done" });
      await thunderbird.run(
        `await waitFor("the original", () => ["tab", "window"].some((place) => shownMessage(place)?.mime2DecodedSubject === args[0]));
         const win = Services.wm.getMostRecentWindow("mail:messageWindow");
         const tabmail = mainWindow().document.getElementById("tabmail");
         if (win) win.close();
         else tabmail.closeTab(tabmail.currentTabInfo);
         await waitFor("the list again", () => tabmail.currentTabInfo === tabmail.tabInfo[0]);`,
        SUBJECT,
      );

      const printed = await thunderbird.run<string>(
        `mainWindow().PrintUtils.startPrintWindow = (context) => Services.prefs.setStringPref("test.printed", context.currentURI.spec);
         return extensionWith(args[0]).baseURI.spec;`,
        FULL,
      );
      expect(await act(thunderbird, { name: "print" })).toEqual({ state: "done" });
      const page = await thunderbird.run<string>(
        `return waitFor("the print dialogue", () => Services.prefs.getStringPref("test.printed", ""));`,
      );
      expect(page).toMatch(new RegExp(`^${printed}pages/print/print\\.html#tab=\\d+&message=\\d+$`));
    });
  });
});

interface Saving {
  readonly answer: unknown;
  /** The file name that the dialog proposed. */
  readonly proposed: string;
  /** What stands in the file afterwards; empty when there is none. */
  readonly text: string;
}

/** Answers the next file dialog. */
async function withFilePicker(
  thunderbird: Thunderbird,
  button: "OK" | "Cancel",
  action: () => Promise<unknown>,
): Promise<Saving> {
  await thunderbird.run(
    `const file = Services.dirsvc.get("ProfD", Ci.nsIFile);
     file.append("saved-by-test");
     Services.prefs.clearUserPref("test.proposed");
     class Picker {
       init() {}
       appendFilter() {}
       appendFilters() {}
       set displayDirectory(_directory) {}
       set defaultString(name) { Services.prefs.setStringPref("test.proposed", name); }
       get file() { return file; }
       open(callback) { Services.tm.dispatchToMainThread(() => callback.done(args[0] === "OK" ? Ci.nsIFilePicker.returnOK : Ci.nsIFilePicker.returnCancel)); }
     }
     const registrar = Components.manager.QueryInterface(Ci.nsIComponentRegistrar);
     const factory = { createInstance: () => new Picker(), QueryInterface: ChromeUtils.generateQI(["nsIFactory"]) };
     registrar.registerFactory(Services.uuid.generateUUID(), "test picker", "@mozilla.org/filepicker;1", factory);`,
    button,
  );
  const answer = await action();
  const { proposed, text } = await thunderbird.run<{ proposed: string; text: string }>(
    `const path = PathUtils.join(PathUtils.profileDir, "saved-by-test");
     const text = (await IOUtils.exists(path)) ? await IOUtils.readUTF8(path) : "";
     await IOUtils.remove(path, { ignoreAbsent: true });
     return { proposed: Services.prefs.getStringPref("test.proposed", ""), text };`,
  );
  return { answer, proposed, text };
}
