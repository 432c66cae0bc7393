// Belongs here: inspections for tests of the pages, made by hand: a seal that holds, and what is changed about it.
import { noticeStage } from "../../../src/core/receipts/notice-stage.ts";
import {
  CHECK_IDS,
  type Check,
  type CheckId,
  type Inspection,
  type SignatureReport,
} from "../../../src/core/verdict/inspection.ts";
import type { Daticert, DaticertKind } from "../../../src/core/daticert/daticert.ts";
import type { MessageKind } from "../../../src/core/envelope/envelope.ts";

export const SEALED: Pick<Inspection, "look" | "seal"> = {
  look: "sealed",
  seal: { indication: "TOTAL-PASSED", subIndication: null, remarks: ["REVOCATION_NOT_CHECKED"] },
};

export const signer = {
  subject: "CN=posta-certificata@gestore.test, O=Gestore di prova, C=IT",
  issuer: "CN=Autorità di prova, C=IT",
  serial: "0A",
  emails: ["posta-certificata@gestore.test"],
  notBefore: Date.parse("2024-01-01T00:00:00Z"),
  notAfter: Date.parse("2026-12-31T23:59:59Z"),
  sha256: "ab".repeat(32),
  organization: "Gestore di prova",
  crlDistributionPoints: [],
};

export const signature: SignatureReport = {
  indication: "INDETERMINATE",
  subIndication: "TRY_LATER",
  digestAlgorithm: "SHA-256",
  signatureAlgorithm: "RSA PKCS#1 v1.5 with SHA-256",
  signingTime: Date.parse("2025-10-16T16:32:37Z"),
  validationTime: Date.parse("2025-10-16T16:32:37Z"),
  signer,
  chain: [signer],
  revocation: { status: "not-asked" },
  recordedAt: null,
  toldAt: null,
};

export function aDaticert(tipo: DaticertKind, changes: Partial<Daticert> = {}): Daticert {
  return {
    tipo,
    errore: "nessuno",
    mittente: "mario.rossi@pec.test",
    destinatari: [{ indirizzo: "anna@pec.test", tipo: "certificato" }],
    risposte: "mario.rossi@pec.test",
    oggetto: "Contratto",
    gestoreEmittente: "Gestore di prova",
    data: { instant: Date.parse("2025-10-16T16:32:35Z"), local: "2025-10-16T18:32:35", offset: "+0200" },
    identificativo: "opec1@gestore.test",
    msgid: "client1@studio.test",
    ricevuta: "completa",
    consegna: "anna@pec.test",
    ricezione: [],
    erroreEsteso: null,
    deviations: [],
    ...changes,
  };
}

/** All checks passed but those in `others`. */
export function someChecks(others: Partial<Record<CheckId, Omit<Check, "id">>> = {}): readonly Check[] {
  return CHECK_IDS.map((id) => ({ id, outcome: "PASSED", detail: {}, ...others[id] }));
}

export function anInspection(kind: MessageKind | null, changes: Partial<Inspection> = {}): Inspection {
  const daticert = kind === null || kind === "rem" || kind === "anomalia" ? null : aDaticert(kind);
  return {
    kind,
    unrecognized: null,
    ...SEALED,
    signature,
    daticert,
    daticertXml: daticert === null ? null : "<postacert/>",
    // As `inspect` gives it for these certification data.
    noticeStage:
      kind === "preavviso-errore-consegna"
        ? noticeStage((changes.daticert ?? daticert)?.erroreEsteso ?? null, null)
        : null,
    checks: someChecks(),
    header: {
      from: "posta-certificata@gestore.test",
      fromAddress: "posta-certificata@gestore.test",
      subject: "POSTA CERTIFICATA: Contratto",
      date: "",
      messageId: "m1",
      wasReceived: true,
    },
    original: {
      from: "Mario Rossi <mario.rossi@pec.test>",
      fromAddress: "mario.rossi@pec.test",
      to: "anna@pec.test",
      cc: "",
      replyTo: "",
      people: { from: [], to: [], cc: [], replyTo: [] },
      subject: "Contratto",
      date: "Thu, 16 Oct 2025 18:32:30 +0200",
      messageId: "m1",
      attachments: [],
    },
    record: null,
    attached: [],
    ...changes,
  };
}
