import { describe, expect, it } from "vitest";
import { createMessageReports } from "../../../src/app/message/message-reports.ts";
import type { Inspection } from "../../../src/core/index.ts";
import { deferred, inspection, TARGET } from "../fakes.ts";

const BYTES = new Uint8Array([1, 2, 3]);

function setUp(
  difference: { inspect?: () => Promise<Inspection>; size?: number; read?: () => Promise<Uint8Array> } = {},
) {
  const counts = { read: 0, inspected: 0 };
  const screen: { messageId: number | null } = { messageId: TARGET.messageId };
  const reports = createMessageReports({
    source: {
      read: () => {
        counts.read += 1;
        return difference.read?.() ?? Promise.resolve(new Uint8Array(difference.size ?? 3));
      },
    },
    shown: { current: () => Promise.resolve(screen.messageId) },
    inspect: () => {
      counts.inspected += 1;
      return difference.inspect?.() ?? Promise.resolve(inspection());
    },
    extractAttached: (_bytes, path) => (path[0] === 1 ? BYTES : null),
    sentReport: () => Promise.resolve(null),
  });
  return { reports, counts, screen };
}

describe("message reports", () => {
  it("carry tab and message, and read and inspect only once", async () => {
    const { reports, counts } = setUp();
    const [first, second] = await Promise.all([reports.report(TARGET), reports.report(TARGET)]);
    expect(first).toEqual({ state: "inspected", target: TARGET, inspection: inspection(), sent: null });
    expect(second).toEqual(first);
    await reports.report({ ...TARGET, tabId: 4 });
    await reports.bytes(TARGET);
    expect(counts).toEqual({ read: 1, inspected: 1 });
  });

  it("are prepared for what comes from a provider and is small, and for nothing else", async () => {
    const { reports, counts } = setUp();
    const selected = {
      messageId: TARGET.messageId,
      author: "Per conto di: a@pec.it <posta-certificata@pec.test>",
      size: 9_000,
    };
    expect(await reports.prepare(TARGET.tabId, { ...selected, author: "anna@posta.it" })).toBeNull();
    expect(await reports.prepare(TARGET.tabId, { ...selected, size: 30_000_000 })).toBeNull();
    expect(counts.read).toBe(0);
    const prepared = await reports.prepare(TARGET.tabId, selected);
    expect(await reports.report(TARGET)).toEqual(prepared);
    expect(prepared).toMatchObject({ state: "inspected", target: TARGET });
    expect(counts).toEqual({ read: 1, inspected: 1 });
  });

  it("fail in their preparation as anywhere, and are tried again when they are asked for", async () => {
    let broken = true;
    const { reports } = setUp({ read: () => (broken ? Promise.reject(new Error("offline")) : Promise.resolve(BYTES)) });
    const selected = { messageId: TARGET.messageId, author: "posta-certificata@pec.test", size: 1 };
    expect((await reports.prepare(TARGET.tabId, selected))?.state).toBe("internal-error");
    broken = false;
    expect((await reports.report(TARGET)).state).toBe("inspected");
  });

  it("are gone when the tab shows another message, before or during the inspection", async () => {
    const work = deferred<Inspection>();
    const { reports, screen } = setUp({ inspect: () => work.promise });
    const late = reports.report(TARGET);
    screen.messageId = 99;
    work.resolve(inspection());
    expect(await late).toEqual({ state: "gone", target: TARGET });
    expect((await reports.report(TARGET)).state).toBe("gone");
    expect((await reports.reportAnywhere(TARGET)).state).toBe("inspected");
  });

  it("end as internal error on a bug, without its text, and try again the next time", async () => {
    let broken = true;
    const { reports } = setUp({
      inspect: () => (broken ? Promise.reject(new RangeError("secret of the mail")) : Promise.resolve(inspection())),
    });
    expect(await reports.report(TARGET)).toEqual({ state: "internal-error", target: TARGET, code: "RangeError" });
    broken = false;
    expect((await reports.report(TARGET)).state).toBe("inspected");
  });

  it("read a message again that could not be read", async () => {
    let broken = true;
    const { reports } = setUp({ read: () => (broken ? Promise.reject(new Error("offline")) : Promise.resolve(BYTES)) });
    expect((await reports.report(TARGET)).state).toBe("internal-error");
    broken = false;
    expect((await reports.report(TARGET)).state).toBe("inspected");
  });

  it("inspect an attached message by its path; a path that leads nowhere is gone", async () => {
    const { reports } = setUp();
    expect((await reports.report({ ...TARGET, path: [1] })).state).toBe("inspected");
    expect((await reports.report({ ...TARGET, path: [7] })).state).toBe("gone");
    expect(await reports.bytes({ ...TARGET, path: [1] })).toBe(BYTES);
  });

  it("keep a bounded number of inspections, those used last", async () => {
    const { reports, counts } = setUp();
    for (let messageId = 1; messageId <= 21; messageId += 1) {
      await reports.reportAnywhere({ ...TARGET, messageId });
      await reports.reportAnywhere({ ...TARGET, messageId: 1 });
    }
    expect(counts.inspected).toBe(21);
    await reports.reportAnywhere({ ...TARGET, messageId: 2 });
    expect(counts.inspected).toBe(22);
  });

  it("do not hold on to the bytes of a large message", async () => {
    const { reports, counts } = setUp({ size: 17 * 1024 * 1024 });
    await reports.report(TARGET);
    await reports.bytes(TARGET);
    expect(counts).toEqual({ read: 2, inspected: 1 });
  });
});
