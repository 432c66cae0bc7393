// Rows, table and report of messages that were really inspected.
import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { readWords } from "../../../src/cli/read-words.ts";
import {
  type BatchPlace,
  batchReport,
  batchRow,
  type BatchRow,
  batchTable,
  failedRow,
  inspect,
  shippedAuthorities,
  type TrustedAuthorities,
  withExtraAuthorities,
} from "../../../src/core/index.ts";
import { caseNamed } from "../../provider/all-cases.ts";
import { extraAuthorities } from "../../provider/demo-authorities.ts";
import { toBytes } from "../../provider/mime-builder.ts";
import { withDaticert } from "../../provider/pec-messages.ts";
import { NOTICE_DELIVERY } from "../../provider/sample-drafts.ts";
import { sealMessage } from "../../provider/sign-message.ts";
import { DEMO_NOW } from "../../provider/test-case.ts";

const PLACE: BatchPlace = { source: "mailbox", id: 7, folder: "PEC" };
let authorities: TrustedAuthorities;
const italian = await readWords("it");

beforeAll(async () => {
  authorities = await withExtraAuthorities(await shippedAuthorities(), extraAuthorities);
});

async function rowOf(name: string, place = PLACE, isDoubtful = false): Promise<BatchRow> {
  const { bytes } = caseNamed(name);
  return batchRow(await inspect(bytes, { now: DEMO_NOW, anchors: authorities }), bytes, place, isDoubtful);
}

describe("a row", () => {
  it("says what is certified where the seal holds", async () => {
    const row = await rowOf("envelope");
    expect(row).toMatchObject({
      from: "amministrazione@pec.edilnova-costruzioni.test",
      subject: "Riscontro alla diffida: perché i lavori sono in ritardo",
      outcome: {
        state: "inspected",
        kind: "posta-certificata",
        look: "sealed",
        indication: "TOTAL-PASSED",
        reason: null,
        sha256: createHash("sha256").update(caseNamed("envelope").bytes).digest("hex"),
        certified: { provider: "Gestore Uno S.p.A." },
      },
    });
    expect(row.outcome.state === "inspected" && row.outcome.certified?.time.instant).toBe(row.date);
  });

  it("says what the header declares where it does not, and why in a word", async () => {
    const row = await rowOf("body-altered-by-one-byte");
    expect(row.subject).toMatch(/^POSTA CERTIFICATA: /);
    expect(row.outcome).toMatchObject({ look: "not-valid", reason: "HASH_FAILURE" });
    expect((await rowOf("imitation-by-subject")).outcome).toMatchObject({ look: "not-valid", reason: "UNSIGNED" });
    expect((await rowOf("rem-dispatch")).outcome).toMatchObject({ reason: "REM" });
    expect((await rowOf("ordinary-mail-with-attached-pec")).outcome).toMatchObject({ look: "none", attached: 1 });
  });

  it("says nothing in the place of a certified subject that is missing", async () => {
    const draft = withDaticert(NOTICE_DELIVERY, { oggetto: null });
    const header = draft.header.map((field) =>
      field[0] === "Subject" ? (["Subject", "CONSEGNA: altro"] as const) : field,
    );
    const bytes = toBytes(sealMessage({ ...draft, header, postacert: null }));
    const row = await batchRow(await inspect(bytes, { now: DEMO_NOW, anchors: authorities }), bytes, PLACE, false);
    expect(row).toMatchObject({ subject: "", outcome: { indication: "TOTAL-PASSED" } });
  });

  it("stays small whatever a header holds", () => {
    const row = failedRow(PLACE, "unreadable", { subject: "x".repeat(1_000_000), from: " a \n b " });
    expect(row.subject).toHaveLength(301);
    expect(row.from).toBe("a b");
  });
});

describe("the table", () => {
  it("has a line for each message; a subject that is a formula is text", async () => {
    const formula: BatchRow = { ...(await rowOf("ordinary-mail")), subject: '=HYPERLINK("http://x";"y")' };
    const text = [...batchTable([await rowOf("envelope"), formula, failedRow(PLACE, "gone")], italian)].join("");
    const lines = text.split("\r\n");
    expect(lines).toHaveLength(5);
    expect(lines[1]).toContain('"Sigillo valido";"";"Posta certificata"');
    expect(lines[2]).toContain(`"'=HYPERLINK(""http://x"";""y"")"`);
    expect(lines[3]).toContain('"Non verificato";"Non è più nella cartella"');
  });

  it("has certified times of valid seals alone", async () => {
    const altered = await rowOf("body-altered-by-one-byte");
    expect(altered.outcome).toMatchObject({ certified: { provider: "Gestore Uno S.p.A." } });
    const [, line] = [...batchTable([altered], italian)];
    expect(line).toContain('"Sigillo non valido";"Contenuto modificato o danneggiato"');
    expect(line).not.toContain("Gestore Uno");
  });
});

describe("the report", () => {
  const facts = () => ({
    createdAt: Date.UTC(2026, 10, 29, 3, 4, 5),
    sources: ["Studio / PEC"],
    inspected: 5,
    isPartial: true,
    authorities,
    revocationData: 0,
  });

  it("says what was looked at, against whom, and every row", async () => {
    const inFile: BatchPlace = { source: "file", file: "a.mbox", index: 0, start: 0, length: 9, position: 3 };
    const rows = [await rowOf("signer-expired-since"), await rowOf("body-altered-by-one-byte", inFile, true)];
    const html = [...batchReport(rows, facts(), italian)].join("");
    for (const expected of [
      "Verifica dei messaggi (2)",
      "2026-11-29 03:04:05 UTC",
      "2 in questo rapporto, di 5 esaminati",
      "La verifica è stata interrotta",
      "Contenuto modificato o danneggiato",
      "a.mbox, n. 3",
      "certificato scaduto dopo",
      "Confini incerti nel file mbox",
      authorities.anchors[0]?.certificate.sha256 ?? "none",
    ]) {
      expect(html).toContain(expected);
    }
  });

  it("text from strangers cannot become markup, nor turn the line around", async () => {
    const hostile = "<img src=x onerror=alert(1)>\u202efdp.exe";
    const row: BatchRow = { ...(await rowOf("ordinary-mail")), subject: hostile, from: hostile };
    const html = [...batchReport([row], { ...facts(), sources: [hostile] }, italian)].join("");
    expect(html).not.toContain("<img");
    expect(html).not.toContain("\u202e");
    expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;⟨U+202E⟩fdp.exe");
  });
});
