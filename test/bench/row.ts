// Belongs here: a line of the bench's table: a figure, its target, and whether it holds. Pure.
// Does NOT belong here: measuring.

export interface Row {
  readonly what: string;
  readonly measured: string;
  /** Empty for a figure without a target. */
  readonly target: string;
  readonly holds: boolean | null;
}

/** @throws RangeError for no values */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  if (low === undefined || high === undefined) throw new RangeError("no values");
  return (low + high) / 2;
}

export interface Bound {
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** A row for a number; `unit` is written after it: `×`, ` ms`. */
export function row(what: string, value: number, unit: string, { atMost, atLeast }: Bound = {}): Row {
  const target = [
    atMost === undefined ? "" : `at most ${figure(atMost)}${unit}`,
    atLeast === undefined ? "" : `at least ${figure(atLeast)}${unit}`,
  ].join("");
  const holds = target === "" ? null : value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity);
  return { what, measured: `${figure(value)}${unit}`, target, holds };
}

/** Two decimals below ten, else none: what is measured is not more exact than that. */
export function figure(value: number): string {
  return Math.abs(value) < 10 ? String(Number(value.toFixed(2))) : value.toFixed(0);
}

/** A table in Markdown, as it stands in the README. */
export function renderTable(rows: readonly Row[]): string {
  const verdict = (holds: boolean | null): string => (holds === null ? "" : holds ? "holds" : "does not hold");
  const cells = rows.map(({ what, measured, target, holds }) => [what, measured, target, verdict(holds)]);
  const head = ["What", "Measured", "Target", ""];
  const widths = head.map((title, column) =>
    Math.max(...[head, ...cells].map((line) => (line[column] ?? title).length)),
  );
  const line = (texts: readonly string[]): string =>
    `| ${texts.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...cells.map(line)].join("\n");
}
