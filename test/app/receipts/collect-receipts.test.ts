import { describe, expect, it } from "vitest";
import { createCollectReceipts } from "../../../src/app/receipts/collect-receipts.ts";
import type { Inspection, LocalRecord } from "../../../src/core/index.ts";
import type { ListedMessage, MailFolder } from "../../../src/ports/mail-folders.ts";
import { aDaticert, anInspection } from "../../pages/message/an-inspection.ts";
import { memoryLedger } from "./memory-ledger.ts";

const HOUR = 60 * 60_000;
const NOW = Date.UTC(2026, 10, 20, 12);
const PROVIDER = "posta-certificata@pec.gestore.test";
const SENDER = "mario.rossi@pec.test";

const record = (signatureSha256: string): Inspection["record"] => ({
  signatureSha256,
  signedSha256: "",
  signerSha256: "",
  issuerSha256: null,
  validationTime: 0,
  firstVerifiedAt: 0,
  indication: "TOTAL-PASSED",
  notRevokedAt: null,
});

const acceptance = anInspection("accettazione", { daticert: aDaticert("accettazione"), record: record("a1") });
const delivery = anInspection("avvenuta-consegna", { daticert: aDaticert("avvenuta-consegna"), record: record("d1") });
const forged = anInspection("avvenuta-consegna", {
  look: "not-valid",
  seal: { indication: "TOTAL-FAILED", subIndication: "HASH_FAILURE", remarks: [] },
  daticert: aDaticert("avvenuta-consegna"),
});

const aDeliveryOf = (id: number): Inspection => ({ ...delivery, record: record(`d${id}`) });

interface Stored {
  readonly listed: ListedMessage;
  /** What inspecting gives; `null`: it cannot be read. */
  readonly inspection: Inspection | null;
}

const message = (
  id: number,
  subject: string,
  inspection: Inspection | null,
  changes: Partial<ListedMessage> = {},
): Stored => ({
  listed: {
    id,
    headerMessageId: `m${String(id)}@x.test`,
    author: `<${PROVIDER}>`,
    recipients: [SENDER],
    subject,
    date: NOW + id,
    size: 5_000,
    ...changes,
  },
  inspection,
});

const folder = (id: string, role: MailFolder["role"], isOnServer = false): MailFolder => ({
  id,
  accountId: "a",
  name: id,
  role,
  isOnServer,
});

const INBOX = folder("inbox", "incoming");
const SENT = folder("sent", "sent");
const ARCHIVE = folder("archive", "other");

const SENT_COPY = message(90, "Contratto", null, {
  author: `Mario Rossi <${SENDER}>`,
  headerMessageId: "client1@studio.test",
});

/** A collector over these messages; `reads` tells what was read. */
function collecting(
  all: readonly Stored[],
  sizeLimit = 1_000_000,
  lying: ReadonlyMap<MailFolder, Stored> = new Map(),
  pecAddresses: readonly string[] = [],
) {
  const places = () => [...lying].map(([where, { listed }]) => ({ folder: where, message: listed }));
  const ledger = memoryLedger();
  const reads: number[] = [];
  const kept: (readonly LocalRecord[])[] = [];
  let time = NOW;
  let changes = 0;
  const collector = createCollectReceipts({
    folders: {
      all: () => Promise.resolve([...new Set(lying.keys())]),
      async *list(id) {
        const here = places().filter(({ folder: { id: lies } }) => lies === id);
        yield await Promise.resolve(here.map(({ message }) => message));
      },
      locate: (id) => Promise.resolve(places().filter(({ message }) => message.headerMessageId === id)),
      at: (id) => Promise.resolve(places().find(({ message }) => message.id === id) ?? null),
    },
    source: {
      read: (id) => {
        reads.push(id);
        const found = all.find(({ listed }) => listed.id === id);
        return found?.inspection === null || found === undefined
          ? Promise.reject(new Error("gone"))
          : Promise.resolve(Uint8Array.of(all.indexOf(found)));
      },
    },
    inspect: (bytes) => {
      const inspection = all[bytes[0] ?? -1]?.inspection;
      return inspection ? Promise.resolve(inspection) : Promise.reject(new Error("bug"));
    },
    keepRecords: (records) => Promise.resolve(void kept.push(records)),
    extractOriginal: () => Promise.resolve(null),
    ledger,
    pecAddresses: () => Promise.resolve(pecAddresses),
    sizeLimit: () => Promise.resolve(sizeLimit),
    changed: () => changes++,
    now: () => time,
  });
  const collect = (where: MailFolder, ...messages: readonly Stored[]) =>
    collector.collect(
      where,
      messages.map(({ listed }) => listed),
    );
  const pass = (milliseconds: number): void => void (time += milliseconds);
  return { collector, collect, ledger, reads, kept, pass, changes: () => changes };
}

const ACCEPTANCE = message(1, "ACCETTAZIONE: Contratto", acceptance);
const DELIVERY = message(2, "CONSEGNA: Contratto", delivery);

describe("receipts", () => {
  it("are read when the list makes them candidates, and nothing else is", async () => {
    const all = [
      message(1, "POSTA CERTIFICATA: consegna della memoria", null),
      message(2, "Consegna", null, { author: "corriere@posta.test" }),
      message(3, "[lista] CONSEGNA: Contratto", delivery),
      message(4, "Re: Contratto", null),
    ];
    const { collect, reads } = collecting(all);
    expect(await collect(INBOX, ...all)).toEqual({ receipts: 1, unverified: 0, tooLarge: 0, unreadable: 0 });
    expect(reads).toEqual([3]);
  });

  it("are not read twice, also not a copy in another folder; a deleted one that comes back adds nothing", async () => {
    const again = { ...ACCEPTANCE, listed: { ...ACCEPTANCE.listed, id: 2 } };
    const { collect, reads, ledger, changes } = collecting([ACCEPTANCE, again]);
    await collect(INBOX, ACCEPTANCE);
    await collect(ARCHIVE, again);
    await collect(INBOX, ACCEPTANCE);
    expect(reads).toEqual([1]);
    expect(ledger.entries()).toMatchObject([{ receipts: [{ id: "a1" }] }]);
    expect(changes()).toBe(1);
  });

  it("whose seal fails are kept apart, and vouch for nobody", async () => {
    const { collect, ledger } = collecting([message(1, "CONSEGNA: Contratto", forged), SENT_COPY]);
    expect(await collect(INBOX, message(1, "CONSEGNA: Contratto", forged))).toMatchObject({
      receipts: 0,
      unverified: 1,
    });
    await collect(SENT, SENT_COPY);
    expect(ledger.entries()).toEqual([]);
    expect(ledger.apart()).toMatchObject([{ kind: "avvenuta-consegna", verified: false }]);
  });

  it("that are large stay where they are when reading may mean downloading", async () => {
    const large = message(1, "CONSEGNA: Contratto", delivery, { size: 30_000_000 });
    const { collect, reads } = collecting([large]);
    expect(await collect(folder("imap", "incoming", true), large)).toMatchObject({ tooLarge: 1, receipts: 0 });
    expect(reads).toEqual([]);
    expect(await collect(INBOX, large)).toMatchObject({ tooLarge: 0, receipts: 1 });
  });

  it("that are gone do not keep the others, and are tried again the next time", async () => {
    const gone = message(1, "CONSEGNA: x", null);
    const { collect, reads } = collecting([gone, DELIVERY]);
    expect(await collect(INBOX, gone, DELIVERY)).toMatchObject({ unreadable: 1, receipts: 1 });
    await collect(INBOX, gone, DELIVERY);
    expect(reads).toEqual([1, 2, 1]);
  });

  it("are read again when the ledger could not keep them", async () => {
    const { collect, ledger, kept } = collecting([ACCEPTANCE]);
    ledger.failOnce();
    await expect(collect(INBOX, ACCEPTANCE)).rejects.toThrow("full");
    expect(ledger.entries()).toEqual([]);
    expect(kept).toEqual([[acceptance.record]]);
    expect(await collect(INBOX, ACCEPTANCE)).toMatchObject({ receipts: 1 });
  });

  it("leave their local records, those of a page together", async () => {
    const { collect, kept } = collecting([ACCEPTANCE, DELIVERY]);
    await collect(INBOX, ACCEPTANCE, DELIVERY);
    expect(kept.filter(({ length }) => length > 0)).toEqual([[acceptance.record, delivery.record]]);
  });

  it("of a walk are followed at once, and then every few seconds", async () => {
    const all = [1, 2, 3].map((id) => message(id, "CONSEGNA: Contratto", aDeliveryOf(id)));
    const { collector, changes, pass } = collecting(all);
    const walk = collector.beginWalk();
    for (const { listed } of all) {
      await walk.collect(INBOX, [listed]);
      pass(4_000);
    }
    expect(changes()).toBe(2);
  });

  it("are taken from a message that was opened, once", async () => {
    const { collector, ledger, changes } = collecting([], undefined, new Map([[INBOX, ACCEPTANCE]]));
    await collector.opened(delivery, 5);
    expect(ledger.entries()).toEqual([]);
    await collector.opened(delivery, 1);
    await collector.opened(delivery, 1);
    await collector.opened(forged, 1);
    expect(ledger.entries()).toMatchObject([{ receipts: [{ id: "d1" }] }]);
    expect(changes()).toBe(1);
  });
});

describe("receipts above the limit, on a server", () => {
  const SERVER = folder("server", "incoming", true);
  const withId = (inspection: Inspection): Inspection => ({
    ...inspection,
    header: { ...inspection.header, messageId: "m2@x.test" },
  });
  const LARGE = message(2, "CONSEGNA: Contratto", withId(delivery), { size: 2_000_000 });
  const lying = new Map([[SERVER, LARGE]]);

  it("are noted unread, once, and read when asked for", async () => {
    const { collect, collector, ledger, reads, changes } = collecting([LARGE], undefined, lying);
    expect(await collect(SERVER, LARGE)).toMatchObject({ receipts: 0, tooLarge: 1 });
    await collect(SERVER, LARGE);
    const [noted, ...others] = await ledger.postponed();
    expect([reads, others]).toEqual([[], []]);
    expect(noted).toMatchObject({ messageId: "m2@x.test", subject: "CONSEGNA: Contratto", size: 2_000_000 });
    const before = changes();
    expect(await collector.verifyPostponed(noted?.key ?? "")).toBe("verified");
    expect(changes()).toBeGreaterThan(before);
    expect(ledger.entries()).toMatchObject([{ receipts: [{ id: "d1" }] }]);
    expect(await ledger.postponed()).toEqual([]);
    await collect(SERVER, LARGE);
    expect(reads).toEqual([2]);
  });

  it("are read by a walk once the limit is above them", async () => {
    const { collect, ledger } = collecting([LARGE], 1_000_000, lying);
    await collect(SERVER, LARGE);
    await collect(ARCHIVE, LARGE);
    expect(ledger.entries()).toHaveLength(1);
    expect(await ledger.postponed()).toEqual([]);
  });

  it("are verified when they are opened", async () => {
    const { collect, collector, ledger } = collecting([LARGE], undefined, lying);
    await collect(SERVER, LARGE);
    await collector.opened(withId(delivery), 2);
    expect(ledger.entries()).toMatchObject([{ receipts: [{ id: "d1" }] }]);
    expect(await ledger.postponed()).toEqual([]);
  });

  it("stay apart when their seal fails, whether opened or asked for", async () => {
    const bad = { ...LARGE, inspection: withId(forged) };
    for (const way of ["opened", "asked"] as const) {
      const { collect, collector, ledger } = collecting([bad], undefined, new Map([[SERVER, bad]]));
      await collect(SERVER, bad);
      const [noted] = await ledger.postponed();
      if (way === "opened") await collector.opened(withId(forged), 2);
      else expect(await collector.verifyPostponed(noted?.key ?? "")).toBe("unverified");
      expect([ledger.entries(), ledger.apart().length, await ledger.postponed()]).toEqual([[], 1, []]);
    }
  });

  it("are forgotten when they are gone, and kept when they cannot be had now", async () => {
    const { collect, collector, ledger } = collecting([LARGE]);
    await collect(SERVER, LARGE);
    const [noted] = await ledger.postponed();
    expect(await collector.verifyPostponed(noted?.key ?? "")).toBe("gone");
    expect(await ledger.postponed()).toEqual([]);
    const away = { ...LARGE, inspection: null };
    const offline = collecting([away], undefined, new Map([[SERVER, away]]));
    await offline.collect(SERVER, away);
    expect(await offline.collector.verifyPostponed(noted?.key ?? "")).toBe("unreadable");
    expect(await offline.ledger.postponed()).toHaveLength(1);
  });
});

describe("receipts that could not be verified", () => {
  it("are tried again when verdicts change", async () => {
    const headed = (inspection: Inspection) => ({
      ...inspection,
      header: { ...inspection.header, messageId: "m2@x.test" },
    });
    let known = false;
    const unknown = {
      ...forged,
      seal: { indication: "INDETERMINATE", subIndication: "NO_CERTIFICATE_CHAIN_FOUND", remarks: [] },
    } as const;
    const stored = {
      ...DELIVERY,
      get inspection() {
        return headed(known ? delivery : unknown);
      },
    };
    const { collect, collector, ledger } = collecting([stored], undefined, new Map([[INBOX, stored]]));
    await collect(INBOX, stored);
    await collector.retryUnverified();
    expect(ledger.entries()).toEqual([]);
    known = true;
    await Promise.all([collector.retryUnverified(), collector.retryUnverified()]);
    expect(ledger.entries()).toMatchObject([{ receipts: [{ id: "d1" }] }]);
  });
});

describe("mail that is deleted for good", () => {
  const under = (id: string, inspection: Inspection): Inspection => ({
    ...inspection,
    header: { ...inspection.header, messageId: id },
  });
  const FORGED = message(3, "CONSEGNA: Contratto", under("m3@x.test", forged));
  const LARGE = message(4, "CONSEGNA: Contratto", delivery, { size: 2_000_000 });
  const SERVER = folder("server", "incoming", true);
  const all = [ACCEPTANCE, FORGED, LARGE];

  it("takes with it what was only noted of it, and nothing of what counts", async () => {
    const { collect, collector, ledger, reads, changes } = collecting(all);
    await collect(SERVER, ...all);
    const restored = { ...(ledger.apart()[0] ?? ({} as never)), id: "restored", restored: true } as const;
    await ledger.add({ events: [], unverified: [restored], seen: [] });
    const before = changes();
    await collector.deleted(all.map(({ listed }) => listed));
    expect(changes()).toBeGreaterThan(before);
    expect(ledger.entries()).toMatchObject([{ receipts: [{ id: "a1" }] }]);
    expect(ledger.apart().map(({ id }) => id)).toEqual(["restored"]);
    expect(await ledger.postponed()).toEqual([]);
    // Should it come back, it is noted anew; what counts is not read again.
    await collect(SERVER, ...all);
    expect(reads).toEqual([1, 3, 3]);
    expect([ledger.apart().length, (await ledger.postponed()).length]).toEqual([2, 1]);
  });

  it("takes nothing with it while another copy lies in a folder, or when it is something else", async () => {
    const { collect, collector, ledger, changes } = collecting(
      all,
      undefined,
      new Map([
        [ARCHIVE, FORGED],
        [SERVER, LARGE],
      ]),
    );
    await collect(SERVER, ...all);
    const before = changes();
    await collector.deleted([...all.map(({ listed }) => listed), message(8, "ciao", null).listed]);
    expect([ledger.apart().length, (await ledger.postponed()).length, changes()]).toEqual([1, 1, before]);
  });

  it("is noticed by the next walk where nobody has told of it", async () => {
    const { collect, collector, ledger } = collecting(all, undefined, new Map([[SERVER, LARGE]]));
    await collect(SERVER, ...all);
    await collector.beginWalk().forgetGone();
    expect([ledger.apart().length, (await ledger.postponed()).length]).toEqual([0, 1]);
  });
});

describe("sent copies", () => {
  it("are found in Sent when their receipts come first, and not among what came in", async () => {
    const { collect, ledger } = collecting([ACCEPTANCE], undefined, new Map([[INBOX, SENT_COPY]]));
    await collect(INBOX, ACCEPTANCE);
    expect(ledger.entries()).toMatchObject([{ copies: [] }]);
    const { collect: collectOther, ledger: other } = collecting([ACCEPTANCE], undefined, new Map([[SENT, SENT_COPY]]));
    await collectOther(INBOX, ACCEPTANCE);
    expect(other.entries()).toMatchObject([{ copies: [{ messageId: "client1@studio.test" }] }]);
  });

  it("are taken when they are opened, of known senders and from where nobody else can put them", async () => {
    const shown = anInspection(null, {
      look: "none",
      header: {
        from: "",
        fromAddress: SENDER,
        subject: "Contratto",
        date: "",
        messageId: "client1@studio.test",
        wasReceived: false,
      },
    });
    const copy = { ...SENT_COPY, listed: { ...SENT_COPY.listed, headerMessageId: "client2@studio.test" } };
    const lying = new Map([[SENT, copy]]);
    const { collect, collector, ledger } = collecting([DELIVERY], undefined, lying);
    await collector.opened(shown, 90);
    expect(ledger.entries()).toEqual([]);
    lying.clear();
    await collect(INBOX, DELIVERY);
    lying.set(SENT, copy);
    await collector.opened(shown, 91);
    expect(ledger.entries()).toHaveLength(1);
    await collector.opened(shown, 90);
    expect(ledger.entries()).toMatchObject([{}, { copies: [{ messageId: "client2@studio.test" }], receipts: [] }]);
  });

  it("are taken of whoever a receipt speaks of, in whatever order they come", async () => {
    const { collect, ledger } = collecting([ACCEPTANCE, DELIVERY]);
    await collect(SENT, SENT_COPY);
    expect(ledger.entries()).toEqual([]);
    await collect(INBOX, ACCEPTANCE);
    await collect(SENT, SENT_COPY, message(91, "altro", null, { author: "io@posta-ordinaria.test" }));
    await collect(INBOX, DELIVERY);
    expect(ledger.entries()).toMatchObject([
      { sender: SENDER, copies: [{ messageId: "client1@studio.test" }], receipts: [{ id: "a1" }, { id: "d1" }] },
    ]);
  });

  it("that were nobody's before are found with the first receipt of their mailbox, whatever becomes of them", async () => {
    const other = { ...SENT_COPY, listed: { ...SENT_COPY.listed, id: 91, headerMessageId: "client2@studio.test" } };
    const { collect, ledger } = collecting([ACCEPTANCE], undefined, new Map([[SENT, other]]));
    await collect(SENT, other);
    expect(ledger.entries()).toEqual([]);
    await collect(INBOX, ACCEPTANCE);
    expect(ledger.entries()).toMatchObject([
      { copies: [], receipts: [{ id: "a1" }] },
      { copies: [{ messageId: "client2@studio.test" }], receipts: [] },
    ]);
  });

  it("of a mailbox that its account tells to be PEC need no receipt, so that a missing first acceptance is noticed", async () => {
    const { collect, collector, ledger } = collecting([], undefined, new Map(), [SENDER]);
    const ordinary = message(91, "ciao", null, { author: "io@posta-ordinaria.test" });
    await collect(INBOX, SENT_COPY);
    await collect(ARCHIVE, SENT_COPY);
    await collector.collect(SENT, [{ ...SENT_COPY.listed, date: NOW - 48 * HOUR }]);
    expect(ledger.entries()).toEqual([]);
    await collect(SENT, SENT_COPY, ordinary);
    expect(ledger.entries()).toMatchObject([{ sender: SENDER, copies: [{ messageId: "client1@studio.test" }] }]);
  });

  it("without receipts make an entry only in a folder for sent mail", async () => {
    const other = { ...SENT_COPY, listed: { ...SENT_COPY.listed, id: 91, headerMessageId: "client2@studio.test" } };
    const { collect, ledger } = collecting([ACCEPTANCE]);
    await collect(INBOX, ACCEPTANCE);
    await collect(ARCHIVE, other);
    expect(ledger.entries()).toMatchObject([{ copies: [] }]);
    await collect(ARCHIVE, SENT_COPY);
    expect(ledger.entries()).toMatchObject([{ copies: [{ messageId: "client1@studio.test" }] }]);
    await collect(SENT, other);
    expect(ledger.entries()).toHaveLength(2);
  });

  it("among what came in are nobody's: From can be forged", async () => {
    const { collect, ledger } = collecting([ACCEPTANCE]);
    await collect(INBOX, ACCEPTANCE, SENT_COPY);
    expect(ledger.entries()).toMatchObject([{ copies: [] }]);
  });

  it("older than the ledger are not said to lack receipts that may have been thrown away", async () => {
    const old = { ...SENT_COPY.listed, date: NOW - 48 * HOUR, headerMessageId: "client0@studio.test" };
    const { collect, collector, ledger } = collecting([ACCEPTANCE]);
    await collect(INBOX, ACCEPTANCE);
    await collector.collect(SENT, [old]);
    expect(ledger.entries()).toHaveLength(1);
    await collector.collect(SENT, [{ ...old, date: NOW - HOUR }]);
    expect(ledger.entries()).toHaveLength(2);
  });

  it("that a walk passed before it knew their sender are looked for again", async () => {
    const { collector, ledger } = collecting([ACCEPTANCE]);
    const walk = collector.beginWalk();
    const strangers = folder("strangers", "other");
    await walk.collect(strangers, [message(5, "ciao", null, { author: "io@posta-ordinaria.test" }).listed]);
    await walk.collect(ARCHIVE, [SENT_COPY.listed]);
    await walk.collect(INBOX, [ACCEPTANCE.listed]);
    const missed = await walk.foldersWithCopies([strangers, ARCHIVE, INBOX, SENT, folder("before", "other")]);
    expect(missed.map(({ id }) => id)).toEqual(["archive", "before"]);
    await walk.collectCopies(ARCHIVE, [SENT_COPY.listed]);
    expect(ledger.entries()).toMatchObject([{ copies: [{ from: SENDER }], receipts: [{ id: "a1" }] }]);
  });
});
