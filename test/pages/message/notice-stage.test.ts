import { describe, expect, it } from "vitest";
import { noticeStage } from "../../../src/pages/message/notice-stage.ts";

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
    expect(noticeStage(text)).toBe("twenty-four-hours");
  });

  it.each(["nelle prime 12 ore non è stata possibile la consegna", "entro dodici ore", "12h"])(
    "is the first: %s",
    (text) => {
      expect(noticeStage(text)).toBe("twelve-hours");
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
    expect(noticeStage(text)).toBe("undecided");
  });
});
