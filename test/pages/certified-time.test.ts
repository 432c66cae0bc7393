import { describe, expect, it } from "vitest";
import { certifiedTimeSentence, dayText, instantSentence } from "../../src/pages/certified-time.ts";
import { plainText, type Sentence, type Translate } from "../../src/pages/sentence.ts";
import { translator } from "./messages.ts";

const it_ = translator("it");
const en = translator("en");
/** No-break blanks read as blanks: where lines break is tested with the row. */
const words = (sentence: Sentence, translate: Translate) => plainText(sentence, translate).replaceAll("\u00a0", " ");
const time = { instant: Date.parse("2025-10-16T16:32:35Z"), local: "2025-10-16T18:32:35", offset: "+0200" };

describe("the certified time", () => {
  it("is written as the provider wrote it, with its offset", () => {
    expect(words(certifiedTimeSentence(time, "it"), it_)).toBe("16/10/2025 alle 18:32:35 (+0200)");
    expect(words(certifiedTimeSentence(time, "en-GB"), en)).toBe("16 Oct 2025 at 18:32:35 (+0200)");
  });

  it("is never converted to the zone of the reader", () => {
    const midnight = { instant: Date.parse("2024-12-04T23:02:10Z"), local: "2024-12-05T00:02:10", offset: "+0100" };
    expect(words(certifiedTimeSentence(midnight, "it"), it_)).toBe("05/12/2024 alle 00:02:10 (+0100)");
  });

  it("without an offset is said not to be certified", () => {
    expect(words(certifiedTimeSentence({ ...time, offset: null }, "it"), it_)).toBe(
      "16/10/2025 alle 18:32:35 (fuso orario non indicato, non certificato)",
    );
  });

  it("may be a leap second", () => {
    const leap = { instant: Date.parse("2017-01-01T00:00:00Z"), local: "2017-01-01T00:59:60", offset: "+0100" };
    expect(words(certifiedTimeSentence(leap, "it"), it_)).toBe("01/01/2017 alle 01:00:00 (+0100)");
  });
});

describe("an instant", () => {
  it("is written in the certified offset, else in UTC", () => {
    const instant = Date.parse("2025-10-16T16:32:37Z");
    expect(words(instantSentence(instant, "+0200", "it"), it_)).toBe("16/10/2025 alle 18:32:37 (+0200)");
    expect(words(instantSentence(instant, "-0330", "it"), it_)).toBe("16/10/2025 alle 13:02:37 (-0330)");
    expect(words(instantSentence(instant, null, "it"), it_)).toBe("16/10/2025 alle 16:32:37 (+0000)");
    expect(words(instantSentence(instant, "nonsense", "it"), it_)).toBe("16/10/2025 alle 16:32:37 (+0000)");
  });

  it("that is no time is said to be unreadable", () => {
    expect(words(instantSentence(Number.NaN, null, "it"), it_)).toBe("data non leggibile");
    expect(dayText(Number.NaN, "it")).toBe("—");
    expect(dayText(9e15, "it")).toBe("—");
  });
});
