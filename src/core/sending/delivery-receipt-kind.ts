// Belongs here: how much of the message a delivery receipt returns, as the sender asks for it (RFC 6109 §3.3.2, pec-messages §5.3).

/** In the order in which they are offered: the one that proves most first, which is also what is meant when nothing is asked for. */
export const DELIVERY_RECEIPT_KINDS = ["completa", "breve", "sintetica"] as const;
export type DeliveryReceiptKind = (typeof DELIVERY_RECEIPT_KINDS)[number];

/** The field that asks for it; Thunderbird lets add-ons write fields that begin with `X-`. */
export const RECEIPT_KIND_FIELD = "X-TipoRicevuta";

/** `null`: none of the three. */
export function deliveryReceiptKind(value: unknown): DeliveryReceiptKind | null {
  const text = typeof value === "string" ? value.trim().toLowerCase() : "";
  return DELIVERY_RECEIPT_KINDS.find((kind) => kind === text) ?? null;
}
