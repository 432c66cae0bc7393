import { describe, expect, it } from "vitest";
import type { LedgerRow, RecipientState } from "../../../src/core/index.ts";
import { searchable } from "../../../src/pages/table/searchable.ts";
import { listedRow } from "../../../src/pages/ledger/listed-row.ts";
import { aRow, BEGAN, NOW } from "./a-row.ts";

const DAY = 24 * 60 * 60_000;
const judged = (...row: Parameters<typeof aRow>): string => {
  const { condition, word } = listedRow(aRow(...row), BEGAN);
  return `${condition}: ${word}`;
};
const before = { at: BEGAN - 300 * DAY, acceptedAt: BEGAN - 300 * DAY, problemSince: BEGAN - 299 * DAY };

describe("the condition of a sent message", () => {
  it("is the worst that is true of any recipient", () => {
    expect(judged(["delivered", "delivered"])).toBe("delivered: delivered");
    expect(judged(["delivered", "accepted"])).toBe("waiting: waiting");
    expect(judged(["accepted", "late"], { problemSince: NOW })).toBe("late: late");
    expect(judged(["late", "not-delivered", "delivered"], { problemSince: NOW })).toBe("failed: not-delivered");
    expect(judged(["refused", "refused"], { problemSince: NOW })).toBe("failed: refused");
    expect(judged(["delivered", "overdue"], { problemSince: NOW })).toBe("failed: overdue");
    expect(judged(["sent"], { acceptanceMissing: true, problemSince: NOW })).toBe("failed: acceptance-missing");
    expect(judged(["forwarded"])).toBe("forwarded: forwarded");
    expect(judged(["forwarded", "delivered"])).toBe("delivered: delivered");
  });

  it("is neither the good nor the bad one of receipts that contradict each other", () => {
    const disputed = (states: readonly RecipientState[], changes: Partial<LedgerRow> = {}): readonly string[] => {
      const row = aRow(states, changes);
      const [first, ...others] = row.recipients;
      const recipients = first === undefined ? [] : [{ ...first, isContradicted: true }, ...others];
      const { condition, word, delivered } = listedRow({ ...row, recipients }, BEGAN);
      return [`${condition}: ${word}`, String(delivered)];
    };
    expect(disputed(["delivered", "delivered"])).toEqual(["failed: contradiction", "1"]);
    expect(disputed(["not-delivered"], { problemSince: NOW })).toEqual(["failed: contradiction", "0"]);
    // Of another recipient nobody denies that it failed.
    expect(disputed(["delivered", "not-delivered"], { problemSince: NOW })).toEqual(["failed: not-delivered", "0"]);
    expect(disputed(["delivered"], { at: BEGAN - 300 * DAY })).toEqual(["past-failed: contradiction", "0"]);
  });

  it("is no alarm for what is older than the ledger", () => {
    expect(judged(["not-delivered"], before)).toBe("past-failed: not-delivered");
    expect(judged(["overdue"], before)).toBe("no-outcome: no-outcome");
    expect(judged(["late"], before)).toBe("no-outcome: no-outcome");
    expect(judged(["sent"], { ...before, acceptanceMissing: true, acceptedAt: null })).toBe("no-outcome: no-outcome");
    expect(judged(["sent"], { ...before, acceptedAt: null, problemSince: null })).toBe("no-outcome: no-outcome");
    expect(judged([], { at: null, acceptedAt: null })).toBe("no-outcome: no-outcome");
  });

  it("is an alarm when it went wrong after the ledger began, whenever it was sent", () => {
    const sentBefore = { at: BEGAN - DAY / 4, acceptedAt: BEGAN - DAY / 4, problemSince: BEGAN + DAY / 2 };
    expect(judged(["overdue"], sentBefore)).toBe("failed: overdue");
    // Late already when the ledger began, and its outcome still to come.
    expect(judged(["late"], { ...sentBefore, problemSince: BEGAN - DAY / 8 })).toBe("late: late");
  });

  it("tells to how many mailboxes it was delivered", () => {
    expect(listedRow(aRow(["delivered", "late", "delivered"]), BEGAN).delivered).toBe(2);
    // Of ordinary mail no delivery is expected.
    expect(listedRow(aRow(["delivered", "forwarded"]), BEGAN)).toMatchObject({ delivered: 1, awaited: 1 });
  });
});

describe("the text that a message is found by", () => {
  it("knows neither capitals nor accents", () => {
    expect(searchable("PERCHÉ Città")).toBe("perche citta");
    expect(listedRow(aRow(["sent"], { subject: "Così È" }), BEGAN).text).toContain("cosi e");
  });
});
