import { describe, expect, it } from "vitest";
import { compareContent, type CompareContentDependencies } from "../../../src/app/receipts/compare-content.ts";
import {
  compareContent as compare,
  extractOriginal,
  inspect,
  linksOf,
  receiptOf,
  shippedAuthorities,
  withExtraAuthorities,
} from "../../../src/core/index.ts";
import type { ContentReport } from "../../../src/messages.ts";
import { extraAuthorities } from "../../provider/demo-authorities.ts";
import { demoSeries, type DemoSeries } from "../../provider/demo-series.ts";
import { toByteString, toBytes } from "../../provider/mime-builder.ts";
import { LAWYER } from "../../provider/sample-mail.ts";
import { DEMO_NOW } from "../../provider/test-case.ts";
import { memoryLedger } from "./memory-ledger.ts";

const anchors = await withExtraAuthorities(await shippedAuthorities(), extraAuthorities);
const inspectHere = (bytes: Uint8Array) =>
  inspect(bytes, { now: DEMO_NOW, anchors, records: { find: () => Promise.resolve(null) } });

function series(id: string): DemoSeries {
  const found = demoSeries(DEMO_NOW).find((each) => each.id === id);
  if (found === undefined) throw new Error(`no series ${id}`);
  return found;
}

interface Lying {
  readonly messageId: string;
  readonly bytes: Uint8Array;
  readonly isSentCopy?: boolean;
}

/** The ledger knows the series' receipts; the mailbox holds what is lying there. */
async function compared(
  { messageId, subject, receipts }: DemoSeries,
  recipient: string,
  lying: (receipt: Lying, copy: string) => readonly Lying[],
  change: Partial<CompareContentDependencies> = {},
): Promise<ContentReport> {
  const ledger = memoryLedger();
  const bytes = receipts.find((each) => each.kind === "delivered" && each.recipient === recipient)?.bytes;
  const receipt = bytes && receiptOf(await inspectHere(bytes));
  if (bytes === undefined || !receipt) throw new Error("no delivery");
  const copy = { messageId, from: LAWYER.address, recipients: [], subject, sentAt: null };
  await ledger.add({
    events: [
      { type: "receipt", receipt },
      { type: "sent", copy },
    ],
    unverified: [],
    seen: [],
  });
  const messages = lying({ messageId: receipt.messageId, bytes }, messageId);
  const dependencies: CompareContentDependencies = {
    ledger,
    mailbox: {
      find: (wanted) =>
        Promise.resolve(
          messages.flatMap((message, id) =>
            message.messageId === wanted
              ? [{ id, folderId: "f", accountId: "a", read: true, tags: [], isSentCopy: message.isSentCopy === true }]
              : [],
          ),
        ),
    },
    source: {
      read: (id) => {
        const message = messages[id];
        return message === undefined ? Promise.reject(new Error("gone")) : Promise.resolve(message.bytes);
      },
    },
    inspect: inspectHere,
    receiptOf,
    extractOriginal,
    compare,
    ...change,
  };
  const [link = ""] = linksOf({ type: "receipt", receipt });
  return compareContent({ link, receipt: receipt.id }, dependencies);
}

const sentCopy = ({ copy }: DemoSeries, messageId: string): Lying => ({
  messageId,
  bytes: copy ?? new Uint8Array(),
  isSentCopy: true,
});

const outcome = (report: ContentReport): string =>
  report.state === "compared" ? report.comparison.outcome : report.code;

const COMPANY = "amministrazione@pec.edilnova-costruzioni.test";
const COLLEAGUE = "nadia.orsetti@pec.foro-esempio.test";

describe("comparing a delivery receipt with the sent copy", () => {
  const whole = series("all-delivered");

  it("finds the same content in a complete receipt", async () => {
    expect(outcome(await compared(whole, COMPANY, (receipt, id) => [receipt, sentCopy(whole, id)]))).toBe("same");
  });

  it("finds the same content by the hashes of a brief receipt", async () => {
    const brief = series("brief-receipts");
    const report = await compared(brief, COMPANY, (receipt, id) => [receipt, sentCopy(brief, id)]);
    expect(report).toMatchObject({ state: "compared", comparison: { outcome: "same" } });
    expect(JSON.stringify(report)).toContain('"hashedForm":"decoded"');
  });

  it("names the part in which an edited copy differs", async () => {
    const edited = series("copy-edited");
    const report = await compared(edited, "info@pec.vecchia-insegna.test", (receipt, id) => [
      receipt,
      sentCopy(edited, id),
    ]);
    expect(report).toMatchObject({
      state: "compared",
      comparison: { outcome: "differs", differences: [{ what: "part-changed", part: { name: null } }] },
    });
  });

  it("says that a receipt to Cc holds no content", async () => {
    const report = await compared(whole, COLLEAGUE, (receipt, id) => [receipt, sentCopy(whole, id)]);
    expect(outcome(report)).toBe("no-content");
  });

  it("says that the copy is missing, or the receipt", async () => {
    expect(outcome(await compared(whole, COMPANY, (receipt) => [receipt]))).toBe("no-copy");
    expect(outcome(await compared(whole, COMPANY, (_, id) => [sentCopy(whole, id)]))).toBe("no-receipt");
  });

  it("is not taken in by another message under the receipt's Message-ID", async () => {
    const forged = (receipt: Lying): Lying => ({
      ...receipt,
      bytes: toBytes(toByteString(receipt.bytes).replaceAll("fine lavori", "fine favori")),
    });
    expect(outcome(await compared(whole, COMPANY, (receipt, id) => [forged(receipt), sentCopy(whole, id)]))).toBe(
      "no-receipt",
    );
    expect(
      outcome(await compared(whole, COMPANY, (receipt, id) => [forged(receipt), receipt, sentCopy(whole, id)])),
    ).toBe("same");
  });

  it("takes the copy in Sent before a message elsewhere under its Message-ID, and any copy that is the same", async () => {
    const stranger = (id: string): Lying => ({ messageId: id, bytes: toBytes("Subject: x\r\n\r\ny\r\n") });
    const elsewhere = { isSentCopy: false };
    expect(outcome(await compared(whole, COMPANY, (receipt, id) => [receipt, stranger(id), sentCopy(whole, id)]))).toBe(
      "same",
    );
    expect(
      outcome(
        await compared(whole, COMPANY, (receipt, id) => [
          receipt,
          stranger(id),
          { ...sentCopy(whole, id), ...elsewhere },
        ]),
      ),
    ).toBe("same");
  });

  it("compares with no mail that came in under the Message-ID of what was sent", async () => {
    const received = (id: string): Lying => ({
      messageId: id,
      bytes: toBytes("Received: from mallory.test by mail.test\r\nSubject: x\r\n\r\ny\r\n"),
    });
    expect(await compared(whole, COMPANY, (receipt, id) => [receipt, received(id)])).toEqual({
      state: "not-comparable",
      code: "no-copy",
    });
  });

  it("tells of an internal error instead of failing", async () => {
    const report = await compared(whole, COMPANY, (receipt, id) => [receipt, sentCopy(whole, id)], {
      compare: () => Promise.reject(new Error("a bug")),
    });
    expect(outcome(report)).toBe("internal");
  });
});
