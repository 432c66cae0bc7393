// Belongs here: the command `npm start`.
import { join, relative } from "node:path";
import { buildFlavour } from "./build-flavour.ts";
import { DEMO_FOLDER, demoFolders, RECEIPTS_FOLDER, SENT_FOLDER } from "./demo-mailbox.ts";
import { hasDisplay, startVirtualDisplay } from "./display.ts";
import { requireThunderbird, type Installation } from "./find-thunderbird.ts";
import { addonId } from "./flavours.ts";
import { makeFolder } from "./make-folder.ts";
import { createProfile } from "./profile.ts";
import { projectRoot } from "./project-root.ts";
import { rebuildOnChange } from "./reload-on-change.ts";
import { RunningProcess } from "./running-process.ts";
import { parseStartOptions, type StartOptions } from "./start-options.ts";
import { takeAccountScreenshots, takeAccountSteps } from "./take-account-screenshots.ts";
import { takeAttachmentScreenshots } from "./take-attachment-screenshots.ts";
import { takeBatchScreenshots } from "./take-batch-screenshots.ts";
import { takeComposeScreenshots } from "./take-compose-screenshots.ts";
import { takeEvidenceScreenshots } from "./take-evidence-screenshots.ts";
import { takeLedgerScreenshots } from "./take-ledger-screenshots.ts";
import { takeOptionsScreenshots } from "./take-options-screenshots.ts";
import { takeScreenshots } from "./take-screenshots.ts";
import { takeSentPopup, takeSentScreenshots } from "./take-sent-screenshots.ts";
import { thunderbirdEnvironment } from "./thunderbird.ts";
import { runCommand, UserError } from "./user-error.ts";
import { withThunderbird } from "./with-thunderbird.ts";

/** Both packages' code, with the test provider's root as a PEC authority. */
const FLAVOUR = "demo";

/** The same without Experiments, whose popup shows what the pane of the other shows. */
const STORE_FLAVOUR = "demo-store";

await runCommand(async () => {
  const options = parseStartOptions(process.argv.slice(2));
  const pictures = options.screenshots === null ? null : await makeFolder(options.screenshots);
  const installation = await requireThunderbird(options.thunderbird);
  const addon = join(projectRoot, "dist", FLAVOUR);
  await buildFlavour(FLAVOUR, addon);
  const display = await provideDisplay(pictures !== null);
  console.log(`Thunderbird ${installation.version}, ${installation.binary}`);
  if (pictures !== null) await takePictures(installation, display, addon, options, pictures);
  else await open(installation, display, addon, options);
  return 0;
});

/** Value of DISPLAY, `null` for the person's own screen. Pictures are taken on a screen of known size, out of the way. */
async function provideDisplay(forPictures: boolean): Promise<string | null> {
  if (hasDisplay() && (!forPictures || process.platform !== "linux")) return null;
  const { name } = await startVirtualDisplay();
  const reason = hasDisplay() ? "The pictures are taken" : "There is no screen here; Thunderbird runs";
  console.log(`${reason} under Xvfb, display ${name}.`);
  return name;
}

async function takePictures(
  installation: Installation,
  display: string | null,
  addon: string,
  { locale }: StartOptions,
  folder: string,
): Promise<void> {
  // Or some pictures would show an arrow half way round.
  const preferences = { "ui.prefersReducedMotion": 1 };
  const session = {
    installation,
    display,
    addons: [addon],
    folders: demoFolders(),
    shownFolder: DEMO_FOLDER,
    locale,
    preferences,
  };
  const count = await withThunderbird(session, async (thunderbird) => {
    const ofMessages = await takeScreenshots(thunderbird, addonId(FLAVOUR), folder);
    const ofOptions = await takeOptionsScreenshots(thunderbird, addonId(FLAVOUR), folder);
    const ofAttachments = await takeAttachmentScreenshots(thunderbird, addonId(FLAVOUR), folder);
    const ofBatch = await takeBatchScreenshots(thunderbird, addonId(FLAVOUR), folder);
    const ofLedger = await takeLedgerScreenshots(thunderbird, addonId(FLAVOUR), folder);
    // Last: the ledger page has waited until all receipts were collected.
    const ofSent = await takeSentScreenshots(thunderbird, addonId(FLAVOUR), folder);
    const ofEvidence = await takeEvidenceScreenshots(thunderbird, addonId(FLAVOUR), folder);
    // It adds an account, which nothing before is to see.
    const ofAccounts = await takeAccountScreenshots(thunderbird, addonId(FLAVOUR), folder);
    // From that account.
    const ofCompose = await takeComposeScreenshots(thunderbird, addonId(FLAVOUR), folder);
    return ofMessages + ofOptions + ofAttachments + ofBatch + ofLedger + ofSent + ofEvidence + ofAccounts + ofCompose;
  });
  const storeAddon = join(projectRoot, "dist", STORE_FLAVOUR);
  await buildFlavour(STORE_FLAVOUR, storeAddon);
  const ofStore = await withThunderbird({ ...session, addons: [] }, async (thunderbird) => {
    // Without Experiments the add-on knows only folders that Thunderbird has looked into.
    for (const name of [SENT_FOLDER, RECEIPTS_FOLDER]) await thunderbird.showFolder(name);
    const id = await thunderbird.installAddon(storeAddon);
    const ofSent = await takeSentPopup(thunderbird, id, folder);
    return ofSent + (await takeAccountSteps(thunderbird, id, folder));
  });
  console.log(`${count + ofStore} pictures in ${relative(process.cwd(), folder) || "."}`);
}

/** Until the person closes Thunderbird or interrupts us. */
async function open(
  installation: Installation,
  display: string | null,
  addon: string,
  { locale }: StartOptions,
): Promise<void> {
  const profile = await createProfile({ folders: demoFolders(), shownFolder: DEMO_FOLDER, locale });
  const webExt = new RunningProcess(
    process.execPath,
    [
      join(projectRoot, "node_modules", "web-ext", "bin", "web-ext.js"),
      "run",
      `--source-dir=${addon}`,
      `--firefox=${installation.binary}`,
      `--firefox-profile=${profile.path}`,
      "--keep-profile-changes",
      "--no-input",
      // Written last by the build: one reload for one build, and never of a half-written folder.
      `--watch-file=${join(addon, "manifest.json")}`,
      "--no-config-discovery",
    ],
    { visible: true, environment: thunderbirdEnvironment(display) },
  );
  rebuildOnChange(FLAVOUR, addon);
  const status = await webExt.ended;
  if (status !== 0) throw new UserError(`web-ext ended with status ${status ?? "none"}; its own messages are above.`);
}
