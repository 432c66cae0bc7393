import { describe, expect, it } from "vitest";
import { inspectMessage, type InspectMessageDependencies } from "../../../src/app/message/inspect-message.ts";
import type { Inspection } from "../../../src/core/index.ts";
import { deferred, inspection } from "../fakes.ts";

const AUTHORITIES = { anchors: [], issuingKeys: [], intermediates: [], denied: [] };

function setUp(fetching: Promise<boolean>) {
  const seen: unknown[] = [];
  const kept: Inspection[] = [];
  const changes: string[] = [];
  const records = { find: () => Promise.resolve(null) };
  const dependencies: InspectMessageDependencies = {
    inspect: (_bytes, options) => {
      seen.push(options);
      return Promise.resolve(inspection());
    },
    anchors: { authorities: () => Promise.resolve(AUTHORITIES) },
    revocation: {
      forInspection: () => Promise.resolve({ crls: [new Uint8Array([1])], ocspResponses: [] }),
      fetchIfNeeded: () => fetching,
    },
    book: {
      records,
      keep: (made) => {
        kept.push(made);
        return Promise.resolve();
      },
    },
    now: () => 42,
    verdictsChanged: () => changes.push("changed"),
  };
  return { dependencies, seen, kept, changes, records };
}

describe("an inspection", () => {
  it("knows all that this computer knows, and is noted", async () => {
    const { dependencies, seen, kept, records } = setUp(Promise.resolve(false));
    const made = await inspectMessage(new Uint8Array(), dependencies);
    expect(seen).toEqual([{ now: 42, anchors: AUTHORITIES, records, crls: [new Uint8Array([1])], ocspResponses: [] }]);
    expect(kept).toEqual([made]);
  });

  it("waits for no list; when one comes, verdicts are made anew", async () => {
    const list = deferred<boolean>();
    const { dependencies, changes } = setUp(list.promise);
    await inspectMessage(new Uint8Array(), dependencies);
    expect(changes).toEqual([]);
    list.resolve(true);
    await list.promise;
    await Promise.resolve();
    expect(changes).toEqual(["changed"]);
  });
});
