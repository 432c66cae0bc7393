import { describe, expect, it } from "vitest";
import type { Daticert, DaticertResult } from "../../../src/core/daticert/daticert.ts";
import { decodeXmlText, MAX_DATICERT_BYTES } from "../../../src/core/daticert/decode-xml-text.ts";
import { parseDaticert } from "../../../src/core/daticert/parse-daticert.ts";
import { bytesOf, mutate, randomNumbers } from "../mime/bytes-of.ts";
import { processorTime } from "../processor-time.ts";

const DELIVERY = `<?xml version="1.0" encoding="UTF-8"?>
<postacert tipo="avvenuta-consegna" errore="nessuno">
    <intestazione>
        <mittente>mario@pec.it</mittente>
        <destinatari tipo="certificato">anna@pec.it</destinatari>
        <destinatari tipo="esterno">luca@mail.it</destinatari>
        <risposte>mario@pec.it</risposte>
        <oggetto>Atto n. 007 &lt;urgente&gt; &amp; altro</oggetto>
    </intestazione>
    <dati>
        <gestore-emittente>GESTORE PEC S.p.A.</gestore-emittente>
        <data zona="+0100">
            <giorno>05/12/2024</giorno>
            <ora>00:02:10</ora>
        </data>
        <identificativo>opec1.20241205000210.1.1.1@pec.it</identificativo>
        <msgid>&lt;007@client&gt;</msgid>
        <ricevuta tipo="completa"/>
        <consegna>anna@pec.it</consegna>
    </dati>
</postacert>
`;

function parse(text: string): DaticertResult {
  return parseDaticert(new TextEncoder().encode(text));
}

function read(text: string): Daticert {
  const result = parse(text);
  if (result.outcome !== "READ") throw new Error(`${result.code} ${result.detail}`);
  return result.daticert;
}

/** `DELIVERY` with one piece replaced, which must be there. */
function changed(from: string, to: string): string {
  if (!DELIVERY.includes(from)) throw new Error(`not in the document: ${from}`);
  return DELIVERY.replace(from, () => to);
}

describe("parseDaticert: a correct document", () => {
  it("gives every value as it is written", () => {
    expect(read(DELIVERY)).toEqual({
      tipo: "avvenuta-consegna",
      errore: "nessuno",
      mittente: "mario@pec.it",
      destinatari: [
        { indirizzo: "anna@pec.it", tipo: "certificato" },
        { indirizzo: "luca@mail.it", tipo: "esterno" },
      ],
      risposte: "mario@pec.it",
      oggetto: "Atto n. 007 <urgente> & altro",
      gestoreEmittente: "GESTORE PEC S.p.A.",
      data: { instant: Date.UTC(2024, 11, 4, 23, 2, 10), local: "2024-12-05T00:02:10", offset: "+0100" },
      identificativo: "opec1.20241205000210.1.1.1@pec.it",
      msgid: "007@client",
      ricevuta: "completa",
      consegna: "anna@pec.it",
      ricezione: [],
      erroreEsteso: null,
      deviations: [],
    });
  });

  it("applies the defaults of the DTD", () => {
    const daticert = read(changed(' errore="nessuno"', "").replace(' tipo="certificato"', ""));
    expect(daticert.errore).toBe("nessuno");
    expect(daticert.destinatari[0]?.tipo).toBe("certificato");
    expect(daticert.deviations).toEqual([]);
  });

  it("does without the optional elements", () => {
    const text = DELIVERY.replace(/<(oggetto|msgid|consegna)>.*<\/\1>/g, "").replace(/<ricevuta.*>/, "");
    expect(read(text)).toMatchObject({ oggetto: null, msgid: null, consegna: null, ricevuta: null, deviations: [] });
  });

  it("keeps strings that look like numbers, and only trims", () => {
    const daticert = read(changed("GESTORE PEC S.p.A.", " 007 ").replace("Atto n. 007", "1e3"));
    expect(daticert.gestoreEmittente).toBe("007");
    expect(daticert.oggetto).toBe("1e3 <urgente> & altro");
  });

  it.each([
    "accettazione",
    "non-accettazione",
    "presa-in-carico",
    "avvenuta-consegna",
    "posta-certificata",
    "errore-consegna",
    "preavviso-errore-consegna",
    "rilevazione-virus",
  ])("knows the kind %s", (kind) => {
    expect(read(changed('tipo="avvenuta-consegna"', `tipo='${kind}'`)).tipo).toBe(kind);
  });

  it("reads recipients of a take-charge receipt and an extended error", () => {
    const text = changed(
      "<consegna>anna@pec.it</consegna>",
      "<ricezione>a@pec.it</ricezione><ricezione>b@pec.it</ricezione><errore-esteso>5.1.1 - G - indirizzo</errore-esteso>",
    );
    expect(read(text)).toMatchObject({ ricezione: ["a@pec.it", "b@pec.it"], erroreEsteso: "5.1.1 - G - indirizzo" });
  });

  it("reads CDATA as it stands and leaves comments and instructions out", () => {
    const text = changed("Atto n. 007 &lt;urgente&gt; &amp; altro", "A<![CDATA[ &amp; <b> ]]><!-- no --><?no x?>Z");
    expect(read(text).oggetto).toBe("A &amp; <b> Z");
  });

  it("resolves the five names and numbers once", () => {
    const text = changed("&lt;urgente&gt; &amp; altro", "&quot;&apos;&#232;&#xE8;&amp;amp;&amp;lt;");
    expect(read(text).oggetto).toBe("Atto n. 007 \"'èè&amp;&lt;");
  });

  it("reads thousands of recipients", () => {
    const recipients = Array.from(
      { length: 4000 },
      (_, index) => `<destinatari>r${String(index)}@pec.it</destinatari>`,
    );
    const { destinatari } = read(
      changed('<destinatari tipo="esterno">luca@mail.it</destinatari>', recipients.join("\n")),
    );
    expect(destinatari).toHaveLength(4001);
    expect(destinatari[4000]?.indirizzo).toBe("r3999@pec.it");
  });
});

describe("parseDaticert: deviations that are tolerated and recorded", () => {
  it.each([
    ["BOM", `\ufeff${DELIVERY}`, "BOM"],
    ["blank lines before the declaration", `\r\n\n  ${DELIVERY}`, "LEADING_BLANKS"],
    ["no declaration", DELIVERY.slice(DELIVERY.indexOf("<postacert")), null],
    ["text between elements", changed("<dati>", "<dati>stray &amp; text"), "STRAY_TEXT"],
    ["an unknown element", changed("<dati>", "<dati><nuovo>x</nuovo>"), "UNKNOWN_ELEMENT"],
    ["an unknown attribute", changed("<dati>", '<dati xmlns="x">'), "UNKNOWN_ATTRIBUTE"],
    [
      "another order",
      changed("<mittente>mario@pec.it</mittente>", "").replace(
        "</intestazione>",
        "<mittente>mario@pec.it</mittente></intestazione>",
      ),
      "ELEMENT_ORDER",
    ],
    ["risposte missing", changed("<risposte>mario@pec.it</risposte>", ""), "RISPOSTE_MISSING"],
    ["an empty element", changed("<mittente>mario@pec.it</mittente>", "<mittente/>"), "EMPTY_ELEMENT"],
    ["ricevuta not self-closed", changed('<ricevuta tipo="completa"/>', '<ricevuta tipo="completa"></ricevuta>'), null],
    ["mancata-consegna", changed('tipo="avvenuta-consegna"', 'tipo="mancata-consegna"'), "TIPO_MANCATA_CONSEGNA"],
    [
      "identificativo in brackets",
      changed("opec1.20241205000210.1.1.1@pec.it", "&lt;opec1.20241205000210.1.1.1@pec.it&gt;"),
      "IDENTIFICATIVO_IN_BRACKETS",
    ],
    [
      "identificativo wrapped",
      changed("opec1.20241205000210.", "opec1.\n   20241205000210."),
      "IDENTIFICATIVO_WRAPPED",
    ],
    ["zone with a colon", changed("+0100", "+01:00"), "ZONE_WITH_COLON"],
  ])("%s", (_, text, deviation) => {
    const daticert = read(text);
    expect(daticert.deviations).toEqual(deviation === null ? [] : [deviation]);
    expect(daticert.identificativo).toBe("opec1.20241205000210.1.1.1@pec.it");
    expect(daticert.data.instant).toBe(Date.UTC(2024, 11, 4, 23, 2, 10));
    if (deviation === "TIPO_MANCATA_CONSEGNA") expect(daticert.tipo).toBe("errore-consegna");
  });

  it.each([
    ["padded", " \n &lt;007@client&gt; \n", "007@client", ["MSGID_PADDED"]],
    ["wrapped", "&lt;007.\r\n\t  abc@client&gt;", "007.abc@client", ["MSGID_WRAPPED"]],
    ["without brackets", "007@client", "007@client", ["MSGID_WITHOUT_BRACKETS"]],
    ["not escaped", "<007@client>", "007@client", ["MSGID_UNESCAPED"]],
    [
      "not escaped, wrapped and padded",
      "\n<007\n@client>\n",
      "007@client",
      ["MSGID_UNESCAPED", "MSGID_PADDED", "MSGID_WRAPPED"],
    ],
    ["not escaped, with an ampersand", "<a&b&amp;c@client>", "a&b&c@client", ["MSGID_UNESCAPED"]],
    ["with a raw closing bracket only", "&lt;007@client>", "007@client", []],
    ["in CDATA", "<![CDATA[<007@client>]]>", "007@client", []],
    ["empty", "", null, ["MSGID_EMPTY"]],
    ["with a dollar sign", "<NE$&$1@client>", "NE$&$1@client", ["MSGID_UNESCAPED"]],
  ])("msgid %s", (_, content, expected, deviations) => {
    const daticert = read(changed("&lt;007@client&gt;", content));
    expect(daticert.msgid).toBe(expected);
    expect(daticert.deviations).toEqual(deviations);
  });

  it.each([
    ["signs", `<msgid><a${"@".repeat(400_000)}</msgid>`],
    ["beginnings", "<msgid><a@".repeat(40_000)],
    ["blanks", `<msgid${" ".repeat(400_000)}`],
  ])("looks for an identifier that is not escaped in linear time: %s", async (_, msgid) => {
    const text = changed("<msgid>&lt;007@client&gt;</msgid>", msgid);
    const { result, spent } = await processorTime(() => parse(text));
    expect(result.outcome).toBe("MALFORMED");
    // Tried in every way there is, it takes minutes.
    expect(spent).toBeLessThan(2_000);
  });

  it("takes an error that no list has for another error, and keeps the provider's word", () => {
    const read40 = "x".repeat(40);
    for (const [written, kept] of [
      ["casella-piena", "casella-piena"],
      [" Poco ", "Poco"],
      ["constructor", "constructor"],
      ["x".repeat(5_000), read40],
    ] as const) {
      expect(read(changed('errore="nessuno"', `errore="${written}"`))).toMatchObject({
        errore: "altro",
        deviations: [`UNKNOWN_ERRORE:${kept}`],
      });
    }
  });

  it.each([
    ["tipo", 'tipo="avvenuta-consegna"', 'tipo="Avvenuta-Consegna"', { tipo: "avvenuta-consegna" }],
    ["errore", 'errore="nessuno"', 'errore="NO-DEST"', { errore: "no-dest" }],
    ["a recipient's tipo", 'tipo="esterno"', 'tipo="Esterno"', { destinatari: [{}, { tipo: "esterno" }] }],
    ["ricevuta", 'tipo="completa"', 'tipo="COMPLETA"', { ricevuta: "completa" }],
  ])("reads %s in any case, and says so", (_, from, to, expected) => {
    expect(read(changed(from, to))).toMatchObject({ ...expected, deviations: ["ATTRIBUTE_CASE"] });
  });

  it("takes a self-closed msgid for none", () => {
    expect(read(changed("<msgid>&lt;007@client&gt;</msgid>", "<msgid/>"))).toMatchObject({
      msgid: null,
      deviations: ["MSGID_EMPTY"],
    });
  });

  it("follows the encoding that is declared, and says when it is not UTF-8", () => {
    const latin = DELIVERY.replace("UTF-8", "ISO-8859-1").replace("urgente", "perch\xe9");
    const result = parseDaticert(bytesOf(latin));
    expect(result).toMatchObject({ outcome: "READ", daticert: { oggetto: "Atto n. 007 <perché> & altro" } });
    expect(result.outcome === "READ" && result.daticert.deviations).toEqual(["ENCODING_NOT_UTF8"]);
  });

  it("reads ISO-8859-1 that is said to be UTF-8", () => {
    const result = parseDaticert(bytesOf(DELIVERY.replace("urgente", "perch\xe9")));
    expect(result).toMatchObject({
      outcome: "READ",
      daticert: { oggetto: "Atto n. 007 <perché> & altro", deviations: ["INVALID_UTF8"] },
    });
  });
});

describe("parseDaticert: certified time", () => {
  const time = (day: string, hour: string, zone: string): Daticert["data"] =>
    read(DELIVERY.replace("05/12/2024", day).replace("00:02:10", hour).replace(' zona="+0100"', zone)).data;

  it.each([
    ["+0200", "2024-07-01T10:00:00Z"],
    ["-0130", "2024-07-01T13:30:00Z"],
    ["+0000", "2024-07-01T12:00:00Z"],
  ])("subtracts the zone %s", (zone, expected) => {
    expect(time("01/07/2024", "12:00:00", ` zona="${zone}"`)).toEqual({
      instant: Date.parse(expected),
      local: "2024-07-01T12:00:00",
      offset: zone,
    });
  });

  it.each([
    ["1/07/2024", "12:00:00", "2024-07-01T12:00:00Z"],
    ["01/7/2024", "12:00:00", "2024-07-01T12:00:00Z"],
    ["01/07/2024", "8:05:09", "2024-07-01T08:05:09Z"],
  ])("reads %s %s without its leading zero, and says so", (day, hour, expected) => {
    const text = DELIVERY.replace("05/12/2024", day).replace("00:02:10", hour).replace("+0100", "+0000");
    expect(read(text)).toMatchObject({
      data: { instant: Date.parse(expected), local: expected.slice(0, -1), offset: "+0000" },
      deviations: ["TIME_NOT_PADDED"],
    });
  });

  it("allows the second 60", () => {
    expect(time("31/12/2016", "23:59:60", ' zona="+0000"')).toMatchObject({
      instant: Date.UTC(2017, 0, 1),
      local: "2016-12-31T23:59:60",
    });
  });

  it.each([
    ["winter", "05/12/2024", "00:02:10", "2024-12-04T23:02:10Z"],
    ["summer", "05/07/2024", "00:02:10", "2024-07-04T22:02:10Z"],
    ["last second of winter time", "31/03/2024", "01:59:59", "2024-03-31T00:59:59Z"],
    ["first second of summer time", "31/03/2024", "03:00:00", "2024-03-31T01:00:00Z"],
    ["the hour that does not exist", "31/03/2024", "02:30:00", "2024-03-31T01:30:00Z"],
    ["the hour that comes twice", "27/10/2024", "02:30:00", "2024-10-27T00:30:00Z"],
    ["after it", "27/10/2024", "03:00:00", "2024-10-27T02:00:00Z"],
  ])("reads a time without a zone as Rome's: %s", (_, day, hour, expected) => {
    expect(time(day, hour, "")).toMatchObject({ instant: Date.parse(expected), offset: null });
  });

  it.each([
    ["", "ZONE_MISSING"],
    [' zona=""', "ZONE_MISSING"],
    [' zona="CET"', "ZONE_MALFORMED"],
    [' zona="0100"', "ZONE_MALFORMED"],
    [' zona="+0199"', "ZONE_MALFORMED"],
    [' zona="+9900"', "ZONE_MALFORMED"],
  ])("says what is wrong with the zone in <data%s>", (zone, deviation) => {
    const daticert = read(changed(' zona="+0100"', zone));
    expect(daticert.data).toEqual({
      instant: Date.UTC(2024, 11, 4, 23, 2, 10),
      local: "2024-12-05T00:02:10",
      offset: null,
    });
    expect(daticert.deviations).toEqual([deviation]);
  });

  it.each([
    ["31/02/2024", "00:00:00"],
    ["29/02/2023", "00:00:00"],
    ["00/01/2024", "00:00:00"],
    ["01/13/2024", "00:00:00"],
    ["01/00/2024", "00:00:00"],
    ["001/01/2024", "00:00:00"],
    ["01/01/24", "00:00:00"],
    ["01/01/2024", "0:0:00"],
    ["01/01/2024", ":00:00"],
    ["2024-01-01", "00:00:00"],
    ["01/01/0024", "00:00:00"],
    ["", "00:00:00"],
    ["01/01/2024", "25:00:00"],
    ["01/01/2024", "24:00:00"],
    ["01/01/2024", "00:60:00"],
    ["01/01/2024", "00:00:61"],
    ["01/01/2024", "00:00"],
    ["01/01/2024", ""],
  ])("refuses %j %j", (day, hour) => {
    expect(parse(DELIVERY.replace("05/12/2024", day).replace("00:02:10", hour))).toEqual({
      outcome: "MALFORMED",
      code: "INVALID_DATE",
      detail: "dati/data",
    });
  });
});

describe("parseDaticert: what is refused", () => {
  it.each([
    ["nothing", "", "NOT_WELL_FORMED"],
    ["no XML", "ciao", "NOT_WELL_FORMED"],
    ["cut off", DELIVERY.slice(0, 600), "NOT_WELL_FORMED"],
    ["an element that is not closed", changed("</mittente>", ""), "NOT_WELL_FORMED"],
    ["elements that overlap", changed("</mittente>", "</oggetto>"), "NOT_WELL_FORMED"],
    ["two roots", `${DELIVERY}<postacert/>`, "NOT_WELL_FORMED"],
    ["text after the root", `${DELIVERY}x`, "NOT_WELL_FORMED"],
    ["a raw ampersand", changed("&amp; altro", "& altro"), "NOT_WELL_FORMED"],
    ["an unknown entity", changed("&amp; altro", "&egrave;"), "NOT_WELL_FORMED"],
    ["an entity in an attribute", changed('errore="nessuno"', 'errore="&nessuno;"'), "NOT_WELL_FORMED"],
    ["a reference to NUL", changed("&amp; altro", "&#0;"), "NOT_WELL_FORMED"],
    ["a reference to a surrogate", changed("&amp; altro", "&#xD800;"), "NOT_WELL_FORMED"],
    ["a NUL", changed("mario", "ma\0rio"), "NOT_WELL_FORMED"],
    ["an attribute without quotes", changed('"nessuno"', "nessuno"), "NOT_WELL_FORMED"],
    ["an attribute twice", changed('errore="nessuno"', 'errore="nessuno" errore="virus"'), "NOT_WELL_FORMED"],
    ["markup in msgid that is no identifier", changed("&lt;007@client&gt;", "<b>007@client</b>"), "UNEXPECTED_MARKUP"],
    ["an open bracket in msgid", changed("&lt;007@client&gt;", "<007@client"), "NOT_WELL_FORMED"],
    ["raw brackets outside msgid", changed("&lt;urgente&gt;", "<a@b>"), "NOT_WELL_FORMED"],
    ["a comment that joins a reference", changed("&amp; altro", "&am<!-- -->p;"), "NOT_WELL_FORMED"],
    ["an element in a value", changed("mario@pec.it", "mario@<b/>pec.it"), "UNEXPECTED_MARKUP"],
    ["another root", "<other/>", "UNEXPECTED_ROOT"],
    ["a prefixed root", '<p:postacert xmlns:p="x"/>', "UNEXPECTED_ROOT"],
    ["a type declaration", `<!DOCTYPE postacert>${DELIVERY}`, "DOCTYPE_REFUSED"],
    ["a type declaration in lower case", `<!doctype postacert>${DELIVERY}`, "DOCTYPE_REFUSED"],
    ["an unknown encoding", changed("UTF-8", "x-unknown"), "UNKNOWN_ENCODING"],
    ["no tipo", changed(' tipo="avvenuta-consegna"', ""), "MISSING_ATTRIBUTE"],
    ["an unknown tipo", changed('tipo="avvenuta-consegna"', 'tipo="letta"'), "INVALID_ATTRIBUTE"],
    ["a tipo from the prototype", changed('tipo="avvenuta-consegna"', 'tipo="constructor"'), "INVALID_ATTRIBUTE"],
    ["an unknown kind of recipient", changed('tipo="esterno"', 'tipo="altro"'), "INVALID_ATTRIBUTE"],
    ["an unknown kind of receipt", changed('tipo="completa"', 'tipo="lunga"'), "INVALID_ATTRIBUTE"],
    ["a receipt without its kind", changed('<ricevuta tipo="completa"/>', "<ricevuta/>"), "MISSING_ATTRIBUTE"],
    ["no recipients", DELIVERY.replace(/<destinatari.*<\/destinatari>/g, ""), "MISSING_ELEMENT"],
    ["an empty identificativo", changed("opec1.20241205000210.1.1.1@pec.it", " "), "MISSING_ELEMENT"],
  ])("%s", (_, text, code) => {
    expect(parse(text)).toMatchObject({ outcome: "MALFORMED", code });
  });

  it.each(["intestazione", "dati", "mittente", "gestore-emittente", "data", "giorno", "ora", "identificativo"])(
    "%s missing or there twice",
    (name) => {
      const [element = ""] = new RegExp(`<${name}[ >][^]*</${name}>`).exec(DELIVERY) ?? [];
      expect(parse(changed(element, ""))).toMatchObject({ outcome: "MALFORMED", code: "MISSING_ELEMENT" });
      expect(parse(changed(element, element + element))).toMatchObject({
        outcome: "MALFORMED",
        code: "DUPLICATE_ELEMENT",
      });
    },
  );

  it.each(["risposte", "oggetto", "msgid", "consegna"])("%s there twice", (name) => {
    const [element = ""] = new RegExp(`<${name}>.*</${name}>`).exec(DELIVERY) ?? [];
    const result = parse(changed(element, element + element));
    expect(result).toMatchObject({ outcome: "MALFORMED", code: "DUPLICATE_ELEMENT" });
    expect(result.outcome === "MALFORMED" && result.detail.endsWith(`/${name}`)).toBe(true);
  });
});

describe("parseDaticert: hostile input", () => {
  it("expands no entities (billion laughs)", () => {
    const entities = Array.from(
      { length: 10 },
      (_, index) => `<!ENTITY l${String(index + 1)} "${`&l${String(index)};`.repeat(10)}">`,
    );
    const bomb = `<?xml version="1.0"?><!DOCTYPE postacert [<!ENTITY l0 "lol">${entities.join("")}]><postacert>&l10;</postacert>`;
    expect(parse(bomb)).toMatchObject({ code: "DOCTYPE_REFUSED" });
  });

  it("fetches nothing (external entity)", () => {
    expect(parse('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><postacert>&e;</postacert>')).toMatchObject({
      code: "DOCTYPE_REFUSED",
    });
  });

  it("refuses 5 MB before reading them", () => {
    expect(parseDaticert(new Uint8Array(5_000_000))).toEqual({
      outcome: "MALFORMED",
      code: "TOO_LARGE",
      detail: "5000000",
    });
    expect(decodeXmlText(new Uint8Array(5_000_000))).toBeNull();
  });

  it("reads as much as the limit", () => {
    const padding = " ".repeat(MAX_DATICERT_BYTES - new TextEncoder().encode(DELIVERY).length);
    expect(parse(DELIVERY + padding).outcome).toBe("READ");
    expect(parse(`${DELIVERY + padding} `)).toMatchObject({ code: "TOO_LARGE" });
  });

  it("stops at a number of recipients", () => {
    const text = changed(
      '<destinatari tipo="esterno">luca@mail.it</destinatari>',
      "<destinatari>a@b.it</destinatari>".repeat(5000),
    );
    expect(parse(text)).toMatchObject({ code: "TOO_MANY_RECIPIENTS" });
  });

  it("refuses deep nesting", () => {
    expect(parse("<postacert>" + "<a>".repeat(50_000) + "</a>".repeat(50_000) + "</postacert>")).toMatchObject({
      code: "NOT_WELL_FORMED",
    });
  });

  it.each([
    "<",
    "<!--",
    "<![CDATA[",
    "<a ",
    "&amp;",
    "&",
    "<msgid>",
    "<msgid><a@",
    "<msgid >\n",
    "<?xml ",
    "]]>",
    "</a>",
  ])("half a megabyte of %j ends in a verdict", (piece) => {
    const filler = piece.repeat(500_000 / piece.length);
    expect(parse(`<postacert>${filler}</postacert>`).outcome).toBe("MALFORMED");
  });

  it.each(["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"])(
    "gets no value from an element or attribute %s",
    (name) => {
      for (const text of [
        changed("<dati>", `<dati><${name} tipo="x">x</${name}>`),
        changed("<dati>", `<dati ${name}="x">`),
        changed(' tipo="avvenuta-consegna"', ` tipo="avvenuta-consegna" ${name}="x"`),
      ]) {
        const result = parse(text);
        if (result.outcome === "READ") {
          expect({ ...result.daticert, deviations: [] }).toEqual(read(DELIVERY));
          expect(result.daticert.deviations).toHaveLength(1);
        } else {
          expect(result.code).toBe("NOT_WELL_FORMED");
        }
      }
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );

  it("gives an outcome for a document cut off after any byte, and READ only for the whole", () => {
    const bytes = new TextEncoder().encode(DELIVERY.trim());
    for (let length = 0; length < bytes.length; length++) {
      expect(parseDaticert(bytes.subarray(0, length)).outcome).toBe("MALFORMED");
    }
    expect(parseDaticert(bytes).outcome).toBe("READ");
  });

  it("gives an outcome for 2,000 damaged documents", () => {
    const random = randomNumbers(519);
    const bytes = new TextEncoder().encode(DELIVERY);
    const outcomes = new Set<string>();
    for (let count = 0; count < 2_000; count++) outcomes.add(parseDaticert(mutate(bytes, random)).outcome);
    expect([...outcomes].sort()).toEqual(["MALFORMED", "READ"]);
  });
});

describe("decodeXmlText", () => {
  it.each([
    ["malformed XML too", [0x3c, 0x61], "<a"],
    ["without the BOM", [0xef, 0xbb, 0xbf, 0x61], "a"],
    ["UTF-16", [0xff, 0xfe, 0x61, 0x00], "a"],
    ["text that is not UTF-8", [0xe8], "è"],
  ])("gives text: %s", (_, bytes, expected) => {
    expect(decodeXmlText(Uint8Array.from(bytes))).toBe(expected);
  });

  it("gives null for an encoding nobody knows", () => {
    expect(decodeXmlText(bytesOf('<?xml version="1.0" encoding="x-unknown"?>'))).toBeNull();
  });
});
