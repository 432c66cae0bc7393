// Belongs here: what to say about the password before it is typed, in order. Does NOT belong here: the wording (_locales), passwords.
import type { ClientPassword, ClientPasswordRemark, Operator } from "./operator.ts";

/**
 * - `OWN_PASSWORD`: mail programs have a password of their own, always or when something was switched on; where it is made;
 * - `EXPIRES`: after so many months, and has to be made anew;
 * - the others as in `ClientPasswordRemark`.
 */
export type ClientPasswordNote =
  | {
      readonly code: "OWN_PASSWORD";
      readonly needed: Exclude<ClientPassword["needed"], "unknown">;
      /** The operator's own words: shown as they are. */
      readonly name: string | null;
      readonly page: string | null;
      readonly menus: readonly string[];
      readonly help: string | null;
    }
  | { readonly code: "EXPIRES"; readonly months: number }
  | { readonly code: "REMARK"; readonly remark: ClientPasswordRemark };

export function clientPasswordNotes({ clientPassword }: Operator): readonly ClientPasswordNote[] {
  if (clientPassword === null) return [];
  const { needed, name, page, menus, help, expiresAfterMonths, remarks } = clientPassword;
  return [
    ...(needed === "unknown" ? [] : [{ code: "OWN_PASSWORD" as const, needed, name, page, menus, help }]),
    ...(expiresAfterMonths === null ? [] : [{ code: "EXPIRES" as const, months: expiresAfterMonths }]),
    ...remarks.map((remark) => ({ code: "REMARK" as const, remark })),
  ];
}
