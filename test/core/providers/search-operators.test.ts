import { describe, expect, it } from "vitest";
import { OPERATORS } from "../../../src/core/providers/operators.ts";
import { searchOperators } from "../../../src/core/providers/search-operators.ts";

const found = (text: string) =>
  searchOperators(text).map(({ operator, service }) => `${operator.id}/${service?.id ?? "-"}`);

describe("the list of operators", () => {
  it("shows all that can be used, in the order of the directory, when nothing is typed", () => {
    const all = found("");
    expect(all).toHaveLength(OPERATORS.flatMap(({ services }) => services).length);
    expect(all.slice(0, 2)).toEqual(["aruba/standard", "aruba/archiworldpec"]);
    expect(found(" \t.")).toEqual(all);
  });

  it.each([
    ["Aruba", "aruba/standard"],
    ["ARUBA", "aruba/standard"],
    ["legal", "infocert/standard"],
    ["Legalmail", "infocert/standard"],
    ["visura", "infocert/standard"],
    ["lextel", "infocert/standard"],
    ["Poste", "poste/standard"],
    ["poste cert", "poste/standard"],
    ["TIM", "tim/standard"],
    ["telecom", "tim/standard"],
    ["Sicurezza Postale", "namirial/standard"],
    ["sicurezzapostale.it", "namirial/standard"],
    ["namirial", "namirial/standard"],
    ["Register.it", "register/standard"],
    ["pec.net", "register/standard"],
    ["mail-certificata.eu", "aruba/mail-certificata-eu"],
    ["pec.mail-certificata.eu", "aruba/mail-certificata-eu"],
    ["archiworldpec.it", "aruba/archiworldpec"],
    ["architetti", "aruba/standard"],
    ["notariato", "notartel/standard"],
    ["kolst", "intesi/standard"],
    ["rossi@archiworldpec.it", "aruba/archiworldpec"],
    ["rossi@legalmail.it", "infocert/standard"],
    ["Regione Marche", "marche/-"],
    ["postacertificata.gov.it", "cecpac/-"],
  ])("%s finds %s first", (text, first) => {
    expect(found(text)[0]).toBe(first);
  });

  it("tells the other name under which a line was found", () => {
    expect(searchOperators("lextel")[0]).toMatchObject({ foundBy: "Lextel" });
    expect(searchOperators("lamiapec")[0]).toMatchObject({ operator: { id: "namirial" }, foundBy: "LaMiaPec" });
    expect(searchOperators("aruba pec")[0]).toMatchObject({ foundBy: null });
  });

  it("finds the services of an operator by its name", () => {
    expect(found("tim").filter((line) => line.startsWith("tim/"))).toEqual(["tim/standard", "tim/bulk-sending"]);
    expect(found("aruba").slice(0, 4)).toEqual(
      expect.arrayContaining([
        "aruba/standard",
        "aruba/multi-user",
        "aruba/archiworldpec",
        "aruba/mail-certificata-eu",
      ]),
    );
  });

  it("shows those without servers after those that can be used", () => {
    const usable = searchOperators("pec").map(({ service }) => service !== null);
    expect(usable).toContain(false);
    expect(usable.lastIndexOf(true)).toBeLessThan(usable.indexOf(false));
  });

  it("finds nothing where there is nothing", () => {
    expect(found("gmail")).toEqual([]);
    expect(found("rossi@gmail.com")).toEqual([]);
    expect(found("zzz aruba")).toEqual([]);
    expect(found("x".repeat(1_000_000))).toEqual([]);
  });
});
