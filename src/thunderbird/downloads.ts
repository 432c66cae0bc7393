// Belongs here: saving files.
import type { FileSaver, NamedFile } from "../ports/file-saver.ts";
import { messenger } from "./messenger.ts";

/** How Thunderbird says that the person closed the dialog (toolkit/components/extensions/parent/ext-downloads.js). */
const CANCELLED = "Download canceled by the user";

export const fileSaver: FileSaver = {
  async saveAs(file) {
    try {
      await download(file, file.name, true);
      return "saved";
    } catch (error) {
      if (error instanceof Error && error.message === CANCELLED) return "cancelled";
      throw error;
    }
  },

  async saveAll(folder, files) {
    for (const file of files) await download(file, `${folder}/${file.name}`, false);
    return "saved";
  },
};

/** Settles when the file is complete. */
async function download({ bytes, contentType }: NamedFile, filename: string, saveAs: boolean): Promise<void> {
  const url = URL.createObjectURL(new Blob([bytes.slice()], { type: contentType }));
  try {
    const id = await messenger.downloads.download({ url, filename, saveAs, conflictAction: "uniquify" });
    await completion(id);
  } finally {
    URL.revokeObjectURL(url);
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
