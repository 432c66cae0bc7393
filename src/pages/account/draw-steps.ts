// Belongs here: making the account by hand in Thunderbird's own wizard, step by step: every value with the wizard's own name for its field,
// a button that copies it, and what can be seen afterwards. For the package that makes no accounts.
// Does NOT belong here: the form that gives the values (see draw-form.ts).
import type { AccountAudit } from "../../messages.ts";
import { drawButton } from "../controls.ts";
import { drawSentence } from "../draw-sentence.ts";
import { foreign, keyOf, sentence } from "../values.ts";
import { h, type VNode } from "../view.ts";
import { type AccountDrawing, drawOutcome } from "./account-drawing.ts";
import { serversOf } from "./account-form.ts";
import type { AccountState } from "./account-state.ts";
import { drawShape } from "../draw-shape.ts";

/** A field of the wizard. `choice`: chosen from a list there, so that nothing is copied. */
interface WizardField {
  readonly name: string;
  readonly value: string;
  readonly choice?: true;
}

export function drawSteps(username: string, state: AccountState, drawing: AccountDrawing): VNode {
  const { translate } = drawing;
  const { adding } = state;
  const { fields, suggestion } = adding;
  const { incoming, outgoing } = serversOf(adding);
  const address =
    suggestion === null || suggestion.kind === "not-an-address" ? adding.address : suggestion.address.address;
  const server = (host: string, port: number): readonly WizardField[] => [
    { name: "hostname", value: host },
    { name: "port", value: String(port) },
    { name: "security", value: "SSL/TLS", choice: true },
    { name: "authentication", value: translate("wizard_normal_password"), choice: true },
    { name: "username", value: username },
  ];
  const steps: readonly (readonly [string, readonly WizardField[]])[] = [
    ["open", []],
    [
      "identity",
      [
        { name: "full_name", value: fields.personName.trim() },
        { name: "email", value: address },
      ],
    ],
    [
      "incoming",
      [
        { name: "protocol", value: fields.protocol === "imap" ? "IMAP" : "POP3", choice: true },
        ...server(incoming.host, incoming.port),
      ],
    ],
    ["outgoing", server(outgoing.host, outgoing.port)],
    ["password", []],
    [fields.protocol === "imap" ? "after_imap" : "after_pop3", []],
  ];
  return h("section.wizard", { key: "part-steps", attrs: { tabindex: "-1", "data-at": "steps" } }, [
    h("h2", translate("wizard_title")),
    h(
      "ol",
      steps.map(([name, wanted]) =>
        h("li", { key: name }, [
          h("p", translate(keyOf("wizard_step", name))),
          wanted.length === 0
            ? null
            : h(
                "table",
                h(
                  "tbody",
                  wanted.map((field) => drawField(name, field, state, drawing)),
                ),
              ),
        ]),
      ),
    ),
    drawCheck(address, state, drawing),
  ]);
}

function drawField(
  step: string,
  { name, value, choice }: WizardField,
  state: AccountState,
  drawing: AccountDrawing,
): VNode {
  const { translate, deeds } = drawing;
  const at = `copy ${step} ${name}`;
  const label = translate(keyOf("wizard_field", name));
  return h("tr", { key: name }, [
    h("th", { attrs: { scope: "row" } }, label),
    h("td", [h("code", value)]),
    h("td.copy", [
      choice === true
        ? h("span.muted", translate("wizard_choose"))
        : drawButton(at, translate("wizard_copy"), () => deeds.copy(at, value), state, { about: label }),
      drawOutcome(at, state, drawing),
    ]),
  ]);
}

/** The account as Thunderbird has it now, as far as this package can see it. */
function drawCheck(address: string, { audits, adding }: AccountState, { translate }: AccountDrawing): VNode {
  const found = (audits ?? []).find((each) => each.address.toLowerCase() === address.toLowerCase()) ?? null;
  return h("section.check", { attrs: { "aria-live": "polite", "data-check": found === null ? "waiting" : "found" } }, [
    h("h3", translate("check_title")),
    found === null
      ? h("p.with-shape", [drawShape("now"), h("span", translate("check_waiting"))])
      : h(
          "ul.checklist",
          checksOf(found, adding.fields.protocol).map(({ key, ok, value }) =>
            h("li", [
              drawShape(ok ? "good" : "late"),
              h("span", drawSentence(sentence(key, foreign(value)), translate)),
            ]),
          ),
        ),
    h("p.muted", translate("check_unseen")),
  ]);
}

function checksOf(
  { address, type, sentFolder, findings }: AccountAudit,
  wanted: "imap" | "pop3",
): readonly { readonly key: string; readonly ok: boolean; readonly value: string }[] {
  const isType = type === wanted;
  const replyTo = findings.find(({ id }) => id === "reply-to-elsewhere");
  return [
    { key: "check_address", ok: true, value: address },
    { key: isType ? "check_type" : "check_type_other", ok: isType, value: type === "imap" ? "IMAP" : "POP3" },
    sentFolder !== null
      ? { key: "check_sent", ok: true, value: sentFolder }
      : type === "pop3"
        ? { key: "created_folders_local", ok: true, value: "" }
        : { key: "check_sent_none", ok: false, value: "" },
    replyTo === undefined
      ? { key: "check_reply_to", ok: true, value: "" }
      : { key: "check_reply_to_elsewhere", ok: false, value: String(replyTo.values["address"] ?? "") },
  ];
}
