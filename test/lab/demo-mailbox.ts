// Belongs here: the folder that `npm start` shows and that the end-to-end tests read.
// Does NOT belong here: the messages (see test/provider/demo-messages.ts).
import { demoMessages } from "../provider/demo-messages.ts";
import { toMbox } from "./to-mbox.ts";

/** Name of the folder in Local Folders. */
export const DEMO_FOLDER = "PEC";

/** The mbox files of Local Folders, by name. */
export function demoFolders(): Readonly<Record<string, Uint8Array>> {
  return { [DEMO_FOLDER]: toMbox(demoMessages().map(({ bytes }) => bytes)) };
}
