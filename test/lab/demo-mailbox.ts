// Belongs here: the folders that `npm start` shows and that the end-to-end tests read.
// Does NOT belong here: the messages (see test/provider/demo-messages.ts, demo-series.ts).
import { demoMessages } from "../provider/demo-messages.ts";
import { demoSeries } from "../provider/demo-series.ts";
import { toMbox } from "./to-mbox.ts";

/** Name of the folder in Local Folders that holds one message of every kind. */
export const DEMO_FOLDER = "PEC";
/** What was sent; Thunderbird knows the folder by this name. */
export const SENT_FOLDER = "Sent";
/** What providers answered to it. */
export const RECEIPTS_FOLDER = "Ricevute";

/**
 * The mbox files of Local Folders, by name.
 *
 * @param now the fates of sent messages are as of this moment, milliseconds UTC
 */
export function demoFolders(now: number = Date.now()): Readonly<Record<string, Uint8Array>> {
  const series = demoSeries(now);
  const copies = series.map(({ copy }) => copy).filter((copy) => copy !== null);
  const receipts = series.flatMap((each) => each.receipts.map(({ bytes }) => bytes));
  return {
    [DEMO_FOLDER]: toMbox(demoMessages().map(({ bytes }) => bytes)),
    [SENT_FOLDER]: toMbox(copies),
    [RECEIPTS_FOLDER]: toMbox(receipts),
  };
}
