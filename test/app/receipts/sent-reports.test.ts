import { describe, expect, it } from "vitest";
import { createSentReports } from "../../../src/app/receipts/sent-reports.ts";
import { inspect, type Inspection, type Receipt, shippedAuthorities } from "../../../src/core/index.ts";
import type { MailFolder } from "../../../src/ports/mail-folders.ts";
import { ACCEPTED_AT, ANNA, aReceipt, copy, MSGID, SENDER } from "../../core/receipts/a-receipt.ts";
import { toBytes } from "../../provider/mime-builder.ts";
import { memoryLedger } from "./memory-ledger.ts";

const NOW = ACCEPTED_AT + 3_600_000;

/** What anybody can write who was sent the message. */
async function forgedCopy(messageId = `<${MSGID}>`): Promise<Inspection> {
  const text = `Received: from mallory.test by mail.test; Mon, 16 Nov 2026 10:00:00 +0100\r\nFrom: ${SENDER}\r\nTo: ${ANNA}\r\nSubject: Diffida\r\nMessage-ID: ${messageId}\r\n\r\nRinuncio a tutto.\r\n`;
  return inspect(toBytes(text), { now: NOW, anchors: await shippedAuthorities() });
}

async function reportsIn(role: MailFolder["role"] | null, unverified: readonly Receipt[] = []) {
  const ledger = memoryLedger();
  await ledger.add({
    events: [
      { type: "receipt", receipt: aReceipt("accettazione", 0) },
      { type: "receipt", receipt: aReceipt("avvenuta-consegna", 0.1, ANNA) },
      { type: "sent", copy },
    ],
    unverified,
    seen: [],
  });
  const { subject, sentAt: date } = copy;
  const message = { id: 7, headerMessageId: MSGID, author: SENDER, recipients: [ANNA], subject, date, size: 100 };
  const folder = role && { id: "f", accountId: "a", name: "Posta", role, isOnServer: true };
  const folders = { at: (id: number) => Promise.resolve(folder && id === 7 ? { folder, message } : null) };
  return createSentReports({ ledger, folders, now: () => NOW });
}

describe("the report on a message that bears the Message-ID of a sent one", () => {
  it("is given where sent mail is kept", async () => {
    const report = await (await reportsIn("sent")).ofInspected(await forgedCopy(), { messageId: 7, path: [] });
    expect(report).toMatchObject({ role: "sent-copy" });
    expect(report?.status.recipients[0]).toMatchObject({ address: ANNA.toLowerCase(), state: "delivered" });
  });

  it.each(["incoming", "other", null] as const)("is not given over what anybody may have sent (%s)", async (role) => {
    expect(await (await reportsIn(role)).ofInspected(await forgedCopy(), { messageId: 7, path: [] })).toBeNull();
  });

  it("is given of a copy that the person has filed elsewhere, but not where mail comes in", async () => {
    const text = `From: ${SENDER}\r\nTo: ${ANNA}\r\nSubject: Diffida\r\nMessage-ID: <${MSGID}>\r\n\r\nSi diffida.\r\n`;
    const kept = await inspect(toBytes(text), { now: NOW, anchors: await shippedAuthorities() });
    const place = { messageId: 7, path: [] };
    expect(await (await reportsIn("other")).ofInspected(kept, place)).toMatchObject({ role: "sent-copy" });
    expect(await (await reportsIn("incoming")).ofInspected(kept, place)).toBeNull();
  });

  it("is given before any receipt of the mailbox, and not where only an unsigned notice speaks of it", async () => {
    const ledger = memoryLedger();
    const folder: MailFolder = { id: "f", accountId: "a", name: "Inviata", role: "sent", isOnServer: true };
    const { subject, sentAt: date } = copy;
    const message = { id: 7, headerMessageId: MSGID, author: SENDER, recipients: [ANNA], subject, date, size: 100 };
    const reports = createSentReports({
      ledger,
      folders: { at: () => Promise.resolve({ folder, message }) },
      now: () => ACCEPTED_AT,
    });
    const shown = async () => reports.ofInspected(await forgedCopy(), { messageId: 7, path: [] });
    const mail = {
      id: "r",
      sender: SENDER,
      identifier: MSGID.toLowerCase(),
      date: null,
      recipients: [],
      explanation: "",
    };
    await ledger.add({ events: [{ type: "returned", mail }], unverified: [], seen: [] });
    expect(await shown()).toBeNull();
    await ledger.add({ events: [{ type: "sent", copy }], unverified: [], seen: [] });
    expect(await shown()).toMatchObject({ role: "sent-copy", status: { acceptance: null } });
  });

  it("is not given of a message attached to one that was sent", async () => {
    expect(await (await reportsIn("sent")).ofInspected(await forgedCopy(), { messageId: 7, path: [1] })).toBeNull();
  });

  it("shows some of the forged receipts of one message, however many there are", async () => {
    const forged = Array.from({ length: 1_000 }, (_, index) =>
      aReceipt("errore-consegna", 1, ANNA, { id: `forged ${String(index)}`, verified: false }),
    );
    const reports = await reportsIn("sent", forged);
    const report = await reports.ofInspected(await forgedCopy(), { messageId: 7, path: [] });
    expect(report?.unverified).toHaveLength(200);
    expect(report?.status.recipients[0]).toMatchObject({ state: "delivered", contradictions: [] });
  });

  it("does not depend on how the identifier is written", async () => {
    const shouted = await forgedCopy(`<${MSGID.toUpperCase()}>`);
    expect(await (await reportsIn("incoming")).ofInspected(shouted, { messageId: 7, path: [] })).toBeNull();
  });
});
