// Belongs here: the form of a new account once it is known whose mailbox it is: name, user name, protocol, servers, password.
// Does NOT belong here: the address and the operator (see draw-adding.ts), what is to be copied (see draw-steps.ts).
import type { ClientPasswordNote, Server } from "../../core/index.ts";
import type { AccountProposal } from "../../messages.ts";
import { drawButton, drawFields } from "../controls.ts";
import type { Sentence } from "../sentence.ts";
import { foreign, keyOf, own, sentence } from "../values.ts";
import { h, type VNode } from "../view.ts";
import {
  type AccountDrawing,
  drawCheckbox,
  drawChoices,
  drawLink,
  drawOutcome,
  drawParagraph,
  drawTextField,
} from "./account-drawing.ts";
import { serversOf } from "./account-form.ts";
import type { AccountState, ManualServers } from "./account-state.ts";
import { fieldError } from "./describe-login.ts";
import { drawFailure, drawProgress } from "./draw-outcome.ts";
import { drawSteps } from "./draw-steps.ts";

export function drawForm(state: AccountState, drawing: AccountDrawing): VNode {
  const { adding, depth } = state;
  const { proposal, manual, fields, step } = adding;
  const { translate, deeds } = drawing;
  const isFull = depth === "full";
  return h(
    "form.form",
    {
      key: "part-form",
      attrs: { novalidate: true },
      on: {
        submit: (event: Event) => {
          event.preventDefault();
          deeds.create();
        },
      },
    },
    [
      drawTextField("person-name", {
        label: translate("account_person_name"),
        hint: translate("account_person_name_hint"),
        value: fields.personName,
        error: fieldError("person-name", adding.problem, translate),
        type_in: (personName) => deeds.fillIn({ personName }),
      }),
      drawLogin(state, drawing),
      drawProtocol(state, drawing),
      manual === null ? drawServers(state, drawing) : drawManual(manual, state, drawing),
      ...(proposal === null ? [] : drawPasswordNotes(proposal, drawing)),
      ...(isFull ? drawPassword(state, drawing) : []),
      step === null ? drawFailure(state, drawing) : drawProgress(step, state, drawing),
      step === null
        ? h("p.buttons", [
            drawButton("create", translate(isFull ? "account_create" : "account_show_steps"), deeds.create, state, {
              kind: "submit",
            }),
            isFull ? null : drawOutcome("create", state, drawing),
          ])
        : null,
      step === null && isFull ? h("p.muted", translate("account_create_note")) : null,
      !isFull && adding.steps !== null ? drawSteps(adding.steps.username, state, drawing) : null,
    ],
  );
}

/** The field that the operator wants beside the address. */
function drawLogin({ adding }: AccountState, { translate, deeds }: AccountDrawing): VNode | null {
  const { proposal, manual, fields, problem } = adding;
  const field = manual === null ? (proposal?.loginField ?? null) : ({ id: "user-name", example: null } as const);
  if (field === null) return null;
  const { id, example } = field;
  return drawTextField("login", {
    label: translate(keyOf("login_field", id)),
    hint: translate(keyOf("login_hint_field", id), [example ?? "", proposal?.address.address ?? ""]),
    value: fields.login,
    code: true,
    error: fieldError("login", problem, translate),
    type_in: (login) => deeds.fillIn({ login }),
  });
}

function drawProtocol({ adding }: AccountState, { translate, deeds }: AccountDrawing): VNode {
  const { proposal, fields } = adding;
  const known = (["imap", "pop3"] as const).filter(
    (protocol) => proposal === null || proposal.service.servers[protocol].length > 0,
  );
  const choices = known.map((value) => ({
    value,
    label: translate(keyOf("protocol", value)),
    hint: translate(keyOf("protocol", value, "meaning")),
  }));
  return drawChoices("protocol", translate("account_protocol"), choices, fields.protocol, (protocol) =>
    deeds.fillIn({ protocol, incoming: 0 }),
  );
}

function drawServers(state: AccountState, drawing: AccountDrawing): VNode {
  const { adding } = state;
  const { translate } = drawing;
  const { incoming, outgoing } = serversOf(adding);
  const known = adding.proposal?.service.servers;
  return h("div.servers", [
    drawFields([
      [
        translate("account_incoming"),
        drawServer("incoming", incoming, known?.[adding.fields.protocol] ?? [], adding, drawing),
      ],
      [translate("account_outgoing"), drawServer("outgoing", outgoing, known?.smtp ?? [], adding, drawing)],
    ]),
    ...(["incoming", "outgoing"] as const).map((field) => {
      const error = fieldError(field, adding.problem, translate);
      return error === null
        ? null
        : h("p.error", { attrs: { role: "alert", tabindex: "-1", "data-at": field } }, error);
    }),
  ]);
}

/** One server as text; several that are known to work, to choose from. */
function drawServer(
  field: "incoming" | "outgoing",
  { host, port }: { readonly host: string; readonly port: number },
  known: readonly Server[],
  { fields }: AccountState["adding"],
  { translate, deeds }: AccountDrawing,
): VNode {
  if (known.length < 2) return h("span", [h("code", host), `, ${translate("account_port")} ${String(port)}, SSL/TLS`]);
  return h(
    "select",
    {
      attrs: { "aria-label": translate(keyOf("account", field)), "data-at": `${field}-choice` },
      on: {
        change: (event: Event) => {
          if (event.target instanceof HTMLSelectElement) deeds.fillIn({ [field]: Number(event.target.value) });
        },
      },
    },
    known.map((server, index) =>
      h(
        "option",
        { attrs: { value: String(index) }, props: { selected: index === fields[field] } },
        `${server.host}, ${translate("account_port")} ${String(server.port)}, SSL/TLS`,
      ),
    ),
  );
}

function drawManual(manual: ManualServers, state: AccountState, drawing: AccountDrawing): VNode {
  const { translate, deeds } = drawing;
  const { fields, problem } = state.adding;
  const { protocol } = fields;
  const server = (field: "incoming" | "outgoing", name: "imap" | "pop3" | "smtp"): VNode[] => [
    drawTextField(field, {
      label: translate(keyOf("manual", name)),
      value: manual[name].host,
      code: true,
      error: fieldError(field, problem, translate),
      type_in: (host) => deeds.fillManual({ [name]: { ...manual[name], host } }),
    }),
    drawTextField(`${field}-port`, {
      label: translate("manual_port"),
      value: manual[name].port,
      code: true,
      type_in: (port) => deeds.fillManual({ [name]: { ...manual[name], port } }),
    }),
  ];
  return h("fieldset.manual", { key: "part-manual" }, [
    h("legend", translate("manual_title")),
    h("p.muted", translate("manual_explained")),
    h("details", [
      h("summary", translate("manual_template")),
      drawTextField("template", {
        label: translate("manual_domain"),
        hint: translate("manual_domain_hint"),
        value: manual.domain,
        code: true,
        error: manual.domainRefused ? translate("manual_domain_refused") : null,
        type_in: (domain) => deeds.fillManual({ domain }),
      }),
      h("p.buttons", [
        drawButton("template-operator", "imaps. pops. smtps.", () => deeds.fillFromTemplate("operator"), state),
        drawButton("template-aruba", "imaps. pop3s. smtps.", () => deeds.fillFromTemplate("aruba-agreement"), state),
      ]),
    ]),
    h("div.server", server("incoming", protocol)),
    h("div.server", server("outgoing", "smtp")),
  ]);
}

/** Said before the password is typed: whoever types the wrong one may lock the mailbox. */
function drawPasswordNotes({ passwordNotes, service }: AccountProposal, drawing: AccountDrawing): VNode[] {
  if (passwordNotes.length === 0) return [];
  const { translate } = drawing;
  return [
    h("section.caution", { key: "password-notes" }, [
      h("h3", translate("password_title")),
      ...passwordNotes.flatMap((note) => drawNote(note, drawing)),
      service.passwordPage === null
        ? null
        : h("p", [drawLink(service.passwordPage.url, translate("account_password_page"), drawing)]),
    ]),
  ];
}

function drawNote(note: ClientPasswordNote, drawing: AccountDrawing): (VNode | null)[] {
  const { translate } = drawing;
  if (note.code !== "OWN_PASSWORD") return [drawParagraph("p", noteWords(note), drawing)];
  const { needed, name, page, menus, help } = note;
  return [
    drawParagraph(
      "p",
      sentence(keyOf("password_needed", needed), foreign(name ?? translate("password_its_own"))),
      drawing,
    ),
    menus.length === 0 ? null : h("p", [translate("password_menus"), " ", h("strong", menus.join(" → "))]),
    page === null ? null : h("p", [drawLink(page, translate("account_password_page"), drawing)]),
    help === null ? null : h("p", [drawLink(help, translate("account_password_help"), drawing)]),
  ];
}

function noteWords(note: Exclude<ClientPasswordNote, { readonly code: "OWN_PASSWORD" }>): Sentence {
  return note.code === "EXPIRES"
    ? sentence("password_expires", own(String(note.months)))
    : sentence(keyOf("password_remark", note.remark));
}

function drawPassword({ adding }: AccountState, { translate, deeds }: AccountDrawing): (VNode | null)[] {
  const { fields, problem, proposal } = adding;
  const clientPassword = proposal?.operator.clientPassword ?? null;
  const months = clientPassword?.expiresAfterMonths ?? null;
  return [
    drawTextField("password", {
      label: translate(clientPassword?.needed === "always" ? "account_password_own" : "account_password", [
        clientPassword?.name ?? "",
      ]),
      hint: translate("account_password_hint"),
      value: fields.password,
      type: fields.showPassword ? "text" : "password",
      error: fieldError("password", problem, translate),
      type_in: (password) => deeds.fillIn({ password }),
    }),
    drawCheckbox("show-password", translate("account_show_password"), fields.showPassword, (showPassword) =>
      deeds.fillIn({ showPassword }),
    ),
    months === null
      ? null
      : drawCheckbox(
          "remind",
          translate("account_remind", [clientPassword?.name ?? "", String(months)]),
          fields.remind,
          (remind) => deeds.fillIn({ remind }),
        ),
    drawCheckbox(
      "default",
      translate("account_default"),
      fields.makeDefault,
      (makeDefault) => deeds.fillIn({ makeDefault }),
      translate("account_default_hint"),
    ),
  ];
}
