import { describe, expect, it } from "vitest";
import type { AnchorCandidate, AnchorDescription, UserAnchor } from "../../../src/core/index.ts";
import type { OptionsAnswer, OptionsOutcome, OptionsReport, OptionsRequest } from "../../../src/messages.ts";
import { createOptionsSession } from "../../../src/pages/options/options-session.ts";
import type { OptionsState } from "../../../src/pages/options/options-state.ts";
import { deferred } from "../../app/fakes.ts";
import { readMessages } from "../messages.ts";

const ANCHOR: UserAnchor = {
  base64: "MAA=",
  sha256: "ab",
  source: "file.pem",
  addedAt: 5,
  system: "PEC",
  domains: [],
  notAfter: null,
};
const REPORT: OptionsReport = {
  authorities: { shipped: [], issuingKeys: [], added: [{ anchor: ANCHOR, certificate: null, problem: null }] },
  revocation: { alwaysAsk: false, data: [] },
  records: { keep: true, count: 0, since: null },
  receipts: { notices: [], works: [], sizeLimit: 10_000_000 },
  storage: "available",
};
const DESCRIPTION: AnchorDescription = {
  base64: "MAA=",
  subject: "CN=Radice",
  issuer: "CN=Radice",
  serial: "01",
  notBefore: 0,
  notAfter: 1,
  sha256: "ab",
  isAuthority: true,
  isRoot: true,
  publicKey: "RSA 2048",
  signatureAlgorithm: "RSA",
};
const usable: AnchorCandidate = { certificate: DESCRIPTION, problem: null };
const refused: AnchorCandidate = { certificate: DESCRIPTION, problem: "NOT_A_CA" };

function setUp({ permitted = true }: { permitted?: boolean } = {}) {
  const requests: OptionsRequest[] = [];
  const asked: (readonly string[] | null)[] = [];
  const seen: OptionsState[] = [];
  const next: { outcome: OptionsOutcome | null; options: OptionsReport; permitted: Promise<boolean> | null } = {
    outcome: { state: "done" },
    options: REPORT,
    permitted: null,
  };
  const session = createOptionsSession({
    background: {
      options: (request): Promise<OptionsAnswer> => {
        requests.push(request);
        return next.outcome === null
          ? Promise.reject(new Error("asleep"))
          : Promise.resolve({ options: next.options, outcome: next.outcome });
      },
    },
    listsPermitted: () => next.permitted ?? Promise.resolve(permitted),
    requestListPermission: (addresses) => {
      asked.push(addresses);
      return Promise.resolve(permitted);
    },
    requestMailPermission: (work) => {
      asked.push([work]);
      return Promise.resolve(permitted);
    },
    locale: "it",
    render: (state) => seen.push(state),
  });
  const settle = async () => {
    for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
  };
  return { session, requests, asked, seen, next, settle };
}

describe("the options page", () => {
  it("says so when the background does not answer, and shows everything once it does", async () => {
    const { session, next } = setUp();
    next.outcome = null;
    await session.refresh();
    expect(session.state).toMatchObject({ broken: true, options: null });
    next.outcome = { state: "done" };
    await session.refresh();
    expect(session.state).toMatchObject({ broken: false, options: REPORT, permitted: true });
  });

  it("asks for the permission in the click itself, for that list alone, and asks nothing of a server without it", async () => {
    const { session, asked, requests, settle } = setUp({ permitted: false });
    session.deeds.fetchList("http://a.test/");
    // Before anything else had a turn: later, Thunderbird would refuse.
    expect(asked).toEqual([["http://a.test/"]]);
    await settle();
    expect(requests).toEqual([]);
    expect(session.state.notice).toMatchObject({ key: "options_error_not_permitted", failed: true });
    session.deeds.setAlwaysAsk(true);
    expect(asked).toHaveLength(2);
    await settle();
    expect(requests).toEqual([]);
  });

  it("needs no permission to switch off", async () => {
    const { session, asked, requests, settle } = setUp({ permitted: false });
    session.deeds.setAlwaysAsk(false);
    await settle();
    expect(asked).toEqual([]);
    expect(requests).toEqual([{ name: "set-always-ask", on: false }]);
  });

  it("adds the chosen certificate of a file, with what was filled in", async () => {
    const { session, requests, next, settle } = setUp();
    next.outcome = { state: "candidates", candidates: [refused, usable] };
    session.deeds.chooseAnchorFile("radice.pem", Promise.resolve(new Uint8Array([1])));
    await settle();
    // The only one that can be added is chosen already.
    expect(session.state.adding).toMatchObject({ chosen: 1, fileName: "radice.pem" });
    session.deeds.fillIn({ fingerprint: "AB", domains: "@pec.a.it, pec.b.it\npec.c.it;", until: "2030-12-31" });
    next.outcome = { state: "failed", code: "anchor-fingerprint-differs" };
    session.deeds.addAnchor();
    await settle();
    expect(session.state.notice).toMatchObject({ at: "confirm-anchor", failed: true });
    expect(session.state.adding?.fingerprint).toBe("AB");
    next.outcome = { state: "done" };
    session.deeds.addAnchor();
    await settle();
    expect(requests.at(-1)).toEqual({
      name: "add-anchor",
      base64: "MAA=",
      fingerprint: "AB",
      source: "radice.pem",
      domains: ["pec.a.it", "pec.b.it", "pec.c.it"],
      notAfter: Date.UTC(2030, 11, 31, 23, 59, 59),
    });
    expect(session.state).toMatchObject({ adding: null, notice: { key: "options_anchor_added" } });
  });

  it("proposes the authorities of a restored file with their limits, and adds none", async () => {
    const { session, requests, next, settle } = setUp();
    const anchor = {
      candidate: usable,
      source: "radice.pem",
      domains: ["pec.a.it", "pec.b.it"],
      notAfter: Date.UTC(2030, 11, 31, 23),
    };
    const other = { ...anchor, domains: [], notAfter: null };
    next.outcome = { state: "restored", records: 3, receipts: 1200, anchors: [other, anchor] };
    session.deeds.restoreBackup("copia.json", Promise.resolve("{}"));
    await settle();
    expect(requests).toEqual([{ name: "restore-backup", text: "{}" }]);
    expect(session.state.notice).toMatchObject({ key: "options_restored_anchors", values: ["1200", "3", "2"] });
    expect(session.state.adding).toMatchObject({ fileName: "copia.json", chosen: null, domains: "", until: "" });
    session.deeds.fillIn({ chosen: 1, fingerprint: "" });
    expect(session.state.adding).toMatchObject({ domains: "pec.a.it, pec.b.it", until: "2030-12-31" });
    session.deeds.fillIn({ chosen: 0, fingerprint: "" });
    expect(session.state.adding).toMatchObject({ domains: "", until: "" });
  });

  it("asks for the permission in the click that lets mail be touched, and for none to stop", async () => {
    const { session, asked, requests, settle } = setUp({ permitted: false });
    session.deeds.setMailWork("order", true);
    expect(asked).toEqual([["order"]]);
    await settle();
    expect(requests).toEqual([]);
    expect(session.state.notice).toMatchObject({
      at: "work order",
      key: "options_error_work_not_permitted",
      failed: true,
    });
    session.deeds.setMailWork("order", false);
    await settle();
    expect(asked).toHaveLength(1);
    expect(requests).toEqual([{ name: "set-mail-work", work: "order", on: false }]);
  });

  it("chooses for nobody among several, and adds nothing that is not chosen", async () => {
    const { session, requests, next, settle } = setUp();
    next.outcome = { state: "candidates", candidates: [usable, usable] };
    session.deeds.chooseAnchorFile("radici.pem", Promise.resolve(new Uint8Array([1])));
    await settle();
    expect(session.state.adding?.chosen).toBeNull();
    session.deeds.addAnchor();
    await settle();
    expect(requests).toHaveLength(1);
    session.deeds.cancelAdding();
    expect(session.state.adding).toBeNull();
  });

  it("asks once before it removes, and takes a removal back", async () => {
    const { session, requests, settle } = setUp();
    await session.refresh();
    session.deeds.ask("remove ab");
    expect(session.state.asking).toBe("remove ab");
    expect(requests).toHaveLength(1);
    session.deeds.removeAnchor("ab");
    await settle();
    expect(session.state).toMatchObject({ asking: null, removed: ANCHOR });
    session.deeds.restoreAnchor();
    await settle();
    expect(requests.at(-1)).toEqual({ name: "restore-anchor", anchor: ANCHOR });
    expect(session.state.removed).toBeNull();
  });

  it("does one thing at a time, and says when a file cannot be read", async () => {
    const { session, requests, settle } = setUp();
    session.deeds.importRecords(Promise.reject(new Error("unreadable")));
    session.deeds.deleteRecords();
    await settle();
    expect(requests).toEqual([]);
    expect(session.state).toMatchObject({ busy: null, notice: { at: "import", failed: true } });
  });

  it("is not put back to what it was by an answer that was asked for before", async () => {
    const { session, next, settle } = setUp();
    const before = deferred<boolean>();
    next.permitted = before.promise;
    const looking = session.refresh();
    next.permitted = null;
    next.options = { ...REPORT, records: { ...REPORT.records, keep: false } };
    session.deeds.setKeepRecords(false);
    await settle();
    expect(session.state.options?.records.keep).toBe(false);
    before.resolve(true);
    await looking;
    expect(session.state.options?.records.keep).toBe(false);
  });

  it("has words for every failure, in both languages", () => {
    const codes = [
      ["no-address", "not-permitted", "offline", "not-found", "redirected", "timeout", "too-large", "not-a-list"],
      ["not-stored", "anchor-not-a-certificate", "anchor-defective", "anchor-not-a-ca", "anchor-denied"],
      ["anchor-already-known", "anchor-fingerprint-differs", "anchor-domain-malformed", "revocation-file-unreadable"],
      ["revocation-files-too-many", "records-file-unreadable", "records-unavailable", "save-failed", "internal"],
    ].flat();
    for (const locale of ["it", "en"] as const) {
      const messages = readMessages(locale);
      for (const code of codes) expect(Object.keys(messages)).toContain(`options_error_${code.replaceAll("-", "_")}`);
    }
  });
});
