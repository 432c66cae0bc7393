import { describe, expect, it } from "vitest";
import { createRevocationData } from "../../../src/app/trust/revocation-data.ts";
import { createTrouble } from "../../../src/app/trouble.ts";
import type { CertificateSummary, Inspection, SignatureReport } from "../../../src/core/index.ts";
import type { FetchedList } from "../../../src/ports/list-fetcher.ts";
import type { StoredRevocationData } from "../../../src/ports/revocation-store.ts";
import { deferred, inspection, memorySettings, storageTrouble } from "../fakes.ts";

const START = Date.UTC(2026, 10, 22);
const HOUR = 3_600_000;
const URL_A = "http://crl.autorita.test/a";
const URL_B = "http://crl.autorita.test/b";

/** A list whose first byte says for how many hours it is current; zero is no list. */
const list = (hours: number): Uint8Array => new Uint8Array([hours, 1, 2]);
const fetched = (bytes: Uint8Array): FetchedList => ({ state: "fetched", bytes });

function setUp({ alwaysAsk = false, permitted = [URL_A, URL_B] as readonly string[] } = {}) {
  const clock = { now: START };
  const stored = new Map<string, StoredRevocationData>();
  const allowed = new Set(permitted);
  const question = deferred<undefined>();
  const fetches: string[] = [];
  const state: { broken: boolean; answer: (url: string) => Promise<FetchedList> } = {
    broken: false,
    answer: () => Promise.resolve(fetched(list(24))),
  };
  const guarded = <T>(work: () => T): Promise<T> =>
    state.broken ? Promise.reject(storageTrouble("unavailable")) : Promise.resolve(work());
  const data = createRevocationData({
    store: {
      all: () => guarded(() => [...stored.values()]),
      put: (each) => guarded(() => void stored.set(each.id, each)),
      remove: (id) => guarded(() => void stored.delete(id)),
    },
    fetcher: {
      mayFetch: (url) => Promise.resolve(allowed.has(url)),
      permissionAnswered: () => question.promise,
      fetch: (url) => {
        fetches.push(url);
        return state.answer(url);
      },
    },
    settings: memorySettings({ alwaysAsk }),
    trouble: createTrouble(),
    now: () => clock.now,
    summarizeList: (der) => ({
      issuer: "CN=Autorità",
      thisUpdate: START - HOUR,
      nextUpdate: START + (der[0] ?? 0) * HOUR,
      number: "7",
    }),
    readFile: (bytes) => Promise.resolve(bytes[0] === 0 ? null : { kind: "list", der: bytes, sha256: bytes.join("") }),
  });
  /** The person answers the question, or time is up: nothing more is allowed then. */
  const answerQuestion = (...urls: readonly string[]): void => {
    for (const url of urls) allowed.add(url);
    question.resolve(undefined);
  };
  return { data, clock, stored, fetches, state, answerQuestion };
}

/** Found of a signer whose path holds. */
const ASKED: Inspection["checks"][number] = { id: "revocation", outcome: "NOT_DONE", detail: {} };

const signedBy = (signer: Partial<CertificateSummary>, checks: Inspection["checks"] = [ASKED]) =>
  inspection({
    checks,
    signature: {
      signer: { crlDistributionPoints: [URL_A], notAfter: START + 1000 * HOUR, ...signer },
    } as SignatureReport,
  });

describe("asked by a click", () => {
  it("fetches the first address that may be asked, and keeps the list", async () => {
    const { data, fetches, stored } = setUp({ permitted: [URL_B] });
    expect(await data.fetchFirst(["ldap://directory.test/cn=a", URL_A, URL_B])).toBeNull();
    expect(fetches).toEqual([URL_B]);
    expect(stored.get(URL_B)).toMatchObject({ kind: "list", origin: "network", storedAt: START });
    expect((await data.forInspection()).crls).toEqual([list(24)]);
  });

  it("tries the next address after one that fails", async () => {
    const { data, state } = setUp();
    state.answer = (url) => Promise.resolve(url === URL_A ? { state: "failed", code: "offline" } : fetched(list(24)));
    expect(await data.fetchFirst([URL_A, URL_B])).toBeNull();
  });

  it.each(["offline", "not-found", "redirected", "timeout", "too-large"] as const)("says %s", async (code) => {
    const { data, state, stored } = setUp();
    state.answer = () => Promise.resolve({ state: "failed", code });
    expect(await data.fetchFirst([URL_A])).toBe(code);
    expect(stored.size).toBe(0);
  });

  it("says what stops it before anything is sent", async () => {
    const { data, fetches } = setUp({ permitted: [] });
    expect(await data.fetchFirst([])).toBe("no-address");
    expect(await data.fetchFirst(["ldap://directory.test/", "file:///etc/passwd", "http://"])).toBe("no-address");
    expect(await data.fetchFirst([URL_A])).toBe("not-permitted");
    expect(fetches).toEqual([]);
  });

  it("keeps the former list when the answer is none, or cannot be kept", async () => {
    const { data, state, stored } = setUp();
    await data.fetchFirst([URL_A]);
    state.answer = () => Promise.resolve(fetched(list(0)));
    expect(await data.fetchFirst([URL_A])).toBe("not-a-list");
    state.broken = true;
    state.answer = () => Promise.resolve(fetched(list(48)));
    expect(await data.fetchFirst([URL_A])).toBe("not-stored");
    expect(stored.get(URL_A)?.bytes).toEqual(list(24));
  });

  it("sends one request for all who ask at once", async () => {
    const { data, state, fetches } = setUp();
    const answer = deferred<FetchedList>();
    state.answer = () => answer.promise;
    const both = Promise.all([data.fetchFirst([URL_A]), data.fetchFirst([URL_A])]);
    answer.resolve(fetched(list(24)));
    expect(await both).toEqual([null, null]);
    expect(fetches).toHaveLength(1);
    await data.fetchFirst([URL_A]);
    expect(fetches).toHaveLength(2);
  });
});

describe("asked while the person is being asked for the permission", () => {
  it("waits for the answer, and needs nobody to come back for it", async () => {
    const { data, fetches, answerQuestion } = setUp({ permitted: [] });
    const asked = data.fetchOncePermitted([URL_A]);
    expect(await data.fetchFirst([URL_A])).toBe("not-permitted");
    answerQuestion(URL_A);
    expect(await asked).toBeNull();
    expect(fetches).toEqual([URL_A]);
  });

  it("sends nothing when the answer is no, is about something else, or does not come", async () => {
    const { data, fetches, answerQuestion } = setUp({ permitted: [] });
    const asked = data.fetchOncePermitted([URL_A]);
    answerQuestion(URL_B);
    expect(await asked).toBe("not-permitted");
    expect(fetches).toEqual([]);
  });

  it("waits for nothing where it is permitted already, or nothing can be asked", async () => {
    const { data } = setUp({ permitted: [URL_A] });
    expect(await data.fetchOncePermitted([URL_A])).toBeNull();
    expect(await data.fetchOncePermitted([])).toBe("no-address");
  });
});

describe("asked by itself", () => {
  it("never happens unless the person said always", async () => {
    const { data, fetches } = setUp();
    expect(await data.fetchIfNeeded(signedBy({}))).toBe(false);
    expect(fetches).toEqual([]);
  });

  it("happens when no current list is there, and again when the next one is due", async () => {
    const { data, clock, fetches } = setUp({ alwaysAsk: true });
    expect(await data.fetchIfNeeded(signedBy({}))).toBe(true);
    expect(await data.fetchIfNeeded(signedBy({}))).toBe(false);
    clock.now += 23 * HOUR;
    expect(await data.fetchIfNeeded(signedBy({}))).toBe(false);
    clock.now += 2 * HOUR;
    expect(await data.fetchIfNeeded(signedBy({}))).toBe(true);
    expect(fetches).toHaveLength(2);
  });

  it("does not happen for ordinary mail, for an expired certificate, for one without an address, or without permission", async () => {
    const { data, fetches } = setUp({ alwaysAsk: true, permitted: [] });
    expect(await data.fetchIfNeeded(inspection())).toBe(false);
    expect(await data.fetchIfNeeded(signedBy({ notAfter: START - 1 }))).toBe(false);
    expect(await data.fetchIfNeeded(signedBy({ crlDistributionPoints: [] }))).toBe(false);
    expect(await data.fetchIfNeeded(signedBy({}))).toBe(false);
    expect(fetches).toEqual([]);
  });

  it("does not happen for a certificate without a path: a mail must not choose the address", async () => {
    const { data, fetches } = setUp({ alwaysAsk: true });
    expect(await data.fetchIfNeeded(signedBy({}, []))).toBe(false);
    expect(fetches).toEqual([]);
  });

  it("leaves a server alone for a while that failed, or that gives a list whose time is over", async () => {
    const { data, clock, state, fetches } = setUp({ alwaysAsk: true });
    state.answer = () => Promise.resolve({ state: "failed", code: "offline" });
    await data.fetchIfNeeded(signedBy({}));
    await data.fetchIfNeeded(signedBy({}));
    expect(fetches).toHaveLength(1);
    clock.now += HOUR;
    state.answer = () => Promise.resolve(fetched(new Uint8Array([1])));
    expect(await data.fetchIfNeeded(signedBy({}))).toBe(true);
    expect(await data.fetchIfNeeded(signedBy({}))).toBe(false);
    expect(fetches).toHaveLength(2);
  });

  it("leaves the verdict as it is when the database fails", async () => {
    const { data, state } = setUp({ alwaysAsk: true });
    state.broken = true;
    expect(await data.forInspection()).toEqual({ crls: [], ocspResponses: [] });
    expect(await data.fetchIfNeeded(signedBy({}))).toBe(false);
  });
});

describe("what is at hand", () => {
  it("is told with the addresses that could be asked", async () => {
    const { data } = setUp();
    expect((await data.report()).map(({ origin, stored }) => [origin, stored])).toEqual([
      ["known", null],
      ["known", null],
    ]);
    await data.fetchFirst([URL_A]);
    expect((await data.report())[0]).toEqual({
      id: URL_A,
      kind: "list",
      origin: "network",
      name: URL_A,
      stored: {
        at: START,
        size: 3,
        thisUpdate: START - HOUR,
        nextUpdate: START + 24 * HOUR,
        number: "7",
        issuer: "CN=Autorità",
      },
    });
    await data.forget(URL_A);
    expect((await data.forInspection()).crls).toEqual([]);
  });

  it("takes files, each once, and no more than every inspection can look through", async () => {
    const { data, stored } = setUp();
    expect(await data.addFile("a.crl", list(0))).toBe("revocation-file-unreadable");
    expect(await data.addFile("a.crl", list(5))).toBeNull();
    expect(await data.addFile("b.crl", list(5))).toBeNull();
    expect(stored.size).toBe(1);
    for (let hours = 6; hours < 60; hours += 1) await data.addFile(`${String(hours)}.crl`, list(hours));
    expect(stored.size).toBe(40);
    expect(await data.addFile("c.crl", list(99))).toBe("revocation-files-too-many");
  });
});
