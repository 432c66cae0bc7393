import { domainToASCII } from "node:url";
import { describe, expect, it } from "vitest";
import { OPERATORS } from "../../../src/core/providers/operators.ts";
import { suggestSettings, type MxRecord } from "../../../src/core/providers/suggest-settings.ts";

const without = (address: string) => suggestSettings(address, { mx: null });
const withMx = (address: string, ...hosts: readonly string[]) =>
  suggestSettings(address, { mx: hosts.map((host, index) => ({ host, preference: (index + 1) * 10 })) });

describe("by the domain alone", () => {
  it.each([
    ["rossi@pec.it", "aruba", "standard", "documented"],
    ["rossi@archiworldpec.it", "aruba", "archiworldpec", "inferred"], // the name of its IMAP server is
    ["rossi@pec.mail-certificata.eu", "aruba", "mail-certificata-eu", "inferred"],
    ["rossi@mail-certificata.eu", "aruba", "mail-certificata-eu", "inferred"],
    ["info@cliente.pecneroavorio.it", "aruba", "standard", "documented"],
    ["rossi@legalmail.it", "infocert", "standard", "documented"],
    ["rossi@cert.legalmail.it", "infocert", "standard", "documented"],
    ["rossi@ordine.pecavvocati.it", "infocert", "standard", "inferred"],
    ["rossi@sicurezzapostale.it", "namirial", "standard", "documented"],
    ["rossi@pec.namirial.com", "namirial", "pro", "inferred"],
    ["rossi@postecert.it", "poste", "standard", "documented"],
    ["rossi@timpec.it", "tim", "standard", "documented"],
    ["rossi@pec.timpec.it", "tim", "standard", "documented"],
    ["rossi@pec.net", "register", "standard", "third-party"],
    ["rossi@postacertificata.notariato.it", "notartel", "standard", "third-party"],
    ["rossi@pec.notariato.it", "notartel", "pec-notariato-it", "third-party"],
    ["rossi@pec.libero.it", "itnet", "standard", "inferred"],
  ])("%s is %s/%s, %s", (address, operator, service, confidence) => {
    expect(without(address)).toMatchObject({
      kind: "settings",
      operator: { id: operator },
      service: { id: service },
      by: "domain",
      mx: "not-asked",
      contradictions: [],
      confidence,
    });
  });

  it("suggests the operator of every domain that is documented, or says why not", () => {
    const documented = OPERATORS.flatMap((operator) =>
      operator.domains
        .filter(({ confidence }) => confidence === "documented")
        .map(({ domain }) => ({ operator: operator.id, domain })),
    );
    expect(documented.length).toBeGreaterThan(20);
    for (const { operator, domain } of documented) {
      const suggestion = without(`info@${domain}`);
      expect(["settings", "no-settings"]).toContain(suggestion.kind);
      expect(suggestion).toMatchObject({ operator: { id: operator } });
    }
  });

  it("takes an exact domain for itself only: what is below is another's", () => {
    expect(without("a@altro.pec.it")).toMatchObject({ kind: "choose", perhaps: null });
    expect(without("a@xlegalmail.it").kind).toBe("choose");
    expect(without("a@legalmail.it.example").kind).toBe("choose");
  });

  it("offers the operator's other services, but not the hosts of other agreements", () => {
    expect(without("a@timpec.it")).toMatchObject({ otherServices: [{ id: "bulk-sending" }] });
    expect(without("a@pec.it")).toMatchObject({ otherServices: [{ id: "multi-user" }] });
    expect(without("a@archiworldpec.it")).toMatchObject({ otherServices: [{ id: "standard" }, { id: "multi-user" }] });
  });

  it.each([
    ["a@emarche.it", "marche", "webmail-only"],
    ["a@pec.istruzione.it", "istruzione", "operator-varies"],
    ["sdi01@pec.fatturapa.it", "sogei", "not-for-users"],
    ["a@cedacricert.it", "cedacri", "not-documented"],
    ["a@postacertificata.gov.it", "cecpac", "ceased"],
  ])("knows whose %s is and proposes nothing: %s, %s", (address, operator, reason) => {
    expect(without(address)).toMatchObject({ kind: "no-settings", operator: { id: operator }, reason });
  });

  it("proposes nothing from an assumption, and leaves the choice to the person", () => {
    expect(without("scuola@argopec.it")).toMatchObject({ kind: "choose", perhaps: { id: "aruba" } });
    expect(without("studio@pec.studiorossi.example")).toEqual({
      kind: "choose",
      address: {
        address: "studio@pec.studiorossi.example",
        localPart: "studio",
        domain: "pec.studiorossi.example",
      },
      mx: "not-asked",
      perhaps: null,
    });
  });

  it.each(["gmail.com", "GMAIL.com", "libero.it", "outlook.it", "yahoo.it", "tim.it"])(
    "says that %s is ordinary mail",
    (domain) => {
      expect(without(`rossi@${domain}`)).toMatchObject({ kind: "ordinary-mail", by: "domain" });
    },
  );
});

describe("with the MX", () => {
  it.each([
    ["mx.pec.aruba.it", "aruba", "documented"],
    ["mx2.pec.aruba.it", "aruba", "third-party"],
    ["MX.CERT.LEGALMAIL.IT.", "infocert", "documented"],
    ["sendmx.sicurezzapostale.it", "namirial", "documented"],
    ["server.pec-email.com", "register", "documented"],
    ["mx.postecert.it", "poste", "third-party"],
    ["mx1.pectim.it", "tim", "inferred"],
  ])("a customer's domain at %s is %s's, %s", (host, operator, confidence) => {
    expect(withMx("studio@pec.studiorossi.example", host)).toMatchObject({
      kind: "settings",
      operator: { id: operator },
      service: { id: "standard" },
      by: "mx",
      mx: "known",
      contradictions: [],
      confidence,
    });
  });

  it("agrees with the domain, which knows the service: the more certain of the two counts", () => {
    expect(withMx("a@pec.mail-certificata.eu", "mx.pec.aruba.it")).toMatchObject({
      kind: "settings",
      service: { id: "mail-certificata-eu" },
      by: "domain-and-mx",
      contradictions: [],
      confidence: "documented",
    });
  });

  it("outranks a domain that is not documented", () => {
    expect(withMx("a@pec.net", "mx.pec.aruba.it")).toMatchObject({
      kind: "settings",
      operator: { id: "aruba" },
      service: { id: "standard" },
      by: "mx",
      contradictions: [{ by: "domain", operator: { id: "register" }, confidence: "third-party" }],
    });
    expect(withMx("a@mail-certificata.eu", "mx.cert.legalmail.it")).toMatchObject({
      operator: { id: "infocert" },
      service: { id: "standard" },
      contradictions: [{ by: "domain", operator: { id: "aruba" } }],
    });
  });

  it("yields to a domain that is documented, and is told", () => {
    expect(withMx("a@fofi.it", "mx.pec.aruba.it")).toMatchObject({
      kind: "settings",
      operator: { id: "infocert" },
      by: "domain",
      mx: "known",
      contradictions: [{ by: "mx", operator: { id: "aruba" }, confidence: "documented" }],
    });
    expect(withMx("a@emarche.it", "mx.pec.aruba.it")).toMatchObject({
      kind: "no-settings",
      reason: "webmail-only",
      contradictions: [{ by: "mx", operator: { id: "aruba" } }],
    });
  });

  it("tells the operator of a customer's domain, and of one that ended and came back", () => {
    expect(withMx("scuola@pec.istruzione.it", "mx.pec.aruba.it")).toMatchObject({
      kind: "settings",
      operator: { id: "aruba" },
      by: "mx",
      contradictions: [],
    });
    expect(withMx("a@postacertificata.gov.it", "mx.pec.aruba.it")).toMatchObject({ operator: { id: "aruba" } });
  });

  it("confirms an assumption or refutes it", () => {
    expect(withMx("scuola@argopec.it", "mx.pec.aruba.it")).toMatchObject({
      kind: "settings",
      by: "mx",
      confidence: "documented",
      contradictions: [],
    });
    expect(withMx("scuola@argopec.it", "mx.cert.legalmail.it")).toMatchObject({
      operator: { id: "infocert" },
      contradictions: [],
    });
    expect(withMx("scuola@argopec.it", "mail.nobody.example")).toMatchObject({ kind: "choose", mx: "nobody-known" });
  });

  it("of nobody known leaves what the domain says", () => {
    expect(withMx("a@pec.net", "mail.nobody.example")).toMatchObject({
      kind: "settings",
      operator: { id: "register" },
      by: "domain",
      mx: "nobody-known",
    });
    expect(withMx("a@studio.example", "mail.studio.example")).toMatchObject({ kind: "choose", mx: "nobody-known" });
  });

  it("that do not exist are told: no records, or the record that says so (RFC 7505)", () => {
    expect(withMx("a@studio.example")).toMatchObject({ kind: "choose", mx: "none" });
    expect(withMx("a@studio.example", ".")).toMatchObject({ kind: "choose", mx: "none" });
    expect(withMx("a@pec.it", ".")).toMatchObject({ kind: "settings", by: "domain", mx: "none" });
  });

  it.each(["studio-example.mail.protection.outlook.com", "aspmx.l.google.com", "mx.aruba.it", "mail.register.it"])(
    "%s says that the domain is ordinary mail",
    (host) => {
      expect(withMx("a@studio.example", host)).toMatchObject({ kind: "ordinary-mail", by: "mx" });
    },
  );

  it("of ordinary mail outrank a domain that is not documented, and contradict one that is", () => {
    expect(withMx("a@pec.net", "aspmx.l.google.com")).toMatchObject({
      kind: "ordinary-mail",
      contradictions: [{ by: "domain", operator: { id: "register" } }],
    });
    expect(withMx("a@pec.it", "aspmx.l.google.com")).toMatchObject({
      kind: "settings",
      contradictions: [{ by: "mx", operator: null }],
    });
  });
});

describe("several MX", () => {
  const records: readonly MxRecord[] = [
    { host: "mx.cert.legalmail.it", preference: 20 },
    { host: "mx.pec.aruba.it", preference: 5 },
    { host: "mx2.pec.aruba.it", preference: 10 },
    { host: "mail.nobody.example", preference: 1 },
    { host: "aspmx.l.google.com", preference: 100 },
  ];

  it("of one operator are one answer", () => {
    expect(withMx("a@studio.example", "mx.pec.aruba.it", "mx2.pec.aruba.it")).toMatchObject({ contradictions: [] });
  });

  it("of different ones: the preferred one that is known counts, by number, each other is told once", () => {
    expect(suggestSettings("a@studio.example", { mx: records })).toMatchObject({
      kind: "settings",
      operator: { id: "aruba" },
      by: "mx",
      mx: "known",
      contradictions: [
        { by: "mx", operator: { id: "infocert" } },
        { by: "mx", operator: null },
      ],
    });
  });

  it("give the same answer in whatever order the name server sends them", () => {
    const equal = records.map(({ host }) => ({ host, preference: 10 }));
    for (const mx of [records, equal]) {
      const expected = suggestSettings("a@studio.example", { mx });
      for (let turn = 1; turn < mx.length; turn++) {
        expect(suggestSettings("a@studio.example", { mx: [...mx.slice(turn), ...mx.slice(0, turn)] })).toEqual(
          expected,
        );
      }
      expect(suggestSettings("a@studio.example", { mx: mx.toReversed() })).toEqual(expected);
    }
  });

  it("of a hostile name server do no harm", () => {
    const mx = Array.from({ length: 100_000 }, (_, index) => ({ host: "a".repeat(index % 1000), preference: NaN }));
    expect(suggestSettings("a@studio.example", { mx })).toMatchObject({ kind: "choose", mx: "none" });
    expect(withMx("a@studio.example", "mx.pec.aruba.it\n.evil", "../..", "", "mx.pec.\u0430ruba.it")).toMatchObject({
      kind: "choose",
    });
  });
});

describe("what is typed", () => {
  it.each([
    " Rossi@PEC.IT ",
    "Rossi@pec.it.",
    "mailto:Rossi@pec.it",
    "Studio Rossi <Rossi@Pec.It>",
    "\u200bRossi@pec.it\u00a0",
    "Rossi@ｐｅｃ．it",
  ])("%j is read as Rossi@pec.it", (typed) => {
    expect(without(typed)).toMatchObject({
      kind: "settings",
      address: { address: "Rossi@pec.it", localPart: "Rossi", domain: "pec.it" },
    });
  });

  it.each([
    ["", "EMPTY"],
    ["  \t", "EMPTY"],
    ["Mario Rossi", "NO_AT"],
    ["pec.it", "NO_AT"],
    ["Studio Rossi <>", "NO_AT"],
    ["a@pec.it, b@pec.it", "SEVERAL_ADDRESSES"],
    ["A <a@pec.it>, B <b@pec.it>", "SEVERAL_ADDRESSES"],
    ["a@b@pec.it", "SEVERAL_ADDRESSES"],
    ["mario rossi@pec.it", "BLANK_INSIDE"],
    ["mario@pec .it", "BLANK_INSIDE"],
    ["@pec.it", "BAD_LOCAL_PART"],
    ["mario..rossi@pec.it", "BAD_LOCAL_PART"],
    ["nicolò@pec.it", "BAD_LOCAL_PART"],
    [`${"a".repeat(65)}@pec.it`, "BAD_LOCAL_PART"],
    ["mario@", "BAD_DOMAIN"],
    ["mario@pec", "BAD_DOMAIN"],
    ["mario@pec..it", "BAD_DOMAIN"],
    ["mario@-pec.it", "BAD_DOMAIN"],
    ["mario@192.0.2.1", "BAD_DOMAIN"],
    ["mario@[192.0.2.1]", "BAD_DOMAIN"],
    [`mario@${"a".repeat(64)}.it`, "BAD_DOMAIN"],
    [`mario@${"a.".repeat(200)}it`, "BAD_DOMAIN"],
    ["a".repeat(5_000_000), "BAD_LOCAL_PART"],
  ])("%.40j is no address: %s", (typed, problem) => {
    expect(without(typed)).toEqual({ kind: "not-an-address", problem });
  });

  it("takes a letter of another alphabet for no Latin one, and shows the domain in ASCII", () => {
    expect(without("rossi@\u0440ec.it")).toMatchObject({
      kind: "choose",
      address: { domain: domainToASCII("\u0440ec.it") },
    });
    expect(without("rossi@città.example")).toMatchObject({
      kind: "choose",
      address: { domain: domainToASCII("città.example") },
    });
  });

  it("never throws and never proposes a server for what it does not know", () => {
    const pieces = [
      "@",
      ".",
      "pec",
      "it",
      " ",
      "<",
      ">",
      '"',
      "xn--",
      "\u202e",
      "é",
      ",",
      ";",
      "\\",
      "*",
      "\u0000",
      "À",
    ];
    let state = 7;
    for (let round = 0; round < 3000; round++) {
      let text = "";
      for (let length = 0; length < 8; length++) {
        state = (state * 48_271) % 2_147_483_647;
        text += pieces[state % pieces.length] ?? "";
      }
      const suggestion = without(text);
      if (suggestion.kind !== "not-an-address" && suggestion.kind !== "choose") {
        expect(suggestion.address.domain).toMatch(/^pec\.it$/);
      }
    }
  });
});
