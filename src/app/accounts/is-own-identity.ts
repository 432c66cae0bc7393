// Belongs here: which identity an account was made for. Others beside it may be of other mailboxes, and are only kept together with it.

interface AccountOfIdentity {
  /** `null`: not to be seen. */
  readonly username: string | null;
  /** The first is the one that mail is written as. */
  readonly identities: readonly { readonly key: string }[];
}

export function isOwnIdentity(
  { key, address }: { readonly key: string; readonly address: string },
  { username, identities }: AccountOfIdentity,
): boolean {
  return identities[0]?.key === key || username?.toLowerCase() === address.toLowerCase();
}
