// The public surface of the core; nothing outside core imports deeper.
export { inspect, type InspectOptions } from "./verdict/inspect.ts";
export type { VerdictPolicy } from "./verdict/checks.ts";
export type { LocalRecord, LocalRecords } from "./verdict/local-record.ts";
export { CHECK_IDS } from "./verdict/inspection.ts";
export type { Indication, SubIndication } from "./verdict/indication.ts";
export type {
  AttachedClaim,
  CertificateSummary,
  Check,
  CheckId,
  CheckOutcome,
  Inspection,
  Look,
  Remark,
  Seal,
  SignatureReport,
} from "./verdict/inspection.ts";
export type { CertifiedTime, Daticert, DaticertKind, DaticertRecipient } from "./daticert/daticert.ts";
export type { MessageKind, PecKind } from "./envelope/envelope.ts";
export {
  extractAttached,
  extractAttachment,
  extractOriginal,
  plainTextBody,
  type ExtractedAttachment,
  type OriginalAttachment,
  type OriginalMessage,
} from "./message/original-message.ts";
export { MAX_MBOX_MESSAGE, type MboxMessage, splitMbox } from "./mbox/split-mbox.ts";
export { isMbox, MBOX_HEAD } from "./mbox/is-mbox.ts";
export {
  type BatchFailure,
  type BatchPlace,
  batchRow,
  type BatchRow,
  type BatchVerdict,
  failedRow,
} from "./batch/batch-row.ts";
export { batchReport, type BatchReportFacts } from "./batch/batch-report.ts";
export { batchTable } from "./batch/batch-table.ts";
export { TABLE_START, tableLine } from "./text/table-line.ts";
export { readSignedFile } from "./attachments/read-signed-file.ts";
export type {
  FileIntegrity,
  FileSigner,
  SignedFile,
  SignedFileTrouble,
  SignedLayer,
} from "./attachments/signed-file.ts";
export { sha256Of } from "./pki/digest.ts";
export { parsePem } from "./pki/parse-pem.ts";
export { shippedAuthorities, shippedSources } from "./trust/shipped-authorities.ts";
export { currentAuthorities, endingAuthorities, type EndingAuthority } from "./trust/ending-authorities.ts";
export { withExtraAuthorities, type ExtraAuthority } from "./trust/extra-authorities.ts";
export { withUserAnchors, type UserAnchorResult } from "./trust/with-user-anchors.ts";
export { isSameFingerprint, type UserAnchor } from "./trust/user-anchor.ts";
export {
  readAnchorFile,
  type AnchorCandidate,
  type AnchorDescription,
  type AnchorProblem,
} from "./trust/read-anchor-file.ts";
export type { PecIssuingKey, TrustAnchor, TrustedAuthorities } from "./trust/trust-types.ts";
export {
  readRevocationFile,
  revocationListSummary,
  type RevocationFile,
  type RevocationListSummary,
} from "./pki/read-revocation-file.ts";
export { validateChain, type ChainRequirements } from "./chain/validate-chain.ts";
export {
  checkRevocation,
  type ListSigners,
  type RevocationData,
  type RevocationReason,
  type RevocationResult,
  type UnknownCode,
} from "./chain/check-revocation.ts";
export type { ChainProblem, ChainResult } from "./chain/chain-result.ts";
export type { Certificate } from "./pki/certificate.ts";
export { parseCertificate } from "./pki/parse-certificate.ts";
export { parseAddressList, sameAddress, type AddressList, type Mailbox } from "./mime/address-list.ts";
export { receiptOf, unverifiedId, type Receipt, type ReceiptKind } from "./receipts/receipt.ts";
export type { NoticeStage } from "./receipts/notice-stage.ts";
export { isFromServiceMailbox, mayBeReceipt, maySpeakOf, type PostponedReceipt } from "./receipts/may-be-receipt.ts";
export {
  claimedLinks,
  linksOf,
  withEvent,
  type LedgerEntry,
  type LedgerEvent,
  type SentCopy,
} from "./receipts/ledger-entry.ts";
export { returnedMailOf, type ReturnedMail } from "./receipts/returned-mail.ts";
export { sentStatus, type RecipientState, type RecipientStatus, type SentStatus } from "./receipts/sent-status.ts";
export { problemsOf, type Problem, type ProblemKind } from "./receipts/problems.ts";
export { ledgerRow, type LedgerRow, type RowRecipient } from "./receipts/ledger-row.ts";
export {
  compareContent,
  type ComparedPart,
  type ContentComparison,
  type ContentDifference,
} from "./receipts/compare-content.ts";
export {
  createEvidenceBundle,
  type EvidenceBundle,
  MAX_EVIDENCE_BYTES,
  MAX_EVIDENCE_MESSAGES,
} from "./evidence/evidence-bundle.ts";
export type { EvidenceFacts, EvidenceGap, EvidenceOfSent, EvidenceRole } from "./evidence/bundled-message.ts";
export { plainWords } from "./evidence/bundle-names.ts";
export {
  DOCUMENT_END,
  documentStart,
  element,
  htmlDocument,
  htmlText,
  type HtmlContent,
  type HtmlElement,
  type HtmlHead,
} from "./evidence/html-text.ts";
export {
  suggestSettings,
  type Contradiction,
  type MxAnswer,
  type MxRecord,
  type Suggestion,
} from "./providers/suggest-settings.ts";
export { searchOperators, type OperatorChoice } from "./providers/search-operators.ts";
export { operatorById, operatorOfHost, type HostOwner } from "./providers/find-operator.ts";
export {
  areOfOneDomain,
  outgoingServerBeside,
  outgoingServerKind,
  type OutgoingServerKind,
  type ServerLogin,
} from "./providers/outgoing-server.ts";
export { knownPecDomain, type KnownPecDomain } from "./providers/known-pec-domain.ts";
export { loginField, loginName, type LoginField, type LoginName, type LoginProblem } from "./providers/login-form.ts";
export { clientPasswordNotes, type ClientPasswordNote } from "./providers/client-password-notes.ts";
export { serversFromTemplate, type HostTemplate } from "./providers/host-template.ts";
export { serverProblems, type ServerProblem } from "./providers/server-problems.ts";
export { readTypedAddress, type AddressProblem, type TypedAddress } from "./providers/typed-address.ts";
export {
  specialFolders,
  type FolderUse,
  type FoundFolder,
  type ServerFolder,
  type SpecialFolders,
} from "./providers/special-folders.ts";
export { SOURCES, type Source, type SourceId } from "./providers/sources.ts";
export type { Confidence, Fact } from "./providers/fact.ts";
export type {
  ClientPassword,
  FolderNames,
  Limit,
  LoginForm,
  NoServices,
  Operator,
  Protocol,
  Server,
  Servers,
  Service,
} from "./providers/operator.ts";
export {
  DELIVERY_RECEIPT_KINDS,
  deliveryReceiptKind,
  RECEIPT_KIND_FIELD,
  type DeliveryReceiptKind,
} from "./sending/delivery-receipt-kind.ts";
export { readReceiptKind } from "./sending/read-receipt-kind.ts";
export { readRecipients, type Recipients } from "./sending/recipients.ts";
export { encodedSize, sendingLimits, type SendingLimits } from "./sending/sending-limits.ts";
export {
  bccFinding,
  SENDING_FIXES,
  sendingFindings,
  type AnsweredPec,
  type FindingWeight,
  type OutgoingPec,
  type SendingFinding,
  type SendingFindingId,
  type SendingFix,
} from "./sending/sending-findings.ts";
