// Belongs here: the contrast of two colours (WCAG 2.2, 1.4.3). Does NOT belong here: choosing colours (see theme.ts).

/** Least contrast of text that people have to read. */
export const READABLE = 4.5;

/**
 * Contrast ratio from 1 to 21.
 *
 * @param a, b computed CSS colours, such as `rgb(28, 27, 34)`; `null` is returned for any other form and for transparent ones
 */
export function contrast(a: string, b: string): number | null {
  const [one, other] = [luminance(a), luminance(b)];
  if (one === null || other === null) return null;
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function luminance(color: string): number | null {
  const match = /^rgba?\((\d+(?:\.\d+)?),\s*(\d+(?:\.\d+)?),\s*(\d+(?:\.\d+)?)(?:,\s*1(?:\.0+)?)?\)$/.exec(
    color.trim(),
  );
  if (match === null) return null;
  const [red = 0, green = 0, blue = 0] = match.slice(1, 4).map((channel) => linear(Number(channel) / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
