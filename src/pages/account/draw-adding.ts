// Belongs here: a new account from the address to the operator: the address, whose mailbox it is, the list to choose from.
// Does NOT belong here: the form for the rest (see draw-form.ts), what came of making it (see draw-outcome.ts).
import type { OperatorChoice, Suggestion } from "../../core/index.ts";
import { drawButton } from "../controls.ts";
import type { Sentence } from "../sentence.ts";
import { foreign, keyOf, own, sentence } from "../values.ts";
import { h, type VNode } from "../view.ts";
import { type AccountDrawing, drawLink, drawOutcome, drawParagraph, drawTextField } from "./account-drawing.ts";
import type { AccountState, Adding } from "./account-state.ts";
import { drawForm } from "./draw-form.ts";
import { drawCreated } from "./draw-outcome.ts";

export function drawAdding(state: AccountState, drawing: AccountDrawing): VNode {
  const { adding } = state;
  const { outcome } = adding;
  if (outcome?.state === "created")
    return h("div.adding", { key: "part-adding" }, [drawCreated(outcome, state, drawing)]);
  const isComplete = adding.proposal !== null || adding.manual !== null;
  return h("div.adding", { key: "part-adding" }, [
    drawAddress(state, drawing),
    adding.suggestion === null ? null : drawOperator(adding.suggestion, state, drawing),
    adding.list === null || isComplete ? null : drawList(adding.list, state, drawing),
    isComplete ? drawForm(state, drawing) : null,
  ]);
}

function drawAddress(state: AccountState, drawing: AccountDrawing): VNode {
  const { address, problem, suggestion } = state.adding;
  const { translate, deeds } = drawing;
  return h(
    "form.address",
    {
      attrs: { novalidate: true },
      on: {
        submit: (event: Event) => {
          event.preventDefault();
          deeds.takeAddress();
        },
      },
    },
    [
      drawTextField("address", {
        label: translate("account_address"),
        hint: translate("account_address_hint"),
        value: address,
        code: true,
        placeholder: "mario.rossi@pec.it",
        error: problem?.field === "address" ? translate(keyOf("address_problem", problem.code)) : null,
        type_in: deeds.typeAddress,
      }),
      suggestion === null || suggestion.kind === "not-an-address"
        ? h("p.muted", translate(state.depth === "full" ? "account_mx_note" : "account_mx_note_plain"))
        : null,
      suggestion === null || suggestion.kind === "not-an-address"
        ? h("p.buttons", [
            drawButton("take-address", translate("account_find_operator"), deeds.takeAddress, state, {
              kind: "submit",
            }),
            drawOutcome("address", state, drawing),
          ])
        : null,
    ],
  );
}

/** Whose mailbox it is, and how that is known; or why nobody can say. */
function drawOperator(suggestion: Suggestion, state: AccountState, drawing: AccountDrawing): VNode | null {
  if (suggestion.kind === "not-an-address") return null;
  const { adding } = state;
  const { translate, deeds } = drawing;
  const isKnown = suggestion.kind === "settings" || adding.proposal !== null;
  const others = h("p.buttons", [
    adding.list === null
      ? drawButton(
          "open-list",
          translate(isKnown ? "account_other_operator" : "account_choose_operator"),
          deeds.openList,
          state,
          { kind: "link" },
        )
      : null,
    adding.manual === null
      ? drawButton("by-hand", translate("account_by_hand"), deeds.enterByHand, state, { kind: "link" })
      : null,
    drawOutcome("list", state, drawing),
  ]);
  return h("section.operator", { attrs: { "data-kind": suggestion.kind } }, [
    ...operatorWords(suggestion, adding).map((said, index) =>
      drawParagraph(index === 0 ? "p.said" : "p.muted", said, drawing),
    ),
    suggestion.kind === "no-settings" && suggestion.operator.webmail !== null && adding.proposal === null
      ? h("p", [drawLink(suggestion.operator.webmail.url, translate("account_webmail"), drawing)])
      : null,
    adding.proposal === null ? null : drawServices(state, drawing),
    others,
  ]);
}

function operatorWords(
  suggestion: Exclude<Suggestion, { readonly kind: "not-an-address" }>,
  { proposal, byPerson, manual }: Adding,
): readonly Sentence[] {
  const { domain } = suggestion.address;
  const where = foreign(domain);
  if (manual !== null) return [sentence("operator_by_hand")];
  if (proposal !== null && byPerson) return [sentence("operator_chosen", own(proposal.operator.name))];
  switch (suggestion.kind) {
    case "settings": {
      const name = own(suggestion.operator.name);
      return [
        sentence(keyOf("operator_known", suggestion.by), name, where),
        ...(suggestion.confidence === "documented" ? [] : [sentence("operator_unsure")]),
        ...contradictionWords(suggestion),
      ];
    }
    case "no-settings":
      return [
        sentence(keyOf("operator_without", suggestion.reason), own(suggestion.operator.name)),
        ...contradictionWords(suggestion),
      ];
    case "ordinary-mail":
      return [sentence("operator_ordinary", where), sentence("operator_ordinary_but")];
    case "choose":
      return [
        sentence(keyOf("operator_unknown", suggestion.mx), where),
        ...(suggestion.perhaps === null ? [] : [sentence("operator_perhaps", own(suggestion.perhaps.name))]),
        sentence("operator_choose"),
      ];
  }
}

/** What the other fact says. */
function contradictionWords({
  contradictions,
}: Extract<Suggestion, { readonly kind: "settings" | "no-settings" }>): readonly Sentence[] {
  return contradictions.map(({ by, operator }) =>
    operator === null
      ? sentence(keyOf("operator_against_ordinary", by))
      : sentence(keyOf("operator_against", by), own(operator.name)),
  );
}

/** Several kinds of mailbox of one operator. */
function drawServices({ adding }: AccountState, { translate, deeds }: AccountDrawing): VNode | null {
  const { proposal } = adding;
  if (proposal === null) return null;
  const { operator, service } = proposal;
  // Hosts of an agreement serve the domains of that agreement.
  const services = operator.services.filter(
    (each) => each === service || each.id === service.id || each.kind !== "own-hosts",
  );
  if (services.length < 2) return null;
  return h("div.field", [
    h("label", { attrs: { for: "service" } }, translate("account_service")),
    h(
      "select",
      {
        attrs: { id: "service", "data-at": "service" },
        on: {
          change: (event: Event) => {
            if (event.target instanceof HTMLSelectElement) deeds.choose(operator.id, event.target.value);
          },
        },
      },
      services.map(({ id, kind, name }) =>
        h(
          "option",
          { attrs: { value: id }, props: { selected: id === service.id } },
          translate(keyOf("service", kind), [name]),
        ),
      ),
    ),
  ]);
}

function drawList({ text, choices }: NonNullable<Adding["list"]>, state: AccountState, drawing: AccountDrawing): VNode {
  const { translate, locale, deeds } = drawing;
  return h("section.list", { key: "part-list" }, [
    drawTextField("search", {
      label: translate("account_search"),
      hint: translate("account_search_hint"),
      value: text,
      type: "search",
      type_in: deeds.search,
    }),
    choices.length === 0
      ? h("p.muted", translate("account_search_nothing"))
      : h(
          "p.spoken",
          { attrs: { role: "status" } },
          translate("account_search_found", [new Intl.NumberFormat(locale).format(choices.length)]),
        ),
    h(
      "ul.choices",
      choices.map((choice) => drawChoice(choice, state, drawing)),
    ),
  ]);
}

function drawChoice(
  { operator, service, foundBy }: OperatorChoice,
  state: AccountState,
  drawing: AccountDrawing,
): VNode {
  const { translate, deeds } = drawing;
  const key = `${operator.id} ${service?.id ?? ""}`;
  const aside = [
    ...(service === null ? [translate(keyOf("no_services", operator.noServices ?? "not-documented"))] : []),
    ...(service === null ? [] : serviceNames(operator, service, drawing)),
    ...(foundBy === null ? [] : [translate("account_found_by", [foundBy])]),
  ].join(" · ");
  if (service === null) return h("li.unusable", { key }, [h("span", operator.name), h("span.muted", aside)]);
  return h("li", { key }, [
    h(
      "button.option",
      {
        attrs: { type: "button", "data-at": `choose ${key}` },
        on: { click: () => (state.busy === null ? deeds.choose(operator.id, service.id) : undefined) },
      },
      [h("strong", operator.name), h("span.muted", aside)],
    ),
  ]);
}

/** What tells it from the operator's other services; nothing where there is but one that bears the operator's name. */
function serviceNames(
  { name, services }: OperatorChoice["operator"],
  service: NonNullable<OperatorChoice["service"]>,
  { translate }: AccountDrawing,
): readonly string[] {
  if (services.length > 1) return [translate(keyOf("service", service.kind), [service.name])];
  return name.includes(service.name) ? [] : [service.name];
}
