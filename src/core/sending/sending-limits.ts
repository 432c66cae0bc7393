// Belongs here: how much may be sent at once: the minimum that every provider guarantees, or what is known of the sender's own.
// Does NOT belong here: the facts about operators (core/providers), the judgement (see sending-findings.ts).
import type { Operator } from "../providers/operator.ts";

export interface SendingLimits {
  readonly recipients: number;
  /** Bytes of the message as it travels. */
  readonly bytes: number;
  /** `bytes` counts once for each recipient. */
  readonly timesRecipients: boolean;
  /** Whose: the operator's name; `null`: the guaranteed minimum, and the real limit may be higher. */
  readonly recipientsOf: string | null;
  readonly bytesOf: string | null;
}

/** DM 2 November 2005, art. 12: at least 50 recipients, and 30 MB for the size times their number. */
const GUARANTEED = { recipients: 50, bytes: 30_000_000 } as const;
const MEGABYTE = 1_000_000;

/** @param operator of the sender; `null`: not known */
export function sendingLimits(operator: Operator | null): SendingLimits {
  let limits: SendingLimits = { ...GUARANTEED, timesRecipients: true, recipientsOf: null, bytesOf: null };
  for (const limit of operator?.limits ?? []) {
    if (operator === null || limit.confidence === "unverified") continue;
    if (limit.what === "recipients") limits = { ...limits, recipients: limit.value, recipientsOf: operator.name };
    if (limit.what === "message-megabytes") {
      const { value, dividedByRecipients: timesRecipients } = limit;
      limits = { ...limits, bytes: value * MEGABYTE, timesRecipients, bytesOf: operator.name };
    }
  }
  return limits;
}

/** What 57 bytes of a file become in base64: a line of 76 characters and its end (RFC 2045 §6.8). */
const BASE64_LINE = { bytes: 57, encoded: 78 } as const;
/** Fields of the header, and of each part. */
const HEADER_BYTES = 2_000;
const PART_HEADER_BYTES = 300;

/**
 * About how large the message travels; a little more rather than less.
 *
 * @param attachments bytes of each; negative: not known
 */
export function encodedSize(body: number, attachments: readonly number[]): number {
  const encoded = (bytes: number): number =>
    Math.ceil(Math.max(bytes, 0) / BASE64_LINE.bytes) * BASE64_LINE.encoded + PART_HEADER_BYTES;
  return attachments.reduce((sum, bytes) => sum + encoded(bytes), HEADER_BYTES + body);
}
