// Belongs here: a short report for people at a terminal. Codes are printed as they are; the sentences live in the add-on.
import type { Inspection, SignatureReport } from "../core/index.ts";
import { printable } from "./printable.ts";

const iso = (instant: number): string => new Date(instant).toISOString();

function withSubIndication(verdict: { readonly indication: string; readonly subIndication: string | null }): string {
  return verdict.subIndication === null ? verdict.indication : `${verdict.indication} / ${verdict.subIndication}`;
}

function revocationText(report: SignatureReport["revocation"]): string {
  switch (report.status) {
    case "not-asked":
      return "not asked";
    case "unknown":
      return `unknown: ${report.code}`;
    case "good":
      return `good as of ${iso(report.thisUpdate)}`;
    case "revoked":
      return `revoked ${iso(report.time)}: ${report.reason} (as of ${iso(report.thisUpdate)})`;
  }
}

export function inspectionText(file: string, inspection: Inspection): string {
  const { seal, signature, daticert } = inspection;
  const rows: (readonly [string, string])[] = [
    [
      "kind",
      inspection.kind ?? (inspection.unrecognized === null ? "not PEC" : `unrecognised: ${inspection.unrecognized}`),
    ],
    ["seal", withSubIndication(seal)],
  ];
  if (seal.remarks.length > 0) rows.push(["remarks", seal.remarks.join(", ")]);
  if (signature !== null) {
    rows.push(["signature", withSubIndication(signature)]);
    if (signature.signer !== null) {
      const { subject, emails, notBefore, notAfter } = signature.signer;
      rows.push(["signer", `${subject} <${emails.join(", ")}>, valid ${iso(notBefore)} to ${iso(notAfter)}`]);
    }
    rows.push(["signed at", signature.signingTime === null ? "not stated" : iso(signature.signingTime)]);
    rows.push(["algorithms", `${signature.digestAlgorithm ?? "?"}, ${signature.signatureAlgorithm ?? "?"}`]);
    rows.push(["revocation", revocationText(signature.revocation)]);
    signature.chain.forEach((certificate, index) => rows.push([index === 0 ? "chain" : "", certificate.subject]));
  }
  if (daticert !== null) {
    rows.push(["provider", daticert.gestoreEmittente]);
    rows.push(["time", `${daticert.data.local} (${daticert.data.offset ?? "offset missing"})`]);
    rows.push(["from", daticert.mittente]);
    daticert.destinatari.forEach(({ indirizzo, tipo }, index) =>
      rows.push([index === 0 ? "to" : "", `${indirizzo} (${tipo})`]),
    );
    if (daticert.consegna !== null) rows.push(["about", daticert.consegna]);
    if (daticert.oggetto !== null) rows.push(["subject", daticert.oggetto]);
    if (daticert.erroreEsteso !== null) rows.push(["error", daticert.erroreEsteso]);
    rows.push(["identifier", daticert.identificativo]);
  }
  for (const { id, outcome, detail } of inspection.checks) {
    if (outcome === "PASSED") continue;
    const values = Object.entries(detail).map(([name, value]) => `${name}: ${value}`);
    rows.push([outcome.toLowerCase().replace("_", " "), [id, ...values].join("; ")]);
  }
  for (const { path, kind } of inspection.attached) rows.push(["attached", `${kind} at part ${path.join(".")}`]);
  const lines = rows.map(([name, value]) => `  ${name.padEnd(11)} ${printable(value)}`);
  return [printable(file), ...lines].join("\n");
}
