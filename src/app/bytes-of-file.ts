// Belongs here: reading a part of a file that the person chose.

/** Rejects when the file was changed or removed since it was chosen. */
export async function bytesOfFile(file: Blob, start: number, end: number): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}
