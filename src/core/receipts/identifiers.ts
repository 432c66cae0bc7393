// Belongs here: the one form in which identifiers and addresses are compared and stored (pec-messages §§2.7, 7).

/** Without folding blanks and angle brackets. */
export function bareIdentifier(value: string): string {
  return value.replace(/\s+/g, "").replace(/^<|>$/g, "");
}

/** For comparing: in lower case as well, for relays are known to change the case. */
export function plainIdentifier(value: string): string {
  return bareIdentifier(value).toLowerCase();
}

export function plainAddress(value: string): string {
  return value.trim().toLowerCase();
}
