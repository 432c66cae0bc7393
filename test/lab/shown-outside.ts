// Belongs here: what the add-on shows outside its own pages: notices of the desktop, its button in the spaces toolbar, its column.
// Does NOT belong here: what pages show (see thunderbird.ts).
import type { Thunderbird } from "./thunderbird.ts";

export interface Notice {
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** From now on notices go to a list instead of the desktop. */
export async function catchNotices(thunderbird: Thunderbird): Promise<void> {
  await thunderbird.run(`
    const alerts = (mainWindow().caughtAlerts = []);
    const service = {
      QueryInterface: ChromeUtils.generateQI(["nsIAlertsService"]),
      showAlert: (alert, listener) => void alerts.push({ alert, listener }),
      // Thunderbird 140 passes what the alert is made of.
      showAlertNotification: (_image, title, text, _clickable, cookie, listener, name) =>
        void alerts.push({ alert: { title, text, cookie, name }, listener }),
      closeAlert: () => undefined,
    };
    const factory = { createInstance: (iid) => service.QueryInterface(iid), QueryInterface: ChromeUtils.generateQI(["nsIFactory"]) };
    Components.manager.QueryInterface(Ci.nsIComponentRegistrar).registerFactory(
      Components.ID(Services.uuid.generateUUID().toString()), "Caught alerts", "@mozilla.org/alerts-service;1", factory);
  `);
}

/** Those caught so far. */
export function caughtNotices(thunderbird: Thunderbird): Promise<readonly Notice[]> {
  return thunderbird.run(
    `return mainWindow().caughtAlerts.map(({ alert: { name, title, text } }) => ({ name, title, text }));`,
  );
}

/** Clicks the first notice of that title. */
export async function clickNotice(thunderbird: Thunderbird, title: string): Promise<void> {
  await thunderbird.run(
    `const { alert, listener } = mainWindow().caughtAlerts.find(({ alert }) => alert.title === args[0]);
     listener.observe(null, "alertclickcallback", alert.cookie);`,
    title,
  );
}

/** Buttons of the add-on in the spaces toolbar. */
export function spaceButtons(
  thunderbird: Thunderbird,
  addonId: string,
): Promise<readonly { readonly title: string; readonly badge: string }[]> {
  return thunderbird.run(
    `const { makeWidgetId } = ChromeUtils.importESModule("resource://gre/modules/ExtensionCommon.sys.mjs").ExtensionCommon;
     const buttons = [...mainWindow().document.querySelectorAll(".spaces-addon-button")].filter((button) => button.id.includes(makeWidgetId(args[0])));
     return buttons.map((button) => ({ title: button.title, badge: button.querySelector(".spaces-badge-container")?.textContent ?? "" }));`,
    addonId,
  );
}

/** Subject → text of the column "Esito PEC", in the folder that is shown. */
export function outcomeCells(thunderbird: Thunderbird, addonId: string): Promise<Readonly<Record<string, string>>> {
  return thunderbird.run(
    `const { gDBView } = mainWindow().document.getElementById("tabmail").tabInfo[0].chromeBrowser.contentWindow;
     const { makeWidgetId } = ChromeUtils.importESModule("resource://gre/modules/ExtensionCommon.sys.mjs").ExtensionCommon;
     const cells = {};
     for (let row = 0; row < gDBView.rowCount; row++)
       cells[gDBView.getMsgHdrAt(row).mime2DecodedSubject] = gDBView.cellTextForColumn(row, makeWidgetId(args[0]) + "-outcome");
     return cells;`,
    addonId,
  );
}

/** Texts of the same column in the order of the list, once it is sorted by it. */
export function outcomesInOrder(
  thunderbird: Thunderbird,
  addonId: string,
  order: "ascending" | "descending",
): Promise<readonly string[]> {
  return thunderbird.run(
    `const inner = mainWindow().document.getElementById("tabmail").currentAbout3Pane;
     const { makeWidgetId } = ChromeUtils.importESModule("resource://gre/modules/ExtensionCommon.sys.mjs").ExtensionCommon;
     const column = makeWidgetId(args[0]) + "-outcome";
     inner.sortController.sortThreadPane(column);
     if (args[1] === "ascending") inner.sortController.sortAscending();
     else inner.sortController.sortDescending();
     return Array.from({ length: inner.gDBView.rowCount }, (_, row) => inner.gDBView.cellTextForColumn(row, column));`,
    addonId,
    order,
  );
}
