// Belongs here: which words are said of a login that failed, of what stands in the way of an account, and of what was typed wrong.
// Does NOT belong here: drawing (see draw-outcome.ts, draw-form.ts), trying a login (app/check-login.ts).
import type { ServerProblem } from "../../core/index.ts";
import type { AccountCreation, AccountFormProblem } from "../../messages.ts";
import type { Sentence, Translate } from "../sentence.ts";
import { foreign, keyOf, sentence } from "../values.ts";
import type { Adding } from "./account-state.ts";
import { serversOf } from "./account-form.ts";

type LoginFailure = Extract<AccountCreation, { readonly state: "login-failed" }>;

/** What happened, then what it may be and what to do, then the server's own words. */
export function describeLogin({ stage, check, hints }: LoginFailure, adding: Adding): readonly Sentence[] {
  const host = foreign(serversOf(adding)[stage].host);
  const password = adding.proposal?.operator.clientPassword ?? null;
  const name = foreign(password?.name ?? "");
  const said: Sentence[] = [sentence(keyOf("login_failed", stage), host), sentence(causeKey(check), host)];
  if (isAway(check) && knownServers(stage, adding) > 1) said.push(sentence("login_other_server"));
  for (const hint of hints) {
    // Where every mail program needs it there is no "perhaps".
    const isCertain = hint === "client-password" && password?.needed === "always";
    said.push(sentence(keyOf("login_hint", hint, ...(isCertain ? ["always"] : [])), name));
  }
  if ("serverText" in check && check.serverText !== "")
    said.push(sentence("login_server_says", foreign(check.serverText)));
  if ("detail" in check && check.detail !== "") said.push(sentence("login_detail", foreign(check.detail)));
  return said;
}

/** It was not even reached: another one that the operator's guides name may be. */
const isAway = ({ code }: LoginFailure["check"]): boolean => code === "unreachable" || code === "timeout";

const knownServers = (stage: LoginFailure["stage"], { proposal, fields }: Adding): number =>
  proposal?.service.servers[stage === "incoming" ? fields.protocol : "smtp"].length ?? 0;

function causeKey(check: LoginFailure["check"]): string {
  switch (check.code) {
    case "unreachable":
      return keyOf("login_unreachable", check.reason);
    case "certificate":
      return keyOf("login_certificate", check.what);
    default:
      return keyOf("login", check.code);
  }
}

/** What is wrong with a field, for the line below it; `null`: it is another one's. */
export function fieldError(
  field: AccountFormProblem["field"],
  problem: AccountFormProblem | null,
  translate: Translate,
): string | null {
  if (problem?.field !== field) return null;
  switch (problem.field) {
    case "address":
      return translate(keyOf("address_problem", problem.code));
    case "login":
      return translate(keyOf("login_problem", problem.code));
    case "person-name":
    case "password":
      return translate(keyOf("field", problem.field, problem.code));
    case "incoming":
    case "outgoing":
      return problem.problems.map((each) => translate(serverKey(each))).join(" ");
  }
}

function serverKey(problem: ServerProblem): string {
  return problem.code === "REJECTED" ? keyOf("server_rejected", problem.reason) : keyOf("server_problem", problem.code);
}
