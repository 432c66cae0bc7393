import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { answerPage, type AnswerPageDependencies } from "../../src/app/answer-page.ts";
import { createMessageReports } from "../../src/app/message/message-reports.ts";
import {
  compareContent,
  extractAttached,
  extractAttachment,
  extractOriginal,
  inspect,
  receiptOf,
  shippedAuthorities,
  withExtraAuthorities,
  type TrustedAuthorities,
} from "../../src/core/index.ts";
import type {
  ActionResult,
  AttachmentAnswer,
  AttachmentQuestion,
  EvidenceSource,
  MessageAction,
  RevocationFailure,
} from "../../src/messages.ts";
import type { Draft } from "../../src/ports/composer.ts";
import type { NamedFile } from "../../src/ports/file-saver.ts";
import { extraAuthorities } from "../provider/demo-authorities.ts";
import { DEMO_NOW, demoMessages } from "../provider/demo-messages.ts";
import { accountsFake, batchFake, composeFake, evidenceFake, ledgerFake, optionsFake, TARGET } from "./fakes.ts";

function demo(id: string): Uint8Array {
  const message = demoMessages().find((each) => each.id === id);
  if (message === undefined) throw new Error(`No demo message ${id}`);
  return message.bytes;
}

const anchors = await shippedAuthorities();
const testAnchors = await withExtraAuthorities(anchors, extraAuthorities);

function setUp(
  bytes: Uint8Array,
  options: {
    shown?: number | null;
    saver?: "saved" | "cancelled" | Error;
    broken?: boolean;
    list?: RevocationFailure;
    anchors?: TrustedAuthorities;
  } = {},
) {
  const saved: { name: string; bytes: Uint8Array }[] = [];
  const opened: { what: string; name: string; bytes?: Uint8Array }[] = [];
  const asked: string[] = [];
  const changes: string[] = [];
  const sources: EvidenceSource[] = [];
  const prepare = (source: EvidenceSource): number => sources.push(source);
  const drafts: { type: string; messageId: number; draft: Draft }[] = [];
  const compose = (type: string) => (messageId: number, draft: Draft) => {
    if (options.broken === true) return Promise.reject(new Error("no window"));
    drafts.push({ type, messageId, draft });
    return Promise.resolve();
  };
  const save = (files: readonly NamedFile[], folder = "") => {
    const outcome = options.saver ?? "saved";
    if (outcome instanceof Error) return Promise.reject(outcome);
    for (const file of files) saved.push({ name: folder + file.name, bytes: file.bytes });
    return Promise.resolve(outcome);
  };
  const dependencies: AnswerPageDependencies = {
    reports: createMessageReports({
      source: { read: () => Promise.resolve(bytes) },
      shown: { current: () => Promise.resolve(options.shown === undefined ? TARGET.messageId : options.shown) },
      inspect: (raw) => inspect(raw, { now: DEMO_NOW, anchors: options.anchors ?? anchors }),
      extractAttached,
      sentReport: () => Promise.resolve(null),
    }),
    shown: { inActiveTab: () => Promise.resolve({ tabId: 3, messageId: 17 }) },
    pane: null,
    saver: {
      saveAs: (file) => save([file]),
      saveBlobAs: ({ name }) => save([{ name, contentType: "", bytes: new Uint8Array() }]),
      saveAll: async (folder, files) => {
        await save(files, `${folder}/`);
        return "saved";
      },
    },
    opener: {
      openMessage: ({ name, bytes: content }) => {
        opened.push({ what: "message", name, bytes: content });
        return Promise.resolve();
      },
      openAttachment: ({ name }, path, tabId) => {
        opened.push({ what: `attachment ${path.join(".")} in ${tabId}`, name });
        return Promise.resolve();
      },
      openPrintPage: ({ messageId }) => {
        opened.push({ what: "print", name: String(messageId) });
        return Promise.resolve();
      },
      openEvidencePage: (job) => {
        opened.push({ what: "evidence", name: String(job) });
        return Promise.resolve();
      },
      openOptionsPage: () => {
        opened.push({ what: "options", name: "" });
        return Promise.resolve();
      },
      openAccountPage: (part) => {
        opened.push({ what: "account", name: part });
        return Promise.resolve();
      },
      openLedgerPage: () => {
        opened.push({ what: "ledger", name: "" });
        return Promise.resolve();
      },
    },
    composer: {
      reply: compose("reply"),
      forward: compose("forward"),
      ownAddresses: () => Promise.resolve(["chiara.montaldi@pec.avvocati-esempio.test"]),
    },
    translate: (key) => key,
    revocation: {
      fetchOncePermitted: (urls) => {
        asked.push(...urls);
        return Promise.resolve(options.list ?? null);
      },
    },
    verdictsChanged: () => changes.push("changed"),
    ledger: ledgerFake(),
    batch: batchFake(),
    accounts: accountsFake(),
    compose: composeFake(),
    evidence: evidenceFake({ jobs: { ...evidenceFake().jobs, prepare } }),
    mailbox: { find: () => Promise.resolve([]), open: () => Promise.resolve() },
    comparison: {
      ledger: { find: () => Promise.resolve([]) },
      mailbox: { find: () => Promise.resolve([]) },
      source: { read: () => Promise.resolve(bytes) },
      inspect: (raw) => inspect(raw, { now: DEMO_NOW, anchors }),
      receiptOf,
      extractOriginal,
      compare: compareContent,
    },
    options: optionsFake(),
  };
  const act = async (action: MessageAction, path: readonly number[] = []): Promise<ActionResult> =>
    // The answer's type stands beside the message in messages.ts.
    (await answerPage({ type: "run-action", target: { ...TARGET, path }, action }, dependencies)) as ActionResult;
  return { dependencies, saved, opened, drafts, asked, changes, sources, act };
}

const ENVELOPE = demo("envelope");
const SIGNED = demo("signed-attachments");
const SUBJECT = "Riscontro alla diffida: perché i lavori sono in ritardo";
const FILE_NAME = "Riscontro alla diffida_ perché i lavori sono in ritardo.eml";

describe("actions on the original message", () => {
  it("answer the real sender, not the provider, and quote no word of the provider", async () => {
    const { act, drafts } = setUp(ENVELOPE);
    expect(await act({ name: "reply" })).toEqual({ state: "done" });
    expect(await act({ name: "reply-all" })).toEqual({ state: "done" });
    expect(drafts.map(({ type, messageId }) => [type, messageId])).toEqual([
      ["reply", TARGET.messageId],
      ["reply", TARGET.messageId],
    ]);
    for (const { draft } of drafts) {
      expect(draft.to).toEqual(["direzione@pec.edilnova-costruzioni.test"]);
      expect(draft.cc).toEqual([]);
      expect(draft.subject).toBe(`Re: ${SUBJECT}`);
      expect(draft.body).toContain("> Gentile Avvocato,");
      expect(draft.body).not.toContain("Identificativo del messaggio");
    }
  });

  it("forward the original's attachments and none of the envelope's", async () => {
    const { act, drafts } = setUp(ENVELOPE);
    expect(await act({ name: "forward" })).toEqual({ state: "done" });
    expect(drafts[0]?.draft.subject).toBe(`Fwd: ${SUBJECT}`);
    expect(drafts[0]?.draft.attachments.map(({ name, contentType }) => [name, contentType])).toEqual([
      ["relazione tecnica - città.pdf", "application/pdf"],
      ["secondo-piano.png", "image/png"],
    ]);
  });

  it("open and save exactly the bytes that were sealed", async () => {
    const original = await extractOriginal(ENVELOPE);
    const { act, opened, saved } = setUp(ENVELOPE);
    expect(await act({ name: "open-original" })).toEqual({ state: "done" });
    expect(opened).toEqual([{ what: "message", name: FILE_NAME, bytes: original }]);
    expect(await act({ name: "save-original" })).toEqual({ state: "done" });
    expect(saved).toEqual([{ name: FILE_NAME, bytes: original }]);
  });

  it("save the whole message exactly as it was received, with or without an original inside", async () => {
    for (const bytes of [ENVELOPE, demo("non-acceptance-formal"), demo("altered")]) {
      const { act, saved } = setUp(bytes);
      expect(await act({ name: "save-message" })).toEqual({ state: "done" });
      expect(saved.map((file) => file.bytes)).toEqual([bytes]);
      expect(saved[0]?.name).toMatch(/\.eml$/);
    }
    const gone = setUp(ENVELOPE, { shown: 99 });
    expect(await gone.act({ name: "save-message" })).toEqual({ state: "failed", code: "gone" });
    const full = setUp(ENVELOPE, { saver: new Error("disk full") });
    expect(await full.act({ name: "save-message" })).toEqual({ state: "failed", code: "save-failed" });
  });

  it("save of a PEC attached to an ordinary mail that PEC alone", async () => {
    const carrier = demo("ordinary-mail-with-attached-pec");
    const [claim] = (await inspect(carrier, { now: DEMO_NOW, anchors })).attached;
    const { act, saved } = setUp(carrier);
    expect(await act({ name: "save-message" }, claim?.path)).toEqual({ state: "done" });
    expect(saved[0]?.bytes).toEqual(claim && extractAttached(carrier, claim.path));
  });

  it("open and save attachments one by one and all together", async () => {
    const original = await extractOriginal(ENVELOPE);
    const pdf = original && extractAttachment(original, [1]);
    const { act, opened, saved } = setUp(ENVELOPE);
    expect(await act({ name: "open-attachment", attachment: [1] })).toEqual({ state: "done" });
    expect(opened).toEqual([{ what: "attachment 1 in 3", name: FILE_NAME }]);
    expect(await act({ name: "save-attachment", attachment: [1] })).toEqual({ state: "done" });
    expect(await act({ name: "save-all-attachments" })).toEqual({
      state: "done",
      folder: "Riscontro alla diffida_ perché i lavori sono in ritardo",
    });
    expect(saved.map(({ name }) => name)).toEqual([
      "relazione tecnica - città.pdf",
      "Riscontro alla diffida_ perché i lavori sono in ritardo/relazione tecnica - città.pdf",
      "Riscontro alla diffida_ perché i lavori sono in ritardo/secondo-piano.png",
    ]);
    expect(saved[0]?.bytes).toEqual(pdf?.bytes);
  });

  it("work on a PEC attached to an ordinary mail", async () => {
    const carrier = demo("ordinary-mail-with-attached-pec");
    const { attached } = await inspect(carrier, { now: DEMO_NOW, anchors });
    const [claim] = attached;
    if (claim === undefined) throw new Error("Nothing is attached");
    const { act, opened } = setUp(carrier);
    expect(await act({ name: "open-original" }, claim.path)).toEqual({ state: "done" });
    expect(opened).toHaveLength(1);
    expect(await act({ name: "open-original" })).toEqual({ state: "failed", code: "no-original" });
  });

  it("say what failed; a closed dialog is no failure", async () => {
    expect(await setUp(ENVELOPE, { saver: "cancelled" }).act({ name: "save-original" })).toEqual({
      state: "cancelled",
    });
    const full = setUp(ENVELOPE, { saver: new Error("disk full") });
    expect(await full.act({ name: "save-original" })).toEqual({ state: "failed", code: "save-failed" });
    expect(await full.act({ name: "save-attachment", attachment: [9] })).toEqual({
      state: "failed",
      code: "save-failed",
    });
    expect(await full.act({ name: "open-attachment", attachment: [9] })).toEqual({
      state: "failed",
      code: "open-failed",
    });
    const broken = setUp(ENVELOPE, { broken: true });
    expect(await broken.act({ name: "reply" })).toEqual({ state: "failed", code: "compose-failed" });
    const other = setUp(ENVELOPE, { shown: 99 });
    expect(await other.act({ name: "forward" })).toEqual({ state: "failed", code: "gone" });
    const receipt = setUp(demo("non-acceptance-formal"));
    expect(await receipt.act({ name: "reply" })).toEqual({ state: "failed", code: "no-original" });
  });

  it("open the page for paper, which gets text only, whatever the tab shows by then", async () => {
    const { act, opened, dependencies } = setUp(ENVELOPE);
    expect(await act({ name: "print" })).toEqual({ state: "done" });
    expect(opened).toEqual([{ what: "print", name: "17" }]);
    const elsewhere = setUp(ENVELOPE, { shown: null });
    for (const each of [dependencies, elsewhere.dependencies]) {
      const printable = await answerPage({ type: "get-printable", target: TARGET }, each);
      expect(printable).toMatchObject({ report: { state: "inspected", target: TARGET } });
      expect(printable).toHaveProperty("bodyText", expect.stringContaining("Gentile Avvocato"));
      expect(printable).toHaveProperty("bodyText", expect.not.stringMatching(/<[a-z]/i));
    }
  });
});

describe("a bundle of evidence", () => {
  it("is made by a page of its own, of the message shown", async () => {
    const { act, opened, sources } = setUp(ENVELOPE);
    expect(await act({ name: "open-evidence" })).toEqual({ state: "done" });
    expect(sources).toEqual([{ type: "messages", ids: [TARGET.messageId] }]);
    expect(opened).toEqual([{ what: "evidence", name: "1" }]);
  });

  it("is asked for by any page", async () => {
    const { dependencies, opened, sources } = setUp(ENVELOPE);
    const source = { type: "sent", links: ["a", "b"] } as const;
    const answer = await answerPage({ type: "evidence", request: { name: "open", source } }, dependencies);
    expect(answer).toEqual({ state: "done" });
    expect(sources).toEqual([source]);
    expect(opened).toEqual([]);
  });
});

describe("questions of pages", () => {
  it("name the message on the screen", async () => {
    const { dependencies } = setUp(ENVELOPE);
    expect(await answerPage({ type: "get-displayed-message" }, dependencies)).toEqual(TARGET);
  });

  it("about the pane have no answer in a package without it", async () => {
    const { dependencies } = setUp(ENVELOPE);
    expect(await answerPage({ type: "get-appearance", tabId: 3 }, dependencies)).toBeNull();
  });

  it("get a report for a popup only while the tab shows the message, for a pane also before it does", async () => {
    const { dependencies } = setUp(ENVELOPE, { shown: 99 });
    const ask = (view: "pane" | "popup") => answerPage({ type: "get-report", target: TARGET, view }, dependencies);
    expect(await ask("popup")).toEqual({ state: "gone", target: TARGET });
    expect(await ask("pane")).toMatchObject({ state: "inspected", target: TARGET });
  });
});

it("the options page and the page with all sent messages open from a message, whatever has become of the message", async () => {
  const { act, opened } = setUp(new Uint8Array());
  expect(await act({ name: "open-options" })).toEqual({ state: "done" });
  expect(await act({ name: "open-ledger" })).toEqual({ state: "done" });
  expect(opened).toEqual([
    { what: "options", name: "" },
    { what: "ledger", name: "" },
  ]);
});

describe("the revocation of the signer's certificate", () => {
  it("is asked at the addresses of the certificate, and verdicts are made anew", async () => {
    const { act, asked, changes } = setUp(ENVELOPE, { anchors: testAnchors });
    expect(await act({ name: "check-revocation" })).toEqual({ state: "done" });
    expect(asked).toEqual(["http://crl.sigillo.test/pec"]);
    expect(changes).toEqual(["changed"]);
  });

  it("is asked nowhere for a certificate of an unknown authority: anybody may have written its addresses", async () => {
    const { act, asked } = setUp(ENVELOPE);
    await act({ name: "check-revocation" });
    expect(asked).toEqual([]);
  });

  it("stays unknown when no list comes, and says why", async () => {
    const { act, changes } = setUp(ENVELOPE, { list: "offline" });
    expect(await act({ name: "check-revocation" })).toEqual({ state: "failed", code: "offline" });
    expect(changes).toEqual([]);
  });

  it("is asked nowhere for a message without a signature", async () => {
    const { act, asked } = setUp(demo("ordinary-mail"));
    await act({ name: "check-revocation" });
    expect(asked).toEqual([]);
  });
});

describe("attachments in sight", () => {
  const ask = async (
    bytes: Uint8Array,
    attachment: readonly number[],
    question: AttachmentQuestion,
    shown?: number,
  ): Promise<AttachmentAnswer> => {
    const { dependencies } = setUp(bytes, shown === undefined ? {} : { shown });
    // The answer's type stands beside the message in messages.ts.
    return (await answerPage(
      { type: "look-into-attachment", target: TARGET, attachment, question },
      dependencies,
    )) as AttachmentAnswer;
  };

  it("the fingerprint is that of the file as it is saved", async () => {
    const { act, saved } = setUp(ENVELOPE);
    await act({ name: "save-attachment", attachment: [1] });
    const sha256 = createHash("sha256")
      .update(saved[0]?.bytes ?? new Uint8Array())
      .digest("hex");
    expect(await ask(ENVELOPE, [1], "sha256")).toEqual({ state: "hashed", sha256 });
  });

  it("a signed file: signers, layers, and the name of the document inside", async () => {
    expect(await ask(SIGNED, [1], "signature")).toMatchObject({
      state: "signed",
      layers: [{ signers: [{ integrity: "intact", certificate: { name: "Piero Ferraris" } }] }],
      trouble: null,
      content: { name: "contratto.pdf" },
    });
    const twice = await ask(SIGNED, [2], "signature");
    expect(twice).toMatchObject({ content: { name: "contratto-due-firme.pdf" } });
    expect(twice.state === "signed" && twice.layers).toHaveLength(2);
    expect(await ask(SIGNED, [3], "signature")).toMatchObject({
      layers: [{ signers: [{ integrity: "altered" }] }],
    });
    expect(await ask(ENVELOPE, [1], "signature")).toMatchObject({ layers: [], trouble: "not-signed", content: null });
  });

  it("the document inside all signatures is saved, and nothing where there is none", async () => {
    const { act, saved } = setUp(SIGNED);
    expect(await act({ name: "save-signed-content", attachment: [2] })).toEqual({ state: "done" });
    expect(saved.map(({ name }) => name)).toEqual(["contratto-due-firme.pdf"]);
    expect(Buffer.from(saved[0]?.bytes ?? []).toString("latin1")).toMatch(/^%PDF/);
    const { act: actOn } = setUp(ENVELOPE);
    expect(await actOn({ name: "save-signed-content", attachment: [1] })).toEqual({
      state: "failed",
      code: "no-content",
    });
  });

  it("says what is not there (any more)", async () => {
    expect(await ask(ENVELOPE, [1], "sha256", 99)).toEqual({ state: "failed", code: "gone" });
    expect(await ask(ENVELOPE, [7], "sha256")).toEqual({ state: "failed", code: "no-original" });
    expect(await ask(demo("acceptance"), [1], "signature")).toEqual({ state: "failed", code: "no-original" });
  });
});
