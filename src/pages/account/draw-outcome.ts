// Belongs here: how far the making of an account is, and what came of it. Does NOT belong here: which words (see describe-login.ts).
import type { AccountCreation, AccountStep } from "../../messages.ts";
import { drawButton } from "../controls.ts";
import type { Sentence } from "../sentence.ts";
import { foreign, keyOf, sentence } from "../values.ts";
import { h, type VNode } from "../view.ts";
import { type AccountDrawing, drawParagraph } from "./account-drawing.ts";
import type { AccountState, Adding } from "./account-state.ts";
import { describeLogin } from "./describe-login.ts";
import { drawShape } from "../draw-shape.ts";

const STEPS: readonly AccountStep[] = ["incoming-login", "outgoing-login", "creating", "folders"];

export function drawProgress(step: AccountStep | "starting", state: AccountState, drawing: AccountDrawing): VNode {
  const { translate, deeds } = drawing;
  const at = step === "starting" ? -1 : STEPS.indexOf(step);
  const isPop3 = state.adding.fields.protocol === "pop3";
  const steps = isPop3 ? STEPS.filter((each) => each !== "folders") : STEPS;
  return h("section.progress", { key: "part-progress", attrs: { "aria-live": "polite" } }, [
    h(
      "ol.steps",
      steps.map((each, index) => {
        const shape = index < at ? "good" : index === at ? "now" : "todo";
        return h("li", { key: each, class: { now: index === at, todo: index > at } }, [
          drawShape(shape),
          h("span", translate(keyOf("step", each))),
          h("span.spoken", translate(keyOf("step_state", shape))),
        ]);
      }),
    ),
    // From then on it is made, and stays.
    at >= STEPS.indexOf("creating")
      ? null
      : h("p.buttons", [
          h(
            "button.plain",
            { attrs: { type: "button", "data-at": "cancel" }, on: { click: () => deeds.cancel() } },
            translate("account_cancel"),
          ),
        ]),
  ]);
}

/** Why there is no account; nothing is left of the attempt. */
export function drawFailure({ adding }: AccountState, drawing: AccountDrawing): VNode | null {
  const { outcome } = adding;
  const { translate } = drawing;
  if (outcome === null || outcome.state === "created" || outcome.state === "invalid") return null;
  const isCalm = outcome.state === "cancelled" || outcome.state === "exists";
  const [first, ...others] = failureWords(outcome, adding);
  return h(
    "section.result",
    {
      key: "part-result",
      class: { bad: !isCalm },
      attrs: { role: "alert", tabindex: "-1", "data-at": "outcome", "data-outcome": outcome.state },
    },
    [
      h("p.result-title", [
        drawShape(isCalm ? "note" : "bad"),
        ...(first === undefined ? [] : [drawParagraph("strong", first, drawing)]),
      ]),
      ...others.map((said) => drawParagraph("p", said, drawing)),
      outcome.state === "exists" ? drawExisting(drawing) : h("p.muted", translate("creating_nothing_left")),
    ],
  );
}

function drawExisting({ translate, deeds }: AccountDrawing): VNode {
  return h("p.buttons", [
    h(
      "button.plain",
      { attrs: { type: "button", "data-at": "to-accounts" }, on: { click: () => deeds.show("accounts") } },
      translate("creating_to_accounts"),
    ),
  ]);
}

function failureWords(
  outcome: Exclude<AccountCreation, { readonly state: "created" | "invalid" }>,
  adding: Adding,
): readonly Sentence[] {
  switch (outcome.state) {
    case "login-failed":
      return describeLogin(outcome, adding);
    case "exists":
      return [sentence(keyOf("creating_exists", outcome.what)), sentence("creating_exists_no_login")];
    case "password-not-stored":
      return [sentence("creating_password_not_stored"), sentence("creating_password_not_stored_why")];
    case "cancelled":
      return [sentence("creating_cancelled")];
    case "busy":
      return [sentence("creating_busy")];
    case "failed":
      return [sentence("creating_failed")];
  }
}

export function drawCreated(
  { isDefault, folders }: Extract<AccountCreation, { readonly state: "created" }>,
  state: AccountState,
  drawing: AccountDrawing,
): VNode {
  const { translate, deeds } = drawing;
  const { adding } = state;
  const { suggestion, fields } = adding;
  const address =
    suggestion === null || suggestion.kind === "not-an-address" ? adding.address : suggestion.address.address;
  const said = [
    sentence("created_login"),
    sentence(fields.protocol === "imap" ? keyOf("created_folders", folders) : "created_pop3"),
    ...(fields.protocol === "imap" ? [sentence("created_imap")] : []),
    ...(isDefault ? [sentence(fields.makeDefault ? "created_default" : "created_default_alone")] : []),
    ...(fields.remind ? [sentence("created_remind")] : []),
  ];
  return h(
    "section.result.good",
    { attrs: { role: "status", tabindex: "-1", "data-at": "outcome", "data-outcome": "created" } },
    [
      h("p.result-title", [
        drawShape("good"),
        drawParagraph("strong", sentence("created_title", foreign(address)), drawing),
      ]),
      h(
        "ul",
        said.map((each) => drawParagraph("li", each, drawing)),
      ),
      h("p", translate("created_next")),
      h("p.buttons", [
        drawButton("to-accounts", translate("created_check"), () => deeds.show("accounts"), state, { kind: "primary" }),
        drawButton("another", translate("created_another"), deeds.another, state),
      ]),
    ],
  );
}
