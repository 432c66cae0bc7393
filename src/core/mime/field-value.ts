// Belongs here: looking up header fields by name. Does NOT belong here: their syntax.
import type { MimePart } from "./mime-part.ts";

/** Value of the first field of that name (any case), unfolded, not decoded; `null` when there is none. */
export function fieldValue(part: MimePart, name: string): string | null {
  const wanted = name.toLowerCase();
  return part.fields.find((field) => field.name === wanted)?.value ?? null;
}

/** Values of all fields of that name, in order. */
export function fieldValues(part: MimePart, name: string): readonly string[] {
  const wanted = name.toLowerCase();
  return part.fields.filter((field) => field.name === wanted).map((field) => field.value);
}
