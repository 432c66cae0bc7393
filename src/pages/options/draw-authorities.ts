// Belongs here: the section on authorities: those that came with the add-on, those that the person added, and adding one.
// Does NOT belong here: which may be added (see core/trust).
import type { AnchorCandidate, AnchorDescription } from "../../core/index.ts";
import type { AddedAuthorityReport, KnownCertificateReport, OptionsReport } from "../../messages.ts";
import { algorithmName } from "../algorithm-name.ts";
import { plainValue } from "../sentence.ts";
import { h, type VNode } from "../view.ts";
import {
  bytesOf,
  drawAskedButton,
  drawButton,
  drawFields,
  drawFileButton,
  drawOutcome,
  type Child,
  type OptionsDrawing,
} from "./options-drawing.ts";
import type { Adding, OptionsState } from "./options-state.ts";
import { day, fingerprint, foreignText, moment } from "./options-values.ts";

const CERTIFICATE_FILES = ".pem,.crt,.cer,.der,.txt,application/x-x509-ca-cert,application/x-pem-file";

export function drawAuthorities(options: OptionsReport, state: OptionsState, drawing: OptionsDrawing): VNode {
  const { translate, deeds } = drawing;
  const { shipped, issuingKeys, added } = options.authorities;
  return h("section#authorities", { attrs: { "aria-labelledby": "authorities-title" } }, [
    h("h2#authorities-title", translate("options_authorities_title")),
    h("p", translate("options_authorities_intro")),
    h("h3", translate("options_shipped_keys_title")),
    h(
      "ul.cards",
      issuingKeys.map(({ name, from, until, sha256, certificates }) =>
        drawFoldedCard(
          sha256,
          name,
          openPeriod(from, until, drawing),
          [[translate("options_key_fingerprint"), fingerprint(sha256)]],
          certificates.length === 0 ? [] : drawKnownCertificates(certificates, drawing),
        ),
      ),
    ),
    h("h3", translate("options_shipped_roots_title")),
    h(
      "ul.cards",
      shipped.map((each) =>
        drawFoldedCard(
          each.sha256,
          shortName(each.subject),
          period(each.notBefore, each.usableUntil ?? each.notAfter, drawing),
          [
            [translate("certificate_subject"), foreignText(each.subject)],
            [translate("certificate_validity"), period(each.notBefore, each.notAfter, drawing)],
            each.usableUntil === null
              ? null
              : [translate("options_usable_until"), day(each.usableUntil, drawing.locale)],
            [translate("certificate_fingerprint"), fingerprint(each.sha256)],
            [translate("options_source"), foreignText(each.source)],
            each.date === "" ? null : [translate("options_compared_on"), day(Date.parse(each.date), drawing.locale)],
          ],
        ),
      ),
    ),
    h("h3", translate("options_added_title")),
    h("p", translate("options_added_intro")),
    added.length === 0
      ? h("p.muted", translate("options_added_none"))
      : h(
          "ul.cards",
          added.map((each) => drawAdded(each, state, drawing)),
        ),
    drawRemoved(state, drawing),
    h("p.buttons", [
      drawFileButton(
        "add-anchor",
        translate("options_add_from_file"),
        CERTIFICATE_FILES,
        (file) => deeds.chooseAnchorFile(file.name, bytesOf(file)),
        state,
      ),
      drawOutcome("add-anchor", state, drawing),
    ]),
    state.adding === null ? null : drawAdding(state.adding, state, drawing),
  ]);
}

/** A line that opens: most people never need what is behind it. */
function drawFoldedCard(
  key: string,
  name: string,
  aside: string,
  fields: readonly (readonly [string, Child] | null)[],
  more: readonly VNode[] = [],
): VNode {
  return h("li", { key }, [
    h("details", [
      h("summary", [h("strong", [foreignText(name)]), " ", h("span.muted", aside)]),
      drawFields(fields.filter((field) => field !== null)),
      ...more,
    ]),
  ]);
}

function drawKnownCertificates(
  certificates: readonly KnownCertificateReport[],
  drawing: OptionsDrawing,
): readonly VNode[] {
  const { translate, locale } = drawing;
  return [
    h("p.muted", translate("options_known_certificates")),
    ...certificates.map(({ notBefore, notAfter, sha256, source, date }) =>
      drawFields([
        [translate("certificate_validity"), period(notBefore, notAfter, drawing)],
        [translate("certificate_fingerprint"), fingerprint(sha256)],
        [translate("options_source"), foreignText(source)],
        [translate("options_compared_on"), day(Date.parse(date), locale)],
      ]),
    ),
  ];
}

function drawAdded(
  { anchor, certificate, problem }: AddedAuthorityReport,
  state: OptionsState,
  drawing: OptionsDrawing,
): VNode {
  const { translate, locale, deeds } = drawing;
  const at = `remove ${anchor.sha256}`;
  const name = shortName(certificate?.subject ?? anchor.source);
  const fields: readonly (readonly [string, Child] | null)[] = [
    certificate === null ? null : [translate("certificate_subject"), foreignText(certificate.subject)],
    certificate === null
      ? null
      : [translate("certificate_validity"), period(certificate.notBefore, certificate.notAfter, drawing)],
    [
      translate("options_scope"),
      anchor.domains.length === 0 ? translate("options_every_domain") : foreignText(anchor.domains.join(", ")),
    ],
    anchor.notAfter === null ? null : [translate("options_usable_until"), day(anchor.notAfter, locale)],
    [translate("certificate_fingerprint"), fingerprint(anchor.sha256)],
    [translate("options_added_from"), foreignText(anchor.source)],
    [translate("options_added_on"), moment(anchor.addedAt, locale)],
  ];
  return h("li.added", { key: anchor.sha256, attrs: { "data-sha256": anchor.sha256 } }, [
    h("p.card-title", [h("strong", [foreignText(name)])]),
    problem === null ? null : h("p.failed", translate("options_anchor_not_in_force")),
    drawFields(fields.filter((field) => field !== null)),
    h("p.buttons", [
      drawAskedButton(
        at,
        { label: translate("options_remove"), question: translate("options_remove_question"), about: name },
        () => deeds.removeAnchor(anchor.sha256),
        state,
        drawing,
      ),
      drawOutcome(at, state, drawing),
    ]),
  ]);
}

function drawRemoved(state: OptionsState, drawing: OptionsDrawing): VNode | null {
  if (state.removed === null) return null;
  const { translate, deeds } = drawing;
  return h("p.undo", { attrs: { role: "status" } }, [
    h("span", translate("options_removed")),
    drawButton("restore", translate("options_restore"), deeds.restoreAnchor, state),
    drawOutcome("restore", state, drawing),
  ]);
}

function drawAdding(adding: Adding, state: OptionsState, drawing: OptionsDrawing): VNode {
  const { translate } = drawing;
  const { candidates, chosen } = adding;
  const certificate = chosen === null ? null : (candidates[chosen]?.certificate ?? null);
  return h("div#adding.panel", { attrs: { role: "group", "aria-labelledby": "adding-title" } }, [
    h("h3#adding-title", [translate("options_adding_title"), " ", foreignText(adding.fileName)]),
    candidates.length > 1 ? h("p", translate("options_adding_choose")) : null,
    h(
      "ul.cards",
      candidates.map((candidate, index) => drawCandidate(candidate, index, adding, drawing)),
    ),
    certificate === null ? null : drawConfirmation(adding, certificate, drawing),
    h("p.buttons", [
      certificate === null
        ? null
        : drawButton("confirm-anchor", translate("options_add_this"), drawing.deeds.addAnchor, state, {
            kind: "primary",
          }),
      drawButton("cancel-anchor", translate("options_cancel"), drawing.deeds.cancelAdding, state),
      drawOutcome("confirm-anchor", state, drawing),
    ]),
  ]);
}

function drawCandidate(
  { certificate, problem }: AnchorCandidate,
  index: number,
  { candidates, chosen }: Adding,
  drawing: OptionsDrawing,
): VNode {
  const { translate, deeds } = drawing;
  const refusal = problem === null ? null : h("p.failed", translate(`options_refused_${problem.toLowerCase()}`));
  if (certificate === null) return h("li", { key: String(index) }, [refusal]);
  const name = foreignText(shortName(certificate.subject));
  const choice =
    candidates.length === 1 || problem !== null
      ? h("p.card-title", [h("strong", [name])])
      : h("label.switch", [
          h("input", {
            attrs: { type: "radio", name: "candidate", value: String(index) },
            props: { checked: chosen === index },
            on: { change: () => deeds.fillIn({ chosen: index, fingerprint: "" }) },
          }),
          h("strong", [name]),
        ]);
  return h("li", { key: String(index), class: { chosen: chosen === index && candidates.length > 1 } }, [
    choice,
    refusal,
    drawDescription(certificate, drawing),
  ]);
}

function drawDescription(certificate: AnchorDescription, drawing: OptionsDrawing): VNode {
  const { translate } = drawing;
  const isOver = certificate.notAfter < drawing.now;
  return drawFields([
    [translate("certificate_subject"), foreignText(certificate.subject)],
    [
      translate("certificate_issuer"),
      certificate.isRoot ? translate("options_issued_by_itself") : foreignText(certificate.issuer),
    ],
    [translate("certificate_serial"), h("code", certificate.serial)],
    [
      translate("certificate_validity"),
      isOver
        ? [period(certificate.notBefore, certificate.notAfter, drawing), " ", translate("options_over")]
        : period(certificate.notBefore, certificate.notAfter, drawing),
    ],
    [translate("options_is_authority"), translate(certificate.isAuthority ? "options_yes" : "options_no")],
    [
      translate("options_algorithms"),
      `${certificate.publicKey} · ${plainValue(algorithmName(certificate.signatureAlgorithm), translate)}`,
    ],
    [translate("certificate_fingerprint"), fingerprint(certificate.sha256)],
  ]);
}

function drawConfirmation(
  adding: Adding,
  { notAfter }: AnchorDescription,
  { translate, deeds }: OptionsDrawing,
): VNode {
  const field = (
    id: "fingerprint" | "domains" | "until",
    label: string,
    hint: string,
    attributes: Readonly<Record<string, string>>,
  ): VNode =>
    h("div.field", { key: id }, [
      h("label", { attrs: { for: id } }, label),
      h("p.muted", { attrs: { id: `${id}-hint` } }, hint),
      h(`input#${id}`, {
        attrs: { autocomplete: "off", spellcheck: "false", "aria-describedby": `${id}-hint`, ...attributes },
        props: { value: adding[id] },
        on: {
          input: (event: Event) => {
            if (event.target instanceof HTMLInputElement) deeds.fillIn({ [id]: event.target.value });
          },
          keydown: (event: KeyboardEvent) => {
            if (event.key === "Enter") deeds.addAnchor();
          },
        },
      }),
    ]);
  const lastDay = Number.isNaN(new Date(notAfter).getTime())
    ? {}
    : { max: new Date(notAfter).toISOString().slice(0, 10) };
  return h("div.confirmation", [
    h("p.caution", translate("options_adding_caution")),
    field("fingerprint", translate("options_fingerprint_label"), translate("options_fingerprint_hint"), {
      type: "text",
      required: "required",
    }),
    field("domains", translate("options_domains_label"), translate("options_domains_hint"), { type: "text" }),
    field("until", translate("options_until_label"), translate("options_until_hint"), { type: "date", ...lastDay }),
  ]);
}

function period(from: number, to: number, { translate, locale }: OptionsDrawing): string {
  return translate("certificate_from_to", [day(from, locale), day(to, locale)]);
}

function openPeriod(from: number | null, until: number | null, drawing: OptionsDrawing): string {
  const { translate, locale } = drawing;
  if (from !== null && until !== null) return period(from, until, drawing);
  if (from !== null) return translate("options_since", [day(from, locale)]);
  return until === null ? "" : translate("options_until", [day(until, locale)]);
}

/** The first attribute of a name is the most specific. */
function shortName(subject: string): string {
  return /^CN=([^,]+)/.exec(subject)?.[1] ?? subject;
}
