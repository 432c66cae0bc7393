// Belongs here: the JSON form of an inspection, a contract: names may be added, never changed.
// Does NOT belong here: anything that decides.
import type { CertificateSummary, Daticert, Inspection, SignatureReport } from "../core/index.ts";

const iso = (instant: number): string => new Date(instant).toISOString();
const isoOrNull = (instant: number | null): string | null => (instant === null ? null : iso(instant));

/** ISO 8601 with the provider's own offset; without one when the document declared none. */
function certifiedTime({ local, offset }: Daticert["data"]): string {
  return offset === null ? local : `${local}${offset.slice(0, 3)}:${offset.slice(3)}`;
}

function signer(certificate: CertificateSummary): object {
  const { subject, issuer, serial, emails, notBefore, notAfter, sha256 } = certificate;
  return { subject, issuer, serial, emails, notBefore: iso(notBefore), notAfter: iso(notAfter), sha256 };
}

function revocation(report: SignatureReport["revocation"]): object {
  switch (report.status) {
    case "not-asked":
    case "unknown":
      return report;
    case "good":
      return { ...report, thisUpdate: iso(report.thisUpdate) };
    case "revoked":
      return { ...report, thisUpdate: iso(report.thisUpdate), time: iso(report.time) };
  }
}

function daticert(data: Daticert): object {
  const { tipo, errore, mittente, destinatari, risposte, oggetto, gestoreEmittente, identificativo } = data;
  const { msgid, ricevuta, consegna, ricezione, erroreEsteso, deviations } = data;
  return {
    tipo,
    errore,
    mittente,
    destinatari,
    risposte,
    oggetto,
    gestoreEmittente,
    data: certifiedTime(data.data),
    identificativo,
    msgid,
    ricevuta,
    consegna,
    ricezione,
    erroreEsteso,
    deviations,
  };
}

/** Where a message stands in its file; `position`: among the messages of an mbox file, counted from 1. */
interface PlaceInFile {
  readonly position: number | null;
  readonly start: number;
  readonly length: number;
  readonly isDoubtful: boolean;
}

/** One object per message, `schema` 1. */
export function inspectionJson(file: string, inspection: Inspection, place: PlaceInFile): object {
  const { kind, look, seal, signature, checks, attached, unrecognized } = inspection;
  return {
    schema: 1,
    file,
    position: place.position,
    ...(place.position === null
      ? {}
      : { start: place.start, length: place.length, boundariesDoubtful: place.isDoubtful }),
    kind,
    unrecognized,
    look,
    seal,
    signature: signature && {
      indication: signature.indication,
      subIndication: signature.subIndication,
      digestAlgorithm: signature.digestAlgorithm,
      signatureAlgorithm: signature.signatureAlgorithm,
      signingTime: isoOrNull(signature.signingTime),
      validationTime: iso(signature.validationTime),
      signer: signature.signer && signer(signature.signer),
      chain: signature.chain.map((certificate) => certificate.subject),
      revocation: revocation(signature.revocation),
      recordedAt: isoOrNull(signature.recordedAt),
    },
    daticert: inspection.daticert && daticert(inspection.daticert),
    checks,
    attached,
  };
}
