// Belongs here: from an inspection to everything the page shows of it, as data: which sentences, which values, which order.
// Does NOT belong here: drawing (see draw-report.ts), wording (see _locales), judging (core/verdict).
import type { Inspection, Look, OriginalAttachment, OriginalMessage } from "../../core/index.ts";
import type { MessageAction } from "../../messages.ts";
import type { Sentence, Value } from "../sentence.ts";
import { contentMeaning } from "./content-meaning.ts";
import { describeFacts, type FactsView } from "./describe-facts.ts";
import type { RowView } from "../row-view.ts";
import { sizeText } from "../size-text.ts";
import { describeRow } from "./describe-row.ts";
import { describeTechnical, type TechnicalView } from "./describe-technical.ts";
import { describeVerdict, type VerdictView } from "./describe-verdict.ts";
import { foreign, keyOf, own, phrase, sentence } from "../values.ts";

/** Actions on the whole message; the others stand beside what they are about. */
export type WholeAction = Exclude<
  MessageAction["name"],
  | "open-attachment"
  | "save-attachment"
  | "save-all-attachments"
  | "save-signed-content"
  | "check-revocation"
  | "open-options"
>;

export interface ActionView {
  readonly name: WholeAction;
  readonly labelKey: string;
}

export interface AttachmentView {
  readonly path: readonly number[];
  readonly name: Value;
  readonly size: Value;
  /** It says that it is a signed file (CAdES). */
  readonly isSigned: boolean;
}

/** A PEC message attached to an ordinary one. */
export interface AttachedView {
  readonly path: readonly number[];
  readonly kind: Value;
  readonly subject: Value;
}

export interface ReportView {
  readonly look: Look;
  /** The word beside the state icon. */
  readonly lookKey: string;
  readonly row: RowView;
  readonly facts: FactsView;
  readonly verdict: VerdictView;
  /** What the seal, and this kind of receipt, says and does not say. */
  readonly meaning: readonly Sentence[];
  readonly actions: readonly ActionView[];
  /** Said before the actions when what they open is not vouched for. */
  readonly caution: Sentence | null;
  readonly attachments: readonly AttachmentView[];
  readonly attached: readonly AttachedView[];
  readonly technical: TechnicalView;
}

/** @param locale BCP 47 tag of the user interface, for dates and numbers */
export function describeReport(inspection: Inspection, locale: string): ReportView {
  return {
    look: inspection.look,
    lookKey: keyOf("look", inspection.look),
    row: describeRow(inspection, locale),
    facts: describeFacts(inspection, locale),
    verdict: describeVerdict(inspection, locale),
    meaning: meaningOf(inspection),
    actions: actionsOf(inspection),
    caution: cautionOf(inspection),
    attachments: (inspection.original?.attachments ?? []).map((attachment) => attachmentView(attachment, locale)),
    attached: inspection.attached.map(({ path, kind, subject, fileName }) => ({
      path,
      kind: phrase(keyOf("kind", kind)),
      subject:
        subject.trim() === "" && fileName === null
          ? phrase("no_subject")
          : foreign(subject.trim() === "" ? (fileName ?? "") : subject),
    })),
    technical: describeTechnical(inspection, locale),
  };
}

/** What a seal attests is said of a seal that holds: under a forged message it would lend the forgery what it lacks. */
function meaningOf(inspection: Inspection): readonly Sentence[] {
  const { seal, kind, daticert, original } = inspection;
  // The seal of an anomaly envelope is about the wrapper: the sentence of the verdict says so.
  if (seal.indication !== "TOTAL-PASSED" || kind === "anomalia") return [];
  const receipt = kind === "accettazione" || kind === "avvenuta-consegna";
  const content = kind === "avvenuta-consegna" ? contentMeaning(daticert?.ricevuta ?? null, original !== null) : [];
  return [
    ...(receipt ? [sentence(keyOf("meaning", kind))] : []),
    ...content,
    ...(returnsMessage(inspection) ? [sentence("restore_meaning")] : []),
    sentence("meaning_of_the_seal"),
  ];
}

/** A complete delivery receipt: the message inside is the person's own, as it was delivered. */
function returnsMessage({ seal, kind, daticert, original }: Inspection): boolean {
  const isComplete = kind === "avvenuta-consegna" && daticert?.ricevuta === "completa";
  return isComplete && original !== null && seal.indication === "TOTAL-PASSED";
}

function cautionOf({ look, original }: Inspection): Sentence | null {
  if (original === null || (look !== "not-valid" && look !== "cannot-be-verified")) return null;
  return sentence(keyOf("caution", look));
}

/** The original of a receipt is the person's own message: there is nobody to answer. */
const ANSWERABLE: readonly Inspection["kind"][] = ["posta-certificata", "anomalia", "rem"];

function actionsOf(inspection: Inspection): readonly ActionView[] {
  const { original, kind, look } = inspection;
  // Proof is the message as it came, byte for byte, not the original inside (pec-messages §9).
  const whole: readonly ActionView[] =
    look === "none" ? [] : [{ name: "save-message", labelKey: saveLabel(kind, look) }, action("open-evidence")];
  if (original === null) return [...whole, action("print")];
  const answers = ANSWERABLE.includes(kind) ? answersTo(original) : [];
  const originals: readonly ActionView[] = returnsMessage(inspection)
    ? [
        { name: "open-original", labelKey: "action_open_delivered" },
        { name: "save-original", labelKey: "action_save_delivered" },
      ]
    : [action("open-original"), action("save-original")];
  return [...originals, ...whole, ...answers, action("forward"), action("print")];
}

function action(name: WholeAction): ActionView {
  return { name, labelKey: keyOf("action", name) };
}

function saveLabel(kind: Inspection["kind"], look: Look): string {
  // What is proved not to be a receipt is not called one.
  if (look === "not-valid") return "action_save_message_other";
  switch (kind) {
    case "accettazione":
    case "presa-in-carico":
    case "avvenuta-consegna":
      return "action_save_message_receipt";
    case "non-accettazione":
    case "errore-consegna":
    case "preavviso-errore-consegna":
    case "rilevazione-virus":
      return "action_save_message_notice";
    case "posta-certificata":
    case "anomalia":
      return "action_save_message_envelope";
    case "rem":
    case null:
      return "action_save_message_other";
  }
}

/** With one recipient, who is the reader, answering all is the same as answering. A name that holds an `@` costs a needless button. */
function answersTo({ to, cc }: OriginalMessage): readonly ActionView[] {
  const several = `${to},${cc}`.split("@").length > 2;
  return several ? [action("reply"), action("reply-all")] : [action("reply")];
}

function attachmentView(attachment: OriginalAttachment, locale: string): AttachmentView {
  const name = attachment.name?.trim() ?? "";
  return {
    path: attachment.path,
    name: name === "" ? phrase("attachment_without_name", foreign(attachment.contentType)) : foreign(name),
    size: own(sizeText(attachment.size, locale)),
    isSigned: /\.p7m$/i.test(name) || /^application\/(?:x-)?pkcs7-mime$/.test(attachment.contentType),
  };
}
