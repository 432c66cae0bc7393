import { describe, expect, test } from "vitest";
import { operatorById } from "../../../src/core/providers/find-operator.ts";
import { readRecipients } from "../../../src/core/sending/recipients.ts";
import {
  bccFinding,
  sendingFindings,
  type OutgoingPec,
  type SendingFindingId,
} from "../../../src/core/sending/sending-findings.ts";
import { sendingLimits } from "../../../src/core/sending/sending-limits.ts";

const FROM = "chiara.montaldi@pec.avvocati-esempio.test";
const nobody = readRecipients([]);
const many = (count: number) =>
  readRecipients(Array.from({ length: count }, (_, index) => `ufficio${String(index)}@pec.comune-inventato.test`));

/** A message with which nothing is wrong, but for what is said. */
function pec(difference: Partial<OutgoingPec> = {}): OutgoingPec {
  return {
    from: FROM,
    mailboxAddresses: [FROM],
    to: readRecipients(["anna@pec.foro.test"]),
    cc: nobody,
    bcc: nobody,
    automaticBcc: [],
    ordinaryServer: null,
    subject: "Diffida",
    receiptKind: "completa",
    size: 20_000,
    attachments: ["Diffida.pdf"],
    limits: sendingLimits(null),
    ordinary: new Set(),
    answered: null,
    ...difference,
  };
}

const found = (difference: Partial<OutgoingPec>) => sendingFindings(pec(difference));
const only = (difference: Partial<OutgoingPec>) => {
  const findings = found(difference);
  expect(findings).toHaveLength(1);
  return findings[0];
};

test("nothing is found in a message to one PEC recipient", () => {
  expect(found({})).toEqual([]);
});

describe("what is stopped", () => {
  test("any recipient in Bcc, a mailing list as well, before everything else", () => {
    const [first, ...others] = found({ bcc: readRecipients(["socio@pec.foro.test", "Soci <Soci>"]), subject: "" });
    expect(first).toMatchObject({
      id: "bcc",
      weight: "stop",
      about: ["socio@pec.foro.test", "Soci"],
      fixes: ["remove-bcc", "bcc-to-recipients"],
    });
    expect(others.map(({ id }) => id)).toEqual(["no-subject"]);
  });

  test("a Bcc that the identity adds by itself can be switched off", () => {
    const bcc = readRecipients(["Archivio@studio.example"]);
    expect(bccFinding({ bcc, automaticBcc: ["archivio@studio.example"] })?.fixes).toEqual([
      "remove-automatic-bcc",
      "remove-bcc",
    ]);
  });

  test("nobody in To: copies can become recipients", () => {
    expect(only({ to: nobody, cc: readRecipients(["anna@pec.foro.test"]) })).toMatchObject({
      id: "no-to",
      weight: "stop",
      fixes: ["copies-to-recipients"],
    });
    expect(only({ to: nobody })).toMatchObject({ id: "no-to", fixes: [] });
  });

  test("a group without members in To is nobody", () => {
    expect(only({ to: readRecipients(["undisclosed-recipients:;"]) })).toMatchObject({ id: "no-to" });
  });
});

describe("what is warned of", () => {
  const warning = (id: SendingFindingId) => ({ id, weight: "warning" });

  test("From is not the mailbox's address; upper case is no difference, and where the mailbox is not known nothing is said", () => {
    expect(only({ from: "studio@pec.avvocati-esempio.test" })).toMatchObject({
      ...warning("from-differs"),
      about: ["studio@pec.avvocati-esempio.test"],
      values: [FROM],
      fixes: ["own-address"],
    });
    expect(found({ from: FROM.toUpperCase() })).toEqual([]);
    expect(found({ from: "studio@pec.avvocati-esempio.test", mailboxAddresses: [] })).toEqual([]);
  });

  test("a server that makes no PEC of it, after what is stopped and before what costs less", () => {
    expect(only({ ordinaryServer: "smtp.gmail.com" })).toMatchObject({
      ...warning("ordinary-server"),
      values: ["smtp.gmail.com"],
      fixes: ["check-account"],
    });
    const all = found({ ordinaryServer: "smtp.gmail.com", to: nobody, from: "studio@pec.avvocati-esempio.test" });
    expect(all.map(({ id }) => id)).toEqual(["no-to", "ordinary-server", "from-differs"]);
  });

  test("a recipient in Cc gets a receipt without content, unless nobody's has any", () => {
    const cc = readRecipients(["bruno@pec.foro.test", "ANNA@pec.foro.test"]);
    expect(only({ cc })).toMatchObject({ ...warning("copies"), about: ["bruno@pec.foro.test"] });
    expect(found({ cc, receiptKind: "sintetica" })).toEqual([]);
  });

  test("more recipients than the guaranteed 50, and not more than the provider's own number", () => {
    expect(found({ to: many(50) })).toEqual([]);
    expect(only({ to: many(51) })).toMatchObject({ ...warning("too-many-recipients"), values: [51, 50, ""] });
    const limits = sendingLimits(operatorById("infocert"));
    expect(found({ to: many(500), limits, size: 1_000 })).toEqual([]);
    expect(only({ to: many(501), limits, size: 1_000 })).toMatchObject({
      id: "too-many-recipients",
      values: [501, 500, "Legalmail (InfoCert)"],
    });
  });

  test("nobody counts twice", () => {
    expect(found({ to: many(50), cc: many(50) })).toEqual([]);
  });

  test("size times recipients over the guaranteed 30 MB, or over the provider's own limit", () => {
    const two = readRecipients(["anna@pec.foro.test", "bruno@pec.foro.test"]);
    expect(found({ to: two, size: 15_000_000 })).toEqual([]);
    expect(only({ to: two, size: 15_000_001 })).toMatchObject({
      ...warning("too-large"),
      values: [15_000_001, 2, 30_000_002, 30_000_000, ""],
    });
    const aruba = sendingLimits(operatorById("aruba"));
    expect(found({ to: two, size: 50_000_000, limits: aruba })).toEqual([]);
    expect(only({ to: two, size: 50_000_001, limits: aruba })).toMatchObject({
      id: "too-large",
      values: [50_000_001, 2, 100_000_002, 100_000_000, "Aruba PEC"],
    });
    // Not divided among the recipients there.
    const infocert = sendingLimits(operatorById("infocert"));
    expect(found({ to: two, size: 50_000_000, limits: infocert })).toEqual([]);
    expect(only({ to: two, size: 50_000_001, limits: infocert })).toMatchObject({ id: "too-large" });
  });

  test("recipients whom an acceptance called ordinary mail are named", () => {
    const to = readRecipients(["Anna@pec.foro.test", "Ivo <Ivo.Talpa@studio.example>"]);
    expect(only({ to, ordinary: new Set(["ivo.talpa@studio.example"]) })).toMatchObject({
      ...warning("ordinary-recipients"),
      about: ["Ivo.Talpa@studio.example"],
    });
  });

  test("no subject", () => {
    expect(only({ subject: " \t" })).toMatchObject(warning("no-subject"));
  });

  test("attachments whose names break, in a brief receipt only", () => {
    const attachments = ["Perizia dell'età.pdf", "Diffida.pdf"];
    expect(found({ attachments })).toEqual([]);
    expect(only({ attachments, receiptKind: "breve" })).toMatchObject({
      ...warning("brief-names"),
      about: ["Perizia dell'età.pdf"],
    });
  });

  test("an answer to the provider's own mailbox: the sender can be answered when the message carries one", () => {
    const serviceAddress = "posta-certificata@pec.gestore-uno.test";
    const to = readRecipients([`"Per conto di: anna@pec.foro.test" <${serviceAddress}>`]);
    expect(only({ to, answered: { serviceAddress, subject: "Diffida" } })).toMatchObject({
      ...warning("answers-provider"),
      fixes: ["answer-sender"],
    });
    expect(only({ to, answered: { serviceAddress, subject: null } })).toMatchObject({ fixes: [] });
  });
});

describe("what is noted", () => {
  test("a mailing list, which is opened only as the message is sent", () => {
    expect(only({ to: readRecipients(["Soci <Soci>"]) })).toMatchObject({
      id: "lists",
      weight: "note",
      about: ["Soci"],
    });
  });

  test("a subject with the provider's prefix; one that the sender wrote so is his own", () => {
    const answered = { serviceAddress: "posta-certificata@pec.gestore-uno.test", subject: "Diffida" };
    expect(only({ answered, subject: "Re: POSTA CERTIFICATA: Diffida" })).toMatchObject({
      id: "provider-subject",
      weight: "note",
      fixes: ["original-subject"],
    });
    expect(found({ answered, subject: "Re: Diffida" })).toEqual([]);
    const doubled = { ...answered, subject: "POSTA CERTIFICATA: Diffida" };
    expect(found({ answered: doubled, subject: "R: POSTA CERTIFICATA: Diffida" })).toEqual([]);
    expect(only({ answered: doubled, subject: "Re: POSTA CERTIFICATA: POSTA CERTIFICATA: Diffida" })).toMatchObject({
      id: "provider-subject",
    });
  });
});
