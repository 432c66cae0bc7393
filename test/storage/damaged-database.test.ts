import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LedgerEvent, LocalRecord } from "../../src/core/index.ts";
import { aReceipt } from "../core/receipts/a-receipt.ts";

const NAME = "sigillo-pec";
const RECORD: LocalRecord = {
  signatureSha256: "a".repeat(64),
  signedSha256: "b".repeat(64),
  signerSha256: "c".repeat(64),
  issuerSha256: null,
  validationTime: 1_000,
  firstVerifiedAt: 5_000,
  indication: "INDETERMINATE",
  notRevokedAt: null,
};
const event: LedgerEvent = { type: "receipt", receipt: aReceipt("accettazione", 0) };
const BATCH = { events: [event], unverified: [], seen: ["a"] };

const replacing = (_stored: LocalRecord | null, added: LocalRecord): LocalRecord => added;

/** The stores as after a start of the add-on. */
async function started() {
  vi.resetModules();
  const { ledgerStore } = await import("../../src/thunderbird/ledger-store.ts");
  const { recordStore } = await import("../../src/thunderbird/record-store.ts");
  const { closeDatabase } = await import("../../src/thunderbird/database.ts");
  return { ledger: ledgerStore, records: recordStore, closeDatabase };
}

/** A ledger and a record, as a former run has left them. */
async function formerRun(): Promise<void> {
  const { ledger, records, closeDatabase } = await started();
  await ledger.add(BATCH);
  await records.merge([RECORD], replacing);
  await closeDatabase();
}

function raw(version: number | undefined, upgrade: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, version);
    request.onupgradeneeded = () => upgrade(request.result);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error("not opened"));
  });
}

function remove(): Promise<void> {
  return new Promise((resolve) => {
    indexedDB.deleteDatabase(NAME).onsuccess = () => resolve();
  });
}

/** Opening `which` fails as a damaged file does, while `lasts()`. */
function failToOpen(which: (name: string) => boolean, lasts: () => boolean): { readonly removed: () => boolean } {
  const open = indexedDB.open.bind(indexedDB);
  const deleteDatabase = indexedDB.deleteDatabase.bind(indexedDB);
  let removed = false;
  vi.spyOn(indexedDB, "open").mockImplementation((name, version) => {
    if (which(name) && lasts() && !removed) throw new DOMException("cannot be read", "UnknownError");
    return open(name, version);
  });
  vi.spyOn(indexedDB, "deleteDatabase").mockImplementation((name) => {
    removed ||= name === NAME;
    return deleteDatabase(name);
  });
  return { removed: () => removed };
}

beforeEach(() => {
  indexedDB = new IDBFactory();
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe("a damaged database", () => {
  it("that lacks a part is made anew by itself, with the local records, until a walk has filled it", async () => {
    (
      await raw(2, (database) => {
        database.createObjectStore("records", { keyPath: "signatureSha256" }).put(RECORD);
        database.createObjectStore("revocation", { keyPath: "id" });
      })
    ).close();
    const { ledger, records } = await started();
    expect(await ledger.count()).toBe(0);
    await ledger.add(BATCH);
    expect(await ledger.count()).toBe(1);
    expect(await records.summary()).toEqual({ count: 1, since: 5_000 });
    expect(await ledger.rebuilt()).toMatchObject({ recordsKept: true });
    await ledger.refilled();
    expect(await ledger.rebuilt()).toBeNull();
  });

  it("whose version is not what it holds is made anew", async () => {
    // The upgrade to the present version finds a part that is to be made: it breaks off.
    (
      await raw(1, (database) => {
        database.createObjectStore("entries");
        database.createObjectStore("records", { keyPath: "signatureSha256" }).put(RECORD);
        database.createObjectStore("revocation", { keyPath: "id" });
      })
    ).close();
    const { ledger, records } = await started();
    await ledger.add(BATCH);
    expect(await records.find(RECORD.signatureSha256)).toEqual(RECORD);
    expect(await ledger.rebuilt()).toMatchObject({ recordsKept: true });
  });

  it("that cannot be opened at all is made anew, and it is said that the local records are lost", async () => {
    await formerRun();
    const { removed } = failToOpen(
      (name) => name === NAME,
      () => true,
    );
    const { ledger, records } = await started();
    expect(await ledger.count()).toBe(0);
    expect(removed()).toBe(true);
    expect(await ledger.rebuilt()).toMatchObject({ recordsKept: false });
    expect(await ledger.seen(["a"])).toEqual(new Set());
    await ledger.add(BATCH);
    await records.merge([RECORD], replacing);
    expect([await ledger.count(), (await records.summary()).count]).toEqual([1, 1]);
  });

  it("is not what fails to open once", async () => {
    await formerRun();
    let attempts = 0;
    const { removed } = failToOpen(
      (name) => name === NAME,
      () => ++attempts === 1,
    );
    const { ledger } = await started();
    expect([await ledger.count(), removed(), await ledger.rebuilt()]).toEqual([1, false, null]);
  });

  it("is not deleted when nothing at all can be opened or written", async () => {
    await formerRun();
    const { removed } = failToOpen(
      () => true,
      () => true,
    );
    const { ledger } = await started();
    await expect(ledger.count()).rejects.toMatchObject({ trouble: "unavailable" });
    expect(removed()).toBe(false);
    vi.restoreAllMocks();
    expect(await (await started()).ledger.count()).toBe(1);
  });

  it("that opens and cannot be read is made anew; the calls that found it so fail, the next ones do not", async () => {
    await formerRun();
    const { ledger, records } = await started();
    await ledger.count();
    const spy = vi.spyOn(IDBObjectStore.prototype, "count").mockImplementation(() => {
      throw new DOMException("cannot be read", "UnknownError");
    });
    const calls = await Promise.allSettled([ledger.count(), ledger.count(), ledger.count()]);
    expect(calls.map(({ status }) => status)).toContain("rejected");
    spy.mockRestore();
    await vi.waitFor(async () => expect(await ledger.rebuilt()).toMatchObject({ recordsKept: true }));
    expect([await ledger.count(), (await records.summary()).count]).toEqual([0, 1]);
  });

  it("that Thunderbird replaced by an empty one is noticed", async () => {
    await formerRun();
    await remove();
    const { ledger } = await started();
    expect(await ledger.count()).toBe(0);
    expect(await ledger.rebuilt()).toMatchObject({ recordsKept: false });
  });

  it("is none at the very first start, nor after an upgrade", async () => {
    const first = await started();
    await first.ledger.add(BATCH);
    expect(await first.ledger.rebuilt()).toBeNull();
    await first.closeDatabase();
    await remove();
    indexedDB = new IDBFactory();
    (
      await raw(1, (database) => {
        database
          .createObjectStore("records", { keyPath: "signatureSha256" })
          .createIndex("firstVerifiedAt", "firstVerifiedAt");
        database.createObjectStore("revocation", { keyPath: "id" });
      })
    ).close();
    const upgraded = await started();
    await upgraded.ledger.add(BATCH);
    expect([await upgraded.ledger.count(), await upgraded.ledger.rebuilt()]).toEqual([1, null]);
  });
});

describe("a database of a later version", () => {
  it("is not touched", async () => {
    (await raw(99, (database) => database.createObjectStore("later").put("kept", "key"))).close();
    const { ledger, records } = await started();
    const removing = vi.spyOn(indexedDB, "deleteDatabase");
    await expect(ledger.add(BATCH)).rejects.toMatchObject({ trouble: "newer" });
    await expect(records.merge([RECORD], replacing)).rejects.toMatchObject({ trouble: "newer" });
    expect(removing).not.toHaveBeenCalled();
    const database = await raw(undefined, () => undefined);
    expect([database.version, [...database.objectStoreNames]]).toEqual([99, ["later"]]);
  });
});
