import { describe, expect, it } from "vitest";
import { noticeStage } from "../../../src/core/receipts/notice-stage.ts";

describe("the stage of a timeout notice", () => {
  it.each([
    "5.4.1 - Gestore - tempo massimo superato",
    "  5.4.1",
    "5.4.1 - nelle prime 12 ore",
    "messaggio non consegnato entro 24 ore",
    "non consegnato nelle ventiquattro ore",
    "not delivered within 24 hours",
    "superate le 24h",
  ])("is final: %s", (text) => {
    expect(noticeStage(text, null)).toBe("twenty-four-hours");
  });

  it.each(["nelle prime 12 ore non è stata possibile la consegna", "entro dodici ore", "12h"])(
    "is the first: %s",
    (text) => {
      expect(noticeStage(text, null)).toBe("twelve-hours");
    },
  );

  it.each([
    null,
    "",
    "4.4.7 - Gestore - tempo massimo",
    "5.4.10 - altro",
    "dopo 12 ore; un altro avviso seguirà entro 24 ore",
    "il 12/10/2025 alle 12:24 orecchio",
    "112 ore, 124 ore",
    "alle 18:12 ore italiane",
    `${"x".repeat(3_000)} 24 ore`,
  ])("is left undecided, the weaker statement: %s", (text) => {
    expect(noticeStage(text, null)).toBe("undecided");
  });
});

describe("the stage by the time since the acceptance", () => {
  const HOUR = 3_600_000;
  it.each([
    ["before 22 hours it is the first, whatever its words", "entro 24 ore", 21.99, "twelve-hours"],
    ["but its code says more", "5.4.1", 12, "twenty-four-hours"],
    ["from 22 hours on it is the final one", null, 22, "twenty-four-hours"],
    ["unless its words speak of the first", "entro 12 ore", 23, "undecided"],
    ["or of both", "dopo 12 ore; entro 24 ore", 23, "undecided"],
  ] as const)("%s", (_, text, hours, stage) => {
    expect(noticeStage(text, hours * HOUR)).toBe(stage);
  });
});
