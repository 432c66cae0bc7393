// Belongs here: getting a revocation list over the network. Does NOT belong here: when it is done (see app/revocation-data.ts).
import type { RevocationFailure } from "../messages.ts";

export type FetchedList =
  | { readonly state: "fetched"; readonly bytes: Uint8Array }
  | { readonly state: "failed"; readonly code: RevocationFailure };

export interface ListFetcher {
  /** Whether the person has allowed requests to this address. */
  mayFetch(url: string): Promise<boolean>;
  /** Settles when the person has allowed anything, or has taken too long to answer. */
  permissionAnswered(): Promise<void>;
  /** One plain GET: nothing about the person or a message goes with it. Never rejects. */
  fetch(url: string): Promise<FetchedList>;
}
