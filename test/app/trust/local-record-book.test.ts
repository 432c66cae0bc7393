import { describe, expect, it } from "vitest";
import { createLocalRecordBook } from "../../../src/app/trust/local-record-book.ts";
import { parseRecordsFile, writeRecordsFile } from "../../../src/app/trust/records-file.ts";
import { createTrouble } from "../../../src/app/trouble.ts";
import type { LocalRecord } from "../../../src/core/index.ts";
import type { RecordStore } from "../../../src/ports/record-store.ts";
import { inspection, memorySettings, storageTrouble } from "../fakes.ts";

const NOW = Date.UTC(2026, 10, 22);
const hash = (digit: string): string => digit.repeat(64);
const record = (difference: Partial<LocalRecord> = {}): LocalRecord => ({
  signatureSha256: hash("a"),
  signedSha256: hash("b"),
  signerSha256: hash("c"),
  issuerSha256: hash("d"),
  validationTime: NOW - 20_000,
  firstVerifiedAt: NOW - 10_000,
  indication: "INDETERMINATE",
  notRevokedAt: null,
  ...difference,
});

function setUp({ broken = null }: { broken?: "full" | "unavailable" | null } = {}) {
  const kept = new Map<string, LocalRecord>();
  const counts = { put: 0 };
  const state = { broken };
  const guarded = <T>(work: () => T): Promise<T> =>
    state.broken === null ? Promise.resolve(work()) : Promise.reject(storageTrouble(state.broken));
  const store: RecordStore = {
    find: (key) => guarded(() => kept.get(key) ?? null),
    merge: (records, merge) =>
      guarded(() => {
        for (const each of records) {
          const merged = merge(kept.get(each.signatureSha256) ?? null, each);
          if (merged === kept.get(each.signatureSha256)) continue;
          counts.put += 1;
          kept.set(each.signatureSha256, merged);
        }
      }),
    summary: () =>
      guarded(() => {
        const times = [...kept.values()].map(({ firstVerifiedAt }) => firstVerifiedAt);
        return { count: kept.size, since: times.length === 0 ? null : Math.min(...times) };
      }),
    all: () => guarded(() => [...kept.values()]),
    clear: () => guarded(() => kept.clear()),
  };
  const trouble = createTrouble();
  const settings = memorySettings();
  const book = createLocalRecordBook({ store, settings, trouble, now: () => NOW });
  return { book, kept, counts, state, trouble, settings };
}

describe("the book of local records", () => {
  it("writes what an inspection has to say, and not again what stands there", async () => {
    const { book, kept, counts } = setUp();
    await book.keep(inspection({ record: record() }));
    await book.keep(inspection({ record: record() }));
    await book.keep(inspection({ record: null }));
    expect(counts.put).toBe(1);
    expect(await book.records.find(hash("a"))).toEqual(record());
    await book.keep(inspection({ record: record({ notRevokedAt: NOW }) }));
    expect(kept.get(hash("a"))?.notRevokedAt).toBe(NOW);
  });

  it("writes nothing once it is switched off, and still knows what is there", async () => {
    const { book, settings } = setUp();
    await book.keep(inspection({ record: record() }));
    await settings.write({ keepRecords: false });
    await book.keep(inspection({ record: record({ signatureSha256: hash("9") }) }));
    expect(await book.summary()).toEqual({ count: 1, since: NOW - 10_000 });
    expect(await book.records.find(hash("a"))).not.toBeNull();
  });

  it.each(["full", "unavailable"] as const)("of a store that is %s knows nothing and stops nobody", async (broken) => {
    const { book, state, trouble } = setUp({ broken });
    expect(await book.records.find(hash("a"))).toBeNull();
    await book.keep(inspection({ record: record() }));
    expect(await book.summary()).toEqual({ count: 0, since: null });
    expect(trouble.current).toBe(broken);
    await expect(book.deleteAll()).rejects.toThrow();
    await expect(book.exportAll()).rejects.toThrow();
    await expect(book.importAll(writeRecordsFile([record()]))).rejects.toThrow();
    state.broken = null;
    await book.summary();
    expect(trouble.current).toBeNull();
  });

  it("stops nobody either when the settings cannot be read", async () => {
    const { book, counts, settings } = setUp();
    settings.read = () => Promise.reject(new Error("gone"));
    await book.keep(inspection({ record: record() }));
    expect(counts.put).toBe(0);
  });

  it("keeps what this computer saw, and beside it the earliest that files tell of", async () => {
    const { book, kept } = setUp();
    const own = record({ notRevokedAt: NOW - 5 });
    await book.keep(inspection({ record: own }));
    const older = record({ firstVerifiedAt: NOW - 99_000, notRevokedAt: NOW });
    expect(await book.importAll(writeRecordsFile([older, record({ signatureSha256: hash("e") })]))).toBe(2);
    expect(kept.get(hash("a"))).toEqual({ ...own, toldAt: NOW - 99_000 });
    expect(kept.size).toBe(2);
    await book.importAll(writeRecordsFile([record({ firstVerifiedAt: NOW - 1 })]));
    expect(kept.get(hash("a"))?.toldAt).toBe(NOW - 99_000);
  });

  it("takes nothing in a file for its own: neither when it was verified, nor what an authority answered", async () => {
    const { book, kept } = setUp();
    await book.importAll(writeRecordsFile([record({ firstVerifiedAt: NOW - 99_000, notRevokedAt: NOW - 50 })]));
    expect(kept.get(hash("a"))).toEqual(record({ firstVerifiedAt: NOW, toldAt: NOW - 99_000 }));
  });

  it.each(["signedSha256", "signerSha256"])(
    "keeps its own record when a file has another %s for the signature",
    async (field) => {
      const { book, kept } = setUp();
      await book.keep(inspection({ record: record() }));
      await book.importAll(writeRecordsFile([record({ firstVerifiedAt: NOW - 99_000, [field]: hash("f") })]));
      expect(kept.get(hash("a"))).toEqual(record());
    },
  );

  it("carries everything from one computer to another", async () => {
    const one = setUp();
    for (let index = 0; index < 300; index += 1) {
      const signatureSha256 = index.toString(16).padStart(64, "0");
      await one.book.keep(inspection({ record: record({ signatureSha256, firstVerifiedAt: NOW - index }) }));
    }
    const other = setUp();
    expect(await other.book.importAll(await one.book.exportAll())).toBe(300);
    const told = [...one.kept].map(([key, each]) => [
      key,
      { ...each, firstVerifiedAt: NOW, toldAt: each.firstVerifiedAt },
    ]);
    expect([...other.kept]).toEqual(told);
    const third = setUp();
    await third.book.importAll(await other.book.exportAll());
    expect([...third.kept]).toEqual(told);
    await other.book.deleteAll();
    expect(await other.book.summary()).toEqual({ count: 0, since: null });
  });
});

describe("a file of records", () => {
  const file = (changed: object): string =>
    JSON.stringify({ format: "sigillo-pec-records", version: 1, records: [{ ...record(), ...changed }] });

  it("is taken only whole", () => {
    const read = record({ firstVerifiedAt: NOW, toldAt: NOW - 10_000 });
    expect(parseRecordsFile(file({}), NOW)).toEqual([read]);
    expect(parseRecordsFile(file({ issuerSha256: null }), NOW)).toEqual([{ ...read, issuerSha256: null }]);
  });

  it.each([
    ["no JSON", "{"],
    ["something else", "[]"],
    ["null", "null"],
    ["another format", JSON.stringify({ format: "other", version: 1, records: [] })],
    ["a later version", JSON.stringify({ format: "sigillo-pec-records", version: 2, records: [] })],
    ["no list", JSON.stringify({ format: "sigillo-pec-records", version: 1, records: {} })],
    ["a hash that is none", file({ signatureSha256: "abc" })],
    ["a hash in capitals", file({ signedSha256: hash("A") })],
    ["a missing field", file({ signerSha256: undefined })],
    ["a record of the future", file({ firstVerifiedAt: NOW + 1 })],
    ["one that tells of the future", file({ toldAt: NOW + 1 })],
    ["a time that is none", file({ validationTime: "2026" })],
    ["an endless time", file({ validationTime: 1e300 })],
    ["a verdict that does not exist", file({ indication: "VALID" })],
  ])("is refused: %s", (_, text) => {
    expect(parseRecordsFile(text, NOW)).toBeNull();
  });

  it("keeps no field that is none of a record", () => {
    expect(Object.keys(parseRecordsFile(file({ subject: "secret" }), NOW)?.[0] ?? {}).sort()).toEqual(
      Object.keys(record({ toldAt: NOW })).sort(),
    );
  });
});
