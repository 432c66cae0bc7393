import { describe, expect, it } from "vitest";
import { loginField, loginName } from "../../../src/core/providers/login-form.ts";
import type { LoginForm } from "../../../src/core/providers/operator.ts";

const address = { address: "Giuseppe.Verdi@timpec.it", localPart: "Giuseppe.Verdi", domain: "timpec.it" };
const name = (form: LoginForm, typed: string) => loginName(form, address, typed);

describe("user names", () => {
  it("asks for nothing when the address is enough", () => {
    expect(loginField("address", address)).toBeNull();
    expect(name("address", "whatever")).toEqual({ ok: true, loginName: "Giuseppe.Verdi@timpec.it" });
  });

  it("asks for TIM's user, proposing what stands before the @", () => {
    expect(loginField("address*user", address)).toEqual({
      id: "webmail-user",
      example: "giuseppe.verdi",
      proposal: "Giuseppe.Verdi",
    });
    expect(name("address*user", " segreteria ")).toEqual({
      ok: true,
      loginName: "Giuseppe.Verdi@timpec.it*segreteria",
    });
  });

  it("understands the whole user name copied from the guide", () => {
    expect(name("address*user", "giuseppe.verdi@TIMPEC.it*segreteria")).toEqual({
      ok: true,
      loginName: "Giuseppe.Verdi@timpec.it*segreteria",
    });
    expect(name("address*user", "giuseppe.verdi@timpec.it*")).toEqual({ ok: false, problem: "REQUIRED" });
  });

  it("asks for the code of Legalmail, which is not the address", () => {
    expect(loginField("user-id", address)).toMatchObject({ id: "user-id", proposal: "" });
    expect(name("user-id", "M1234567")).toEqual({ ok: true, loginName: "M1234567" });
    expect(name("user-id", "rossi@legalmail.it")).toEqual({ ok: false, problem: "ADDRESS_INSTEAD" });
  });

  it("takes a user name of unknown form as it is", () => {
    expect(loginField("user-name", address)).toMatchObject({ id: "user-name", proposal: "" });
    expect(loginField("multi-user-account", address)).toMatchObject({ id: "multi-user-account", proposal: "" });
    expect(name("user-name", "rossi@x.it")).toEqual({ ok: true, loginName: "rossi@x.it" });
    expect(name("multi-user-account", "mario@x.it")).toEqual({ ok: true, loginName: "mario@x.it" });
  });

  const asked: readonly LoginForm[] = ["address*user", "user-id", "multi-user-account", "user-name"];
  it.each(
    asked.flatMap((form) => [
      [form, "", "REQUIRED"] as const,
      [form, " \t", "REQUIRED"] as const,
      [form, "mario rossi", "BLANK_INSIDE"] as const,
      [form, "mario\u00a0rossi", "BLANK_INSIDE"] as const,
      [form, "mario\r\nA1 LOGOUT", "BLANK_INSIDE"] as const,
      [form, "mario\u0000", "NOT_PRINTABLE"] as const,
      [form, "mario\u202erossi", "NOT_PRINTABLE"] as const,
      [form, "a".repeat(255), "TOO_LONG"] as const,
    ]),
  )("%s: %.20j is refused: %s", (form, typed, problem) => {
    expect(name(form, typed)).toEqual({ ok: false, problem });
  });

  it("refuses an address or another asterisk as TIM's user", () => {
    expect(name("address*user", "mario@timpec.it")).toEqual({ ok: false, problem: "ADDRESS_INSTEAD" });
    expect(name("address*user", "altro@timpec.it*mario")).toEqual({ ok: false, problem: "ASTERISK_INSIDE" });
    expect(name("address*user", "mario*rossi")).toEqual({ ok: false, problem: "ASTERISK_INSIDE" });
  });
});
