import { describe, expect, it } from "vitest";
import {
  extractOriginal,
  inspect,
  parseAddressList,
  receiptOf,
  returnedMailOf,
  sentStatus,
  shippedAuthorities,
  withExtraAuthorities,
  type LedgerEvent,
} from "../../src/core/index.ts";
import { memoryLedger } from "../app/receipts/memory-ledger.ts";
import { extraAuthorities } from "./demo-authorities.ts";
import { demoSeries, type DemoSeries } from "./demo-series.ts";
import { toByteString } from "./mime-builder.ts";
import { DEMO_NOW } from "./test-case.ts";

const anchors = await withExtraAuthorities(await shippedAuthorities(), extraAuthorities);
const at = (bytes: Uint8Array) =>
  inspect(bytes, { now: DEMO_NOW, anchors, records: { find: () => Promise.resolve(null) } });

async function ledgerOf({ copy, receipts, subject }: DemoSeries) {
  const ledger = memoryLedger();
  const unverified = [];
  const events: LedgerEvent[] = [];
  for (const { bytes } of receipts) {
    const receipt = receiptOf(await at(bytes));
    if (receipt === null) {
      const mail = returnedMailOf((await extractOriginal(bytes)) ?? new Uint8Array());
      if (mail !== null) events.push({ type: "returned", mail });
    } else if (receipt.verified) events.push({ type: "receipt", receipt });
    else unverified.push(receipt);
  }
  if (copy !== null) {
    const { header } = await at(copy);
    const field = (name: string) =>
      new RegExp(`^${name}: (.*(?:\\r\\n\\s.*)*)`, "im").exec(toByteString(copy))?.[1] ?? "";
    const recipients = ["To", "Cc"].flatMap((name) =>
      parseAddressList(field(name)).addresses.map((each) => each.address),
    );
    const sentAt = Date.parse(header.date);
    const { messageId, fromAddress: from } = header;
    events.push({ type: "sent", copy: { messageId, from, recipients, subject, sentAt } });
  }
  await ledger.add({ events, unverified, seen: [] });
  return ledger;
}

describe("the series of the demo mailbox", () => {
  it.each(demoSeries(DEMO_NOW).map((series) => [series.id, series] as const))(
    "%s ends as it says",
    async (_, series) => {
      const ledger = await ledgerOf(series);
      const entries = ledger.entries();
      expect(entries).toHaveLength(1);
      const [entry] = entries;
      if (entry === undefined) throw new Error("no entry");
      const states = sentStatus(entry, DEMO_NOW).recipients.map(({ address, state }) => [address, state]);
      expect(Object.fromEntries(states)).toEqual(series.expected);
      expect(ledger.apart()).toHaveLength(series.receipts.filter(({ kind }) => kind === "forged-delivery").length);
    },
  );

  it("has no two messages of one identifier", () => {
    const messages = demoSeries(DEMO_NOW).flatMap(({ copy, receipts }) => [
      ...(copy === null ? [] : [copy]),
      ...receipts.map(({ bytes }) => bytes),
    ]);
    const identifiers = messages.map((bytes) => /^Message-ID: (.*)\r$/im.exec(toByteString(bytes))?.[1]);
    expect(new Set(identifiers).size).toBe(messages.length);
  });
});
