// Belongs here: showing a page of the web outside Thunderbird, in the person's own browser. Does NOT belong here: which (see core/providers).
import { messenger } from "../thunderbird/messenger.ts";

export async function openInBrowser(url: string): Promise<void> {
  await messenger.windows.openDefaultBrowser(url);
}
