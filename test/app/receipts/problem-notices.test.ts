import { describe, expect, it } from "vitest";
import { problemNotices } from "../../../src/app/receipts/problem-notices.ts";
import { type LedgerEntry, problemsOf, type Receipt, sentStatus, withEvent } from "../../../src/core/index.ts";
import { aReceipt, after, ANNA } from "../../core/receipts/a-receipt.ts";

/** What the notice of a failed delivery is made of. */
async function words(subject: string, recipient = ANNA): Promise<readonly string[]> {
  const receipt: Receipt = aReceipt("errore-consegna", 1, recipient, {
    subject,
    recipients: [{ indirizzo: recipient, tipo: "certificato" }],
  });
  const entry: LedgerEntry = withEvent([], { type: "receipt", receipt });
  const problems = problemsOf(entry, sentStatus(entry, after(2)));
  const kept = problems.map((problem) => ({ ...problem, links: entry.links, told: false, acknowledged: false }));
  const translate = (key: string, values: readonly string[] = []): string => [key, ...values].join("|");
  const [notice] = await problemNotices(kept, { translate, find: () => Promise.resolve(entry) });
  return notice?.text.split("|") ?? [];
}

describe("a notice", () => {
  it("names subject and address", async () => {
    expect(await words("Diffida")).toEqual(["notice_not_delivered", "Diffida", ANNA]);
  });

  it.each([
    ["Diffida \u202e atad", "Diffida \ufffd atad"],
    ["uno\r\n\u2028due\u0000\u001btre", "uno due tre"],
    ["a\u200bb\u2066c\ufeff", "a\ufffdb\ufffdc"],
    ["\u{1f468}\u200d\u{1f469}", "\u{1f468}\u{1f469}"],
    ["\ud800x", "\ufffdx"],
    ["\r\n", "notice_no_subject"],
  ])("turns nothing around and hides nothing: %j", async (subject, shown) => {
    expect((await words(subject))[1]).toBe(shown);
  });

  it("shows what an address hides", async () => {
    expect((await words("Diffida", "an\u200bna@pec.foro.test"))[2]).toBe("an\ufffdna@pec.foro.test");
  });

  it("is short, and cuts no character in two", async () => {
    const [, subject = "", who = ""] = await words("\u{1f468}".repeat(300_000), `${"a".repeat(5_000)}@pec.test`);
    expect(subject).toBe(`${"\u{1f468}".repeat(39)}…`);
    expect(who).toBe(`${"a".repeat(99)}…`);
  });
});
