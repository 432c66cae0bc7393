// Belongs here: raw messages.
import type { MessageSource } from "../ports/message-source.ts";
import { messenger } from "./messenger.ts";

/** From this size on, `messages.getRaw` makes Thunderbird halt noticeably: some 80 ms for each MB. */
const LARGE = 4 * 1024 * 1024;

export const messageSource: MessageSource = {
  async read(messageId) {
    return new Uint8Array(await (await blobOf(messageId)).arrayBuffer());
  },
};

async function blobOf(messageId: number): Promise<Blob> {
  const { size, external } = await messenger.messages.get(messageId);
  if (messenger.messageBytes !== undefined && size >= LARGE && !external) return messenger.messageBytes.read(messageId);
  const file = await messenger.messages.getRaw(messageId, { data_format: "File" });
  if (typeof file === "string") throw new TypeError("Thunderbird gave text instead of a file");
  return file;
}
