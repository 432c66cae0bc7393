import { describe, expect, it } from "vitest";
import {
  drawnRange,
  rowAt,
  type RowGeometry,
  rowTop,
  scrollTo,
  totalHeight,
} from "../../../src/pages/table/row-geometry.ts";

const closed: RowGeometry = { count: 1_000, rowHeight: 30, open: null, openHeight: 0 };
const open: RowGeometry = { ...closed, open: 5, openHeight: 200 };

describe("where rows stand", () => {
  it("makes room below the open row", () => {
    expect(totalHeight(closed)).toBe(30_000);
    expect(totalHeight(open)).toBe(30_200);
    expect([4, 5, 6].map((index) => rowTop(open, index))).toEqual([120, 150, 380]);
  });

  it.each([closed, open, { ...open, open: 0 }, { ...open, open: 999 }])(
    "finds every row at its own place: %o",
    (geometry) => {
      for (let index = 0; index < geometry.count; index++) {
        expect(rowAt(geometry, rowTop(geometry, index))).toBe(index);
        expect(rowAt(geometry, rowTop(geometry, index) + geometry.rowHeight - 1)).toBe(index);
      }
    },
  );

  it("takes the open row for its details", () => {
    expect([180, 250, 379].map((top) => rowAt(open, top))).toEqual([5, 5, 5]);
    expect(rowAt(open, 380)).toBe(6);
  });

  it("draws what can be seen and a little more, never beyond the ends", () => {
    expect(drawnRange(closed, 0, 300)).toEqual({ first: 0, end: 31 });
    expect(drawnRange(closed, 15_000, 300)).toEqual({ first: 480, end: 531 });
    expect(drawnRange(closed, 29_700, 300)).toEqual({ first: 970, end: 1_000 });
    expect(drawnRange({ ...closed, count: 0 }, 0, 300)).toEqual({ first: 0, end: 0 });
    // A list that was cut short while it was scrolled down.
    expect(drawnRange({ ...closed, count: 3 }, 9_000, 300)).toEqual({ first: 0, end: 3 });
  });

  it("scrolls no more than is needed to show a row", () => {
    expect(scrollTo(closed, 3, 0, 300)).toBe(0);
    expect(scrollTo(closed, 3, 120, 300)).toBe(90);
    expect(scrollTo(closed, 10, 0, 300)).toBe(30);
    // With its details; when they do not fit, their beginning.
    expect(scrollTo(open, 5, 0, 300)).toBe(80);
    expect(scrollTo(open, 5, 0, 180)).toBe(150);
  });
});
