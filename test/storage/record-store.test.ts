import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LocalRecord } from "../../src/core/index.ts";

const record = (index: number, difference: Partial<LocalRecord> = {}): LocalRecord => ({
  signatureSha256: index.toString(16).padStart(64, "0"),
  signedSha256: "b".repeat(64),
  signerSha256: "c".repeat(64),
  issuerSha256: null,
  validationTime: 1_000,
  firstVerifiedAt: 5_000 + index,
  indication: "INDETERMINATE",
  notRevokedAt: null,
  ...difference,
});

const replacing = (_stored: LocalRecord | null, added: LocalRecord): LocalRecord => added;

/** The stores as after a start of the add-on: with no connection yet. */
async function started() {
  vi.resetModules();
  const { recordStore } = await import("../../src/thunderbird/record-store.ts");
  const { revocationStore } = await import("../../src/thunderbird/revocation-store.ts");
  const { closeDatabase } = await import("../../src/thunderbird/database.ts");
  return { recordStore, revocationStore, closeDatabase };
}

function openAtVersion(version: number, upgrade: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("sigillo-pec", version);
    request.onupgradeneeded = () => upgrade(request.result);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error("not opened"));
  });
}

beforeEach(() => {
  indexedDB = new IDBFactory();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe("records and lists in the database", () => {
  it("are kept from one start to the next", async () => {
    const { recordStore, revocationStore, closeDatabase } = await started();
    expect(await recordStore.summary()).toEqual({ count: 0, since: null });
    await recordStore.merge([record(2)], replacing);
    await recordStore.merge([record(1)], replacing);
    await recordStore.merge([record(2, { indication: "TOTAL-PASSED" })], replacing);
    const data = { id: "http://a.test/", kind: "list", origin: "network", name: "a", storedAt: 9 } as const;
    await revocationStore.put({ ...data, bytes: new Uint8Array([1, 2]) });
    await closeDatabase();
    const later = await started();
    expect(await later.recordStore.summary()).toEqual({ count: 2, since: 5_001 });
    expect((await later.recordStore.find(record(2).signatureSha256))?.indication).toBe("TOTAL-PASSED");
    expect(await later.recordStore.find("f".repeat(64))).toBeNull();
    expect(await later.revocationStore.all()).toEqual([{ ...data, bytes: new Uint8Array([1, 2]) }]);
    await later.revocationStore.remove("http://a.test/");
    expect(await later.revocationStore.all()).toEqual([]);
    await later.recordStore.clear();
    expect(await later.recordStore.all()).toEqual([]);
  });

  it("are merged all or not at all", async () => {
    const { recordStore } = await started();
    await recordStore.merge([record(1)], replacing);
    const keepOlder = (stored: LocalRecord | null, added: LocalRecord): LocalRecord => stored ?? added;
    await recordStore.merge([record(1, { firstVerifiedAt: 1 }), record(2), record(3)], keepOlder);
    expect(await recordStore.summary()).toEqual({ count: 3, since: 5_001 });
    const breaking = (_stored: LocalRecord | null, added: LocalRecord): LocalRecord => {
      if (added.signatureSha256 === record(5).signatureSha256) throw new Error("broken");
      return added;
    };
    await expect(recordStore.merge([record(4), record(5)], breaking)).rejects.toMatchObject({ trouble: "unavailable" });
    expect(await recordStore.find(record(4).signatureSha256)).toBeNull();
  });

  it("survive the upgrade from the first version", async () => {
    const old = await openAtVersion(1, (database) => {
      database
        .createObjectStore("records", { keyPath: "signatureSha256" })
        .createIndex("firstVerifiedAt", "firstVerifiedAt");
      database.createObjectStore("revocation", { keyPath: "id" });
    });
    old.transaction("records", "readwrite").objectStore("records").put(record(7));
    // Another page of the add-on would let the upgrade through as well.
    old.onversionchange = () => old.close();
    const { recordStore } = await started();
    expect(await recordStore.find(record(7).signatureSha256)).toEqual(record(7));
  });
});

describe("a database that cannot be used", () => {
  it("is left alone when a later version of the add-on made it, and is not opened again at every message", async () => {
    (await openAtVersion(99, () => undefined)).close();
    const { recordStore } = await started();
    const open = vi.spyOn(indexedDB, "open");
    await expect(recordStore.find("a")).rejects.toMatchObject({ trouble: "newer" });
    await expect(recordStore.find("a")).rejects.toMatchObject({ trouble: "newer" });
    expect(open).toHaveBeenCalledTimes(1);
  });

  it("is tried again after a while", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const { recordStore } = await started();
    const open = vi.spyOn(indexedDB, "open").mockImplementationOnce(() => {
      throw new DOMException("blocked", "SecurityError");
    });
    await expect(recordStore.summary()).rejects.toMatchObject({ trouble: "unavailable" });
    vi.advanceTimersByTime(61_000);
    expect(await recordStore.summary()).toEqual({ count: 0, since: null });
    expect(open.mock.calls.filter(([name]) => name === "sigillo-pec")).toHaveLength(2);
  });

  it("is waited for only so long when it does not answer", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { recordStore } = await started();
    vi.spyOn(indexedDB, "open").mockImplementationOnce(() => new EventTarget() as IDBOpenDBRequest);
    const finding = expect(recordStore.find("a")).rejects.toMatchObject({ trouble: "unavailable" });
    await vi.advanceTimersByTimeAsync(15_001);
    await finding;
  });

  it("is full when nothing more fits", async () => {
    const { recordStore } = await started();
    await recordStore.merge([record(1)], replacing);
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await expect(recordStore.merge([record(2)], replacing)).rejects.toMatchObject({ trouble: "full" });
    vi.restoreAllMocks();
    expect(await recordStore.find(record(1).signatureSha256)).toEqual(record(1));
  });
});
