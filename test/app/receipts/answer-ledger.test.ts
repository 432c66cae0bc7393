import { describe, expect, it } from "vitest";
import { answerLedger, type AnswerLedgerDependencies } from "../../../src/app/receipts/answer-ledger.ts";
import { parseLedgerRequest } from "../../../src/app/receipts/parse-ledger-request.ts";
import { createSentReports } from "../../../src/app/receipts/sent-reports.ts";
import { type LedgerEvent, problemsOf, type Receipt, sentStatus } from "../../../src/core/index.ts";
import type { LedgerAnswer, LedgerRequest } from "../../../src/messages.ts";
import type { NamedFile } from "../../../src/ports/file-saver.ts";
import type { FoundMessage } from "../../../src/ports/mailbox.ts";
import { ACCEPTED_AT, ANNA, aReceipt, BRUNO, copy, SENDER } from "../../core/receipts/a-receipt.ts";
import { translator } from "../../pages/messages.ts";
import { ledgerFake, storageTrouble } from "../fakes.ts";
import { memoryLedger } from "./memory-ledger.ts";

const HOUR = 3_600_000;
const NOW = ACCEPTED_AT + 2 * HOUR;
const sealed = (receipt: Receipt): LedgerEvent => ({ type: "receipt", receipt });
const refusedDelivery = aReceipt("errore-consegna", 1, BRUNO, { errorText: "5.1.1 - Indirizzo inesistente" });

async function setUp(
  events: readonly LedgerEvent[],
  difference: Partial<AnswerLedgerDependencies> & { readonly began?: number } = {},
) {
  const ledger = memoryLedger();
  const { began = ACCEPTED_AT - HOUR, ...rest } = difference;
  await ledger.began(began);
  await ledger.add({ events, unverified: [], seen: [] });
  // As what follows from new receipts is done.
  for (const kept of await ledger.due(NOW, 1_000)) {
    const problems = problemsOf(kept.entry, sentStatus(kept.entry, NOW));
    const { links } = kept.entry;
    const told = problems.map((problem) => ({ ...problem, links, told: true, acknowledged: problem.since < began }));
    await ledger.settle([{ kept, nextLook: null, problems: told }]);
  }
  const saved: NamedFile[] = [];
  let changes = 0;
  const dependencies = ledgerFake({
    ledger,
    sentReports: createSentReports({ ledger, folders: { at: () => Promise.resolve(null) }, now: () => NOW }),
    ownAddresses: () => Promise.resolve([SENDER]),
    saver: {
      saveAs: (file) => {
        saved.push(file);
        return Promise.resolve("saved");
      },
    },
    translate: translator("it"),
    now: () => NOW,
    changed: () => void (changes += 1),
    ...rest,
  });
  return {
    ledger,
    saved,
    changes: () => changes,
    ask: (request: LedgerRequest): Promise<LedgerAnswer> => answerLedger(request, dependencies),
  };
}

const overviewOf = (answer: LedgerAnswer) => {
  if (answer.state !== "overview") throw new Error(`No overview but ${answer.state}`);
  return answer.overview;
};
const rowsOf = (answer: LedgerAnswer) => {
  if (answer.state !== "rows") throw new Error(`No rows but ${answer.state}`);
  return answer;
};

describe("the rows", () => {
  it("come in pieces, each entry once, until there are no more", async () => {
    const events = Array.from({ length: 2_300 }, (_, index) =>
      sealed(
        aReceipt("accettazione", 0, null, {
          id: `r${String(index)}`,
          msgid: `m${String(index)}`,
          identifier: `i${String(index)}`,
        }),
      ),
    );
    const { ask } = await setUp(events);
    const links: string[] = [];
    let after: string | null = null;
    do {
      const answer = rowsOf(await ask({ name: "rows", after }));
      expect(answer.rows.length).toBeLessThanOrEqual(1_000);
      links.push(...answer.rows.map(({ link }) => link));
      after = answer.next;
    } while (after !== null);
    expect(new Set(links).size).toBe(2_300);
    expect(links).toHaveLength(2_300);
  });

  it("find their entry", async () => {
    const { ask } = await setUp([sealed(aReceipt("accettazione", 0))]);
    const [row] = rowsOf(await ask({ name: "rows", after: null })).rows;
    const answer = await ask({ name: "entry", link: row?.link ?? "" });
    expect(answer).toMatchObject({ state: "entry", report: { role: "listed", entry: { sender: SENDER } } });
    expect(await ask({ name: "entry", link: "none" })).toEqual({ state: "entry", report: null });
  });
});

describe("the overview", () => {
  it("names problems with their message, those before the ledger left out, until they are seen", async () => {
    const events: LedgerEvent[] = [
      { type: "sent", copy },
      sealed(aReceipt("accettazione", 0)),
      sealed(refusedDelivery),
    ];
    const { ask, changes } = await setUp(events);
    const before = overviewOf(await ask({ name: "overview" }));
    expect(before).toMatchObject({ entries: 1, openProblemCount: 1, senders: [{ address: SENDER, isOwn: true }] });
    expect(before.openProblems).toMatchObject([{ kind: "not-delivered", recipient: BRUNO, subject: "Diffida" }]);
    const [row] = rowsOf(await ask({ name: "rows", after: null })).rows;
    expect(before.openProblems[0]?.link).toBe(row?.link);
    expect(overviewOf(await ask({ name: "acknowledge", problems: "all" })).openProblems).toEqual([]);
    expect(changes()).toBe(1);
    const old = await setUp(events, { began: NOW });
    expect(overviewOf(await old.ask({ name: "overview" }))).toMatchObject({ openProblemCount: 0 });
  });

  it("tells a mailbox without an account, and forgets it with all that is known of it", async () => {
    const { ask } = await setUp([sealed(aReceipt("accettazione", 0))], { ownAddresses: () => Promise.resolve([]) });
    expect(overviewOf(await ask({ name: "overview" })).senders).toEqual([{ address: SENDER, isOwn: false }]);
    const after = overviewOf(await ask({ name: "forget-sender", address: SENDER }));
    expect(after).toMatchObject({ entries: 0, senders: [] });
  });

  it("says of a full disk what only writing has told", async () => {
    const report = {
      state: "ended",
      how: "failed",
      trouble: "full",
      at: 1,
      receipts: 0,
      unverified: 0,
      tooLarge: 0,
      unreadable: 0,
    } as const;
    const nothing = () => Promise.resolve();
    const walk = { start: nothing, cancel: nothing, report: () => Promise.resolve(report) };
    const { ask } = await setUp([], { walk });
    expect(overviewOf(await ask({ name: "overview" })).storage).toBe("full");
  });

  it("begins and stops the walk", async () => {
    const asked: string[] = [];
    const note = (what: string) => () => {
      asked.push(what);
      return Promise.resolve();
    };
    const report = () => Promise.resolve({ state: "never" } as const);
    const { ask } = await setUp([], { walk: { start: note("start"), cancel: note("cancel"), report } });
    await ask({ name: "start-walk" });
    await ask({ name: "cancel-walk" });
    expect(asked).toEqual(["start", "cancel"]);
  });

  it("says why there is none", async () => {
    for (const [trouble, code] of [
      ["full", "storage-full"],
      ["newer", "storage-newer"],
      ["unavailable", "storage-unavailable"],
    ] as const) {
      const broken = { ...memoryLedger(), count: () => Promise.reject(storageTrouble(trouble)) };
      expect(await (await setUp([], { ledger: broken })).ask({ name: "overview" })).toEqual({ state: "failed", code });
    }
    const bug = { ...memoryLedger(), count: () => Promise.reject(new Error("bug")) };
    expect(await (await setUp([], { ledger: bug })).ask({ name: "overview" })).toEqual({
      state: "failed",
      code: "internal",
    });
  });
});

describe("receipts of a message", () => {
  it("are marked as read in every folder where they lie, once", async () => {
    const marked: (readonly number[])[] = [];
    const place = (id: number, read: boolean): FoundMessage => ({
      id,
      read,
      folderId: "f",
      accountId: "a",
      tags: [],
      isSentCopy: false,
    });
    const { ask } = await setUp([sealed(aReceipt("accettazione", 0)), sealed(aReceipt("avvenuta-consegna", 1, ANNA))], {
      mailbox: {
        find: (messageId) =>
          Promise.resolve(messageId.startsWith("accettazione") ? [place(1, false), place(2, true)] : [place(3, false)]),
        markRead: (ids) => {
          marked.push(ids);
          return Promise.resolve();
        },
      },
    });
    const [row] = rowsOf(await ask({ name: "rows", after: null })).rows;
    const answer = await ask({ name: "mark-receipts-read", links: [row?.link ?? ""] });
    expect(answer).toEqual({ state: "done", count: 2 });
    expect(marked.map((ids) => [...ids].sort())).toEqual([[1, 3]]);
  });
});

describe("the table for spreadsheets", () => {
  async function table(subject: string): Promise<string> {
    const events = [
      aReceipt("accettazione", 0, null, { subject }),
      aReceipt("avvenuta-consegna", 1, ANNA, { subject }),
    ];
    const { ask, saved } = await setUp([...events, { ...refusedDelivery, subject }].map(sealed));
    const [row] = rowsOf(await ask({ name: "rows", after: null })).rows;
    expect(await ask({ name: "save-table", links: [row?.link ?? "", "gone"] })).toEqual({ state: "done" });
    expect(saved[0]?.name).toMatch(/^pec-inviate-\d{4}-\d{2}-\d{2}\.csv$/);
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(saved[0]?.bytes);
  }

  it("has a line for each recipient, certified times as they were certified, and what Italian Excel needs", async () => {
    const text = await table('Diffida; "urgente"\r\nseconda riga');
    expect(text.startsWith('\ufeff"Stato";"Destinatario";')).toBe(true);
    const lines = text.trimEnd().split("\r\n");
    expect(lines).toHaveLength(4);
    const anna = lines.find((line) => line.includes(ANNA)) ?? "";
    expect(anna).toContain('"consegnata"');
    expect(anna).toContain('"Diffida; ""urgente"" seconda riga"');
    expect(anna).toMatch(/"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} [+-]\d{4}"/);
    expect(lines.find((line) => line.includes(BRUNO))).toContain('"5.1.1 - Indirizzo inesistente"');
  });

  it.each(["=1+1", "+39 06", "-2", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=1", "\u0001=1"])(
    "takes %j for text",
    async (subject) => {
      const text = await table(subject);
      expect(text).not.toMatch(/"[\s]*[=+\-@＝]/);
      expect(text).toContain(`"'${subject.replace(/[\r\t\u0001]/, " ")}"`);
    },
  );

  it("says of a delivery what contradicts it", async () => {
    const failed = { ...refusedDelivery, recipient: ANNA, id: "contradiction" };
    const { ask, saved } = await setUp(
      [aReceipt("accettazione", 0), aReceipt("avvenuta-consegna", 1, ANNA), failed].map(sealed),
    );
    const [row] = rowsOf(await ask({ name: "rows", after: null })).rows;
    await ask({ name: "save-table", links: [row?.link ?? ""] });
    const lines = new TextDecoder().decode(saved[0]?.bytes).trimEnd().split("\r\n");
    expect(lines.find((line) => line.includes(ANNA))).toMatch(
      /^"consegnata";.*"In contraddizione: .*mancata consegna, .*"$/,
    );
    expect(lines.find((line) => line.includes(BRUNO))).toMatch(/;""$/);
  });

  it("has no line for an address that only a receipt names", async () => {
    const planted = aReceipt("avvenuta-consegna", 1, "eva@pec.altrove.test");
    const { ask, saved } = await setUp([aReceipt("accettazione", 0), planted].map(sealed));
    const [row] = rowsOf(await ask({ name: "rows", after: null })).rows;
    await ask({ name: "save-table", links: [row?.link ?? ""] });
    const text = new TextDecoder().decode(saved[0]?.bytes);
    expect(text).toContain(ANNA);
    expect(text).not.toContain("eva@");
  });

  it("may not be saved, or not be wanted", async () => {
    const cancelled = await setUp([], { saver: { saveAs: () => Promise.resolve("cancelled") } });
    expect(await cancelled.ask({ name: "save-table", links: [] })).toEqual({ state: "cancelled" });
    const failed = await setUp([], { saver: { saveAs: () => Promise.reject(new Error("read-only")) } });
    expect(await failed.ask({ name: "save-table", links: [] })).toEqual({ state: "failed", code: "save-failed" });
  });
});

describe("requests at the border", () => {
  it.each<LedgerRequest>([
    { name: "rows", after: null },
    { name: "rows", after: "x" },
    { name: "overview" },
    { name: "entry", link: "x" },
    { name: "apart" },
    { name: "start-walk" },
    { name: "cancel-walk" },
    { name: "acknowledge", problems: "all" },
    { name: "acknowledge", problems: ["x"] },
    { name: "mark-receipts-read", links: ["x"] },
    { name: "save-table", links: [] },
    { name: "forget-sender", address: "x" },
  ])("pass: %j", (request) => {
    expect(parseLedgerRequest({ ...request, more: 1 })).toEqual(request);
  });

  it.each([
    null,
    "rows",
    {},
    { name: "other" },
    { name: "rows" },
    { name: "entry", link: 1 },
    { name: "acknowledge", problems: "some" },
    { name: "save-table", links: [1] },
    { name: "save-table", links: "x" },
    { name: "forget-sender", address: "x".repeat(100_001) },
  ])("are refused: %j", (value) => {
    expect(parseLedgerRequest(value)).toBeNull();
  });
});
