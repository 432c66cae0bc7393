// Belongs here: certification data as XML and as a MIME part, in every form seen in real mail (pec-messages §3).
// Does NOT belong here: reading them (src/core/daticert), who is told what (see pec-messages.ts).
import { localTime } from "./local-time.ts";
import { base64Lines, type ByteString, CRLF, entity, type Field, quotedPrintable, utf8 } from "./mime-builder.ts";

export interface DaticertContent {
  readonly tipo: string;
  readonly errore: "nessuno" | "no-dest" | "no-dominio" | "virus" | "altro";
  readonly mittente: string;
  readonly destinatari: readonly { readonly address: string; readonly certified: boolean }[];
  readonly risposte: string;
  readonly oggetto: string | null;
  readonly gestore: string;
  /** Certified time, milliseconds UTC; written in Italian time unless `offset` (minutes) says otherwise. */
  readonly instant: number;
  readonly offset?: number;
  /** Without angle brackets. */
  readonly identificativo: string;
  /** With angle brackets. */
  readonly msgid: string | null;
  readonly ricevuta: "completa" | "breve" | "sintetica" | null;
  readonly consegna: string | null;
  readonly ricezione: readonly string[];
  readonly erroreEsteso: string | null;
}

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const element = (name: string, text: string | null): readonly string[] =>
  text === null ? [] : [`<${name}>${escapeXml(text)}</${name}>`];

/** The document as text, lines ended by LF as providers do. */
export function writeDaticert(content: DaticertContent): string {
  const { day, time, zone } = localTime(content.instant, content.offset);
  const heading = [
    ...element("mittente", content.mittente),
    ...content.destinatari.map(
      ({ address, certified }) =>
        `<destinatari tipo="${certified ? "certificato" : "esterno"}">${escapeXml(address)}</destinatari>`,
    ),
    ...element("risposte", content.risposte),
    ...element("oggetto", content.oggetto),
  ];
  const data = [
    ...element("gestore-emittente", content.gestore),
    `<data zona="${zone}">`,
    `  <giorno>${day}</giorno>`,
    `  <ora>${time}</ora>`,
    "</data>",
    ...element("identificativo", content.identificativo),
    ...element("msgid", content.msgid),
    ...(content.ricevuta === null ? [] : [`<ricevuta tipo="${content.ricevuta}"/>`]),
    ...element("consegna", content.consegna),
    ...content.ricezione.flatMap((address) => element("ricezione", address)),
    ...element("errore-esteso", content.erroreEsteso),
  ];
  const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `    ${line}`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<postacert tipo="${escapeXml(content.tipo)}" errore="${content.errore}">`,
    "  <intestazione>",
    ...indented(heading),
    "  </intestazione>",
    "  <dati>",
    ...indented(data),
    "  </dati>",
    "</postacert>",
    "",
  ].join("\n");
}

export interface DaticertStyle {
  readonly encoding: "base64" | "quoted-printable" | "7bit" | "8bit";
  readonly disposition: "inline" | "attachment";
  readonly contentType: "application/xml" | "text/xml";
  readonly named: boolean;
}

export const USUAL_DATICERT_STYLE: DaticertStyle = {
  encoding: "base64",
  disposition: "inline",
  contentType: "application/xml",
  named: true,
};

/** The part that carries the document. */
export function daticertPart(xml: string, style: DaticertStyle = USUAL_DATICERT_STYLE): ByteString {
  const bytes = utf8(xml);
  const lines = bytes.replaceAll("\n", CRLF);
  const bodies: Record<DaticertStyle["encoding"], () => ByteString> = {
    base64: () => base64Lines(bytes),
    "quoted-printable": () => quotedPrintable(lines),
    "7bit": () => lines,
    "8bit": () => lines,
  };
  const fields: readonly Field[] = [
    ["Content-Type", style.named ? `${style.contentType}; name="daticert.xml"` : style.contentType],
    ["Content-Transfer-Encoding", style.encoding],
    ["Content-Disposition", style.named ? `${style.disposition}; filename="daticert.xml"` : style.disposition],
  ];
  return entity(fields, bodies[style.encoding]());
}
