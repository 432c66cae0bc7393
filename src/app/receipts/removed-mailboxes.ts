// Belongs here: noticing that an account was removed whose PEC the ledger knows, and asking what is to become of them.
// Does NOT belong here: forgetting them, which the person orders on the ledger page (see answer-ledger.ts).
//
// What is told of a removed account is its key alone. So the addresses of the ledger that have an account are noted beforehand.
import type { LedgerStore } from "../../ports/ledger-store.ts";
import type { Notifier } from "../../ports/notifier.ts";
import type { SessionNotes } from "../../ports/session-notes.ts";
import type { Translate } from "../../ports/translate.ts";

const NOTE = "mailboxesWithAccount";

export interface RemovedMailboxes {
  /** Notes which mailboxes of the ledger have an account; those that were noted stay so until `removed`. */
  remember(): Promise<void>;
  /** An account was removed. */
  removed(): Promise<void>;
}

export interface RemovedMailboxesDependencies {
  readonly ledger: Pick<LedgerStore, "senders">;
  /** Addresses of the accounts of this Thunderbird, in lower case. */
  readonly ownAddresses: () => Promise<readonly string[]>;
  readonly notes: SessionNotes;
  readonly notifier: Notifier;
  /** The other package is active and does all this. */
  readonly otherIsActive: () => Promise<boolean>;
  readonly translate: Translate;
}

export function createRemovedMailboxes(dependencies: RemovedMailboxesDependencies): RemovedMailboxes {
  const { ledger, ownAddresses, notes, notifier, otherIsActive, translate } = dependencies;
  /** One after the other: each writes the whole list. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };

  async function noted(): Promise<readonly string[]> {
    const value = await notes.read(NOTE);
    return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
  }

  /** Of the ledger, and with an account. */
  async function present(): Promise<readonly string[]> {
    const [senders, own] = await Promise.all([ledger.senders(), ownAddresses()]);
    return senders.filter((address) => own.includes(address));
  }

  async function remember(): Promise<void> {
    const before = await noted();
    const all = [...new Set([...before, ...(await present())])];
    if (all.length > before.length) await notes.write(NOTE, all);
  }

  async function ask(): Promise<void> {
    const [before, now] = await Promise.all([noted(), present()]);
    // Forgotten before it is told, so that nobody is asked twice.
    await notes.write(NOTE, now);
    if (await otherIsActive()) return;
    const known = await ledger.senders();
    for (const address of before) {
      if (now.includes(address) || !known.includes(address)) continue;
      await notifier.show({
        id: `removed ${address}`,
        title: translate("notice_removed_title"),
        text: translate("notice_removed", [address]),
      });
    }
  }

  return { remember: () => inTurn(remember), removed: () => inTurn(ask) };
}
