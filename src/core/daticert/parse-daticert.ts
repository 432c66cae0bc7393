// Belongs here: the document `daticert.xml` to values, by the DTD of RFC 6109 §4.4 (pec-messages §3), with every deviation seen in
// real mail tolerated and recorded. Does NOT belong here: comparison with anything outside the document (see core/verdict).
import { readCertifiedTime } from "./certified-time.ts";
import type { Daticert, DaticertKind, DaticertRecipient, DaticertResult } from "./daticert.ts";
import { MAX_DATICERT_BYTES, readXmlText } from "./decode-xml-text.ts";
import { readXmlDocument, type XmlElement } from "./xml-document.ts";

/** Recipients of one message. Providers allow hundreds. Attack: a list that takes long to show. */
const MAX_RECIPIENTS = 5_000;

const KINDS: ReadonlyMap<string, DaticertKind> = new Map<string, DaticertKind>([
  ["accettazione", "accettazione"],
  ["non-accettazione", "non-accettazione"],
  ["presa-in-carico", "presa-in-carico"],
  ["avvenuta-consegna", "avvenuta-consegna"],
  ["posta-certificata", "posta-certificata"],
  ["errore-consegna", "errore-consegna"],
  ["preavviso-errore-consegna", "preavviso-errore-consegna"],
  ["rilevazione-virus", "rilevazione-virus"],
]);
const ERRORS = new Map<string, Daticert["errore"]>([
  ["nessuno", "nessuno"],
  ["no-dest", "no-dest"],
  ["no-dominio", "no-dominio"],
  ["virus", "virus"],
  ["altro", "altro"],
]);
const RECIPIENT_KINDS = new Map<string, DaticertRecipient["tipo"]>([
  ["certificato", "certificato"],
  ["esterno", "esterno"],
]);
const RECEIPT_KINDS = new Map<string, "completa" | "breve" | "sintetica">([
  ["completa", "completa"],
  ["breve", "breve"],
  ["sintetica", "sintetica"],
]);

/** Characters of an unknown value that are kept in a deviation's code. Attack: megabytes in an attribute. */
const MAX_UNKNOWN_LENGTH = 40;

/** Thrown inside this file only; `code` is that of the result. */
class Malformed extends Error {
  readonly code: string;
  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}

/**
 * Reads certification data. What the document must say is there or the result is MALFORMED; nothing is guessed except the
 * defaults of the DTD. Codes: `TOO_LARGE`, `UNKNOWN_ENCODING`, `DOCTYPE_REFUSED`, `NOT_WELL_FORMED`, `UNEXPECTED_ROOT`,
 * `MISSING_ELEMENT`, `DUPLICATE_ELEMENT`, `UNEXPECTED_MARKUP`, `MISSING_ATTRIBUTE`, `INVALID_ATTRIBUTE`, `INVALID_DATE`,
 * `TOO_MANY_RECIPIENTS`. `detail` is the path of the element, such as `dati/data`.
 */
export function parseDaticert(xml: Uint8Array): DaticertResult {
  if (xml.length > MAX_DATICERT_BYTES) return malformed("TOO_LARGE", String(xml.length));
  const decoded = readXmlText(xml);
  if (decoded === null) return malformed("UNKNOWN_ENCODING", "");
  const deviations = new Set(decoded.deviations);
  const text = decoded.text.trimStart();
  // XML 1.0 §2.8: the declaration is the very beginning. Blank lines before it are real.
  if (text.length < decoded.text.length) deviations.add("LEADING_BLANKS");
  const reading = readXmlDocument(escapeMessageIdentifier(text, deviations));
  if (reading.outcome === "REFUSED") return malformed(reading.code, reading.detail);
  try {
    return { outcome: "READ", daticert: readDaticert(reading.root, deviations) };
  } catch (error) {
    if (error instanceof Malformed) return malformed(error.code, error.message);
    throw error;
  }
}

function malformed(code: string, detail: string): DaticertResult {
  return { outcome: "MALFORMED", code, detail };
}

/**
 * Repairs `<msgid><a@b></msgid>`, where a provider forgot to escape the angle brackets. Only there: what stands between the
 * tags must be one pair of brackets around an identifier, so no other markup can be hidden or made by it. The pattern can end the part
 * before `@` in one way only (attack: half a megabyte of `@`, to be divided in every way there is).
 */
function escapeMessageIdentifier(text: string, deviations: Set<string>): string {
  return text.replace(/(<msgid\s*>\s*)<([^<>@!?/][^<>@]*@[^<>]*)>(\s*<\/msgid\s*>)/, (_, open, identifier, close) => {
    deviations.add("MSGID_UNESCAPED");
    const escaped = String(identifier).replace(/&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)/g, "&amp;");
    return `${String(open)}&lt;${escaped}&gt;${String(close)}`;
  });
}

function readDaticert(root: XmlElement, deviations: Set<string>): Daticert {
  if (root.name !== "postacert") throw new Malformed("UNEXPECTED_ROOT", root.name);
  const top = readChildren(root, "", ["intestazione", "dati"], deviations);
  allowAttributes(root, ["tipo", "errore"], deviations);
  const heading = top.required("intestazione");
  const header = readChildren(heading, "intestazione/", ["mittente", "destinatari", "risposte", "oggetto"], deviations);
  const dati = top.required("dati");
  const data = readChildren(dati, "dati/", DATI_ELEMENTS, deviations);
  for (const element of [heading, dati]) allowAttributes(element, [], deviations);

  const recipients = header.all("destinatari");
  if (recipients.length === 0) throw new Malformed("MISSING_ELEMENT", "intestazione/destinatari");
  if (recipients.length > MAX_RECIPIENTS) throw new Malformed("TOO_MANY_RECIPIENTS", String(recipients.length));
  const replies = header.optional("risposte");
  if (replies === null) deviations.add("RISPOSTE_MISSING");

  const identifier = readIdentifier(data.required("identificativo"), "dati/identificativo", deviations);
  if (identifier === "") throw new Malformed("MISSING_ELEMENT", "dati/identificativo");
  const msgid = data.optional("msgid");
  const receipt = data.optional("ricevuta");
  return {
    tipo: readKind(root, deviations),
    errore: readError(root, deviations),
    mittente: readText(header.required("mittente"), "intestazione/mittente", deviations),
    destinatari: recipients.map((element) => {
      const path = "intestazione/destinatari";
      const indirizzo = readText(element, path, deviations, ["tipo"]);
      return {
        indirizzo,
        tipo: readAttribute(element, "tipo", `${path}/@tipo`, RECIPIENT_KINDS, "certificato", deviations),
      };
    }),
    risposte: readOptionalText(replies, "intestazione/risposte", deviations),
    oggetto: readOptionalText(header.optional("oggetto"), "intestazione/oggetto", deviations),
    gestoreEmittente: readText(data.required("gestore-emittente"), "dati/gestore-emittente", deviations),
    data: readTime(data.required("data"), deviations),
    identificativo: identifier,
    // A client that sent no Message-ID leaves an empty element or none.
    msgid: msgid === null ? null : readIdentifier(msgid, "dati/msgid", deviations) || null,
    ricevuta: receipt === null ? null : readReceipt(receipt, deviations),
    consegna: readOptionalText(data.optional("consegna"), "dati/consegna", deviations),
    ricezione: data.all("ricezione").map((element) => readText(element, "dati/ricezione", deviations)),
    erroreEsteso: readOptionalText(data.optional("errore-esteso"), "dati/errore-esteso", deviations),
    // Last: by now all are recorded.
    deviations: [...deviations],
  };
}

const DATI_ELEMENTS = [
  "gestore-emittente",
  "data",
  "identificativo",
  "msgid",
  "ricevuta",
  "consegna",
  "ricezione",
  "errore-esteso",
] as const;

interface Children<Name extends string> {
  /** @throws Malformed when missing or there more than once. */
  required(name: Name): XmlElement;
  /** @throws Malformed when there more than once. */
  optional(name: Name): XmlElement | null;
  all(name: Name): readonly XmlElement[];
}

/** The children of an element whose content is elements only; what does not belong there is passed over and recorded. */
function readChildren<Name extends string>(
  parent: XmlElement,
  path: string,
  known: readonly Name[],
  deviations: Set<string>,
): Children<Name> {
  const elements: XmlElement[] = [];
  let last = 0;
  for (const child of parent.children) {
    if (typeof child === "string") {
      if (child.trim() !== "") deviations.add("STRAY_TEXT");
      continue;
    }
    const position = known.findIndex((name) => name === child.name);
    if (position < 0) {
      deviations.add("UNKNOWN_ELEMENT");
      continue;
    }
    if (position < last) deviations.add("ELEMENT_ORDER");
    last = Math.max(last, position);
    elements.push(child);
  }
  const all = (name: Name): readonly XmlElement[] => elements.filter((element) => element.name === name);
  const optional = (name: Name): XmlElement | null => {
    const [first, second] = all(name);
    if (second !== undefined) throw new Malformed("DUPLICATE_ELEMENT", path + name);
    return first ?? null;
  };
  const required = (name: Name): XmlElement => {
    const element = optional(name);
    if (element === null) throw new Malformed("MISSING_ELEMENT", path + name);
    return element;
  };
  return { all, optional, required };
}

/** Text of an element that holds text only, as written. */
function rawText(element: XmlElement, path: string): string {
  return element.children
    .map((child) => {
      if (typeof child !== "string") throw new Malformed("UNEXPECTED_MARKUP", path);
      return child;
    })
    .join("");
}

function readText(
  element: XmlElement,
  path: string,
  deviations: Set<string>,
  attributes: readonly string[] = [],
): string {
  allowAttributes(element, attributes, deviations);
  const text = rawText(element, path).trim();
  if (text === "") deviations.add("EMPTY_ELEMENT");
  return text;
}

/** As the text itself; an empty optional element says nothing. */
function readOptionalText(element: XmlElement | null, path: string, deviations: Set<string>): string | null {
  if (element === null) return null;
  return readText(element, path, deviations);
}

/** Identifiers come with and without angle brackets, padded, and wrapped over lines (pec-messages §2.7). */
function readIdentifier(
  element: XmlElement,
  path: "dati/msgid" | "dati/identificativo",
  deviations: Set<string>,
): string {
  const name = path === "dati/msgid" ? "MSGID" : "IDENTIFICATIVO";
  allowAttributes(element, [], deviations);
  const raw = rawText(element, path);
  const trimmed = raw.trim();
  if (trimmed !== raw) deviations.add(`${name}_PADDED`);
  // A line break and the blanks around it are no part of an identifier.
  const unwrapped = trimmed
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .join("");
  if (unwrapped !== trimmed) deviations.add(`${name}_WRAPPED`);
  if (unwrapped === "") deviations.add(`${name}_EMPTY`);
  const bracketed = unwrapped.startsWith("<") && unwrapped.endsWith(">");
  if (unwrapped !== "" && bracketed !== (name === "MSGID")) {
    deviations.add(bracketed ? `${name}_IN_BRACKETS` : `${name}_WITHOUT_BRACKETS`);
  }
  return bracketed ? unwrapped.slice(1, -1).trim() : unwrapped;
}

function readKind(root: XmlElement, deviations: Set<string>): DaticertKind {
  // Not in the DTD, but other software knows it (pec-messages §2.1).
  if (root.attributes.get("tipo")?.trim().toLowerCase() === "mancata-consegna") {
    deviations.add("TIPO_MANCATA_CONSEGNA");
    return "errore-consegna";
  }
  return readAttribute(root, "tipo", "postacert/@tipo", KINDS, null, deviations);
}

/** An error that no list has is still an error: `altro`, with the provider's own word kept (RFC 6109 §4.4 has no more room for it). */
function readError(root: XmlElement, deviations: Set<string>): Daticert["errore"] {
  const text = root.attributes.get("errore")?.trim();
  if (text !== undefined && !ERRORS.has(text.toLowerCase())) {
    deviations.add(`UNKNOWN_ERRORE:${text.slice(0, MAX_UNKNOWN_LENGTH)}`);
    return "altro";
  }
  return readAttribute(root, "errore", "postacert/@errore", ERRORS, "nessuno", deviations);
}

function readReceipt(element: XmlElement, deviations: Set<string>): "completa" | "breve" | "sintetica" {
  allowAttributes(element, ["tipo"], deviations);
  if (rawText(element, "dati/ricevuta").trim() !== "") deviations.add("STRAY_TEXT");
  return readAttribute(element, "tipo", "dati/ricevuta/@tipo", RECEIPT_KINDS, null, deviations);
}

function readTime(element: XmlElement, deviations: Set<string>): Daticert["data"] {
  allowAttributes(element, ["zona"], deviations);
  const children = readChildren(element, "dati/data/", ["giorno", "ora"], deviations);
  const day = readText(children.required("giorno"), "dati/data/giorno", deviations);
  const hour = readText(children.required("ora"), "dati/data/ora", deviations);
  const reading = readCertifiedTime(day, hour, element.attributes.get("zona")?.trim() ?? null);
  if (reading === null) throw new Malformed("INVALID_DATE", "dati/data");
  for (const deviation of reading.deviations) deviations.add(deviation);
  return reading.time;
}

/** A value of the DTD's list, in any case; `fallback` is the DTD's default, `null` when the attribute is required. */
function readAttribute<Value>(
  element: XmlElement,
  name: string,
  path: string,
  allowed: ReadonlyMap<string, Value>,
  fallback: Value | null,
  deviations: Set<string>,
): Value {
  const text = element.attributes.get(name)?.trim();
  if (text === undefined) {
    if (fallback === null) throw new Malformed("MISSING_ATTRIBUTE", path);
    return fallback;
  }
  const value = allowed.get(text.toLowerCase());
  if (value === undefined) throw new Malformed("INVALID_ATTRIBUTE", path);
  if (!allowed.has(text)) deviations.add("ATTRIBUTE_CASE");
  return value;
}

function allowAttributes(element: XmlElement, names: readonly string[], deviations: Set<string>): void {
  for (const name of element.attributes.keys()) {
    if (!names.includes(name)) deviations.add("UNKNOWN_ATTRIBUTE");
  }
}
