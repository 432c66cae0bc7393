import { describe, expect, test } from "vitest";
import { withoutStoreLines } from "../../src/thunderbird/store-lines.ts";

const MESSAGE = "Return-Path: <a@b>\r\nX-Mozilla-Status: 0001\r\nSubject: \xe8\r\n\r\nx";
const without = (stored: string): string =>
  Buffer.from(withoutStoreLines(Buffer.from(stored, "latin1"))).toString("latin1");

describe("what Thunderbird's store writes before a message", () => {
  test.each([
    ["nothing", ""],
    ["of a server, kept here", "X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n"],
    [
      "with tags",
      `X-Mozilla-Status: 0003\r\nX-Mozilla-Status2: 1a000000\r\nX-Mozilla-Keys: $label1${" ".repeat(73)}\r\n`,
    ],
    [
      "of a fetching account",
      "X-Account-Key: account2\r\nX-UIDL: 7\r\nX-Mozilla-Status: 0001\r\nX-Mozilla-Status2: 00000000\r\n",
    ],
    [
      "the other way round",
      "X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\nX-Account-Key: account2\nX-UIDL: 7\n",
    ],
  ])("%s: is left out, and all of the message is left", (_what, lines) => {
    expect(without(lines + MESSAGE)).toBe(MESSAGE);
  });

  test.each([
    ["as nobody but a stranger writes it", "X-Mozilla-Status: tutto bene\r\n"],
    ["gone on with in the next line", "X-Mozilla-Status: 0001\r\n seguito\r\n"],
    ["that a server may write too", "X-UIDL: 7\r\n"],
    ["after a field of the message", "Received: x\r\nX-Mozilla-Status: 0001\r\n"],
    ["twice, as of a message that was saved and brought back", ""],
  ])("%s: is part of the message", (_what, lines) => {
    const own = "X-Mozilla-Status: 0000\nX-Mozilla-Status2: 00000000\n";
    const message = lines === "" ? own + MESSAGE : lines + MESSAGE;
    expect(without(lines === "" ? own + message : message)).toBe(message);
  });
});
