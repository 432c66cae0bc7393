// Belongs here: raw messages.
import type { MessageSource } from "../ports/message-source.ts";
import { messenger } from "./messenger.ts";

export const messageSource: MessageSource = {
  async read(messageId) {
    const file = await messenger.messages.getRaw(messageId, { data_format: "File" });
    if (typeof file === "string") throw new TypeError("Thunderbird gave text instead of a file");
    return new Uint8Array(await file.arrayBuffer());
  },
};
