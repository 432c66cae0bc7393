// Belongs here: what is kept of each message of a batch: the verdict and what the message is found by, small, as plain values.
// Does NOT belong here: inspecting (core/verdict), tables and reports of rows (see batch-table.ts, batch-report.ts), wording.
import type { CertifiedTime } from "../daticert/daticert.ts";
import type { MessageKind } from "../envelope/envelope.ts";
import { parseMailDate } from "../mime/mail-date.ts";
import { sha256Of } from "../pki/digest.ts";
import type { Indication, SubIndication } from "../verdict/indication.ts";
import type { Inspection, Look, Remark } from "../verdict/inspection.ts";

/** Where the message was found. */
export type BatchPlace =
  /** `id`: good for this run of Thunderbird only. */
  | { readonly source: "mailbox"; readonly id: number; readonly folder: string }
  /**
   * `index`: of the file among those chosen; `start` and `length`: its bytes in the file; `position`: in an mbox file, counted from 1;
   * `null`: the file is the message.
   */
  | {
      readonly source: "file";
      readonly file: string;
      readonly index: number;
      readonly start: number;
      readonly length: number;
      readonly position: number | null;
    };

/** Why a message was not inspected. `empty`: the file has no message in it. */
export type BatchFailure = "gone" | "unreadable" | "too-large" | "empty" | "internal";

export interface BatchVerdict {
  readonly kind: MessageKind | null;
  /** The value of an unknown kind, verbatim. */
  readonly unrecognized: string | null;
  readonly look: Look;
  readonly indication: Indication | "NONE";
  readonly subIndication: SubIndication | null;
  readonly remarks: readonly Remark[];
  /** In a word why it is no valid seal; `null`: it is one, or nothing is claimed. */
  readonly reason: SubIndication | "UNSIGNED" | "REM" | "FAILED" | "INDETERMINATE" | null;
  /** PEC messages attached to an ordinary one; they are not inspected. */
  readonly attached: number;
  /** Lower-case hexadecimal, of the message as it is stored. */
  readonly sha256: string;
  /** `null`: the certification data could not be read. Counts for something only where the seal holds. */
  readonly certified: {
    readonly time: CertifiedTime;
    readonly provider: string;
    readonly identifier: string;
    readonly messageId: string;
  } | null;
}

export interface BatchRow {
  readonly place: BatchPlace;
  /** As certified where the seal holds; otherwise as the header, which nobody vouches for, has it. */
  readonly from: string;
  readonly subject: string;
  /** Milliseconds UTC; of the certification, else of the header; `null`: neither can be read. */
  readonly date: number | null;
  readonly messageId: string;
  /** In its mbox file it is a guess where the message begins or ends: the verdict may rest on that. */
  readonly isDoubtful: boolean;
  readonly outcome:
    ({ readonly state: "inspected" } & BatchVerdict) | { readonly state: "failed"; readonly why: BatchFailure };
}

/** Longest text kept of one field: it is for recognising a message. The attack is a folder of messages with subjects of megabytes. */
const MAX_TEXT = 300;

const short = (text: string): string => {
  const flat = text.replace(/\s+/gu, " ").trim();
  return flat.length <= MAX_TEXT ? flat : `${flat.slice(0, MAX_TEXT)}…`;
};

/** The row of an inspected message; `bytes` are what was inspected. */
export async function batchRow(
  inspection: Inspection,
  bytes: Uint8Array,
  place: BatchPlace,
  isDoubtful: boolean,
): Promise<BatchRow> {
  const { kind, unrecognized, look, seal, daticert, header, original, attached } = inspection;
  const vouched = seal.indication === "TOTAL-PASSED" && kind !== "anomalia" ? daticert : null;
  return {
    place,
    from: short(vouched?.mittente ?? header.from),
    // A sealed message without a subject has none, whatever its header says, which anybody could write.
    subject: short(vouched === null ? header.subject : (vouched.oggetto ?? original?.subject ?? "")),
    date: vouched?.data.instant ?? parseMailDate(header.date),
    messageId: short(header.messageId),
    isDoubtful,
    outcome: {
      state: "inspected",
      kind,
      unrecognized: unrecognized === null ? null : short(unrecognized),
      look,
      indication: seal.indication,
      subIndication: seal.subIndication,
      remarks: seal.remarks,
      reason: reasonOf(inspection),
      attached: attached.length,
      sha256: await sha256Of(bytes),
      certified: daticert && {
        time: daticert.data,
        provider: short(daticert.gestoreEmittente),
        identifier: short(daticert.identificativo),
        messageId: short(daticert.msgid ?? ""),
      },
    },
  };
}

function reasonOf({ seal, signature, kind }: Inspection): BatchVerdict["reason"] {
  switch (seal.indication) {
    case "NONE":
    case "TOTAL-PASSED":
      return null;
    case "TOTAL-FAILED":
      return signature === null ? "UNSIGNED" : (seal.subIndication ?? "FAILED");
    case "INDETERMINATE":
      return kind === "rem" ? "REM" : (seal.subIndication ?? "INDETERMINATE");
  }
}

/** The row of a message that could not be inspected, with what is known of it from elsewhere. */
export function failedRow(
  place: BatchPlace,
  why: BatchFailure,
  known: Partial<Pick<BatchRow, "from" | "subject" | "date" | "messageId" | "isDoubtful">> = {},
): BatchRow {
  const { from = "", subject = "", date = null, messageId = "", isDoubtful = false } = known;
  return {
    place,
    from: short(from),
    subject: short(subject),
    date,
    messageId: short(messageId),
    isDoubtful,
    outcome: { state: "failed", why },
  };
}

/** Whether what stands in the row is certified; of everything else nobody can say more than its header declares. */
export const isVouchedFor = ({ outcome }: BatchRow): boolean =>
  outcome.state === "inspected" && outcome.indication === "TOTAL-PASSED" && outcome.look !== "neutral";

/** What is said of a row in a word: the look of its seal, or that it was not inspected. */
export const batchWord = ({ outcome }: BatchRow): Look | "failed" =>
  outcome.state === "inspected" ? outcome.look : "failed";

/** Key into _locales of why the verdict is not a seal; `null`: it is one, or nothing is claimed. Short: for the cell of a table. */
export function batchReasonKey({ outcome }: BatchRow): string | null {
  if (outcome.state === "failed") return `batch_failure_${outcome.why.replaceAll("-", "_")}`;
  return outcome.reason === null ? null : `batch_reason_${outcome.reason.toLowerCase()}`;
}
