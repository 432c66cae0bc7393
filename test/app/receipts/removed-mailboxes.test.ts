import { describe, expect, it } from "vitest";
import { openNotice } from "../../../src/app/open-notice.ts";
import { createRemovedMailboxes } from "../../../src/app/receipts/removed-mailboxes.ts";
import type { Notice } from "../../../src/ports/notifier.ts";
import { translator } from "../../pages/messages.ts";

const MARIO = "mario.rossi@pec.test";
const ANNA = "anna.verdi@pec.test";
const STRANGER = "chi.scrive@pec.altrove.test";

function setUp({ other = false }: { other?: boolean } = {}) {
  const notes = new Map<string, unknown>();
  const notices: Notice[] = [];
  const held = { senders: [MARIO, ANNA, STRANGER], own: [MARIO, ANNA, "io@posta.test"] };
  /** As after the background page was stopped. */
  const started = () =>
    createRemovedMailboxes({
      ledger: { senders: () => Promise.resolve(held.senders) },
      ownAddresses: () => Promise.resolve(held.own),
      notes: {
        read: (name) => Promise.resolve(notes.get(name)),
        write: (name, value) => Promise.resolve(void notes.set(name, JSON.parse(JSON.stringify(value)) as unknown)),
      },
      notifier: { show: (notice) => Promise.resolve(void notices.push(notice)) },
      otherIsActive: () => Promise.resolve(other),
      translate: translator("it"),
    });
  return { started, notices, held };
}

describe("an account that is removed", () => {
  it("is asked about once, and the others are not, also where that woke the background page", async () => {
    const { started, notices, held } = setUp();
    await started().remember();
    held.own = [ANNA];
    const woken = started();
    await Promise.all([woken.remember(), woken.removed()]);
    await woken.removed();
    expect(notices.map(({ text }) => text)).toEqual([
      `Il registro contiene ancora le PEC inviate da ${MARIO}. Fai clic per decidere se tenerle o toglierle.`,
    ]);
  });

  it("leads to the page where its PEC can be forgotten", async () => {
    const { started, notices, held } = setUp();
    const removed = started();
    await removed.remember();
    held.own = [];
    await removed.removed();
    const opened: string[] = [];
    const unused = () => Promise.reject(new Error("not asked"));
    for (const { id } of notices) {
      await openNotice(id, {
        ledger: { find: unused },
        mailbox: { find: unused, open: unused },
        button: { open: () => Promise.resolve(void opened.push("ledger")) },
        opener: { openAccountPage: unused },
      });
    }
    expect(opened).toEqual(["ledger", "ledger"]);
  });

  it("is nobody's business where the ledger knows nothing of it, or no longer does, or beside the other package", async () => {
    const { started, notices, held } = setUp();
    const removed = started();
    await removed.remember();
    held.own = [MARIO, ANNA];
    await removed.removed();
    held.senders = [STRANGER];
    held.own = [];
    await removed.removed();
    const beside = setUp({ other: true });
    await beside.started().remember();
    beside.held.own = [];
    await beside.started().removed();
    expect([...notices, ...beside.notices]).toEqual([]);
  });
});
