// Belongs here: the messages in a file from disk: the file itself, or those of an mbox file, read piece by piece.
// Does NOT belong here: what is said of them.
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { isMbox, MBOX_HEAD, splitMbox } from "../core/index.ts";

export interface FileMessage {
  /** In an mbox file, counted from 1; `null`: the file is the message. */
  readonly position: number | null;
  readonly start: number;
  readonly length: number;
  /** `null`: one of an mbox file that is larger than allowed. */
  readonly bytes: Uint8Array | null;
  /** In its mbox file it is a guess where it begins or ends. */
  readonly isDoubtful: boolean;
}

/** @throws what the system says of a file that cannot be read */
export async function* messagesOf(file: string): AsyncGenerator<FileMessage> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const head = new Uint8Array(Math.min(size, MBOX_HEAD));
    // Nothing can be read ahead of a pipe, which has no size.
    if (size > 0) await handle.read(head, 0, head.length, 0);
    if (size > 0 && isMbox(file, head)) {
      yield* splitMbox(createReadStream(file));
      return;
    }
    const bytes = await handle.readFile();
    yield { position: null, start: 0, length: bytes.length, bytes, isDoubtful: false };
  } finally {
    await handle.close();
  }
}
