// Belongs here: the kind of delivery receipt that a message on disk asks for, such as a draft. Does NOT belong here: what it means (see delivery-receipt-kind.ts).
import { fieldValue } from "../mime/field-value.ts";
import { parseMime } from "../mime/parse-mime.ts";
import { deliveryReceiptKind, RECEIPT_KIND_FIELD, type DeliveryReceiptKind } from "./delivery-receipt-kind.ts";

/** `null`: it does not say. */
export function readReceiptKind(message: Uint8Array): DeliveryReceiptKind | null {
  return deliveryReceiptKind(fieldValue(parseMime(message).root, RECEIPT_KIND_FIELD));
}
