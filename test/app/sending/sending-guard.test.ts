import { describe, expect, test } from "vitest";
import { checkSending, type CheckSendingDependencies } from "../../../src/app/sending/check-sending.ts";
import { createSendingGuard, type SendingGuardDependencies } from "../../../src/app/sending/sending-guard.ts";
import type { OutgoingMessage } from "../../../src/ports/outgoing-messages.ts";
import { memorySettings } from "../fakes.ts";
import { checking, composeWindow, fromOrdinary, ORDINARY, outgoing, PEC, TAB } from "./outgoing-message.ts";

const COPY = { cc: ["bruno@pec.foro.test"] };
const HIDDEN = { bcc: ["socio@pec.foro.test"] };

function guarding(
  message: OutgoingMessage,
  difference: Partial<SendingGuardDependencies> = {},
  known: Partial<CheckSendingDependencies> = {},
) {
  const window = composeWindow(message);
  const questions: number[] = [];
  const failures: unknown[] = [];
  const noted = new Map<string, unknown>();
  const dependencies: SendingGuardDependencies = {
    check: (tabId, current) => checkSending(tabId, current, checking(known)),
    messages: window,
    notes: {
      read: (name) => Promise.resolve(noted.get(name)),
      write: (name, value) => Promise.resolve(void noted.set(name, value)),
    },
    openQuestion: (tabId) => Promise.resolve(void questions.push(tabId)),
    otherIsActive: () => Promise.resolve(false),
    failed: (error) => failures.push(error),
    ...difference,
  };
  const guard = createSendingGuard(dependencies);
  /** Thunderbird's part: asks, and tells when the sending was called off. */
  const press = async (mode: "now" | "later" = "now") => {
    if (window.current === null) throw new Error("The window is closed");
    const decision = await guard.beforeSend(TAB, window.current);
    if (!decision.goes) await guard.calledOff(TAB, mode);
    return decision;
  };
  const state = async () => {
    if (window.current === null) throw new Error("The window is closed");
    return (await dependencies.check(TAB, window.current)).report.state;
  };
  return { guard, window, questions, failures, press, state, again: () => createSendingGuard(dependencies) };
}

describe("what goes at once", () => {
  test("a PEC with which nothing is wrong, with its kind of receipt", async () => {
    const { press, questions } = guarding(outgoing());
    expect(await press()).toEqual({ goes: true, receiptKind: "completa" });
    expect(questions).toEqual([]);
  });

  test("ordinary mail, untouched", async () => {
    const { press } = guarding(fromOrdinary({ to: ["ivo@altrove.test"], ...HIDDEN }));
    expect(await press()).toEqual({ goes: true, receiptKind: null });
  });

  test("a PEC without a subject alone: Thunderbird asks by itself", async () => {
    expect(await guarding(outgoing({ subject: "" })).press()).toMatchObject({ goes: true });
    expect(await guarding(outgoing({ subject: "", ...COPY })).press()).toEqual({ goes: false });
  });

  test("everything where the other package is active", async () => {
    const { press } = guarding(outgoing(HIDDEN), { otherIsActive: () => Promise.resolve(true) });
    expect(await press()).toEqual({ goes: true, receiptKind: null });
  });

  test("everything where a bug of ours broke the check, and the bug is told", async () => {
    const { press, failures } = guarding(outgoing(COPY), { check: () => Promise.reject(new Error("bug")) });
    expect(await press()).toEqual({ goes: true, receiptKind: null });
    expect(failures).toEqual([new Error("bug")]);
  });
});

describe("a warning", () => {
  test("is asked about once, in the page of that window", async () => {
    const { press, guard, questions } = guarding(outgoing(COPY));
    expect(await press()).toEqual({ goes: false });
    expect(questions).toEqual([TAB]);
    expect(await guard.takeQuestion(TAB)).toBe(true);
    expect(await guard.takeQuestion(TAB)).toBe(false);
  });

  test.each(["now", "later"] as const)("is sent anyway as the person wanted to: %s", async (mode) => {
    const { press, guard, window, state } = guarding(outgoing(COPY));
    await press(mode);
    expect(await guard.sendAnyway(TAB, await state())).toBe("sending");
    expect(window.sent).toEqual([mode]);
    // Thunderbird asks again, as for any sending.
    expect(await press(mode)).toEqual({ goes: true, receiptKind: "completa" });
  });

  test("is asked about again when anything has changed since", async () => {
    const { press, guard, window, state } = guarding(outgoing(COPY));
    await press();
    const seen = await state();
    await guard.sendAnyway(TAB, seen);
    window.current = outgoing({ ...COPY, plainText: "Altro." });
    expect(await press()).toEqual({ goes: false });
    expect(await guard.sendAnyway(TAB, seen)).toBe("changed");
    expect(window.sent).toHaveLength(1);
  });

  test("is not asked about again when the sending failed and nothing has changed", async () => {
    const { press, guard, state, questions } = guarding(outgoing(COPY));
    await press();
    await guard.sendAnyway(TAB, await state());
    await press();
    await guard.calledOff(TAB, "now");
    expect(await press()).toMatchObject({ goes: true });
    expect(questions).toEqual([TAB]);
  });

  test("consent and question outlast the background page", async () => {
    const { press, state, again, guard } = guarding(outgoing(COPY));
    await press("later");
    expect(await again().takeQuestion(TAB)).toBe(true);
    await guard.sendAnyway(TAB, await state());
    expect(await again().beforeSend(TAB, outgoing(COPY))).toMatchObject({ goes: true });
  });
});

test("recipients in Cc are not asked about where the person does not want to be; everything else still is", async () => {
  const { identities } = checking();
  const settings = memorySettings({
    sendingChoices: [{ address: PEC, isPec: null, receiptKind: null, isQuiet: true }],
  });
  const quiet = { identities: { ...identities, settings } };
  expect(await guarding(outgoing(COPY), {}, quiet).press()).toEqual({ goes: true, receiptKind: "completa" });
  const other = outgoing({ ...COPY, from: "altra@pec.it" });
  expect(await guarding(other, {}, quiet).press()).toEqual({ goes: false });
  expect(await guarding(outgoing({ ...COPY, ...HIDDEN }), {}, quiet).press()).toEqual({ goes: false });
});

describe("a stop", () => {
  test("has no way to be sent as it is", async () => {
    const { press, guard, window, state } = guarding(outgoing(HIDDEN));
    expect(await press()).toEqual({ goes: false });
    expect(await guard.sendAnyway(TAB, await state())).toBe("changed");
    expect(await press()).toEqual({ goes: false });
    expect(window.sent).toEqual([]);
  });

  test("holds although nothing can be noted, and the question is still asked", async () => {
    const broken = (): Promise<never> => Promise.reject(new Error("full"));
    const { press, questions, failures } = guarding(outgoing(HIDDEN), { notes: { read: broken, write: broken } });
    expect(await press()).toEqual({ goes: false });
    expect(questions).toEqual([TAB]);
    expect(failures).not.toEqual([]);
  });

  test("holds where the other package cannot be asked", async () => {
    const { press } = guarding(outgoing(HIDDEN), { otherIsActive: () => Promise.reject(new Error("gone")) });
    expect(await press()).toEqual({ goes: false });
  });
});

describe("ordinary mail to PEC addresses", () => {
  const toPec = fromOrdinary({ to: ["anna@legalmail.it"] });

  test("is asked about, and goes as ordinary mail if that is what is wanted", async () => {
    const { press, guard, state } = guarding(toPec);
    expect(await press()).toEqual({ goes: false });
    await guard.sendAnyway(TAB, await state());
    expect(await press()).toEqual({ goes: true, receiptKind: null });
  });

  test("is not asked about where the person does not want to be, or has no PEC", async () => {
    const { identities } = checking();
    const settings = memorySettings({
      sendingChoices: [{ address: ORDINARY, isPec: null, receiptKind: null, isQuiet: true }],
    });
    expect(await guarding(toPec, {}, { identities: { ...identities, settings } }).press()).toMatchObject({
      goes: true,
    });
    const none = { ...identities, accounts: null };
    expect(await guarding(toPec, {}, { identities: none }).press()).toMatchObject({ goes: true });
  });
});

test("sendings that others called off open nothing", async () => {
  const { guard, questions } = guarding(outgoing());
  await guard.calledOff(TAB, "now");
  expect(questions).toEqual([]);
});

test("a window that was closed meanwhile is gone", async () => {
  const { guard, window, press, state } = guarding(outgoing(COPY));
  await press();
  const seen = await state();
  window.current = null;
  expect(await guard.sendAnyway(TAB, seen)).toBe("gone");
});
