// Belongs here: finding the certificates in PEM text (RFC 7468 §§2, 5). Does NOT belong here: decoding them.

const BLOCK = /-----BEGIN (?:X509 )?CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END (?:X509 )?CERTIFICATE-----/g;

/** DER of every certificate block, in order; text around them is skipped, and so is a block that is no base64. */
export function parsePem(text: string): readonly Uint8Array[] {
  return [...text.matchAll(BLOCK)].flatMap(([, body = ""]) => {
    const der = decodeBase64(body.replace(/\s+/g, ""));
    return der === null || der.length === 0 ? [] : [der];
  });
}

/** `null` for what is no base64. `text` without white space. */
export function decodeBase64(text: string): Uint8Array | null {
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return null;
  const octets = atob(text);
  const bytes = new Uint8Array(octets.length);
  for (let index = 0; index < octets.length; index++) bytes[index] = octets.charCodeAt(index);
  return bytes;
}

/** Without line breaks. */
export function encodeBase64(bytes: Uint8Array): string {
  let text = "";
  for (const octet of bytes) text += String.fromCharCode(octet);
  return btoa(text);
}
