// Belongs here: from an inspection to everything the page shows of it, as data: which sentences, which values, which order.
// Does NOT belong here: drawing (see draw-report.ts), wording (see _locales), judging (core/verdict).
import type { Inspection, Look, OriginalAttachment } from "../../core/index.ts";
import type { MessageAction } from "../../messages.ts";
import type { Sentence, Value } from "../sentence.ts";
import { describeFacts, type FactsView } from "./describe-facts.ts";
import { describeRow, type RowView } from "./describe-row.ts";
import { describeTechnical, type TechnicalView } from "./describe-technical.ts";
import { describeVerdict, type VerdictView } from "./describe-verdict.ts";
import { foreign, keyOf, own, phrase, sentence } from "./values.ts";

/** Actions on the whole message; those on one attachment stand beside it. */
export type WholeAction = Exclude<
  MessageAction["name"],
  "open-attachment" | "save-attachment" | "save-all-attachments"
>;

export interface AttachmentView {
  readonly path: readonly number[];
  readonly name: Value;
  readonly size: Value;
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
  readonly actions: readonly WholeAction[];
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
    caution: inspection.look === "not-valid" && inspection.original !== null ? sentence("caution_not_valid") : null,
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

function meaningOf({ seal, kind }: Inspection): readonly Sentence[] {
  const sealed = seal.indication === "TOTAL-PASSED" && (kind === "accettazione" || kind === "avvenuta-consegna");
  return [...(sealed ? [sentence(keyOf("meaning", kind))] : []), sentence("meaning_of_the_seal")];
}

/** The original of a receipt is the person's own message: there is nobody to answer. */
const ANSWERABLE: readonly Inspection["kind"][] = ["posta-certificata", "anomalia", "rem"];

function actionsOf({ original, kind }: Inspection): readonly WholeAction[] {
  if (original === null) return ["print"];
  const answers: readonly WholeAction[] = ANSWERABLE.includes(kind) ? ["reply", "reply-all"] : [];
  return ["open-original", "save-original", ...answers, "forward", "print"];
}

function attachmentView(attachment: OriginalAttachment, locale: string): AttachmentView {
  const name = attachment.name?.trim() ?? "";
  return {
    path: attachment.path,
    name: name === "" ? phrase("attachment_without_name", foreign(attachment.contentType)) : foreign(name),
    size: own(sizeText(attachment.size, locale)),
  };
}

function sizeText(bytes: number, locale: string): string {
  const [value, unit] =
    bytes < 1_000 ? [bytes, "byte"] : bytes < 1_000_000 ? [bytes / 1_000, "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  const maximumFractionDigits = unit === "megabyte" ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits }).format(
    value,
  );
}
