// Belongs here: XML text to elements, and the only import of fast-xml-parser, with every option written out: its defaults suit
// JSON, not evidence (they drop attributes and turn "007" into 7). Does NOT belong here: what the elements mean.
import { XMLParser, XMLValidator } from "fast-xml-parser";

export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Elements and runs of text in document order; references are resolved, comments and instructions left out. */
  readonly children: readonly (XmlElement | string)[];
}

export type XmlReading =
  | { readonly outcome: "READ"; readonly root: XmlElement }
  | { readonly outcome: "REFUSED"; readonly code: "DOCTYPE_REFUSED" | "NOT_WELL_FORMED"; readonly detail: string };

/** The certification data are four levels deep. Attack: nesting that exhausts the stack of whoever walks the tree. */
const MAX_NESTED_TAGS = 20;

const TEXT = "#text";
const CDATA = "#cdata";
const COMMENT = "#comment";
const ATTRIBUTES = ":@";

const parser = new XMLParser({
  preserveOrder: true,
  attributeNamePrefix: "",
  attributesGroupName: false,
  textNodeName: TEXT,
  ignoreAttributes: false,
  removeNSPrefix: false,
  allowBooleanAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  cdataPropName: CDATA,
  numberParseOptions: { hex: false, leadingZeros: false, eNotation: false },
  tagValueProcessor: (_name, value) => value,
  attributeValueProcessor: (_name, value) => value,
  stopNodes: [],
  alwaysCreateTextNode: false,
  isArray: () => false,
  // Kept apart, so that a comment cannot join the two halves of a reference.
  commentPropName: COMMENT,
  unpairedTags: [],
  // References are resolved here below: five names and numbers, nothing that a document could define.
  processEntities: false,
  htmlEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  transformTagName: false,
  transformAttributeName: false,
  updateTag: (name) => name,
  captureMetaData: false,
  maxNestedTags: MAX_NESTED_TAGS,
  strictReservedNames: true,
  jPath: true,
  onDangerousProperty: (name) => `__${name}`,
});

/** Thrown inside this file only. */
class NotWellFormed extends Error {}

/**
 * Reads a document. A document type declaration is refused before anything is parsed, wherever it stands: it is the way to
 * entities that expand or fetch (RFC 6109 §4.4 documents have none).
 */
export function readXmlDocument(text: string): XmlReading {
  if (/<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text)) {
    return { outcome: "REFUSED", code: "DOCTYPE_REFUSED", detail: "" };
  }
  // Characters that XML 1.0 §2.2 leaves out; the validator lets them pass.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)) return notWellFormed("control character");
  try {
    const validation = XMLValidator.validate(text, { allowBooleanAttributes: false, unpairedTags: [] });
    if (validation !== true) return notWellFormed(`line ${String(validation.err.line)}`);
    const elements = toChildren(parseNodes(text)).filter((child) => typeof child !== "string");
    const [root, second] = elements;
    if (root === undefined || second !== undefined) return notWellFormed("root element");
    return { outcome: "READ", root };
  } catch (error) {
    if (error instanceof NotWellFormed) return notWellFormed(error.message);
    throw error;
  }
}

function parseNodes(text: string): unknown {
  try {
    return parser.parse(text);
  } catch {
    // The library throws plain errors, for malformed documents only; its wording is of no use to a person.
    throw new NotWellFormed("parser");
  }
}

function notWellFormed(detail: string): XmlReading {
  return { outcome: "REFUSED", code: "NOT_WELL_FORMED", detail };
}

/** The library's ordered form: each node an object with one key, its name or a marker, beside the attributes. */
function toChildren(nodes: unknown): readonly (XmlElement | string)[] {
  if (!Array.isArray(nodes)) throw new NotWellFormed("no elements");
  const children: (XmlElement | string)[] = [];
  for (const node of nodes as readonly unknown[]) {
    if (typeof node !== "object" || node === null) throw new NotWellFormed("no element");
    const entries = new Map<string, unknown>(Object.entries(node));
    const attributes = entries.get(ATTRIBUTES);
    entries.delete(ATTRIBUTES);
    for (const [name, content] of entries) {
      if (name === COMMENT) continue;
      if (name === TEXT) children.push(resolveReferences(String(content)));
      else if (name === CDATA) children.push(textOf(content));
      else children.push({ name, attributes: toAttributes(attributes), children: toChildren(content) });
    }
  }
  return children;
}

/** A CDATA section is text as it stands. */
function textOf(nodes: unknown): string {
  if (!Array.isArray(nodes)) return "";
  return (nodes as readonly unknown[])
    .map((node) => (typeof node === "object" && node !== null && TEXT in node ? String(node[TEXT]) : ""))
    .join("");
}

function toAttributes(value: unknown): ReadonlyMap<string, string> {
  if (typeof value !== "object" || value === null) return new Map();
  return new Map(Object.entries(value).map(([name, text]) => [name, resolveReferences(String(text))]));
}

const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/** Resolves the five predefined entities and character numbers (XML 1.0 §4.1, §4.6), once; anything else is not well-formed. */
function resolveReferences(text: string): string {
  return text.replace(/&([^;&]{0,12});?/g, (whole, body: string) => {
    if (!whole.endsWith(";")) throw new NotWellFormed("reference");
    const number = /^#(?:(\d{1,7})|x([0-9a-fA-F]{1,6}))$/.exec(body);
    const character = number === null ? PREDEFINED.get(body) : characterOf(number[1], number[2]);
    if (character === undefined) throw new NotWellFormed("reference");
    return character;
  });
}

function characterOf(decimal: string | undefined, hexadecimal: string | undefined): string | undefined {
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
  const allowed =
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  return allowed ? String.fromCodePoint(code) : undefined;
}
