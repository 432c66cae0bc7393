// Belongs here: the section on revocation: whether lists are asked for, what leaves the computer, and the data at hand.
import type { OptionsReport, RevocationDataReport } from "../../messages.ts";
import { h, type VNode } from "../view.ts";
import {
  bytesOf,
  drawButton,
  drawFields,
  drawFileButton,
  drawOutcome,
  drawSwitch,
  type Child,
  type OptionsDrawing,
} from "./options-drawing.ts";
import type { OptionsState } from "./options-state.ts";
import { age, foreignText, moment, size } from "./options-values.ts";

const REVOCATION_FILES = ".crl,.der,.pem,.ors,.ocsp,application/pkix-crl,application/ocsp-response";

export function drawRevocation({ revocation }: OptionsReport, state: OptionsState, drawing: OptionsDrawing): VNode {
  const { translate, deeds } = drawing;
  return h("section#revocation", { attrs: { "aria-labelledby": "revocation-title" } }, [
    h("h2#revocation-title", translate("options_revocation_title")),
    h("p", translate("options_revocation_intro")),
    drawSwitch("always", translate("options_always"), revocation.alwaysAsk, deeds.setAlwaysAsk, state),
    revocation.alwaysAsk && !state.permitted ? h("p.failed", translate("options_always_not_permitted")) : null,
    drawOutcome("always", state, drawing),
    h("p.muted", translate("options_what_leaves")),
    h("h3", translate("options_data_title")),
    h(
      "ul.cards",
      revocation.data.map((data) => drawData(data, state, drawing)),
    ),
    h("p.buttons", [
      drawFileButton(
        "revocation-file",
        translate("options_add_revocation_file"),
        REVOCATION_FILES,
        (file) => deeds.addRevocationFile(file.name, bytesOf(file)),
        state,
      ),
      drawOutcome("revocation-file", state, drawing),
    ]),
  ]);
}

function drawData(data: RevocationDataReport, state: OptionsState, drawing: OptionsDrawing): VNode {
  const { translate, deeds } = drawing;
  const { id, name, origin, stored } = data;
  const at = `list ${id}`;
  const fetchable = origin !== "file";
  return h("li", { key: id, attrs: { "data-id": id } }, [
    h("p.card-title", [h("strong", [foreignText(name)])]),
    stored === null ? h("p.muted", translate("options_not_fetched")) : drawFields(fieldsOf(data, stored, drawing)),
    drawOver(stored?.nextUpdate ?? null, drawing),
    h("p.buttons", [
      fetchable
        ? drawButton(`fetch ${id}`, translate("options_fetch_now"), () => deeds.fetchList(name), state, { about: name })
        : null,
      stored === null
        ? null
        : drawButton(`forget ${id}`, translate("options_forget"), () => deeds.forget(id), state, { about: name }),
      drawOutcome(at, state, drawing),
    ]),
  ]);
}

function drawOver(nextUpdate: number | null, { translate, locale, now }: OptionsDrawing): VNode | null {
  if (nextUpdate === null || nextUpdate >= now) return null;
  return h("p.muted", translate("options_list_over", [moment(nextUpdate, locale)]));
}

function fieldsOf(
  { kind, origin }: RevocationDataReport,
  { at, size: bytes, thisUpdate, number, issuer }: NonNullable<RevocationDataReport["stored"]>,
  { translate, locale, now }: OptionsDrawing,
): readonly (readonly [string, Child])[] {
  const fields: readonly (readonly [string, Child] | null)[] = [
    [translate("options_data_kind"), translate(kind === "list" ? "options_kind_list" : "options_kind_ocsp")],
    issuer === null ? null : [translate("certificate_issuer"), foreignText(issuer)],
    thisUpdate === null
      ? null
      : [translate("options_published"), `${moment(thisUpdate, locale)} (${age(thisUpdate, now, locale)})`],
    [
      translate(origin === "file" ? "options_loaded" : "options_fetched"),
      `${moment(at, locale)} (${age(at, now, locale)})`,
    ],
    number === null ? null : [translate("options_number"), foreignText(number)],
    [translate("options_size"), size(bytes, locale)],
  ];
  return fields.filter((field) => field !== null);
}
