import { describe, expect, it } from "vitest";
import { forwardDraft, replyDraft } from "../../../src/app/message/draft.ts";
import type { OriginalMessage } from "../../../src/core/index.ts";

const translate = (key: string, substitutions: readonly string[] = []): string => [key, ...substitutions].join(" ");

const mario = { displayName: "Mario Rossi", address: "mario@pec.it" };

const ORIGINAL: OriginalMessage = {
  from: "Mario Rossi <mario@pec.it>",
  fromAddress: "mario@pec.it",
  to: 'Anna <anna@pec.it>, "Bianchi, Luca" <luca@pec.it>',
  cc: "carla@pec.it, LUCA@pec.it",
  replyTo: "",
  people: {
    from: [mario],
    to: [
      { displayName: "Anna", address: "anna@pec.it" },
      { displayName: "Bianchi, Luca", address: "luca@pec.it" },
    ],
    cc: [
      { displayName: "", address: "carla@pec.it" },
      { displayName: "", address: "LUCA@pec.it" },
    ],
    replyTo: [],
  },
  subject: "Oggetto",
  date: "Thu, 16 Oct 2025 18:30:00 +0200",
  messageId: "<x@pec.it>",
  attachments: [],
};

function reply(difference: Partial<OriginalMessage> = {}, all = false, text = "Uno\nDue") {
  return replyDraft({ ...ORIGINAL, ...difference }, text, { all, ownAddresses: ["anna@pec.it"], translate });
}

describe("a reply", () => {
  it("goes to the real sender, with the original's subject and text", () => {
    expect(reply()).toEqual({
      to: ['"Mario Rossi" <mario@pec.it>'],
      cc: [],
      subject: "Re: Oggetto",
      body: "\n\nquote_reply Thu, 16 Oct 2025 18:30:00 +0200 Mario Rossi <mario@pec.it>\n> Uno\n> Due\n",
      attachments: [],
    });
  });

  it("goes to the address that the sender asked answers to", () => {
    const replyTo = [{ displayName: "", address: "studio@pec.it" }];
    expect(reply({ people: { ...ORIGINAL.people, replyTo } }).to).toEqual(["studio@pec.it"]);
  });

  it("to all leaves out oneself, the sender, and everybody named twice", () => {
    expect(reply({}, true).cc).toEqual(['"Bianchi, Luca" <luca@pec.it>', "carla@pec.it"]);
  });

  it("keeps what cannot be an address out, and quotes names", () => {
    const from = [
      { displayName: 'Rossi "il" \\ Mario', address: "" },
      { displayName: 'Rossi "il" \\ Mario, <capo@banca.it>', address: "mario@pec.it" },
    ];
    expect(reply({ people: { ...ORIGINAL.people, from } }).to).toEqual([
      '"Rossi \\"il\\" \\\\ Mario, <capo@banca.it>" <mario@pec.it>',
    ]);
  });

  it("adds Re: once", () => {
    expect(reply({ subject: "RE: Oggetto" }).subject).toBe("RE: Oggetto");
  });

  it("has no line break in its subject", () => {
    expect(reply({ subject: "Oggetto\r\nBcc: spia@x.it" }).subject).toBe("Re: Oggetto Bcc: spia@x.it");
  });

  it("quotes a quotation without a blank, and cuts what no window could hold", () => {
    expect(reply({}, false, "> prima\r\nmia").body).toContain("\n>> prima\n> mia\n");
    expect(reply({}, false, "x".repeat(1_000_000)).body.length).toBeLessThan(300_000);
  });
});

describe("a forward", () => {
  it("has the original's fields, text and attachments", () => {
    const attachments = [{ name: "a.pdf", contentType: "application/pdf", bytes: new Uint8Array(1) }];
    const draft = forwardDraft({ ...ORIGINAL, cc: "" }, "Testo", attachments, translate);
    expect(draft).toEqual({
      to: [],
      cc: [],
      subject: "Fwd: Oggetto",
      body: [
        "",
        "",
        "quote_forward",
        "quote_subject Oggetto",
        "quote_date Thu, 16 Oct 2025 18:30:00 +0200",
        "quote_from Mario Rossi <mario@pec.it>",
        'quote_to Anna <anna@pec.it>, "Bianchi, Luca" <luca@pec.it>',
        "",
        "Testo",
      ].join("\n"),
      attachments,
    });
  });
});
