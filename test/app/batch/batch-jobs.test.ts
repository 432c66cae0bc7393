import { describe, expect, it } from "vitest";
import { createBatchJobs } from "../../../src/app/batch/batch-jobs.ts";
import type { Inspection, LocalRecord } from "../../../src/core/index.ts";
import type { BatchSource, BatchStep } from "../../../src/messages.ts";
import type { ListedMessage } from "../../../src/ports/mail-folders.ts";
import { toMbox } from "../../lab/to-mbox.ts";
import { inspection } from "../fakes.ts";

const listed = (id: number, difference: Partial<ListedMessage> = {}): ListedMessage => ({
  id,
  headerMessageId: `m${String(id)}@pec.test`,
  author: "Anna <anna@pec.test>",
  recipients: [],
  subject: `Numero ${String(id)}`,
  date: id,
  size: 10,
  ...difference,
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const RECORD = { signatureSha256: "ab" } as unknown as LocalRecord;
const FOLDER: BatchSource = { type: "folder", id: "pec", name: "PEC" };

function setUp(messages: readonly ListedMessage[] = [], broken: ReadonlySet<number> = new Set()) {
  const kept: (readonly LocalRecord[])[] = [];
  const inspected: string[] = [];
  const reading = { now: 0, most: 0, closed: 0 };
  let clock = 0;
  const here = new Set(messages.map(({ id }) => id));
  const jobs = createBatchJobs({
    folders: {
      count: () => Promise.resolve(messages.length),
      async *list() {
        try {
          for (let at = 0; at < messages.length; at += 50) yield await Promise.resolve(messages.slice(at, at + 50));
        } finally {
          reading.closed += 1;
        }
      },
      at: (id) =>
        Promise.resolve(
          here.has(id)
            ? {
                folder: { id: "pec", accountId: "a", name: "PEC", role: "other", isOnServer: true },
                message: listed(id),
              }
            : null,
        ),
    },
    places: {
      folders: () => Promise.resolve([]),
      selectedCount: () => Promise.resolve({ count: messages.length, isMore: false }),
      async *selected() {
        yield await Promise.resolve(messages.map((message) => ({ message, folder: "Entrata" })));
      },
    },
    source: {
      async read(id) {
        reading.now += 1;
        reading.most = Math.max(reading.most, reading.now);
        await Promise.resolve();
        reading.now -= 1;
        if (broken.has(id)) throw new Error("gone");
        return bytes(`message ${String(id)}`);
      },
    },
    inspect: (raw): Promise<Inspection> => {
      const text = new TextDecoder().decode(raw);
      inspected.push(text);
      if (text.includes("bug")) return Promise.reject(new TypeError("a bug"));
      return Promise.resolve(inspection({ record: RECORD, header: { ...inspection().header, subject: text.trim() } }));
    },
    keepRecords: (records) => {
      kept.push(records);
      return Promise.resolve();
    },
    // Each look at the clock takes a moment, so that a step comes to its end.
    now: () => (clock += 10),
  });
  async function all(source: BatchSource): Promise<readonly BatchStep[]> {
    const { job } = await jobs.begin(source);
    const steps: BatchStep[] = [];
    for (;;) {
      const step = await jobs.next(job);
      if (step === null) throw new Error("The job is gone");
      steps.push(step);
      if (step.ended !== null) return steps;
    }
  }
  return { jobs, all, kept, inspected, reading, here };
}

const rowsOf = (steps: readonly BatchStep[]) => steps.flatMap(({ rows }) => rows);

describe("a folder", () => {
  it("is gone through in steps, in its order, with no more than three messages at the same time", async () => {
    const { all, reading, kept } = setUp(Array.from({ length: 120 }, (_, index) => listed(index + 1)));
    const steps = await all(FOLDER);
    expect(steps.length).toBeGreaterThan(2);
    const rows = rowsOf(steps);
    expect(rows.map(({ place }) => place.source === "mailbox" && place.id)).toEqual(
      Array.from({ length: 120 }, (_, index) => index + 1),
    );
    expect(reading.most).toBeLessThanOrEqual(3);
    expect(steps.at(-1)).toMatchObject({ done: 120, ended: "finished" });
    expect(kept.flat()).toHaveLength(120);
  });

  it("a message that is gone, one that cannot be read, one that is too large and a bug are rows; the others are inspected", async () => {
    const large = 300 * 1024 * 1024;
    const { all, here } = setUp([listed(1), listed(2), listed(3), listed(4, { size: large })], new Set([2, 3]));
    here.delete(2);
    const rows = rowsOf(await all(FOLDER));
    expect(rows.map(({ outcome }) => (outcome.state === "failed" ? outcome.why : outcome.look))).toEqual([
      "none",
      "gone",
      "unreadable",
      "too-large",
    ]);
    expect(rows[1]).toMatchObject({ subject: "Numero 2", from: "Anna <anna@pec.test>", date: 2 });
  });

  it("that nobody asks about any more is let go, with the list that Thunderbird holds", async () => {
    const { jobs, reading } = setUp(Array.from({ length: 500 }, (_, index) => listed(index + 1)));
    const { job, total } = await jobs.begin(FOLDER);
    expect(total).toEqual({ unit: "messages", amount: 500 });
    await jobs.next(job);
    jobs.end(job);
    await new Promise((resolve) => setImmediate(resolve));
    expect(reading.closed).toBe(1);
    expect(await jobs.next(job)).toBeNull();
  });

  it("pages that were closed without a word leave no more than a few jobs behind", async () => {
    const { jobs } = setUp([listed(1)]);
    const begun = [];
    for (let each = 0; each < 12; each++) begun.push((await jobs.begin(FOLDER)).job);
    expect(await jobs.next(begun[0] ?? 0)).toBeNull();
    expect(await jobs.next(begun[11] ?? 0)).not.toBeNull();
  });
});

describe("the selection", () => {
  it("is inspected, each message with its own folder", async () => {
    const { all } = setUp([listed(5), listed(6)]);
    const rows = rowsOf(await all({ type: "selection" }));
    expect(rows.map(({ place }) => place)).toEqual([
      { source: "mailbox", id: 5, folder: "Entrata" },
      { source: "mailbox", id: 6, folder: "Entrata" },
    ]);
  });
});

describe("files", () => {
  const file = (name: string, content: Uint8Array | string): File =>
    new File([typeof content === "string" ? content : content.slice()], name);
  const one = "Subject: uno\r\n\r\nTesto\r\n";

  it("messages and mbox files, each with its place in its file", async () => {
    const { all, inspected } = setUp();
    const mailbox = new Uint8Array(
      toMbox([bytes(one), bytes("Subject: bug\r\n\r\nx\r\n"), bytes("Subject: tre\r\n\r\nx\r\n")]),
    );
    const files = [file("a.eml", one), file("posta", mailbox), file("vuoto.eml", "")];
    const steps = await all({ type: "files", files });
    const rows = rowsOf(steps);
    expect(
      rows.map(({ place, outcome }) => [
        place.source === "file" ? `${place.file} ${String(place.position)}` : "",
        outcome.state === "failed" ? outcome.why : outcome.look,
      ]),
    ).toEqual([
      ["a.eml null", "none"],
      ["posta 1", "none"],
      ["posta 2", "internal"],
      ["posta 3", "none"],
      ["vuoto.eml null", "empty"],
    ]);
    const third = rows[3]?.place;
    expect(third?.source === "file" && mailbox.slice(third.start, third.start + third.length)).toEqual(
      bytes("Subject: tre\r\n\r\nx\r\n"),
    );
    expect(inspected[0]).toBe(one);
    const size = files.reduce((sum, each) => sum + each.size, 0);
    expect(steps.at(-1)?.done).toBeLessThanOrEqual(size);
  });

  it("a file that cannot be read any more leaves the others their rows", async () => {
    const { all } = setUp();
    const broken = file("rotto.mbox", toMbox([bytes(one), bytes(one)]));
    Object.defineProperty(broken, "slice", {
      value: () => ({ arrayBuffer: () => Promise.reject(new Error("NotReadableError")) }),
    });
    const rows = rowsOf(await all({ type: "files", files: [broken, file("b.eml", one)] }));
    expect(rows.map(({ outcome }) => (outcome.state === "failed" ? outcome.why : outcome.look))).toEqual([
      "unreadable",
      "none",
    ]);
  });

  it("an mbox file without separators is not read on when nobody asks any more", async () => {
    const { jobs } = setUp();
    const endless = file("senza.mbox", "");
    const read: number[] = [];
    let job = 0;
    Object.defineProperty(endless, "size", { value: 1_000_000_000 });
    Object.defineProperty(endless, "slice", {
      value: (start: number) => {
        read.push(start);
        if (read.length === 4) jobs.end(job);
        return { arrayBuffer: () => Promise.resolve(new ArrayBuffer(10)) };
      },
    });
    ({ job } = await jobs.begin({ type: "files", files: [endless] }));
    await jobs.next(job);
    expect(read).toHaveLength(4);
  });

  it("an mbox file of nothing but blank lines has no message, and says so", async () => {
    const { all } = setUp();
    const rows = rowsOf(await all({ type: "files", files: [file("vuoto.mbox", "\n\n")] }));
    expect(rows.map(({ outcome }) => outcome)).toEqual([{ state: "failed", why: "empty" }]);
  });
});
