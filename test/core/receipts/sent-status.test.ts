import { describe, expect, it } from "vitest";
import { type LedgerEntry, type LedgerEvent, withEvent } from "../../../src/core/receipts/ledger-entry.ts";
import type { Receipt } from "../../../src/core/receipts/receipt.ts";
import { type RecipientState, sentStatus, type SentStatus } from "../../../src/core/receipts/sent-status.ts";
import { aReceipt, ACCEPTED_AT, after, ANNA, BRUNO, CARLA, copy, IDENTIFIER, SENDER } from "./a-receipt.ts";

const entryOf = (receipts: readonly Receipt[], others: readonly LedgerEvent[] = []): LedgerEntry => {
  const events: readonly LedgerEvent[] = [
    { type: "sent", copy },
    ...others,
    ...receipts.map((receipt): LedgerEvent => ({ type: "receipt", receipt })),
  ];
  const entry = events.reduce<LedgerEntry | null>(
    (known, event) => withEvent(known === null ? [] : [known], event),
    null,
  );
  if (entry === null) throw new Error("no event");
  return entry;
};

const statusOf = (receipts: readonly Receipt[], hours: number): SentStatus =>
  sentStatus(entryOf(receipts), after(hours));

const states = (status: SentStatus): Readonly<Record<string, RecipientState>> =>
  Object.fromEntries(status.recipients.map(({ address, state }) => [address, state]));

const of = (status: SentStatus, address: string) =>
  status.recipients.find((recipient) => recipient.address === address);

const acceptance = aReceipt("accettazione", 0);

describe("states of pec-messages §7", () => {
  it("is sent while no receipt is there, for the recipients of the copy", () => {
    expect(states(statusOf([], 0))).toEqual({ [ANNA]: "sent", [BRUNO]: "sent", [CARLA]: "sent" });
  });

  it("is accepted for PEC recipients, and forwarded for good for ordinary mail", () => {
    const status = statusOf([acceptance], 1);
    expect(states(status)).toEqual({ [ANNA]: "accepted", [BRUNO]: "accepted", [CARLA]: "forwarded" });
    expect(states(statusOf([acceptance], 100))).toMatchObject({ [CARLA]: "forwarded" });
    expect(status.recipients.map(({ certified }) => certified)).toEqual([true, true, false]);
  });

  it("is refused for everybody", () => {
    const status = statusOf([aReceipt("non-accettazione", 0, null, { errorText: "5.7.1" })], 1);
    expect(Object.values(states(status))).toEqual(["refused", "refused", "refused"]);
    expect(status.refusal?.errorText).toBe("5.7.1");
    expect(status.changesAt).toBeNull();
  });

  it("tells each recipient's own fate", () => {
    const receipts = [
      acceptance,
      aReceipt("avvenuta-consegna", 0.1, ANNA),
      aReceipt("errore-consegna", 0.2, BRUNO, { errorText: "5.2.2 - Gestore - casella piena" }),
    ];
    const status = statusOf(receipts, 1);
    expect(states(status)).toEqual({ [ANNA]: "delivered", [BRUNO]: "not-delivered", [CARLA]: "forwarded" });
    expect(of(status, BRUNO)?.decidedBy?.errorText).toContain("casella piena");
  });

  it("lets a delivery win over the notice of 12 hours, and does not call that a contradiction", () => {
    const receipts = [
      acceptance,
      aReceipt("preavviso-errore-consegna", 12, ANNA),
      aReceipt("avvenuta-consegna", 15, ANNA),
    ];
    expect(of(statusOf(receipts, 16), ANNA)).toMatchObject({ state: "delivered", contradictions: [] });
  });

  it("shows a delivery after the notice of 24 hours together with it", () => {
    const final = aReceipt("preavviso-errore-consegna", 23, ANNA, { errorText: "5.4.1 tempo massimo superato" });
    const status = statusOf([acceptance, final, aReceipt("avvenuta-consegna", 30, ANNA)], 31);
    expect(of(status, ANNA)).toMatchObject({ state: "delivered", contradictions: [final] });
  });

  it("shows a failure beside a delivery", () => {
    const failure = aReceipt("errore-consegna", 2, ANNA);
    const status = statusOf([acceptance, failure, aReceipt("avvenuta-consegna", 1, ANNA)], 3);
    expect(of(status, ANNA)).toMatchObject({ state: "delivered", contradictions: [failure] });
  });

  it("keeps the refusal of the same send beside an acceptance, but not that of an earlier try", () => {
    const refusal = aReceipt("non-accettazione", 0);
    expect(of(statusOf([acceptance, refusal], 1), ANNA)?.contradictions).toEqual([refusal]);
    const earlierTry = aReceipt("non-accettazione", -1, null, { identifier: "opec0@pec.gestore.test" });
    const status = statusOf([acceptance, earlierTry], 1);
    expect(of(status, ANNA)).toMatchObject({ state: "accepted", contradictions: [] });
    expect(status.sends).toBe(2);
  });

  it("takes a recipient that only a receipt names", () => {
    const status = statusOf([acceptance, aReceipt("avvenuta-consegna", 1, "altro@pec.foro.test")], 2);
    expect(of(status, "altro@pec.foro.test")).toMatchObject({ state: "delivered", certified: null });
  });

  it("believes a delivery receipt of somebody the acceptance called ordinary mail", () => {
    expect(of(statusOf([acceptance, aReceipt("avvenuta-consegna", 1, CARLA)], 2), CARLA)?.state).toBe("delivered");
  });
});

describe("12 and 24 hours", () => {
  const notice = (hours: number, errorText: string | null = null) =>
    aReceipt("preavviso-errore-consegna", hours, ANNA, { errorText });

  it.each([
    ["12 hours after the acceptance", notice(12), "late", "twelve-hours"],
    ["at the last second of the 22nd hour", notice(21.999), "late", "twelve-hours"],
    ["from the 22nd hour on", notice(22), "timed-out", "twenty-four-hours"],
    ["early, by its code", notice(12, "5.4.1 - Gestore - non consegnato"), "timed-out", "twenty-four-hours"],
    ["late, with a text that speaks of 12 hours", notice(23, "non consegnato entro 12 ore"), "late", "undecided"],
  ] as const)("reads a notice issued %s", (_, receipt, state, stage) => {
    expect(of(statusOf([acceptance, receipt], 23.5), ANNA)).toMatchObject({ state, notice: stage });
  });

  it("makes the weaker statement when no acceptance is known and the text does not tell", () => {
    expect(of(statusOf([notice(23)], 30), ANNA)).toMatchObject({ state: "late", notice: "undecided" });
  });

  it("does not measure a notice from the acceptance of another send", () => {
    const other = notice(30, null);
    const status = statusOf([acceptance, { ...other, identifier: "opec9@pec.gestore.test" }], 23);
    expect(of(status, ANNA)).toMatchObject({ state: "late", notice: "undecided" });
  });

  it.each([
    [11.999, "accepted", after(12)],
    [12, "late", after(24)],
    [23.999, "late", after(24)],
    [24, "overdue", null],
  ] as const)("goes by the clock when no notice comes: after %f hours", (hours, state, changesAt) => {
    const status = statusOf([acceptance, aReceipt("avvenuta-consegna", 1, BRUNO)], hours);
    expect(of(status, ANNA)).toMatchObject({ state, decidedBy: state === "accepted" ? acceptance : null });
    expect(status.changesAt).toBe(changesAt);
  });

  it("is overdue by the clock although the first notice came", () => {
    expect(of(statusOf([acceptance, notice(12)], 25), ANNA)?.state).toBe("overdue");
  });

  it("waits for nothing once every recipient has an end", () => {
    const all = [acceptance, aReceipt("avvenuta-consegna", 1, ANNA), aReceipt("errore-consegna", 1, BRUNO)];
    expect(statusOf(all, 2).changesAt).toBeNull();
  });
});

describe("missing acceptance", () => {
  const sentAt = copy.sentAt ?? Number.NaN;

  it("alarms half an hour after the copy's Date", () => {
    const entry = entryOf([]);
    expect(sentStatus(entry, sentAt + 30 * 60_000 - 1)).toMatchObject({
      acceptanceMissing: false,
      changesAt: sentAt + 30 * 60_000,
    });
    expect(sentStatus(entry, sentAt + 30 * 60_000)).toMatchObject({ acceptanceMissing: true, changesAt: null });
  });

  it("is quiet once any receipt proves that the provider took the message", () => {
    expect(statusOf([acceptance], 10).acceptanceMissing).toBe(false);
    expect(statusOf([aReceipt("non-accettazione", 0)], 10).acceptanceMissing).toBe(false);
    expect(statusOf([aReceipt("avvenuta-consegna", 1, ANNA)], 10).acceptanceMissing).toBe(false);
  });
});

describe("returned mail", () => {
  it("is told beside the ordinary recipient it speaks of, and moves no state", () => {
    const recipient = { address: CARLA, action: "failed", status: "5.1.1", diagnostic: "user unknown" } as const;
    const mail = {
      id: "x",
      sender: SENDER,
      identifier: IDENTIFIER,
      date: ACCEPTED_AT,
      recipients: [recipient],
      explanation: "",
    };
    const aboutAnna = { ...mail, id: "y", recipients: [{ ...recipient, address: ANNA }] };
    const entry = entryOf(
      [acceptance],
      [
        { type: "returned", mail },
        { type: "returned", mail: aboutAnna },
      ],
    );
    const status = sentStatus(entry, after(1));
    expect(of(status, CARLA)).toMatchObject({ state: "forwarded", returned: { recipient } });
    expect(of(status, ANNA)).toMatchObject({ state: "accepted", returned: null });
  });
});
