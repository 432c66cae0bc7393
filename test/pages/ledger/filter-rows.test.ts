import { describe, expect, it } from "vitest";
import type { RecipientState } from "../../../src/core/index.ts";
import {
  countRows,
  filterRows,
  isFiltering,
  type LedgerFilter,
  NO_FILTER,
} from "../../../src/pages/ledger/filter-rows.ts";
import { listedRow } from "../../../src/pages/ledger/listed-row.ts";
import { FIRST_ORDER, nextOrder, sortRows } from "../../../src/pages/ledger/sort-rows.ts";
import { aRow, BEGAN, NOW } from "./a-row.ts";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const recipient = (address: string, state: RecipientState) => [{ address, state, isContradicted: false }];
const rows = [
  aRow(["delivered"], { link: "old", subject: "Fattura n. 7", at: NOW - 40 * DAY, sender: "altra@pec.test" }),
  aRow(["not-delivered"], { link: "failed", subject: "Diffida è urgente", problemSince: NOW, at: NOW - 2 * DAY }),
  aRow(["late"], {
    link: "late",
    problemSince: NOW,
    at: NOW - HOUR,
    recipients: recipient("comune@pec.it", "late"),
  }),
  aRow(["delivered"], { link: "bare", subject: "", at: null, recipients: recipient("anna@pec.foro.it", "delivered") }),
].map((row) => listedRow(row, BEGAN));
const links = (filter: Partial<LedgerFilter>): string[] =>
  filterRows(rows, { ...NO_FILTER, ...filter }, NOW).map(({ row }) => row.link);

describe("filtering sent messages", () => {
  it("leaves everything, and the very list, when nothing is asked for", () => {
    expect(filterRows(rows, NO_FILTER, NOW)).toBe(rows);
    expect(filterRows(rows, { ...NO_FILTER, text: "  ", recipient: " " }, NOW)).toBe(rows);
    expect(isFiltering(NO_FILTER)).toBe(false);
  });

  it("by state, mailbox and recipient", () => {
    expect(links({ condition: "failed" })).toEqual(["failed"]);
    expect(links({ sender: "altra@pec.test" })).toEqual(["old"]);
    expect(links({ recipient: " COMUNE@" })).toEqual(["late"]);
    expect(links({ condition: "failed", sender: "altra@pec.test" })).toEqual([]);
  });

  it("by words of the subject and of any address, each of which has to be there", () => {
    expect(links({ text: "DIFFIDA" })).toEqual(["failed", "late"]);
    expect(links({ text: "urgente diffida" })).toEqual(["failed"]);
    expect(links({ text: "e urgente" })).toEqual(["failed"]);
    expect(links({ text: "anna@pec" })).toEqual(["bare"]);
    expect(links({ text: "altra@" })).toEqual(["old"]);
    expect(links({ text: "fattura assente" })).toEqual([]);
  });

  it("by period, whose last day is included", () => {
    expect(links({ period: { name: "days", days: 1 } })).toEqual(["late"]);
    expect(links({ period: { name: "days", days: 30 } })).toEqual(["failed", "late"]);
    const date = new Date(NOW - 2 * DAY);
    const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()]
      .map((part) => String(part).padStart(2, "0"))
      .join("-");
    expect(links({ period: { name: "between", from: day, to: day } })).toEqual(["failed"]);
    expect(links({ period: { name: "between", from: day, to: "" } })).toEqual(["failed", "late"]);
    expect(links({ period: { name: "between", from: "", to: "" } })).toEqual(["old", "failed", "late"]);
  });

  it("counts each condition", () => {
    expect(countRows(rows)).toMatchObject({ failed: 1, late: 1, delivered: 2, waiting: 0, "no-outcome": 0 });
  });
});

describe("the order of sent messages", () => {
  const order = (column: Parameters<typeof nextOrder>[1], descending = false): string[] =>
    sortRows(rows, { column, descending }).map(({ row }) => row.link);

  it("is by time first, the newest on top, and what has none at the end", () => {
    expect(sortRows(rows, FIRST_ORDER).map(({ row }) => row.link)).toEqual(["late", "failed", "old", "bare"]);
    expect(order("date")).toEqual(["bare", "old", "failed", "late"]);
  });

  it("is by any column, and by time among equals", () => {
    expect(order("state")).toEqual(["failed", "late", "old", "bare"]);
    expect(order("subject")).toEqual(["bare", "late", "failed", "old"]);
    expect(order("recipients")).toEqual(["bare", "late", "failed", "old"]);
    expect(order("mailbox", true)).toEqual(["late", "failed", "bare", "old"]);
  });

  it("turns round with a second click on the same head", () => {
    const first = nextOrder(FIRST_ORDER, "subject");
    expect(first).toEqual({ column: "subject", descending: false });
    expect(nextOrder(first, "subject")).toEqual({ column: "subject", descending: true });
    expect(nextOrder(first, "date")).toEqual(FIRST_ORDER);
  });
});
