import { describe, expect, it } from "vitest";
import { clientPasswordNotes } from "../../../src/core/providers/client-password-notes.ts";
import { OPERATORS } from "../../../src/core/providers/operators.ts";

const notes = (id: string) =>
  OPERATORS.filter((operator) => operator.id === id).flatMap((operator) => clientPasswordNotes(operator));

describe("what is said before the password is typed", () => {
  it("TIM: always one of its own, with the link, blocked together with the main one", () => {
    expect(notes("tim")).toEqual([
      {
        code: "OWN_PASSWORD",
        needed: "always",
        name: "Password secondaria",
        page: "https://devicepassword.pectim.it",
        menus: ["Impostazioni", "Genera Password Secondaria"],
        help: null,
      },
      { code: "REMARK", remark: "blocked-with-main-password" },
    ]);
  });

  it("Aruba: with two-step verification, for three months, shown once", () => {
    expect(notes("aruba")).toMatchObject([
      { code: "OWN_PASSWORD", needed: "with-two-step-verification", name: "Password per programmi di posta" },
      { code: "EXPIRES", months: 3 },
      { code: "REMARK", remark: "shown-once" },
      { code: "REMARK", remark: "protocols-must-be-enabled" },
    ]);
  });

  it("Namirial: after the conversion to REM", () => {
    expect(notes("namirial")).toMatchObject([
      { code: "OWN_PASSWORD", needed: "after-conversion-to-rem", name: "Password applicativa" },
      { code: "REMARK", remark: "temporary" },
    ]);
  });

  it("Legalmail: nothing but that some signs break mail programs", () => {
    expect(notes("infocert")).toEqual([{ code: "REMARK", remark: "special-characters" }]);
  });

  it("nothing where nothing is known", () => {
    expect(notes("register")).toEqual([]);
  });
});
