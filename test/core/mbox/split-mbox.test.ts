// The expected bytes are written out in each case: what a file holds is not computed the way that splitMbox does.
import { describe, expect, it } from "vitest";
import { isMbox } from "../../../src/core/mbox/is-mbox.ts";
import { type MboxMessage, splitMbox } from "../../../src/core/mbox/split-mbox.ts";
import { toMbox } from "../../lab/to-mbox.ts";
import { caseNamed } from "../../provider/all-cases.ts";
import { toByteString, toBytes } from "../../provider/mime-builder.ts";

const DATED = "From - Mon Oct 12 09:30:15 2026\n";
const FIRST = "Subject: uno\n\nTesto uno\n";
const SECOND = "Subject: due\n\nTesto due\n";
const THIRD = "Subject: tre\n\nTesto tre\n";

async function* inPieces(file: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += size) yield await Promise.resolve(file.subarray(at, at + size));
}

async function split(file: string | Uint8Array, size = 7, maxBytes?: number): Promise<readonly MboxMessage[]> {
  const messages: MboxMessage[] = [];
  for await (const message of splitMbox(inPieces(typeof file === "string" ? toBytes(file) : file, size), maxBytes)) {
    messages.push(message);
  }
  return messages;
}

const texts = (messages: readonly MboxMessage[]): readonly (string | null)[] =>
  messages.map(({ bytes }) => bytes && toByteString(bytes));
const doubts = (messages: readonly MboxMessage[]): readonly boolean[] => messages.map(({ isDoubtful }) => isDoubtful);

describe("a file as it should be", () => {
  const file = `${DATED}${FIRST}\n${DATED}${SECOND}\n`;

  it.each([1, 2, 3, 5, 64, 1_000_000])("is taken apart in pieces of %i bytes", async (size) => {
    const messages = await split(file, size);
    expect(texts(messages)).toEqual([FIRST, SECOND]);
    expect(doubts(messages)).toEqual([false, false]);
  });

  it("tells where each message stands", async () => {
    const messages = await split(file);
    expect(messages.map(({ position }) => position)).toEqual([1, 2]);
    for (const { start, length, bytes } of messages) {
      expect(file.slice(start, start + length)).toBe(bytes && toByteString(bytes));
    }
  });

  it("with CRLF line ends", async () => {
    const messages = await split(file.replaceAll("\n", "\r\n"));
    expect(texts(messages)).toEqual([FIRST, SECOND].map((text) => text.replaceAll("\n", "\r\n")));
    expect(doubts(messages)).toEqual([false, false]);
  });

  it("takes away one blank line, which is the separator's, and no other", async () => {
    expect(texts(await split(`${DATED}${FIRST}\n\n\n${DATED}${SECOND}`))).toEqual([`${FIRST}\n\n`, SECOND]);
  });

  it("leaves quoted lines as they stand in the file", async () => {
    const quoted = "Subject: tre\n\n>From qui\n>>From là\n";
    expect(texts(await split(`${DATED}${quoted}\n`))).toEqual([quoted]);
  });

  it.each([
    "Gestore-Due@pec.test Mon Oct 12 09:30:15 2026",
    "123@xxx Mon Oct 12 09:30:15 +0000 2026",
    "- 2026-10-12 09:30",
  ])("knows the separator «From %s»", async (rest) => {
    const messages = await split(`From ${rest}\n${FIRST}\nFrom ${rest}\n${SECOND}`);
    expect(texts(messages)).toEqual([FIRST, SECOND]);
    expect(doubts(messages)).toEqual([false, false]);
  });

  it("gives sealed messages back byte for byte", async () => {
    const sealed = [
      caseNamed("envelope").bytes,
      caseNamed("delivery-complete").bytes,
      caseNamed("ordinary-mail").bytes,
    ];
    const messages = await split(toMbox(sealed), 4_096);
    expect(texts(messages)).toEqual(sealed.map((bytes) => toByteString(bytes).replace(/(?<!\n)$/, "\r\n")));
  });
});

describe("a file that is not", () => {
  it("empty, or nothing but blank lines: no message", async () => {
    expect(await split("")).toEqual([]);
    expect(await split("\n\r\n\n")).toEqual([]);
  });

  it("without any separator is one message", async () => {
    expect(texts(await split(FIRST))).toEqual([FIRST]);
  });

  it("whose first separator is missing", async () => {
    expect(texts(await split(`${FIRST}\n${DATED}${SECOND}\n`))).toEqual([FIRST, SECOND]);
  });

  it("without blank lines before its separators: cut where a date stands, and said", async () => {
    const messages = await split(`${DATED}${FIRST}${DATED}${SECOND}\n${DATED}${THIRD}`);
    expect(texts(messages)).toEqual([FIRST, SECOND, THIRD]);
    expect(doubts(messages)).toEqual([true, true, false]);
  });

  it.each(["From ", "From -", "From mario@pec.test"])(
    "with the separator «%s», without a date: cut, and said",
    async (line) => {
      const messages = await split(`${DATED}${FIRST}\n${line}\n${SECOND}`);
      expect(texts(messages)).toEqual([FIRST, SECOND]);
      expect(doubts(messages)).toEqual([true, true]);
    },
  );

  it.each([
    ["in the middle of a paragraph", "Subject: tre\n\nabc\nFrom qui in poi\nxyz\n"],
    ["after a blank line", "Subject: tre\n\nabc\n\nFrom qui in poi\nxyz\n"],
    ["with a date, before text", "Subject: tre\n\nabc\n\nFrom - Mon Oct 12 09:30:15 2026\nnon un'intestazione\n"],
    ["before what looks like a field", "Subject: tre\n\nabc\n\nFrom qui in poi\nNota: xyz\n"],
  ])("with a line that nobody quoted, %s: not cut, and said", async (_, text) => {
    const messages = await split(`${DATED}${text}\n${DATED}${SECOND}`);
    expect(texts(messages)).toEqual([text, SECOND]);
    expect(doubts(messages)).toEqual([true, false]);
  });

  it("that ends within a separator", async () => {
    for (const end of ["F", "From", "From ", "From - Mon Oct 12 09:30:15 2026", DATED]) {
      expect(texts(await split(`${DATED}${FIRST}\n${end}`))).toEqual([`${FIRST}\n${end}`]);
    }
  });

  it("with a line without end", async () => {
    const text = `Subject: tre\n\nabc\n\nFrom ${"x".repeat(5_000)}\n`;
    expect(texts(await split(`${DATED}${text}\n${DATED}${SECOND}`, 100))).toEqual([text, SECOND]);
  });

  it("with a message that is too large: told without its bytes, and the others are read", async () => {
    const large = `Subject: grande\n\n${"x".repeat(70)}\n${"y".repeat(900)}\n`;
    const file = `${DATED}${FIRST}\n${DATED}${large}\n${DATED}${SECOND}\n`;
    for (const size of [1, 10, 100, 10_000]) {
      const messages = await split(file, size, 500);
      expect(texts(messages)).toEqual([FIRST, null, SECOND]);
      const [, second] = messages;
      expect(file.slice(second?.start, (second?.start ?? 0) + (second?.length ?? 0))).toBe(large);
    }
  });

  it("with a message as large as may be, whose blank line goes beyond that, in pieces of any size", async () => {
    const large = `Subject: grande\r\n\r\n${"x".repeat(478)}\r\n`;
    const file = `${DATED}${large}\r\n${DATED}${SECOND}\n`;
    for (let size = 1; size < 40; size++) {
      expect(texts(await split(file, size, large.length))).toEqual([large, SECOND]);
      expect(texts(await split(file, size, large.length - 1))).toEqual([null, SECOND]);
    }
  });

  it("with a message that is too large at its end", async () => {
    const messages = await split(`${DATED}${FIRST}\n${DATED}Subject: x\n\n${"y".repeat(5_000)}`, 64, 500);
    expect(texts(messages)).toEqual([FIRST, null]);
  });
});

describe("whether a file is an mbox", () => {
  it.each([
    ["posta", `${DATED}${FIRST}`, true],
    ["posta", `\r\n\n${DATED}${FIRST}`, true],
    ["messaggio.eml", `${DATED}${FIRST}`, true],
    ["Inbox.mbox", FIRST, true],
    ["messaggio.eml", FIRST, false],
    ["messaggio.eml", "From: mario@pec.test\n\nTesto\n", false],
    ["messaggio.eml", `${FIRST}\n${DATED}${SECOND}`, false],
    ["testo", "From qui in poi\nniente\n", false],
    ["vuoto", "", false],
  ])("%s, %j: %s", (name, head, expected) => {
    expect(isMbox(name, toBytes(head))).toBe(expected);
  });
});
