// Belongs here: text as it is compared when somebody searches or sorts.

/** So that neither capitals nor accents keep anybody from finding something. */
export function searchable(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mn}+/gu, "")
    .toLowerCase();
}
