// Belongs here: saving files.
import type { FileSaver, NamedFile } from "../ports/file-saver.ts";
import { messenger } from "./messenger.ts";

/** How Thunderbird says that the person closed the dialog (toolkit/components/extensions/parent/ext-downloads.js). */
const CANCELLED = "Download canceled by the user";

export const fileSaver: FileSaver = {
  saveAs: (file) => saveAsked(file.name, blobOf(file)),
  saveBlobAs: ({ name, blob }) => saveAsked(name, blob),

  async saveAll(folder, files) {
    for (const file of files) await download(blobOf(file), `${folder}/${file.name}`, false);
    return "saved";
  },
};

const blobOf = ({ bytes, contentType }: NamedFile): Blob => new Blob([bytes.slice()], { type: contentType });

async function saveAsked(name: string, blob: Blob): Promise<"saved" | "cancelled"> {
  try {
    await download(blob, name, true);
    return "saved";
  } catch (error) {
    if (error instanceof Error && error.message === CANCELLED) return "cancelled";
    throw error;
  }
}

/** Settles when the file is complete. */
async function download(blob: Blob, filename: string, saveAs: boolean): Promise<void> {
  const url = URL.createObjectURL(blob);
  try {
    const id = await messenger.downloads.download({ url, filename, saveAs, conflictAction: "uniquify" });
    try {
      await completion(id);
    } catch (error) {
      await forgetFailed(id);
      throw error;
    }
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * Thunderbird keeps a download that failed, as when the disk is full, in its list, and what it has written of it where it could go on with
 * it; this one never goes on.
 */
async function forgetFailed(id: number): Promise<void> {
  try {
    await messenger.downloads.cancel(id);
    await messenger.downloads.erase({ id });
  } catch (error) {
    // That the file could not be saved is what the person is told, and comes from whoever called.
    console.warn("Sigillo PEC: a download that failed could not be forgotten:", error);
  }
}

function completion(id: number): Promise<void> {
  const { onChanged } = messenger.downloads;
  return new Promise((resolve, reject) => {
    const settle = (state: string | undefined): void => {
      if (state !== "complete" && state !== "interrupted") return;
      onChanged.removeListener(listener);
      if (state === "complete") resolve();
      else reject(new Error("The download was interrupted"));
    };
    const listener: Parameters<typeof onChanged.addListener>[0] = (change) => {
      if (change.id === id) settle(change.state?.current);
    };
    onChanged.addListener(listener);
    // It may have ended before we listened.
    messenger.downloads.search({ id }).then(([item]) => settle(item?.state), reject);
  });
}
