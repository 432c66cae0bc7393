import { describe, expect, it } from "vitest";
import { figure, median, renderTable, row } from "./row.ts";

describe("median", () => {
  it.each([
    [[3], 3],
    [[1, 9], 5],
    [[10, 9, 1], 9],
    [[4, 1, 3, 2], 2.5],
  ])("of %j is %d", (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it("of nothing is an error", () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe("row", () => {
  it("holds within its bound, the bound included", () => {
    expect(row("a", 2, "×", { atMost: 2 })).toEqual({ what: "a", measured: "2×", target: "at most 2×", holds: true });
    expect(row("a", 2.01, "×", { atMost: 2 }).holds).toBe(false);
    expect(row("a", 7.99, "×", { atLeast: 8 }).holds).toBe(false);
    expect(row("a", 8, "×", { atLeast: 8 })).toMatchObject({ target: "at least 8×", holds: true });
  });

  it("without a bound neither holds nor fails", () => {
    expect(row("a", 123.4, " ms")).toEqual({ what: "a", measured: "123 ms", target: "", holds: null });
  });

  it("shows no more digits than are worth it", () => {
    expect([1.005, 0.5, 9.999, 12.6, -0.25].map(figure)).toEqual(["1", "0.5", "10", "13", "-0.25"]);
  });
});

it("renderTable says which target does not hold", () => {
  const table = renderTable([row("first", 1, "×", { atMost: 2 }), row("second", 3, "×", { atMost: 2 })]);
  expect(table.split("\n")).toEqual([
    "| What   | Measured | Target     |               |",
    "| ------ | -------- | ---------- | ------------- |",
    "| first  | 1×       | at most 2× | holds         |",
    "| second | 3×       | at most 2× | does not hold |",
  ]);
});
