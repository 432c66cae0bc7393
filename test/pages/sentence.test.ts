import { describe, expect, it } from "vitest";
import { piecesOf, plainText, type Sentence, type Translate } from "../../src/pages/sentence.ts";
import { foreign, own, phrase } from "../../src/pages/values.ts";

const templates: Readonly<Record<string, string>> = {
  greeting: "**Posta** da $1 il $2",
  swapped: "$2, $1",
  when: "$1 alle $2",
  bold_value: "**$1** fine",
};
const translate: Translate = (key, values = []) =>
  (templates[key] ?? key).replace(/\$(\d)/g, (_, digit: string) => values[Number(digit) - 1] ?? "");

const say = (key: string, ...values: Sentence["values"]): Sentence => ({ key, values });

describe("sentences", () => {
  it("are taken apart into text, bold text and values", () => {
    const sender = foreign("mario@pec.test");
    expect(piecesOf(say("greeting", sender, own("oggi")), translate)).toEqual([
      { content: "Posta", strong: true },
      { content: " da ", strong: false },
      { content: sender, strong: false },
      { content: " il ", strong: false },
      { content: own("oggi"), strong: false },
    ]);
  });

  it("follow the order of the translation", () => {
    expect(plainText(say("swapped", own("a"), own("b")), translate)).toBe("b, a");
  });

  it("never read a value as markup, placeholder or mark", () => {
    const hostile = foreign("**x** $2 $1 \ue0001\ue001 <b>");
    const pieces = piecesOf(say("greeting", hostile, own("SECOND")), translate);
    expect(pieces.filter((piece) => piece.strong).map((piece) => piece.content)).toEqual(["Posta"]);
    expect(pieces.filter((piece) => piece.content === hostile)).toHaveLength(1);
    expect(plainText(say("greeting", hostile, own("SECOND")), translate)).toBe(
      "Posta da **x** $2 $1 ⟨U+E000⟩1⟨U+E001⟩ <b> il SECOND",
    );
  });

  it("can be values of sentences, and values can be bold", () => {
    expect(plainText(say("greeting", own("a"), phrase("when", own("1/1"), own("9:00"))), translate)).toBe(
      "Posta da a il 1/1 alle 9:00",
    );
    expect(piecesOf(say("bold_value", own("x")), translate)[0]).toEqual({ content: own("x"), strong: true });
  });
});
