import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { inspect, shippedAuthorities, withExtraAuthorities } from "../../src/core/index.ts";
import { FATES, processSubmission, type ProviderScript } from "./answering-provider.ts";
import { extraAuthorities } from "./demo-authorities.ts";
import { at, DAY } from "./local-time.ts";
import { CRLF, toBytes, toByteString } from "./mime-builder.ts";
import type { Submission } from "./submission.ts";

const SENDER = "chiara.montaldi@pec.avvocati-esempio.test";
const A = "amministrazione@pec.edilnova-costruzioni.test";
const B = "studio.ferri@pec.foro-esempio.test";
const ORDINARY = "ivo.talpa@studio-perizie.example";
const COPY = "protocollo@pec.comune-inventato.test";
const ACCEPTED = at("2026-11-10T10:02:00+01:00");
const ATTACHED = "%PDF-1.4 prova";

/** As Thunderbird writes it: folds, encoded words in both encodings, quoted names. */
function submission(change: (text: string) => string = (text) => text): Submission {
  const lines = [
    'Content-Type: multipart/mixed; boundary="------------abc"',
    "Message-ID: <ab12@pec.avvocati-esempio.test>",
    "Date: Tue, 10 Nov 2026 10:01:50 +0100",
    "MIME-Version: 1.0",
    `To: ${A}, "Ferri, Studio" <${B}>,`,
    ` =?UTF-8?Q?Ivo_Talp=C3=A0?= <${ORDINARY}>`,
    `Cc: ${COPY}`,
    `From: Chiara Montaldi <${SENDER}>`,
    "Subject: =?UTF-8?B?RGlmZmlkYTogcGVyY2jDqSBp?=",
    " =?UTF-8?Q?_lavori?=",
    "",
    "This is a multi-part message in MIME format.",
    "--------------abc",
    "Content-Type: text/plain; charset=UTF-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    "Gentile Collega",
    "",
    "--------------abc",
    'Content-Type: application/pdf; name="perizia.pdf"',
    'Content-Disposition: attachment; filename="perizia.pdf"',
    "Content-Transfer-Encoding: base64",
    "",
    Buffer.from(ATTACHED).toString("base64"),
    "",
    "--------------abc--",
    "",
  ];
  return {
    bytes: toBytes(change(lines.join(CRLF))),
    reversePath: SENDER,
    recipients: [A, B, ORDINARY, COPY],
  };
}

const SCRIPT: ProviderScript = {
  acceptedAt: ACCEPTED,
  recipients: {
    [B]: { certified: true, events: [{ kind: "failed", after: 9_000, errore: "altro", reason: "5.2.2 - X - piena" }] },
    [ORDINARY]: FATES.ordinaryMailBounced,
    [COPY]: FATES.late12ThenDelivered,
  },
};

async function inspected(bytes: Uint8Array): Promise<Awaited<ReturnType<typeof inspect>>> {
  return inspect(bytes, {
    now: ACCEPTED + 2 * DAY,
    anchors: await withExtraAuthorities(await shippedAuthorities(), extraAuthorities),
    records: { find: () => Promise.resolve(null) },
  });
}

describe("processSubmission", () => {
  it("answers as the recipients' fates say, in the order of the certified times, under good seals", async () => {
    const { answers, envelope, identifier } = processSubmission(submission(), SCRIPT);
    expect(answers.map(({ kind, recipient, at: when }) => [kind, recipient, when - ACCEPTED])).toEqual([
      ["acceptance", null, 0],
      ["failed", B, 9_000],
      ["delivered", A, 20_000],
      ["bounced", ORDINARY, 120_000],
      ["late", COPY, 12 * 3_600_000],
      ["delivered", COPY, 13 * 3_600_000],
    ]);
    for (const { bytes, kind, recipient, at: when } of answers) {
      const { seal, daticert } = await inspected(bytes);
      expect([kind, seal.indication]).toEqual([kind, "TOTAL-PASSED"]);
      if (kind === "bounced") continue;
      expect(daticert).toMatchObject({
        mittente: SENDER,
        oggetto: "Diffida: perché i lavori",
        identificativo: identifier,
        msgid: "ab12@pec.avvocati-esempio.test",
        consegna: recipient,
        data: { instant: when },
      });
      if (kind === "failed") expect(daticert?.erroreEsteso).toBe("5.2.2 - X - piena");
    }
    expect((await inspected(envelope ?? new Uint8Array())).seal.indication).toBe("TOTAL-PASSED");
  });

  it("gives every message an identifier of its own, and the same bytes for the same arguments", () => {
    const [first, second] = [processSubmission(submission(), SCRIPT), processSubmission(submission(), SCRIPT)];
    expect(second).toEqual(first);
    const identifiers = first.answers.map(({ bytes }) => /^Message-ID: (.*)$/m.exec(toByteString(bytes))?.[1]);
    expect(new Set(identifiers).size).toBe(first.answers.length);
  });

  it("rewrites the identifier, and changes no other byte of the message", () => {
    const sent = submission();
    const { envelope, identifier } = processSubmission(sent, SCRIPT);
    const own = toByteString(sent.bytes).replace(`Message-ID: <ab12@pec.avvocati-esempio.test>${CRLF}`, "");
    const end = own.indexOf(CRLF + CRLF) + 2;
    const added = `Message-ID: <${identifier}>${CRLF}X-Riferimento-Message-ID: <ab12@pec.avvocati-esempio.test>${CRLF}`;
    expect(toByteString(envelope ?? new Uint8Array())).toContain(own.slice(0, end) + added + own.slice(end));
  });

  it("puts into a delivery receipt what was asked for, and into one about a copy nothing", () => {
    const asking = (kind: string): readonly string[] =>
      processSubmission(
        submission((text) => text.replace("MIME-Version", `X-TipoRicevuta: ${kind}${CRLF}MIME-Version`)),
        SCRIPT,
      )
        .answers.filter(({ kind: each }) => each === "delivered")
        .map(({ bytes }) => toByteString(bytes));
    const content = Buffer.from(ATTACHED).toString("base64");
    const [complete = "", copy = ""] = asking("completa");
    expect(complete).toContain(content);
    expect(copy).not.toContain("postacert.eml");
    const [brief = ""] = asking("breve");
    expect(brief).not.toContain(content);
    expect(brief).toContain("perizia.pdf.hash");
    expect(brief).toContain(createHash("sha1").update(ATTACHED).digest("hex"));
    expect(brief).toContain("Gentile Collega");
    const [synthetic = ""] = asking("sintetica");
    expect(synthetic).not.toContain("postacert.eml");
  });

  it("refuses what breaks the formal rules, or is said to be refused, and sends nothing on", async () => {
    const hidden = { ...submission(), recipients: [A, B, ORDINARY, COPY, "nascosto@pec.altrove.test"] };
    const foreign = submission((text) => text.replace(`<${SENDER}>`, "<altri@pec.altrove.test>"));
    for (const work of [
      processSubmission(hidden, SCRIPT),
      processSubmission(foreign, SCRIPT),
      processSubmission(submission(), { ...SCRIPT, refused: "virus" }),
    ]) {
      expect(work.envelope).toBeNull();
      expect(work.answers.map(({ kind }) => kind)).toEqual(["non-acceptance"]);
      const { seal, kind } = await inspected(work.answers[0]?.bytes ?? new Uint8Array());
      expect([seal.indication, kind]).toEqual(["TOTAL-PASSED", "non-accettazione"]);
    }
  });
});
