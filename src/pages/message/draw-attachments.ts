// Belongs here: the attachments of the original message: opening, saving, their fingerprints, who signed them.
// Does NOT belong here: what is said of a signed one (see describe-signed-file.ts).
import type { AttachmentAnswer, AttachmentQuestion } from "../../messages.ts";
import { drawSentence, drawValue } from "../draw-sentence.ts";
import { drawGlyph } from "../glyph.ts";
import { plainValue } from "../sentence.ts";
import { keyOf } from "../values.ts";
import { h, type VNode } from "../view.ts";
import type { AttachmentView, ReportView } from "./describe-report.ts";
import { describeSignedFile, type SignerView } from "./describe-signed-file.ts";
import { drawAction } from "./draw-action.ts";
import { bringIntoView, drawNotice, type Drawing } from "./drawing.ts";
import { type PageState, questionKey } from "./page-state.ts";

/** @param offset of the certified time; `null`: there is none */
export function drawAttachments(report: ReportView, offset: string | null, state: PageState, drawing: Drawing): VNode {
  const { translate } = drawing;
  return h("div.attachments", [
    h("div.attachments-head", [
      h("h2", translate("attachments_title")),
      report.attachments.length < 2
        ? null
        : drawAction({ name: "save-all-attachments" }, "action_save_all_attachments", null, state, drawing),
    ]),
    h(
      "ul",
      report.attachments.map((attachment) => drawAttachment(attachment, offset, state, drawing)),
    ),
  ]);
}

function drawAttachment(
  { path, name, size, isSigned }: AttachmentView,
  offset: string | null,
  state: PageState,
  drawing: Drawing,
): VNode {
  const { translate } = drawing;
  const spoken = plainValue(name, translate);
  return h("li", { key: path.join(".") }, [
    h("span.attachment-name", drawValue(name, translate)),
    h("span.muted.attachment-size", drawValue(size, translate)),
    h("div.attachment-buttons", [
      drawAction({ name: "open-attachment", attachment: path }, "action_open_attachment", spoken, state, drawing),
      drawAction({ name: "save-attachment", attachment: path }, "action_save_attachment", spoken, state, drawing),
      isSigned ? drawQuestion(path, "signature", "p7m_action_signature", spoken, state, drawing) : null,
      drawQuestion(path, "sha256", "p7m_action_sha256", spoken, state, drawing),
    ]),
    drawAnswer(path, "signature", offset, state, drawing),
    drawAnswer(path, "sha256", offset, state, drawing),
  ]);
}

/** A button that folds the answer out, and in again. */
function drawQuestion(
  path: readonly number[],
  question: AttachmentQuestion,
  labelKey: string,
  about: string,
  { attachments }: PageState,
  { translate, deeds }: Drawing,
): VNode {
  const answer = attachments.get(questionKey(path, question));
  const label = translate(labelKey);
  return h(
    "button.small",
    {
      attrs: {
        type: "button",
        "data-question": questionKey(path, question),
        "aria-expanded": String(answer !== undefined && answer !== "busy"),
        "aria-label": `${label} ${about}`,
      },
      on: { click: () => deeds.lookInto(path, question) },
    },
    answer === "busy" ? translate("p7m_busy") : label,
  );
}

function drawAnswer(
  path: readonly number[],
  question: AttachmentQuestion,
  offset: string | null,
  state: PageState,
  drawing: Drawing,
): VNode | null {
  const { translate } = drawing;
  const answer = state.attachments.get(questionKey(path, question));
  if (answer === undefined || answer === "busy") return null;
  const data = { attrs: { "data-answer": questionKey(path, question) }, hook: { insert: bringIntoView } };
  switch (answer.state) {
    case "failed":
      return h("p.answer.failed", data, translate(keyOf("action_error", answer.code)));
    case "hashed":
      return h("div.answer", data, drawFingerprint(answer.sha256, path.join("."), state, drawing));
    case "signed":
      return h("section.answer.signed-file", data, drawSigned(answer, path, offset, state, drawing));
  }
}

function drawFingerprint(sha256: string, about: string, state: PageState, { translate, deeds }: Drawing) {
  const at = `copy sha256 ${about}`;
  const label = `${translate("copy")}: ${translate("p7m_sha256")}`;
  return [
    h("span.muted", `${translate("p7m_sha256")}: `),
    h("code.sha256", sha256),
    " ",
    h(
      "button.small",
      { attrs: { type: "button", "aria-label": label }, on: { click: () => deeds.copy(sha256, at) } },
      translate("copy"),
    ),
    drawNotice(at, state, translate),
  ];
}

function drawSigned(
  answer: Extract<AttachmentAnswer, { readonly state: "signed" }>,
  path: readonly number[],
  offset: string | null,
  state: PageState,
  drawing: Drawing,
): (VNode | null)[] {
  const { translate } = drawing;
  const { layers, trouble, content } = describeSignedFile(answer, translate("locale_tag"), offset);
  return [
    h("h3", translate("p7m_title")),
    ...layers.flatMap(({ heading, signers }) => [
      heading === null ? null : h("h4", drawSentence(heading, translate)),
      ...signers.map((signer) => drawSigner(signer, drawing)),
    ]),
    trouble === null ? null : h("p.trouble", drawSentence(trouble, translate)),
    content === null
      ? null
      : h("div.signed-content", [
          h("span", drawSentence(content.sentence, translate)),
          " ",
          drawAction({ name: "save-signed-content", attachment: path }, "p7m_action_save", null, state, drawing),
          h("p", drawFingerprint(content.sha256, `content ${path.join(".")}`, state, drawing)),
        ]),
    layers.length === 0 ? null : h("p.muted.trust", translate("p7m_trust")),
  ];
}

function drawSigner({ integrity, sentence, facts, notes }: SignerView, { translate }: Drawing): VNode {
  const isBad = integrity === "altered" || integrity === "not-authentic";
  return h(`div.signer.${integrity}`, { attrs: { "data-integrity": integrity } }, [
    h("p.integrity", [
      // Never the rosette of the seal: this is another signature, by somebody else.
      drawGlyph(isBad ? "document-broken" : integrity === "intact" ? "document-intact" : "unknown"),
      h("span", drawSentence(sentence, translate)),
    ]),
    h(
      "dl",
      facts.flatMap(({ labelKey, value }) => [h("dt", translate(labelKey)), h("dd", drawValue(value, translate))]),
    ),
    ...notes.map((note) => h("p.note", drawSentence(note, translate))),
  ]);
}
