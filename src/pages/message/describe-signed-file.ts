// Belongs here: what is said of a signed attachment, as data. Does NOT belong here: taking it apart (core/attachments), drawing.
// Nothing here may be taken for the verdict on the PEC seal: other words, and no look of a seal.
import type { FileSigner } from "../../core/index.ts";
import type { AttachmentAnswer } from "../../messages.ts";
import { algorithmName } from "../algorithm-name.ts";
import { dayText, instantSentence } from "../certified-time.ts";
import type { Sentence, Value } from "../sentence.ts";
import { sizeText } from "../size-text.ts";
import { foreign, keyOf, own, phrase, sentence } from "../values.ts";

export interface SignerView {
  readonly integrity: FileSigner["integrity"];
  readonly sentence: Sentence;
  readonly facts: readonly { readonly labelKey: string; readonly value: Value }[];
  readonly notes: readonly Sentence[];
}

export interface SignedFileView {
  /** Outermost first. `heading`: where there are several. */
  readonly layers: readonly { readonly heading: Sentence | null; readonly signers: readonly SignerView[] }[];
  readonly trouble: Sentence | null;
  readonly content: { readonly sentence: Sentence; readonly sha256: string } | null;
}

type Signed = Extract<AttachmentAnswer, { readonly state: "signed" }>;

/** @param offset of the certified time beside it, so that both can be compared at a glance; `null`: UTC */
export function describeSignedFile(file: Signed, locale: string, offset: string | null): SignedFileView {
  const { layers, trouble, code, content } = file;
  return {
    layers: layers.map(({ signers }, index) => ({
      heading: layers.length === 1 ? null : sentence("p7m_layer", own(String(index + 1)), own(String(layers.length))),
      signers: signers.map((signer) => signerView(signer, locale, offset)),
    })),
    trouble:
      trouble === null
        ? null
        : sentence(keyOf("p7m_trouble", trouble), ...(trouble === "damaged" ? [own(code ?? "")] : [])),
    content: content && {
      sentence: sentence("p7m_content", foreign(content.name), own(sizeText(content.size, locale))),
      sha256: content.sha256,
    },
  };
}

function signerView(signer: FileSigner, locale: string, offset: string | null): SignerView {
  const { integrity, code, certificate, signingTime, signatureAlgorithm } = signer;
  const isSaid = integrity === "irregular" || integrity === "unverifiable";
  const fact = (labelKey: string, value: Value | null) => (value === null ? [] : [{ labelKey, value }]);
  const text = (value: string | null | undefined): Value | null =>
    value === null || value === undefined || value === "" ? null : foreign(value);
  const validity =
    certificate &&
    phrase(
      "p7m_validity_value",
      own(dayText(certificate.notBefore, locale)),
      own(dayText(certificate.notAfter, locale)),
    );
  const when =
    signingTime === null
      ? phrase("p7m_signing_time_missing")
      : phrase("p7m_signing_time_value", {
          type: "sentence",
          sentence: instantSentence(signingTime, offset, locale),
        });
  return {
    integrity,
    sentence: sentence(keyOf("p7m", integrity), ...(isSaid ? [own(code ?? "?")] : [])),
    facts: [
      ...fact("p7m_signer", text(certificate?.name)),
      ...fact("p7m_number", text(certificate?.number)),
      ...fact("p7m_organization", text(certificate?.organization)),
      ...fact("p7m_issuer", text(certificate?.issuer)),
      ...fact("p7m_validity", validity),
      ...fact("p7m_signing_time", when),
      ...fact("p7m_algorithm", algorithmName(signatureAlgorithm)),
    ],
    notes: notesOf(signer),
  };
}

function notesOf({ certificate, signingTime, digestAlgorithm, hasCountersignatures, hasTimeStamp }: FileSigner) {
  const isOutside =
    certificate !== null &&
    signingTime !== null &&
    (signingTime < certificate.notBefore || signingTime > certificate.notAfter);
  return [
    ...(isOutside ? [sentence("p7m_not_valid_then")] : []),
    ...(digestAlgorithm === "SHA-1" ? [sentence("p7m_sha1")] : []),
    ...(hasCountersignatures ? [sentence("p7m_countersigned")] : []),
    ...(hasTimeStamp ? [sentence("p7m_time_stamped")] : []),
  ];
}
