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

describe("several sends under one Message-ID", () => {
  const second = { identifier: "opec2@pec.gestore.test" };
  const acceptedAgain = aReceipt("accettazione", 30, null, second);

  it("counts the deadlines of each recipient from the send that concerns it", () => {
    const status = statusOf([acceptance, acceptedAgain], 31);
    expect(states(status)).toEqual({ [ANNA]: "accepted", [BRUNO]: "accepted", [CARLA]: "forwarded" });
    expect([of(status, ANNA)?.acceptance, status.acceptance, status.changesAt]).toEqual([
      acceptedAgain,
      acceptance,
      after(42),
    ]);
  });

  it("does not hold the failure of the first against the second, nor lose a delivery of the first", () => {
    const failure = aReceipt("errore-consegna", 1, ANNA);
    const delivered = aReceipt("avvenuta-consegna", 2, BRUNO);
    const failedLater = aReceipt("errore-consegna", 31, BRUNO, second);
    const status = statusOf([acceptance, failure, delivered, acceptedAgain, failedLater], 32);
    expect(of(status, ANNA)).toMatchObject({ state: "accepted", contradictions: [], receipts: [failure] });
    expect(of(status, BRUNO)).toMatchObject({ state: "delivered", contradictions: [], decidedBy: delivered });
  });

  it("goes by the try that was taken when a later one is refused", () => {
    const refusedLater = aReceipt("non-accettazione", 1, null, second);
    expect(states(statusOf([acceptance, refusedLater], 2))).toMatchObject({ [ANNA]: "accepted", [CARLA]: "forwarded" });
  });
});

describe("receipts that decide nothing", () => {
  it.each(["presa-in-carico", "rilevazione-virus"] as const)("%s is shown and moves no state", (kind) => {
    const receipt = aReceipt(kind, 1, ANNA);
    const status = statusOf([acceptance, receipt], 2);
    expect(of(status, ANNA)).toMatchObject({ state: "accepted", receipts: [receipt], contradictions: [] });
    expect(states(statusOf([aReceipt(kind, 1, null)], 2))).toMatchObject({ [ANNA]: "sent" });
  });

  it("still prove that a provider has taken the message", () => {
    expect(statusOf([aReceipt("presa-in-carico", 0)], 10).acceptanceMissing).toBe(false);
  });
});

describe("contradictions", () => {
  it("shows the acceptance beside the delivery to somebody it calls ordinary mail", () => {
    const status = statusOf([acceptance, aReceipt("avvenuta-consegna", 1, CARLA)], 2);
    expect(of(status, CARLA)).toMatchObject({ certified: false, contradictions: [acceptance] });
  });

  it("gives a notice about ordinary mail its word, and leaves the clock out", () => {
    const notice = aReceipt("preavviso-errore-consegna", 12, CARLA);
    const status = statusOf(
      [acceptance, notice, aReceipt("avvenuta-consegna", 1, ANNA), aReceipt("avvenuta-consegna", 1, BRUNO)],
      100,
    );
    expect(of(status, CARLA)).toMatchObject({ state: "late", decidedBy: notice });
    expect(status.changesAt).toBeNull();
  });

  it("shows the refusal beside everything else of the same send", () => {
    const refusal = aReceipt("non-accettazione", 0);
    const receipts = [acceptance, refusal, aReceipt("errore-consegna", 1, BRUNO)];
    for (const recipient of statusOf(receipts, 1).recipients) expect(recipient.contradictions).toEqual([refusal]);
  });
});

it("waits for nobody where a list has an empty address", () => {
  const [first] = acceptance.recipients;
  if (first === undefined) throw new Error("nobody");
  const recipients = [{ ...first, indirizzo: "" }, first];
  expect(statusOf([{ ...acceptance, recipients }], 30).recipients.map(({ address }) => address)).toEqual([ANNA]);
});

describe("attackers", () => {
  it("who hand the envelope in for somebody else add a line that says so, and change no other", () => {
    const planted = aReceipt("avvenuta-consegna", 1, "eva@pec.altrove.test");
    const status = statusOf([acceptance, planted], 2);
    expect(status.recipients.map(({ address, isExpected }) => [address, isExpected])).toEqual([
      [ANNA, true],
      [BRUNO, true],
      [CARLA, true],
      ["eva@pec.altrove.test", false],
    ]);
    expect(states(status)).toMatchObject({ [ANNA]: "accepted", [BRUNO]: "accepted" });
  });

  it("who are recipients can decide for themselves only: a receipt counts for the one it names", () => {
    const named = aReceipt("errore-consegna", 1, BRUNO);
    expect(states(statusOf([acceptance, named], 2))).toEqual({
      [ANNA]: "accepted",
      [BRUNO]: "not-delivered",
      [CARLA]: "forwarded",
    });
  });

  it("cannot make somebody a recipient by a longer list in another receipt than the acceptance", () => {
    const longer = aReceipt("avvenuta-consegna", 1, ANNA, {
      recipients: [{ indirizzo: "eva@pec.altrove.test", tipo: "certificato" }],
    });
    expect(statusOf([acceptance, longer], 2).recipients.map(({ address }) => address)).toEqual([ANNA, BRUNO, CARLA]);
  });

  it("cannot say of ordinary mail anything about a PEC recipient", () => {
    const recipient = { address: ANNA, action: "failed", status: "5.1.1", diagnostic: "" } as const;
    const mail = { id: "x", sender: SENDER, identifier: IDENTIFIER, date: 1, recipients: [recipient], explanation: "" };
    const [known, unknown] = [[acceptance], []].map((receipts) =>
      of(sentStatus(entryOf(receipts, [{ type: "returned", mail }]), after(1)), ANNA),
    );
    expect(known).toMatchObject({ state: "accepted", returned: null });
    // No receipt has told yet that it is a PEC mailbox: shown, and no state is moved.
    expect(unknown).toMatchObject({ state: "sent", returned: { recipient } });
  });
});
