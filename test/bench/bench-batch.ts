// Belongs here: how long the page for checking many messages takes over a large folder in Thunderbird, beside bare reading of the same
// messages, and whether the memory of the add-on's process grows with their number.
// Does NOT belong here: the mailbox and bare reading (see bench-walk.ts).
import { waitFor } from "../lab/deadline.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import { row, type Row } from "./row.ts";

const LIMIT_MS = 20 * 60_000;
/** Looked at seldom: every look costs what is being timed. */
const LOOK_EVERY_MS = 2_000;
const MEGABYTE = 1024 * 1024;

interface Look {
  readonly rows: number;
  /** Of the process that holds the add-on's pages and its background, in bytes. */
  readonly memory: number;
}

/** `bare`: milliseconds for list and raw messages alone. */
export async function benchBatch(
  thunderbird: Thunderbird,
  id: string,
  { folder, messages, bare }: { readonly folder: string; readonly messages: number; readonly bare: number },
): Promise<readonly Row[]> {
  await thunderbird.openBatch(id);
  const looks: Look[] = [];
  await thunderbird.checkFolder(id, folder);
  const start = performance.now();
  const milliseconds = await waitFor(
    "the check of the folder",
    LIMIT_MS,
    async () => {
      const { data } = await thunderbird.batch(id);
      looks.push({ rows: Number(data["rows"]), memory: await addonMemory(thunderbird) });
      return data["state"] === "ended" ? performance.now() - start : null;
    },
    LOOK_EVERY_MS,
  );
  const { data } = await thunderbird.batch(id);
  if (data["how"] !== "finished" || Number(data["rows"]) !== messages) {
    throw new Error(`The check ended as ${data["how"] ?? "?"} with ${data["rows"] ?? "?"} rows`);
  }
  const peak = (from: number, to: number): number =>
    Math.max(
      ...looks.filter(({ rows }) => rows > messages * from && rows <= messages * to).map(({ memory }) => memory),
    );
  const [early, late] = [peak(0.1, 0.4), peak(0.7, 1)];
  return [
    row(`batch check in Thunderbird over the same ${messages} messages`, milliseconds, " ms"),
    row("the same: messages a second", (messages * 1_000) / milliseconds, ""),
    row("batch check / bare messages.list and getRaw", milliseconds / bare, "×"),
    row("batch check: memory of the add-on's process, highest between 10 % and 40 %", early / MEGABYTE, " MB"),
    row("batch check: the same between 70 % and the end", late / MEGABYTE, " MB"),
    row("batch check: memory, late / early", late / early, "×", { atMost: 1.25 }),
  ];
}

function addonMemory(thunderbird: Thunderbird): Promise<number> {
  return thunderbird.run<number>(
    `const { children } = await ChromeUtils.requestProcInfo();
     return children.find(({ type }) => type === "extension")?.memory ?? 0;`,
  );
}
