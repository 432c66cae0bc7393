import { describe, expect, it } from "vitest";
import { answerBatch } from "../../../src/app/batch/answer-batch.ts";
import { failedRow, shippedAuthorities } from "../../../src/core/index.ts";
import type { NamedFile } from "../../../src/ports/file-saver.ts";
import { batchFake } from "../fakes.ts";

const IN_MAIL = { source: "mailbox", id: 7, folder: "PEC" } as const;
const IN_FILE = { source: "file", file: "../posta.mbox", index: 0, start: 4, length: 3, position: 2 } as const;
const SUMMARY = { rows: [failedRow(IN_MAIL, "gone")], sources: ["PEC"], inspected: 1, isPartial: false };

describe("what the page for many messages asks", () => {
  it("what can be chosen", async () => {
    const selected = { count: 3, isMore: false };
    const places = { folders: () => Promise.resolve([]), selectedCount: () => Promise.resolve(selected) };
    expect(await answerBatch({ name: "places" }, batchFake({ places }))).toEqual({
      state: "places",
      folders: [],
      selected,
    });
  });

  it("a job that nobody knows is interrupted", async () => {
    const jobs = { ...batchFake().jobs, next: () => Promise.resolve(null) };
    expect(await answerBatch({ name: "next", job: 1 }, batchFake({ jobs }))).toEqual({
      state: "failed",
      code: "interrupted",
    });
  });

  it("a message is opened in its folder, or as it lies in its file, under a harmless name", async () => {
    const opened: unknown[] = [];
    const dependencies = batchFake({
      mailbox: { open: (id) => Promise.resolve(void opened.push(id)) },
      opener: { openMessage: (file) => Promise.resolve(void opened.push(file)) },
    });
    await answerBatch({ name: "open", place: IN_MAIL, file: null }, dependencies);
    const file = new File(["xxxxabcyyy"], "posta.mbox");
    expect(await answerBatch({ name: "open", place: IN_FILE, file }, dependencies)).toEqual({ state: "done" });
    const bytes = new TextEncoder().encode("abc");
    expect(opened).toEqual([7, { name: "_posta-2.eml", contentType: "message/rfc822", bytes }]);
    expect(await answerBatch({ name: "open", place: IN_FILE, file: null }, dependencies)).toEqual({
      state: "failed",
      code: "gone",
    });
    expect(await answerBatch({ name: "open", place: IN_MAIL, file: null }, batchFake())).toEqual({
      state: "failed",
      code: "open-failed",
    });
  });

  it("a table and a report are saved where the person wants them", async () => {
    const saved: NamedFile[] = [];
    const dependencies = batchFake({
      saver: { saveAs: (file) => Promise.resolve(saved.push(file) === 0 ? "cancelled" : "saved") },
      authorities: shippedAuthorities,
      translate: (key) => (key === "locale_tag" ? "it" : key),
      now: () => Date.UTC(2026, 10, 29),
    });
    expect(await answerBatch({ name: "save-table", ...SUMMARY }, dependencies)).toEqual({ state: "done" });
    expect(await answerBatch({ name: "save-report", ...SUMMARY }, dependencies)).toEqual({ state: "done" });
    expect(saved.map(({ name }) => name)).toEqual([
      "batch_file_name-2026-11-29.csv",
      "batch_file_name-2026-11-29.html",
    ]);
    expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(saved[0]?.bytes)).toMatch(/^\ufeff"batch_column/);
    expect(new TextDecoder().decode(saved[1]?.bytes)).toMatch(/^<!doctype html>/);
  });

  it("a full disk and a closed dialog are told apart", async () => {
    const saver = (outcome: () => Promise<"saved" | "cancelled">) =>
      batchFake({ saver: { saveAs: outcome }, authorities: shippedAuthorities });
    const request = { name: "save-table", ...SUMMARY } as const;
    expect(
      await answerBatch(
        request,
        saver(() => Promise.resolve("cancelled")),
      ),
    ).toEqual({ state: "cancelled" });
    expect(
      await answerBatch(
        request,
        saver(() => Promise.reject(new Error("disk full"))),
      ),
    ).toEqual({
      state: "failed",
      code: "save-failed",
    });
  });
});
