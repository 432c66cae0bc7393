// Belongs here: raw messages.
import type { MessageSource } from "../ports/message-source.ts";
import { bytesOfBinaryString } from "./binary-string.ts";
import { messenger } from "./messenger.ts";
import { withoutStoreLines } from "./store-lines.ts";

/** From this size on, `messages.getRaw` makes Thunderbird halt noticeably: some 15 ms for each MB. */
const LARGE = 4 * 1024 * 1024;

export const messageSource: MessageSource = {
  async read(messageId, listedSize) {
    // What a folder lists is stored in it.
    const { size, external } =
      listedSize === undefined ? await messenger.messages.get(messageId) : { size: listedSize, external: false };
    // What lies in a file of its own is as somebody gave it to us.
    const asReceived = external ? (bytes: Uint8Array) => bytes : withoutStoreLines;
    if (messenger.messageBytes !== undefined && size >= LARGE && !external) {
      const blob = await messenger.messageBytes.read(messageId);
      return asReceived(new Uint8Array(await blob.arrayBuffer()));
    }
    // Not as a file: Thunderbird would make it in its main thread, one character at a time (80 ms for each MB where scripts are
    // only interpreted, as Debian's are).
    const text = await messenger.messages.getRaw(messageId, { data_format: "BinaryString" });
    if (typeof text !== "string") throw new TypeError("Thunderbird gave a file instead of text");
    return asReceived(bytesOfBinaryString(text));
  },
};
