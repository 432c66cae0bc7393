// Belongs here: where revocation lists and OCSP answers are kept. Does NOT belong here: whether they may be used (see core/).

export interface StoredRevocationData {
  /** The address for what was fetched; `file:` and the SHA-256 of the bytes for what came from a file. */
  readonly id: string;
  readonly kind: "list" | "ocsp";
  readonly origin: "network" | "file";
  /** Address, or name of the file. */
  readonly name: string;
  /** DER. */
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970, UTC. */
  readonly storedAt: number;
}

/** Every call rejects with a `StorageError` when the store cannot do it. */
export interface RevocationStore {
  all(): Promise<readonly StoredRevocationData[]>;
  /** Replaces what has the same id. */
  put(data: StoredRevocationData): Promise<void>;
  remove(id: string): Promise<void>;
}
