// Bundles of evidence in the making: real sealed messages, found, read, put in and saved; what is missing, too much, or stopped.
import { describe, expect, it } from "vitest";
import {
  createEvidenceJobs,
  type EvidenceJobs,
  type EvidenceJobsDependencies,
} from "../../../src/app/evidence/evidence-jobs.ts";
import { restoreOriginal } from "../../../src/app/receipts/restore-original.ts";
import {
  extractOriginal,
  inspect,
  type LedgerEvent,
  type LocalRecord,
  MAX_EVIDENCE_MESSAGES,
  receiptOf,
} from "../../../src/core/index.ts";
import type { EvidenceSource, EvidenceStep } from "../../../src/messages.ts";
import type { ListedMessage } from "../../../src/ports/mail-folders.ts";
import { readWords } from "../../../src/cli/read-words.ts";
import { testAuthorities } from "../../bench/inspection.ts";
import { readZip, type ZipEntry } from "../../lab/read-zip.ts";
import { demoSeries, type DemoSeries } from "../../provider/demo-series.ts";
import { LAWYER } from "../../provider/sample-mail.ts";
import { DEMO_NOW } from "../../provider/test-case.ts";
import { memoryLedger } from "../receipts/memory-ledger.ts";

const anchors = await testAuthorities();
const italian = await readWords("it");

function seriesNamed(id: string): DemoSeries {
  const found = demoSeries(DEMO_NOW).find((series) => series.id === id);
  if (found === undefined) throw new Error(`no series ${id}`);
  return found;
}

interface Lying {
  readonly id: number;
  readonly messageId: string;
  readonly bytes: Uint8Array;
  readonly isSentCopy: boolean;
}

interface Options {
  readonly series?: readonly DemoSeries[];
  /** Messages of the mailbox that are gone, or cannot be read, by their place in the series. */
  readonly gone?: readonly number[];
  readonly unreadable?: readonly number[];
  readonly selected?: readonly ListedMessage[];
  readonly saver?: EvidenceJobsDependencies["saver"]["saveBlobAs"];
}

async function setUp({ series = [], gone = [], unreadable = [], selected = [], saver }: Options = {}) {
  const kept = new Map<string, LocalRecord>();
  const records = { find: (key: string) => Promise.resolve(kept.get(key) ?? null) };
  const inspectHere = (bytes: Uint8Array) => inspect(bytes, { now: DEMO_NOW, anchors, records });
  const ledger = memoryLedger();
  const mails: Lying[] = [];
  const events: LedgerEvent[] = [];
  for (const { copy, receipts, messageId, subject } of series) {
    if (copy !== null) {
      mails.push({ id: mails.length + 1, messageId, bytes: copy, isSentCopy: true });
      const sent = { messageId, from: LAWYER.address, recipients: [], subject, sentAt: DEMO_NOW - 1_000_000_000 };
      events.push({ type: "sent", copy: sent });
    }
    for (const { bytes } of receipts) {
      const receipt = receiptOf(await inspectHere(bytes));
      if (receipt === null) throw new Error("no receipt");
      // What claims to be a receipt and is none lies there too, and stays out.
      mails.push({ id: mails.length + 1, messageId: receipt.messageId, bytes, isSentCopy: false });
      if (receipt.verified) events.push({ type: "receipt", receipt });
    }
  }
  await ledger.add({ events, unverified: [], seen: [] });
  const saved: { readonly name: string; readonly blob: Blob }[] = [];
  const here = mails.filter((_, index) => !gone.includes(index));
  let clock = DEMO_NOW;
  const dependencies: EvidenceJobsDependencies = {
    ledger,
    mailbox: {
      find: (wanted) =>
        Promise.resolve(
          here
            .filter(({ messageId }) => messageId === wanted)
            .map(({ id, isSentCopy }) => ({
              ...{ id, isSentCopy, folderId: "f", accountId: "a", read: true, tags: [] },
            })),
        ),
    },
    folders: { at: () => Promise.resolve(null) },
    places: {
      async *selected() {
        yield await Promise.resolve(selected.map((message) => ({ message, folder: "PEC" })));
      },
    },
    source: {
      read(id) {
        const mail = here.find((each) => each.id === id);
        if (mail === undefined || unreadable.includes(id - 1)) return Promise.reject(new Error("gone"));
        return Promise.resolve(mail.bytes);
      },
    },
    inspect: inspectHere,
    keepRecords: (added) => {
      for (const record of added) if (!kept.has(record.signatureSha256)) kept.set(record.signatureSha256, record);
      return Promise.resolve();
    },
    receiptOf,
    facts: () =>
      Promise.resolve({ authorities: anchors, revocation: { crls: [], ocspResponses: [] }, version: "1.0.0" }),
    saver: {
      saveBlobAs:
        saver ??
        ((file) => {
          saved.push(file);
          return Promise.resolve("saved");
        }),
    },
    translate: italian,
    // Each look at the clock takes a moment, so that a step comes to its end; the day stays the same.
    now: () => (clock += 60),
  };
  const jobs = createEvidenceJobs(dependencies);
  const links = ledger.entries().map((entry) => entry.links[0] ?? "");
  async function finish(source: EvidenceSource = { type: "sent", links }) {
    const job = jobs.prepare(source);
    const begun = await jobs.begin(job);
    if (!("total" in begun)) throw new Error(JSON.stringify(begun));
    const steps: EvidenceStep[] = [];
    do {
      const more = await jobs.next(job);
      if ("failed" in more) throw new Error(more.failed);
      steps.push(more.step);
    } while (steps.at(-1)?.finished === null);
    return { job, total: begun.total, steps };
  }
  async function archive(source?: EvidenceSource): Promise<readonly ZipEntry[]> {
    const { job } = await finish(source);
    await jobs.save(job);
    const blob = saved.at(-1)?.blob;
    if (blob === undefined) throw new Error("nothing was saved");
    return readZip(Buffer.from(await blob.arrayBuffer()));
  }
  return { jobs, links, finish, archive, saved, mails, dependencies, kept };
}

const text = (entries: readonly ZipEntry[], name: string): string =>
  entries.find((entry) => entry.name === name)?.bytes.toString("utf8") ?? "";

describe("a sent message with its receipts", () => {
  it("is put together byte for byte: the copy, then what came back, by certified time", async () => {
    const series = seriesNamed("late-then-delivered");
    const { archive, saved } = await setUp({ series: [series] });
    const entries = await archive();
    const mails = entries.filter(({ name }) => name.startsWith("messages/"));
    expect(mails.map(({ name }) => name.slice(0, 25))).toEqual([
      "messages/001-messaggio-in",
      "messages/002-accettazione",
      "messages/003-preavviso-er",
      "messages/004-avvenuta-con",
    ]);
    const expected = [series.copy, ...series.receipts.map(({ bytes }) => bytes)];
    for (const [index, { bytes }] of mails.entries()) expect(bytes.equals(expected[index] ?? Buffer.of())).toBe(true);
    expect(saved[0]?.name).toBe("fascicolo-PEC-2026-11-20-istanza-di-accesso-agli-atti-p.zip");
    expect(text(entries, "rapporto.html")).toContain("consegnata");
    expect(text(entries, "rapporto.html")).not.toContain("Che cosa manca");
  });

  it("is put together step by step, and says how far it is", async () => {
    const { finish } = await setUp({ series: [seriesNamed("forty-recipients")] });
    const { total, steps } = await finish();
    expect(steps.length).toBeGreaterThan(3);
    expect(steps.map(({ done }) => done)).toEqual([...steps.map(({ done }) => done)].sort((a, b) => a - b));
    expect(steps.at(-1)).toMatchObject({ done: total, gaps: [], finished: { messages: total } });
  });

  it("says the same the second time, though this computer has learnt from the first", async () => {
    const { archive, kept } = await setUp({ series: [seriesNamed("late-then-delivered")] });
    const first = await archive();
    expect(kept.size).toBe(3);
    const again = await archive();
    const stated = (entries: readonly ZipEntry[]): string =>
      text(entries, "rapporto.html").replace(/(?<=<dt>Creato il<\/dt>\n<dd>)[^<]*/, "");
    expect(stated(again)).toBe(stated(first));
    expect(stated(first)).toContain("Annotata su questo computer");
  });

  it("without what is gone or cannot be read is made all the same, and names it", async () => {
    const { finish, archive } = await setUp({
      series: [seriesNamed("late-then-delivered")],
      gone: [0],
      unreadable: [3],
    });
    const { steps } = await finish();
    expect(steps.at(-1)?.gaps).toMatchObject([
      { role: "sent-copy", why: "gone", subject: "Istanza di accesso agli atti - pratica edilizia 77" },
      { role: "receipt", why: "unreadable", kind: "avvenuta-consegna" },
    ]);
    const html = text(await archive(), "rapporto.html");
    expect(html).toContain("non è più in nessuna cartella");
    expect(html).toContain("non si può leggere");
    expect(html).toContain("(non nel fascicolo)");
  });

  it("that was sent from elsewhere never had a copy here", async () => {
    const { finish } = await setUp({ series: [seriesNamed("webmail")] });
    expect((await finish()).steps.at(-1)?.gaps).toMatchObject([{ role: "sent-copy", why: "absent" }]);
  });

  it("of several, each has its own part", async () => {
    const { archive, saved } = await setUp({ series: [seriesNamed("late-then-delivered"), seriesNamed("webmail")] });
    const html = text(await archive(), "rapporto.html");
    expect(html.match(/<section class="sent">/g)).toHaveLength(2);
    expect(saved[0]?.name).toBe("fascicolo-PEC-2026-11-20.zip");
  });
});

describe("a selection", () => {
  const listed = (id: number, size: number): ListedMessage => ({
    ...{
      id,
      size,
      headerMessageId: `m${String(id)}`,
      author: "",
      recipients: [],
      subject: `n. ${String(id)}`,
      date: id,
    },
  });

  it("is put in by date, whatever order it was selected in", async () => {
    const series = [seriesNamed("late-then-delivered")];
    const { archive } = await setUp({ series, selected: [listed(2, 10), listed(1, 10), listed(9, 10)] });
    const entries = await archive({ type: "selection" });
    const names = entries.map(({ name }) => name).filter((name) => name.startsWith("messages/"));
    expect(names).toEqual([
      expect.stringMatching(/^messages\/001-messaggio-istanza/) as string,
      expect.stringMatching(/^messages\/002-accettazione-istanza/) as string,
    ]);
    expect(text(entries, "MANIFEST.json")).toContain('"why": "gone"');
  });

  it("of nothing, of too many messages, and of 2 GB is refused before anything is read", async () => {
    const begin = async (selected: readonly ListedMessage[]) => {
      const { jobs } = await setUp({ selected });
      return jobs.begin(jobs.prepare({ type: "selection" }));
    };
    expect(await begin([])).toEqual({ failed: "nothing" });
    const many = Array.from({ length: MAX_EVIDENCE_MESSAGES + 1 }, (_, index) => listed(index, 1));
    expect(await begin(many)).toEqual({ failed: "too-many" });
    const large = Array.from({ length: 20 }, (_, index) => listed(index, 100 * 1024 * 1024));
    // A bundle holds ten of them; one that no bundle holds does not count.
    const megabyte = 1024 * 1024;
    expect(await begin([listed(20, 300 * megabyte), ...large])).toEqual({
      tooLarge: { bytes: 20 * 100 * megabyte, fitting: 10 },
    });
    const { jobs } = await setUp();
    const ids = many.map(({ id }) => id);
    expect(await jobs.begin(jobs.prepare({ type: "messages", ids }))).toEqual({ failed: "too-many" });
  });

  it("names a message that is too large for one", async () => {
    const { finish } = await setUp({ selected: [listed(1, 300 * 1024 * 1024)] });
    expect((await finish({ type: "selection" })).steps.at(-1)?.gaps).toMatchObject([{ why: "too-large" }]);
  });
});

describe("a bundle under way", () => {
  async function lastStep(jobs: EvidenceJobs, links: readonly string[]): Promise<EvidenceStep> {
    const job = jobs.prepare({ type: "sent", links });
    await jobs.begin(job);
    for (;;) {
      const more = await jobs.next(job);
      if ("failed" in more) throw new Error(more.failed);
      if (more.step.finished !== null) return more.step;
    }
  }

  it("that turns out too large holds what fits, and names the rest", async () => {
    const series = [seriesNamed("late-then-delivered")];
    const { dependencies, links, mails } = await setUp({ series });
    // Nobody knows how large receipts are before they are read. All of them fit, but for the last.
    const all = mails.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const jobs = createEvidenceJobs(dependencies, all - 1);
    const { gaps, finished } = await lastStep(jobs, links);
    expect(gaps).toMatchObject([{ role: "receipt", kind: "avvenuta-consegna", why: "no-room" }]);
    expect(finished).toMatchObject({ messages: 3 });
  });

  it("is not saved before it is finished, and is nobody's once it is ended", async () => {
    const { jobs, links, saved } = await setUp({ series: [seriesNamed("webmail")] });
    const job = jobs.prepare({ type: "sent", links });
    expect(await jobs.next(job)).toEqual({ failed: "interrupted" });
    await jobs.begin(job);
    expect(await jobs.save(job)).toEqual({ failed: "interrupted" });
    expect(jobs.has(job)).toBe(true);
    jobs.end(job);
    expect(jobs.has(job)).toBe(false);
    expect(await jobs.next(job)).toEqual({ failed: "interrupted" });
    expect(await jobs.begin(job)).toEqual({ failed: "interrupted" });
    expect(saved).toEqual([]);
  });

  it("that could not be saved can be saved again, and so can one whose dialog was closed", async () => {
    const answers: (() => Promise<"saved" | "cancelled">)[] = [
      () => Promise.reject(new Error("disk full")),
      () => Promise.resolve("cancelled"),
      () => Promise.resolve("saved"),
    ];
    const sizes: number[] = [];
    const { jobs, finish } = await setUp({
      series: [seriesNamed("webmail")],
      saver: ({ blob }) => {
        sizes.push(blob.size);
        return (answers.shift() ?? (() => Promise.reject(new Error("asked too often"))))();
      },
    });
    const { job, steps } = await finish();
    expect(await jobs.save(job)).toEqual({ failed: "save-failed" });
    expect(await jobs.save(job)).toBe("cancelled");
    expect(await jobs.save(job)).toBe("saved");
    expect(new Set(sizes)).toEqual(new Set([steps.at(-1)?.finished?.bytes]));
  });

  it("a bug in one message loses that one alone", async () => {
    const { dependencies, links } = await setUp({ series: [seriesNamed("webmail")] });
    let count = 0;
    const jobs = createEvidenceJobs({
      ...dependencies,
      inspect: (bytes) => {
        count += 1;
        return count === 1 ? Promise.reject(new TypeError("a bug")) : dependencies.inspect(bytes);
      },
    });
    expect((await lastStep(jobs, links)).gaps.map(({ why }) => why)).toEqual(["absent", "internal"]);
  });
});

describe("the sent message", () => {
  async function restoring(id: string, options: Options = {}) {
    const series = seriesNamed(id);
    const { dependencies, links } = await setUp({ series: [series], ...options });
    const handed: { readonly how: string; readonly name: string; readonly bytes: Uint8Array }[] = [];
    const restore = (how: "open" | "save") =>
      restoreOriginal(links[0] ?? "", how, {
        ...dependencies,
        extractOriginal,
        opener: {
          openMessage: ({ name, bytes }) => {
            handed.push({ how, name, bytes });
            return Promise.resolve();
          },
        },
        saver: {
          saveAs: ({ name, bytes }) => {
            handed.push({ how, name, bytes });
            return Promise.resolve("saved");
          },
        },
      });
    return { series, handed, restore };
  }

  it("is given back from a complete delivery receipt, as it was delivered, when its copy is gone", async () => {
    const { series, handed, restore } = await restoring("late-then-delivered", { gone: [0] });
    expect(await restore("open")).toEqual({ state: "done" });
    expect(await restore("save")).toEqual({ state: "done" });
    const delivered = await extractOriginal(series.receipts.at(-1)?.bytes ?? new Uint8Array());
    expect(handed.map(({ how, name }) => [how, name])).toEqual([
      ["open", "Istanza di accesso agli atti - pratica edilizia 77.eml"],
      ["save", "Istanza di accesso agli atti - pratica edilizia 77.eml"],
    ]);
    for (const { bytes } of handed) expect(Buffer.from(bytes).equals(delivered ?? Buffer.of())).toBe(true);
    // The provider's own identifier stands in it.
    expect(Buffer.from(handed[0]?.bytes ?? []).toString("latin1")).toContain("X-Riferimento-Message-ID:");
  });

  it("cannot be given back from brief receipts, nor when no receipt is left", async () => {
    expect(await (await restoring("brief-receipts")).restore("open")).toEqual({ state: "failed", code: "gone" });
    const { restore } = await restoring("late-then-delivered", { gone: [3] });
    expect(await restore("save")).toEqual({ state: "failed", code: "gone" });
  });
});
