import { describe, expect, it } from "vitest";
import { createBackup } from "../../../src/app/options/backup.ts";
import { createLocalRecordBook } from "../../../src/app/trust/local-record-book.ts";
import { createTrouble } from "../../../src/app/trouble.ts";
import { createUserAnchors } from "../../../src/app/trust/user-anchors.ts";
import {
  claimedLinks,
  type LedgerEvent,
  type LocalRecord,
  type Receipt,
  unverifiedId,
} from "../../../src/core/index.ts";
import type { RecordStore } from "../../../src/ports/record-store.ts";
import { aReceipt, ANNA, copy, SENDER } from "../../core/receipts/a-receipt.ts";
import { unknownRootCertificate } from "../../provider/test-authority.ts";
import { memorySettings } from "../fakes.ts";
import { memoryLedger } from "../receipts/memory-ledger.ts";

const NOW = Date.UTC(2026, 10, 22);
const EMPTY = { anchors: [], issuingKeys: [], intermediates: [], denied: [] };
const hash = (digit: string): string => digit.repeat(64);
const RECORD: LocalRecord = {
  signatureSha256: hash("a"),
  signedSha256: hash("b"),
  signerSha256: hash("c"),
  issuerSha256: hash("d"),
  validationTime: NOW - 20_000,
  firstVerifiedAt: NOW - 10_000,
  indication: "TOTAL-PASSED",
  notRevokedAt: null,
};
const received = (receipt: Receipt): LedgerEvent => ({ type: "receipt", receipt });

/** One computer. */
function computer(now = NOW) {
  const records = new Map<string, LocalRecord>();
  const store: RecordStore = {
    find: (key) => Promise.resolve(records.get(key) ?? null),
    merge: (added, merge) => {
      for (const each of added) {
        records.set(each.signatureSha256, merge(records.get(each.signatureSha256) ?? null, each));
      }
      return Promise.resolve();
    },
    summary: () => Promise.resolve({ count: records.size, since: null }),
    all: () => Promise.resolve([...records.values()]),
    clear: () => Promise.resolve(records.clear()),
  };
  const [settings, ledger, trouble] = [memorySettings(), memoryLedger(), createTrouble()];
  const anchors = createUserAnchors({ shipped: () => Promise.resolve(EMPTY), settings, now: () => now });
  const book = createLocalRecordBook({ store, settings, trouble, now: () => now });
  const readAnchor = (pem: Uint8Array) => anchors.readFile(pem);
  const backup = createBackup({ ledger, book, settings, readAnchor, trouble, now: () => now });
  return { backup, ledger, records, anchors };
}

const acceptance = aReceipt("accettazione", 0);
const delivery = aReceipt("avvenuta-consegna", 1, ANNA);
const forged = aReceipt("errore-consegna", 1, ANNA, { id: "forged", verified: false });

async function filledComputer() {
  const filled = computer();
  const events: readonly LedgerEvent[] = [{ type: "sent", copy }, received(acceptance), received(delivery)];
  await filled.ledger.add({ events, unverified: [forged], seen: [] });
  filled.records.set(RECORD.signatureSha256, RECORD);
  const certificate = Buffer.from(unknownRootCertificate).toString("base64");
  const [candidate] = await filled.anchors.readFile(unknownRootCertificate);
  const fingerprint = candidate?.certificate?.sha256 ?? "";
  const scope = { source: "radice.pem", domains: ["pec.esempio.it"], notAfter: NOW };
  expect(await filled.anchors.add({ base64: certificate, fingerprint, ...scope })).toBeNull();
  return { ...filled, fingerprint };
}

describe("a backup", () => {
  it("brings records back, keeps receipts apart and proposes authorities", async () => {
    const { backup, fingerprint } = await filledComputer();
    const other = computer();
    const outcome = await other.backup.restore(await backup.save());
    expect(outcome).toMatchObject({ state: "restored", records: 1, receipts: 3 });
    expect(outcome).toMatchObject({
      anchors: [
        { candidate: { certificate: { sha256: fingerprint }, problem: null }, source: "radice.pem", notAfter: NOW },
      ],
    });
    expect([...other.records.values()]).toEqual([{ ...RECORD, firstVerifiedAt: NOW, toldAt: RECORD.firstVerifiedAt }]);
    expect((await other.anchors.authorities()).anchors).toEqual([]);
    expect(other.ledger.entries()).toEqual([]);
    expect(await other.ledger.isKnownSender(SENDER)).toBe(false);
    expect(other.ledger.apart().map(({ id, verified, restored }) => [id, verified, restored])).toEqual([
      [forged.id, false, true],
      [acceptance.id, false, true],
      [delivery.id, false, true],
    ]);
    expect(await other.ledger.unverifiedFor(claimedLinks(delivery))).toHaveLength(3);
  });

  it("lets a restored receipt give way to the mail itself, whichever comes first", async () => {
    const text = await (await filledComputer()).backup.save();
    const other = computer();
    await other.ledger.add({ events: [received(acceptance)], unverified: [], seen: [] });
    expect(await other.backup.restore(text)).toMatchObject({ receipts: 2 });
    await other.ledger.add({ events: [received(delivery)], unverified: [], seen: [] });
    expect(other.ledger.apart().map(({ id }) => id)).toEqual([forged.id]);
    expect(other.ledger.entries()).toMatchObject([{ receipts: [acceptance, delivery] }]);
  });

  it("restored on the computer it was saved on changes nothing, however often", async () => {
    const { backup, ledger, records } = await filledComputer();
    const before = JSON.stringify([ledger.entries(), ledger.apart(), [...records]]);
    for (let round = 0; round < 2; round++) {
      expect(await backup.restore(await backup.save())).toMatchObject({ receipts: 0, anchors: [] });
    }
    expect(JSON.stringify([ledger.entries(), ledger.apart(), [...records]])).toBe(before);
  });

  it("of an empty computer is a file as well", async () => {
    const text = await computer().backup.save();
    expect(JSON.parse(text)).toMatchObject({ format: "sigillo-pec-backup", version: 1, entries: [] });
    expect(await computer().backup.restore(text)).toEqual({ state: "restored", records: 0, receipts: 0, anchors: [] });
  });
});

describe("a forged receipt in the ledger", () => {
  it.each<readonly [string, Partial<Receipt>]>([
    ["a long subject", { subject: "x".repeat(500_000) }],
    ["a long error text", { errorText: '"'.repeat(500_000) }],
    ["a long Message-ID", { messageId: "x".repeat(1_000_000) }],
    ["a time before 1970 in UTC", { time: { instant: -3_600_000, local: "1970-01-01T00:00:00", offset: "+0100" } }],
  ])("does not spoil the file: %s", async (_, change) => {
    const { backup, ledger } = await filledComputer();
    const hostile = { ...forged, ...change };
    await ledger.add({ events: [], unverified: [{ ...hostile, id: unverifiedId(hostile) }], seen: [] });
    expect(await computer().backup.restore(await backup.save())).toMatchObject({ state: "restored", receipts: 4 });
  });
});

describe("a file that somebody hands over", () => {
  const verifiedInFile = async (): Promise<string> => {
    const text = await (await filledComputer()).backup.save();
    expect(text).toContain('"verified":true');
    return text;
  };

  it("makes nothing trusted and moves no state by what it says of itself", async () => {
    const other = computer();
    const failure = aReceipt("errore-consegna", 2, ANNA, { id: "planted" });
    await other.ledger.add({ events: [received(acceptance), received(delivery)], unverified: [], seen: [] });
    const before = JSON.stringify(other.ledger.entries());
    const planted = (await verifiedInFile()).replace(JSON.stringify(delivery), JSON.stringify(failure));
    expect(await other.backup.restore(planted)).toMatchObject({ receipts: 2 });
    expect(JSON.stringify(other.ledger.entries())).toBe(before);
    expect(other.ledger.apart().every(({ verified }) => !verified)).toBe(true);
    expect(await other.ledger.due(Infinity, 10)).toHaveLength(1);
  });

  it("does not displace what this computer recorded", async () => {
    const other = computer();
    const mine = { ...RECORD, signedSha256: hash("9") };
    other.records.set(mine.signatureSha256, mine);
    await other.backup.restore(await verifiedInFile());
    expect([...other.records.values()]).toEqual([mine]);
  });

  it.each([
    ["no JSON", (text: string) => text.slice(0, -10)],
    ["another file", () => '{"format":"sigillo-pec-records","version":1,"records":[]}'],
    ["a receipt of an unknown kind", (text: string) => text.replace('"kind":"accettazione"', '"kind":"altro"')],
    ["a receipt without a sender", (text: string) => text.replaceAll(`"sender":"${SENDER}"`, '"sender":null')],
    ["a record of the future", (text: string) => text.replace(String(NOW - 10_000), String(NOW + 10_000))],
    ["a save of the future", (text: string) => text.replace(`"savedAt":${NOW}`, `"savedAt":${NOW + 1}`)],
    ["an anchor that is none", (text: string) => text.replace('"addedAt":', '"addedOn":')],
  ])("is refused as a whole: %s", async (_, damage) => {
    const other = computer();
    const text = await verifiedInFile();
    expect(damage(text)).not.toBe(text);
    expect(await other.backup.restore(damage(text))).toEqual({ state: "failed", code: "unreadable" });
    expect([other.records.size, other.ledger.apart().length]).toEqual([0, 0]);
  });

  it("is left alone when a later version made it", async () => {
    const text = (await verifiedInFile()).replace('"version":1', '"version":2');
    expect(await computer().backup.restore(text)).toEqual({ state: "failed", code: "newer" });
  });
});
