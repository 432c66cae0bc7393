// Belongs here: a draft of a provider's message, and sealing it as S/MIME (RFC 6109 §4.3, RFC 8551 §3.5).
// Does NOT belong here: what each kind says (see pec-messages.ts), the CMS itself (see cms-builder.ts).
import { buildSignedData, type SigningOptions } from "./cms-builder.ts";
import { type DaticertContent, daticertPart, type DaticertStyle, writeDaticert } from "./daticert-writer.ts";
import {
  base64Lines,
  type ByteString,
  CRLF,
  entity,
  type Field,
  multipartBody,
  toBytes,
  toByteString,
} from "./mime-builder.ts";

/** A provider's message before its seal. Change fields of a copy, then `sealMessage`. */
export interface Draft {
  /** The whole outer header but what describes the body. */
  readonly header: readonly Field[];
  /** First part: the text for people. */
  readonly introduction: ByteString;
  readonly daticert: DaticertContent | null;
  /** The document as it shall stand, in place of what `daticert` gives; characters, not bytes. */
  readonly daticertXml: string | null;
  readonly daticertStyle: DaticertStyle;
  /** The message inside; `null`: none. */
  readonly postacert: ByteString | null;
  /** Complete entities after those. */
  readonly extraParts: readonly ByteString[];
  readonly boundary: string;
  readonly signing: SigningOptions;
}

export const postacertPart = (message: ByteString): ByteString =>
  entity(
    [
      ["Content-Type", 'message/rfc822; name="postacert.eml"'],
      ["Content-Transfer-Encoding", /^[\x00-\x7f]*$/.test(message) ? "7bit" : "8bit"],
      ["Content-Disposition", 'inline; filename="postacert.eml"'],
    ],
    message,
  );

export const signaturePart = (base64: ByteString): ByteString =>
  entity(
    [
      ["Content-Type", 'application/x-pkcs7-signature; name="smime.p7s"'],
      ["Content-Transfer-Encoding", "base64"],
      ["Content-Disposition", 'attachment; filename="smime.p7s"'],
    ],
    base64,
  );

/** The parts of a draft, in order. */
export function partsOf(draft: Draft): readonly ByteString[] {
  const xml = draft.daticertXml ?? (draft.daticert === null ? null : writeDaticert(draft.daticert));
  return [
    draft.introduction,
    ...(xml === null ? [] : [daticertPart(xml, draft.daticertStyle)]),
    ...(draft.postacert === null ? [] : [postacertPart(draft.postacert)]),
    ...draft.extraParts,
  ];
}

/** The inner `multipart/mixed`: exactly the bytes that are signed. */
export function signedEntity(draft: Draft): ByteString {
  return entity(
    [
      ["Content-Type", `multipart/mixed;${CRLF}\tboundary="----=_Content_${draft.boundary}"`],
      ["Content-Transfer-Encoding", "binary"],
      ["MIME-Version", "1.0"],
    ],
    multipartBody(`----=_Content_${draft.boundary}`, partsOf(draft)),
  );
}

/** Base64 lines of the CMS over an entity. */
export const signatureOver = (content: ByteString, signing: SigningOptions): ByteString =>
  base64Lines(toByteString(buildSignedData(toBytes(content), signing)));

const MICALG = { "SHA-1": "sha1", "SHA-256": "sha-256", "SHA-384": "sha-384", "SHA-512": "sha-512" } as const;

/** A message of `multipart/signed` around the children given. */
export function signedMessage(
  header: readonly Field[],
  boundary: string,
  children: readonly ByteString[],
  digest: keyof typeof MICALG = "SHA-256",
): ByteString {
  const outer = `----=_Signed_${boundary}`;
  return entity(
    [
      ...header,
      ["MIME-Version", "1.0"],
      [
        "Content-Type",
        `multipart/signed; protocol="application/x-pkcs7-signature";${CRLF}\tmicalg="${MICALG[digest]}"; boundary="${outer}"`,
      ],
    ],
    multipartBody(outer, children, `This is an S/MIME signed message${CRLF}`),
  );
}

/** The sealed message. */
export function sealMessage(draft: Draft): ByteString {
  const content = signedEntity(draft);
  const signature = signaturePart(signatureOver(content, draft.signing));
  return signedMessage(draft.header, draft.boundary, [content, signature], draft.signing.digest);
}

/** The same content with an opaque signature: `application/pkcs7-mime; smime-type=signed-data` (RFC 8551 §3.5.2). */
export function sealOpaque(draft: Draft): ByteString {
  const content = toBytes(signedEntity(draft));
  const cms = buildSignedData(content, { ...draft.signing, embeddedContent: content });
  return entity(
    [
      ...draft.header,
      ["MIME-Version", "1.0"],
      ["Content-Type", `application/pkcs7-mime; smime-type=signed-data;${CRLF}\tname="smime.p7m"`],
      ["Content-Transfer-Encoding", "base64"],
      ["Content-Disposition", 'attachment; filename="smime.p7m"'],
    ],
    base64Lines(toByteString(cms)) + CRLF,
  );
}

/** The draft as a message without any signature. */
export function unsignedMessage(draft: Draft): ByteString {
  const boundary = `----=_Content_${draft.boundary}`;
  return entity(
    [...draft.header, ["MIME-Version", "1.0"], ["Content-Type", `multipart/mixed;${CRLF}\tboundary="${boundary}"`]],
    multipartBody(boundary, partsOf(draft)),
  );
}
