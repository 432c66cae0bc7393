// Belongs here: why something could not be kept or read. Does NOT belong here: what follows from it (see app/).

/**
 * `full`: nothing more fits on the disk or into the share that Thunderbird grants. `newer`: a later version of the add-on made the
 * database; nothing in it was touched. `unavailable`: anything else.
 */
export type StorageTrouble = "full" | "newer" | "unavailable";

/** An interface, so that ports hold no code: adapters make one with `storageError`. */
export interface StorageError extends Error {
  readonly trouble: StorageTrouble;
}
