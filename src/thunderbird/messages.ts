// Belongs here: raw messages.
import type { MessageSource } from "../ports/message-source.ts";
import { bytesOfBinaryString } from "./binary-string.ts";
import { messenger } from "./messenger.ts";
import { withoutStoreLines } from "./store-lines.ts";
import { within } from "./within-time.ts";

/** From this size on, `messages.getRaw` makes Thunderbird halt noticeably: some 15 ms for each MB. */
const LARGE = 4 * 1024 * 1024;

/**
 * Where a connection is cut, Thunderbird now and then never tells the end of a reading, and whoever reads one message after the other would
 * stand still: so long for every message, shorter than the background page may be without work, and for each MB so long as a line of 160
 * kbit/s takes. Milliseconds.
 */
const READ_LIMIT = 20_000;
const READ_LIMIT_PER_MB = 50_000;

export const messageSource: MessageSource = {
  async read(messageId, listedSize) {
    // What a folder lists is stored in it.
    const { size, external } =
      listedSize === undefined ? await messenger.messages.get(messageId) : { size: listedSize, external: false };
    // What lies in a file of its own is as somebody gave it to us.
    const asReceived = external ? (bytes: Uint8Array) => bytes : withoutStoreLines;
    const inTime = <T>(reading: Promise<T>): Promise<T> =>
      within(READ_LIMIT + (size / 1_000_000) * READ_LIMIT_PER_MB, reading);
    if (messenger.messageBytes !== undefined && size >= LARGE && !external) {
      const blob = await inTime(messenger.messageBytes.read(messageId));
      return asReceived(new Uint8Array(await blob.arrayBuffer()));
    }
    // Not as a file: Thunderbird would make it in its main thread, one character at a time (80 ms for each MB where scripts are
    // only interpreted, as Debian's are).
    const text = await inTime(messenger.messages.getRaw(messageId, { data_format: "BinaryString" }));
    if (typeof text !== "string") throw new TypeError("Thunderbird gave a file instead of text");
    return asReceived(bytesOfBinaryString(text));
  },
};
