// Belongs here: sizes of files in words.

export function sizeText(bytes: number, locale: string): string {
  const [value, unit, maximumFractionDigits] = inUnit(bytes);
  // The short form of «byte» has no plural in English.
  const unitDisplay = unit === "byte" ? "long" : "short";
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay, maximumFractionDigits }).format(value);
}

/** With so many digits after the point. */
function inUnit(bytes: number): readonly [number, "byte" | "kilobyte" | "megabyte" | "gigabyte", number] {
  if (bytes < 1_000) return [bytes, "byte", 0];
  if (bytes < 1_000_000) return [bytes / 1_000, "kilobyte", 0];
  return bytes < 1_000_000_000 ? [bytes / 1_000_000, "megabyte", 1] : [bytes / 1_000_000_000, "gigabyte", 1];
}
