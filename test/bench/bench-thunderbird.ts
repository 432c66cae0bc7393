// Belongs here: how long a person waits in Thunderbird for the verdict, beside what Thunderbird itself takes for the same message.
// Does NOT belong here: timing one message (see time-message.ts).
import { join } from "node:path";
import { buildFlavour } from "../lab/build-flavour.ts";
import { startVirtualDisplay } from "../lab/display.ts";
import { requireThunderbird, type Installation } from "../lab/find-thunderbird.ts";
import { addonId } from "../lab/flavours.ts";
import { makeTemporaryFolder } from "../lab/running-process.ts";
import { toMbox } from "../lab/to-mbox.ts";
import { withThunderbird } from "../lab/with-thunderbird.ts";
import { DAY, MINUTE } from "../provider/local-time.ts";
import { toBytes } from "../provider/mime-builder.ts";
import { largeMessage } from "../provider/oversized-messages.ts";
import { acceptance, delivery, PROVIDER_A } from "../provider/pec-messages.ts";
import { SHORT_MAIL } from "../provider/sample-mail.ts";
import { sealMessage } from "../provider/sign-message.ts";
import { DEMO_NOW } from "../provider/test-case.ts";
import { median, row, type Row } from "./row.ts";
import { timeMessage, type MessageTimes } from "./time-message.ts";

const FLAVOUR = "demo";
const FOLDER = "Misure";
const LARGE = 100_000_000;
/** Each shown once: what the add-on has seen it remembers. */
const RECEIPTS = 30;
/** Of those, the first ones start whatever is started once. */
const WARMING = 5;

interface Session {
  readonly receipts: readonly MessageTimes[];
  readonly large: readonly MessageTimes[];
}

/** Acceptances and complete delivery receipts in turn, no two alike. */
const receipts = (): readonly Uint8Array[] =>
  Array.from({ length: RECEIPTS }, (_, index) => {
    const sentAt = DEMO_NOW - DAY + index * MINUTE;
    const mail = { ...SHORT_MAIL, id: `B${index}`, identifier: `opec${index}.bench@pec.gestore-uno.test` };
    const recipient = mail.to[0]?.address ?? "";
    const draft =
      index % 2 === 0 ? acceptance(mail, PROVIDER_A, sentAt) : delivery(mail, PROVIDER_A, sentAt, recipient);
    return toBytes(sealMessage(draft));
  });

/** One Thunderbird with the add-on, or without any. */
function measure(installation: Installation, display: string, addon: string | null): Promise<Session> {
  const small = receipts();
  const first = small[0] ?? new Uint8Array();
  const folders = { [FOLDER]: toMbox([...small, first, largeMessage(LARGE)]) };
  const addons = addon === null ? [] : [addon];
  return withThunderbird(
    { installation, display, addons, folders, shownFolder: FOLDER, locale: "it" },
    async (thunderbird) => {
      const id = addon === null ? null : addonId(FLAVOUR);
      const time = (position: number): Promise<MessageTimes> => timeMessage(thunderbird, id, FOLDER, position);
      // The first message starts the processes that show all others.
      await thunderbird.selectMessage(FOLDER, small.length);
      if (id !== null) await thunderbird.settledPane(id);
      const times: MessageTimes[] = [];
      for (const position of small.keys()) times.push(await time(position));
      const large: MessageTimes[] = [];
      // Once only: the second time the verdict is remembered.
      large.push(await time(small.length + 1));
      return { receipts: times.slice(WARMING), large };
    },
  );
}

const medianOf = (times: readonly MessageTimes[], read: (time: MessageTimes) => number): number =>
  median(times.map(read));

export async function benchThunderbird(): Promise<{ readonly version: string; readonly rows: readonly Row[] }> {
  const installation = await requireThunderbird(null);
  const addon = await makeTemporaryFolder("bench-addon");
  const display = await startVirtualDisplay();
  try {
    const folder = join(addon.path, FLAVOUR);
    await buildFlavour(FLAVOUR, folder);
    const alone = await measure(installation, display.name, null);
    const ours = await measure(installation, display.name, folder);
    const own = medianOf(alone.receipts, ({ displayed }) => displayed);
    const verdict = medianOf(ours.receipts, ({ verdict: time }) => time ?? NaN);
    const largeOwn = medianOf(alone.large, ({ displayed }) => displayed);
    const largeVerdict = medianOf(ours.large, ({ verdict: time }) => time ?? NaN);
    const largeTotal = medianOf(ours.large, ({ total }) => total);
    const rows = [
      row("receipt: Thunderbird's own time, from choice to displayed, without the add-on", own, " ms"),
      row("receipt: from displayed to the verdict in the pane", verdict, " ms", { atMost: 100 }),
      row("receipt: the same / Thunderbird's own time", verdict / own, "×"),
      row("100 MB: Thunderbird's own time, without the add-on", largeOwn, " ms"),
      row("100 MB: from displayed to the verdict in the pane", largeVerdict, " ms", { atMost: 5_000 }),
      row("100 MB: from choice to verdict", largeTotal, " ms"),
      row("100 MB: the same / Thunderbird's own time", largeTotal / largeOwn, "×"),
    ];
    return { version: `Thunderbird ${installation.version}`, rows };
  } finally {
    await display.stop();
    await addon.remove();
  }
}
