import { describe, expect, test, vi } from "vitest";
import type { SendingFinding } from "../../../src/core/index.ts";
import type { ComposeAnswer, ComposeReport, ComposeRequest } from "../../../src/messages.ts";
import { createComposeSession } from "../../../src/pages/compose/compose-session.ts";
import type { ComposeState } from "../../../src/pages/compose/compose-state.ts";
import { drawCompose } from "../../../src/pages/compose/draw-compose.ts";
import type { VNode } from "../../../src/pages/view.ts";
import { deferred } from "../../app/fakes.ts";
import { translator } from "../messages.ts";
import { nodeText } from "../node-text.ts";

// The view library looks for a window when it is loaded; drawing needs none.
vi.hoisted(() => vi.stubGlobal("window", {}));

const PEC = "mario.rossi@pec.it";
const TAB = 7;

const BCC: SendingFinding = {
  id: "bcc",
  weight: "stop",
  about: ["socio@pec.foro.test"],
  values: [],
  fixes: ["remove-bcc", "bcc-to-recipients"],
};
const COPIES: SendingFinding = {
  id: "copies",
  weight: "warning",
  about: ["bruno@pec.foro.test"],
  values: [],
  fixes: ["copies-to-recipients"],
};

function report(difference: Partial<ComposeReport> = {}): ComposeReport {
  return {
    state: "a1",
    sender: { address: PEC, isPec: true, foundBy: "host", chosen: null, defaultKind: "completa", isQuiet: false },
    receiptKind: "completa",
    findings: [],
    ordinary: null,
    ...difference,
  };
}

const ORDINARY = report({
  sender: {
    address: "mario@studio.example",
    isPec: false,
    foundBy: null,
    chosen: null,
    defaultKind: "completa",
    isQuiet: false,
  },
  ordinary: {
    reason: "addresses",
    about: ["anna@legalmail.it"],
    identities: [
      { key: "id1", address: PEC },
      { key: "id3", address: "studio@pec.it" },
    ],
  },
});

const shown = (of: ComposeReport, isQuestion = false): ComposeAnswer => ({ state: "shown", report: of, isQuestion });

function setUp(answers: readonly (ComposeAnswer | Promise<ComposeAnswer>)[], tabId: number | null = TAB) {
  const asked: ComposeRequest[] = [];
  const left = [...answers];
  const states: ComposeState[] = [];
  let closed = 0;
  const session = createComposeSession(tabId, {
    background: {
      compose: (request) => {
        asked.push(request);
        const next = left.shift();
        return next === undefined ? Promise.reject(new Error("asleep")) : Promise.resolve(next);
      },
    },
    close: () => (closed += 1),
    render: (state) => states.push(state),
  });
  const page = (): VNode =>
    drawCompose(session.state, { translate: translator("it"), locale: "it", deeds: session.deeds });
  return { session, asked, states, page, closed: () => closed };
}

/** Names of the controls, in their order. */
function controls(node: VNode | string | null): readonly string[] {
  // What is left out is drawn as null, which the library's types do not say.
  if (node === null || typeof node === "string") return [];
  const here = node.data?.attrs?.["data-at"];
  const below = (node.children ?? []).flatMap(controls);
  return typeof here === "string" ? [here, ...below] : below;
}

describe("the page", () => {
  test("opens with what there is to say, kinds of receipt and the identity", async () => {
    const { session, asked, page } = setUp([shown(report({ findings: [COPIES] }))]);
    await session.open();
    expect(asked).toEqual([{ name: "read", tabId: TAB, opened: true }]);
    const text = nodeText(page());
    expect(text).toContain("Da controllare prima dell'invio");
    expect(text).toContain("In Cc: bruno@pec.foro.test");
    expect(text).toContain("Per le notifiche degli avvocati (L. 53/1994) serve la ricevuta completa.");
    expect(controls(page())).toEqual([
      "fix copies-to-recipients",
      "quiet",
      "kind completa",
      "kind breve",
      "kind sintetica",
      "pec",
    ]);
  });

  test.each([
    [{ state: "gone" } as const, "La finestra del messaggio è chiusa."],
    [{ state: "stepped-back" } as const, "È attiva l'altra versione di Sigillo PEC"],
    [{ state: "failed", code: "internal" } as const, "Sigillo PEC non risponde."],
  ])("says what else there is: %j", async (answer, words) => {
    const { session, page } = setUp([answer]);
    await session.open();
    expect(nodeText(page())).toContain(words);
  });

  test("without a window to write in, or without the background, it says so", async () => {
    const alone = setUp([], null);
    await alone.session.open();
    expect(alone.session.state.shown).toBe("gone");
    expect(alone.asked).toEqual([]);
    const asleep = setUp([]);
    await asleep.session.open();
    expect(asleep.session.state.shown).toBe("broken");
  });

  test("follows what is written, and comes back from a silence", async () => {
    const { session } = setUp([
      shown(report()),
      { state: "failed", code: "internal" },
      shown(report({ findings: [BCC] })),
    ]);
    await session.open();
    await session.refresh();
    expect(session.state.shown).toBe("broken");
    await session.refresh();
    expect(session.state).toMatchObject({ shown: "report", report: { findings: [BCC] } });
  });
});

describe("the question", () => {
  test("has no button that sends what is stopped", async () => {
    const { session, page } = setUp([shown(report({ findings: [BCC, COPIES] }), true)]);
    await session.open();
    expect(nodeText(page())).toContain("Il messaggio non è stato inviato");
    expect(controls(page())).toEqual([
      "fix remove-bcc",
      "fix bcc-to-recipients",
      "fix copies-to-recipients",
      "quiet",
      "leave",
    ]);
  });

  test("puts «correct» before «send anyway»", async () => {
    const { session, page } = setUp([shown(report({ findings: [COPIES] }), true)]);
    await session.open();
    expect(controls(page())).toEqual(["fix copies-to-recipients", "quiet", "leave", "send"]);
  });

  test("goes on after a way out was taken, until nothing is left to say", async () => {
    const { session, asked, page, closed } = setUp([
      shown(report({ findings: [BCC] }), true),
      shown(report({ state: "b2" })),
      { state: "sending" },
    ]);
    await session.open();
    session.deeds.fix("remove-bcc");
    await vi.waitFor(() => expect(session.state.busy).toBeNull());
    expect(nodeText(page())).toContain("Ora si può inviare");
    expect(controls(page())).toEqual(["send", "leave"]);
    session.deeds.send();
    await vi.waitFor(() => expect(closed()).toBe(1));
    expect(asked.slice(1)).toEqual([
      { name: "fix", tabId: TAB, fix: "remove-bcc" },
      { name: "send-anyway", tabId: TAB, shown: "b2" },
    ]);
  });

  test("sends nothing that has changed since it was seen, and shows what it is now", async () => {
    const { session, page, closed } = setUp([
      shown(report({ findings: [COPIES] }), true),
      { state: "failed", code: "changed" },
      shown(report({ findings: [BCC] })),
    ]);
    await session.open();
    session.deeds.send();
    await vi.waitFor(() => expect(session.state.report?.findings).toEqual([BCC]));
    expect(nodeText(page())).toContain("Il messaggio è cambiato nel frattempo");
    expect(closed()).toBe(0);
  });

  test("about ordinary mail offers every PEC identity, the first one first", async () => {
    const { session, asked, page } = setUp([shown(ORDINARY, true), shown(report())]);
    await session.open();
    expect(nodeText(page())).toContain("Stai per inviare posta ordinaria, non una PEC");
    expect(controls(page())).toEqual(["from id1", "from id3", "quiet", "leave", "send"]);
    session.deeds.writeFrom("id1");
    await vi.waitFor(() => expect(session.state.busy).toBeNull());
    expect(asked[1]).toEqual({ name: "switch-identity", tabId: TAB, identity: "id1" });
    expect(nodeText(page())).toContain("Ora si può inviare");
  });

  test("is left without a word to anybody", async () => {
    const { session, asked, closed } = setUp([shown(report({ findings: [BCC] }), true)]);
    await session.open();
    session.deeds.leave();
    expect([closed(), asked.length]).toEqual([1, 1]);
  });
});

describe("choices", () => {
  test("each is asked for with its window", async () => {
    const { session, asked } = setUp(Array.from({ length: 6 }, () => shown(report({ receiptKind: "breve" }))));
    await session.open();
    const orders = [
      () => session.deeds.setKind("breve"),
      () => session.deeds.makeDefault(),
      () => session.deeds.setPec(false),
      () => session.deeds.setPec(null),
      () => session.deeds.setQuiet(true),
    ];
    for (const order of orders) {
      order();
      await vi.waitFor(() => expect(session.state.busy).toBeNull());
    }
    expect(asked.slice(1)).toEqual([
      { name: "set-kind", tabId: TAB, kind: "breve" },
      { name: "set-default-kind", tabId: TAB, kind: "breve" },
      { name: "set-pec", tabId: TAB, isPec: false },
      { name: "set-pec", tabId: TAB, isPec: null },
      { name: "set-quiet", tabId: TAB, isQuiet: true },
    ]);
  });

  test("a kind that is not the usual one can become it; the names at risk can have the complete one", async () => {
    const brief: SendingFinding = { id: "brief-names", weight: "warning", about: ["età.pdf"], values: [], fixes: [] };
    const { session, page } = setUp([shown(report({ receiptKind: "breve", findings: [brief] }))]);
    await session.open();
    expect(controls(page())).toEqual([
      "kind completa",
      "kind completa",
      "kind breve",
      "kind sintetica",
      "default",
      "pec",
    ]);
  });

  test("one at a time, and a look at the message does not undo what is under way", async () => {
    const order = deferred<ComposeAnswer>();
    const look = deferred<ComposeAnswer>();
    const { session, asked } = setUp([shown(report()), look.promise, order.promise]);
    await session.open();
    const looking = session.refresh();
    session.deeds.setKind("breve");
    session.deeds.setKind("sintetica");
    look.resolve(shown(report()));
    await looking;
    expect(session.state.busy).toBe("kind breve");
    order.resolve(shown(report({ receiptKind: "breve" })));
    await vi.waitFor(() => expect(session.state.report?.receiptKind).toBe("breve"));
    expect(asked).toHaveLength(3);
  });

  test("a look at the message that was begun before, and comes to its end after, undoes nothing either", async () => {
    const look = deferred<ComposeAnswer>();
    const { session } = setUp([shown(report()), look.promise, shown(report({ receiptKind: "breve" }))]);
    await session.open();
    const looking = session.refresh();
    session.deeds.setKind("breve");
    await vi.waitFor(() => expect(session.state.busy).toBeNull());
    look.resolve(shown(report()));
    await looking;
    expect(session.state.report?.receiptKind).toBe("breve");
  });

  test("what does not work is said beside the control", async () => {
    const { session, page } = setUp([shown(report())]);
    await session.open();
    session.deeds.setPec(false);
    await vi.waitFor(() => expect(session.state.notice).toMatchObject({ at: "pec", failed: true }));
    expect(nodeText(page())).toContain("Errore interno");
  });
});
