import { expect, it } from "vitest";
import { receiptsSpace } from "../../../src/app/accounts/receipts-space.ts";
import type { ListedMessage, MailFolder } from "../../../src/ports/mail-folders.ts";

const folder = (id: string, accountId = "account1"): MailFolder => ({
  id,
  accountId,
  name: id,
  role: "other",
  isOnServer: true,
});

const message = (author: string, subject: string, size: number): ListedMessage => ({
  id: 1,
  headerMessageId: "a@pec.test",
  author,
  recipients: [],
  subject,
  date: null,
  size,
});

const SERVICE = "posta-certificata@pec.aruba.it";

/** Folders with these messages, a page each; `null`: gone by the time it is listed. */
function folders(held: Readonly<Record<string, readonly (readonly ListedMessage[])[] | null>>) {
  const listed: string[] = [];
  return {
    listed,
    all: () => Promise.resolve([...Object.keys(held).map((id) => folder(id)), folder("another's", "account2")]),
    async *list(id: string) {
      listed.push(id);
      const pages = held[id];
      if (pages === null || pages === undefined) throw new Error("No such folder");
      yield* await Promise.resolve(pages);
    },
  };
}

it("sums the sizes of receipts in every folder of that account, and of nothing else", async () => {
  const given = folders({
    inbox: [
      [
        message(SERVICE, "ACCETTAZIONE: Atto", 4_000),
        message(SERVICE, "CONSEGNA: Atto", 2_000_000),
        message(`"Per conto di: a@b.it" <${SERVICE}>`, "POSTA CERTIFICATA: Risposta", 5_000_000),
        message("collega@studio.example", "CONSEGNA: Atto", 6_000_000),
      ],
      [message(SERVICE, "AVVISO DI MANCATA CONSEGNA: Atto", 6_000)],
    ],
    Ricevute: [[message(SERVICE, "CONSEGNA: Altro", 1_000_000)]],
  });
  expect(await receiptsSpace("account1", given)).toEqual({ count: 4, bytes: 3_010_000, isWhole: true });
  expect(given.listed).toEqual(["inbox", "Ricevute"]);
});

it("says that there may be more when a folder cannot be listed, or when there are too many messages", async () => {
  const receipts = [message(SERVICE, "CONSEGNA: Atto", 1_000)];
  expect(await receiptsSpace("account1", folders({ gone: null, inbox: [receipts] }))).toEqual({
    count: 1,
    bytes: 1_000,
    isWhole: false,
  });
  const page = Array.from({ length: 50_000 }, () => message(SERVICE, "CONSEGNA: Atto", 1));
  const many = folders({ inbox: [page, page], other: [receipts] });
  expect(await receiptsSpace("account1", many)).toEqual({ count: 50_000, bytes: 50_000, isWhole: false });
  expect(many.listed).toEqual(["inbox"]);
});
