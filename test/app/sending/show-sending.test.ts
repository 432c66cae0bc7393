import { expect, test } from "vitest";
import { checkSending } from "../../../src/app/sending/check-sending.ts";
import { createShowSending, type ShowSendingDependencies } from "../../../src/app/sending/show-sending.ts";
import type { OutgoingMessage } from "../../../src/ports/outgoing-messages.ts";
import { deferred } from "../fakes.ts";
import { checking, composeWindow, fromOrdinary, outgoing, TAB } from "./outgoing-message.ts";

function button(message: OutgoingMessage, difference: Partial<ShowSendingDependencies> = {}) {
  const window = composeWindow(message);
  const shown: string[] = [];
  const show = createShowSending({
    check: (tabId, current) => checkSending(tabId, current, checking()),
    messages: window,
    button: { show: (_tabId, state) => Promise.resolve(void shown.push(state)) },
    otherIsActive: () => Promise.resolve(false),
    ...difference,
  });
  return { window, shown, show };
}

test.each<[string, OutgoingMessage]>([
  ["pec", outgoing()],
  ["pec", outgoing({ to: [], subject: "" })],
  ["pec-warning", outgoing({ cc: ["bruno@pec.foro.test"] })],
  ["pec-stop", outgoing({ cc: ["bruno@pec.foro.test"], bcc: ["socio@pec.foro.test"] })],
  ["ordinary", fromOrdinary({ to: ["ivo@altrove.test"] })],
  ["ordinary-to-pec", fromOrdinary({ to: ["a@legalmail.it"] })],
])("%s", async (expected, message) => {
  const { shown, show } = button(message);
  await show(TAB);
  expect(shown).toEqual([expected]);
});

test("steps back, and leaves a closed window alone", async () => {
  const other = button(outgoing(), { otherIsActive: () => Promise.resolve(true) });
  await other.show(TAB);
  expect(other.shown).toEqual(["stepped-back"]);
  const closed = button(outgoing());
  closed.window.current = null;
  await closed.show(TAB);
  expect(closed.shown).toEqual([]);
});

test("of two changes the later one is shown, whichever is judged first", async () => {
  const first = deferred<undefined>();
  let calls = 0;
  const { shown, show, window } = button(outgoing(), {
    check: async (tabId, current) => {
      calls += 1;
      if (calls === 1) await first.promise;
      return checkSending(tabId, current, checking());
    },
  });
  const early = show(TAB);
  await new Promise((resolve) => setImmediate(resolve));
  window.current = outgoing({ bcc: ["socio@pec.foro.test"] });
  await show(TAB);
  first.resolve(undefined);
  await early;
  expect(shown).toEqual(["pec-stop"]);
});
