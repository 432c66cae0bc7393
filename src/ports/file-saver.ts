// Belongs here: saving bytes where the person wants them.

export interface NamedFile {
  /** Safe as a file name (see app/safe-file-name.ts). */
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A file too large to be held as bytes. */
export interface NamedBlob {
  /** Safe as a file name. */
  readonly name: string;
  readonly blob: Blob;
}

export interface FileSaver {
  /** Asks where to save. Rejects when it cannot be saved; nothing of it is left there then. */
  saveAs(file: NamedFile): Promise<"saved" | "cancelled">;
  /** The same. */
  saveBlobAs(file: NamedBlob): Promise<"saved" | "cancelled">;
  /** Saves files into a new folder of that name below the person's download folder, without asking for each. */
  saveAll(folder: string, files: readonly NamedFile[]): Promise<"saved">;
}
