// Belongs here: the types of all runtime messages between pages and background. Anything else is refused by the dispatcher.
import type {
  AddressProblem,
  AnchorCandidate,
  BatchPlace,
  BatchRow,
  ClientPasswordNote,
  ContentComparison,
  DeliveryReceiptKind,
  EvidenceGap,
  HostTemplate,
  Inspection,
  LedgerEntry,
  LedgerRow,
  PostponedReceipt,
  LoginField,
  LoginForm,
  LoginProblem,
  Operator,
  OperatorChoice,
  ProblemKind,
  Receipt,
  SendingFinding,
  SendingFix,
  SentStatus,
  ServerProblem,
  Servers,
  Service,
  SignedFile,
  Suggestion,
  TypedAddress,
  UserAnchor,
} from "./core/index.ts";

/** Which message is meant. Every call carries it, so that an answer can never be shown for another message. */
export interface MessageTarget {
  readonly tabId: number;
  readonly messageId: number;
  /** Child indexes of an attached message inside the shown one; empty for the shown message itself. */
  readonly path: readonly number[];
}

export type MessageReport =
  | {
      readonly state: "inspected";
      readonly target: MessageTarget;
      readonly inspection: Inspection;
      /** What the ledger knows of the sent message that this is, or that this receipt speaks of; `null`: neither, or nothing. */
      readonly sent: SentReport | null;
    }
  /** A bug or a failing API; never a verdict. `code` is for the report to the developers and holds no mail content. */
  | { readonly state: "internal-error"; readonly target: MessageTarget; readonly code: string }
  /** The tab shows another message by now, or the message is gone. */
  | { readonly state: "gone"; readonly target: MessageTarget };

/** One sent message and its fate, as it is now. */
export interface SentReport {
  /** What the shown message is to it; `listed`: it was asked for by the ledger page. */
  readonly role: "sent-copy" | "receipt" | "listed";
  readonly entry: LedgerEntry;
  readonly status: SentStatus;
  /** Receipts that claim to speak of it and were not verified. */
  readonly unverified: readonly Receipt[];
  /** Receipts are still being looked for: `status` knows what has come, and no deadline that has passed. */
  readonly collecting?: true;
}

/** Whether the message that a delivery receipt returns is the one in Sent. */
export type ContentReport =
  | { readonly state: "compared"; readonly comparison: ContentComparison }
  /** `no-copy`: no sent copy in the mailbox; `no-receipt`: the receipt is gone; `no-content`: it returns no message. */
  | { readonly state: "not-comparable"; readonly code: "no-copy" | "no-receipt" | "no-content" | "internal" };

/** Thunderbird's own look, handed to the pane; colours are CSS colours. */
export interface Appearance {
  readonly dark: boolean;
  readonly background: string;
  readonly text: string;
  readonly mutedText: string;
  readonly border: string;
  readonly fontFamily: string;
  readonly fontSize: string;
  readonly density: "compact" | "default" | "relaxed";
}

export type MessageAction =
  | { readonly name: "open-original" }
  | { readonly name: "save-original" }
  /** The whole message as it was received, byte for byte: the proof. */
  | { readonly name: "save-message" }
  | { readonly name: "open-attachment"; readonly attachment: readonly number[] }
  | { readonly name: "save-attachment"; readonly attachment: readonly number[] }
  | { readonly name: "save-all-attachments" }
  /** The document inside a signed attachment. */
  | { readonly name: "save-signed-content"; readonly attachment: readonly number[] }
  | { readonly name: "reply" }
  | { readonly name: "reply-all" }
  | { readonly name: "forward" }
  | { readonly name: "print" }
  /** Opens the page that makes a bundle of evidence: of the sent message and its receipts, or of this message. */
  | { readonly name: "open-evidence" }
  /** Fetches the list that may revoke the signer's certificate; the page asks for the permission at the same time. */
  | { readonly name: "check-revocation" }
  /** Opens the options page. */
  | { readonly name: "open-options" }
  /** Opens the page with all sent messages. */
  | { readonly name: "open-ledger" };

/** `code` is a key into _locales (`action_error_<code>`). `cancelled`: the person closed a dialog; nothing to say. */
export type ActionResult =
  /** `folder`: where files were saved without asking, below the folder for downloads. */
  | { readonly state: "done"; readonly folder?: string }
  | { readonly state: "cancelled" }
  | {
      readonly state: "failed";
      readonly code:
        | "gone"
        | "no-original"
        | "no-content"
        | "save-failed"
        | "open-failed"
        | "compose-failed"
        | "internal"
        | RevocationFailure;
    };

/** `sha256`: of its bytes as they are saved. `signature`: who signed it, where it is a signed file. */
export type AttachmentQuestion = "sha256" | "signature";

export type AttachmentAnswer =
  /** Lower-case hexadecimal. */
  | { readonly state: "hashed"; readonly sha256: string }
  | ({ readonly state: "signed" } & Omit<SignedFile, "content"> & {
        /** Of the document inside; `name`: as it would be saved. */
        readonly content: { readonly name: string; readonly size: number; readonly sha256: string } | null;
      })
  /** `code` is a key into _locales (`action_error_<code>`). */
  | { readonly state: "failed"; readonly code: "gone" | "no-original" | "internal" };

/** Why no revocation list came over the network. `no-address`: the certificate names no list that can be fetched. */
export type RevocationFailure =
  | "no-address"
  | "not-permitted"
  | "offline"
  | "not-found"
  | "redirected"
  | "timeout"
  | "too-large"
  | "not-a-list"
  | "not-stored";

/** Page to background. The answer's type stands beside each. */
export type PageMessage =
  /** → `MessageTarget | null`: the message shown in the active tab of the window; asked by the popup. */
  | { readonly type: "get-displayed-message" }
  /** → `MessageReport`; for a popup `gone` when the tab shows another message by now. A pane is seen beside its own message only. */
  | { readonly type: "get-report"; readonly target: MessageTarget; readonly view: "pane" | "popup" }
  /** → `ActionResult` */
  | { readonly type: "run-action"; readonly target: MessageTarget; readonly action: MessageAction }
  /** → `PrintableMessage | null`: what the print page shows. */
  | { readonly type: "get-printable"; readonly target: MessageTarget }
  /** → `OptionsAnswer` */
  | { readonly type: "options"; readonly request: OptionsRequest }
  /** → `ActionResult`: shows the message under that Message-ID (without brackets, as it was written), wherever it lies. */
  | { readonly type: "open-message"; readonly messageId: string }
  /** → `ContentReport`; `receipt` is a `Receipt.id` of the entry under `link`. */
  | { readonly type: "compare-content"; readonly link: string; readonly receipt: string }
  /** → `LedgerAnswer` */
  | { readonly type: "ledger"; readonly request: LedgerRequest }
  /** → `AttachmentAnswer`: of an attachment of the original message. */
  | {
      readonly type: "look-into-attachment";
      readonly target: MessageTarget;
      readonly attachment: readonly number[];
      readonly question: AttachmentQuestion;
    }
  /** → `EvidenceAnswer` */
  | { readonly type: "evidence"; readonly request: EvidenceRequest }
  /** → `ActionResult`: the message as it was delivered, from a complete delivery receipt of the entry under `link`. */
  | { readonly type: "restore-original"; readonly link: string; readonly how: "open" | "save" }
  /** → `BatchAnswer` */
  | { readonly type: "batch"; readonly request: BatchRequest }
  /** → `AccountAnswer` */
  | { readonly type: "accounts"; readonly request: AccountRequest }
  /** → `ComposeAnswer` */
  | { readonly type: "compose"; readonly request: ComposeRequest }
  /** → `Appearance | null`; `null` outside the pane. */
  | { readonly type: "get-appearance"; readonly tabId: number };

/** Background to pages. */
export type BackgroundMessage =
  /** The button in the message header was pressed while the pane is there. */
  | { readonly type: "toggle-pane"; readonly tabId: number }
  /** Another message is shown in the tab: a popup that stayed open must not go on speaking of the former one. */
  | { readonly type: "message-shown"; readonly tabId: number }
  | { readonly type: "appearance-changed" }
  /** Authorities, revocation data or local records changed: what a page shows of a message has to be asked for anew. */
  | { readonly type: "verdicts-changed" }
  /** Entries of the ledger, or problems, are others by now. */
  | { readonly type: "ledger-changed" }
  | { readonly type: "walk-changed"; readonly walk: WalkReport }
  /** The creation of an account has come to this step. */
  | { readonly type: "account-progress"; readonly step: AccountStep }
  /** An account was made or removed, by whomever. */
  | { readonly type: "accounts-changed" };

/** What the ledger page asks for. */
export type LedgerRequest =
  /** → `rows`: at most some thousand at a time, in no order; `after`: the `next` of the answer before; `null`: the first. */
  | { readonly name: "rows"; readonly after: string | null }
  /** → `overview` */
  | { readonly name: "overview" }
  /** → `entry`: one sent message with everything that is known of it. `link`: any of its links. */
  | { readonly name: "entry"; readonly link: string }
  /** → `apart` */
  | { readonly name: "apart" }
  /** → `checked`: reads what was postponed because of its size. */
  | { readonly name: "verify-postponed"; readonly key: string }
  /** → `overview`, at once; the walk goes on by itself. */
  | { readonly name: "start-walk" }
  | { readonly name: "cancel-walk" }
  /** → `overview`; problems that the person has seen, by id; `all`: also those that the overview has no room for. */
  | { readonly name: "acknowledge"; readonly problems: readonly string[] | "all" }
  /** → `done`: receipts of these entries are read. */
  | { readonly name: "mark-receipts-read"; readonly links: readonly string[] }
  /** → `done`: these entries, in this order, as a table for spreadsheets; the person chooses a place for the file. */
  | { readonly name: "save-table"; readonly links: readonly string[] }
  /** → `overview`: everything known of messages sent from that address goes; the mails stay. */
  | { readonly name: "forget-sender"; readonly address: string };

export type LedgerAnswer =
  | { readonly state: "rows"; readonly rows: readonly LedgerRow[]; readonly next: string | null }
  | { readonly state: "overview"; readonly overview: LedgerOverview }
  /** `null`: it is no longer there. */
  | { readonly state: "entry"; readonly report: SentReport | null }
  /** Receipts that belong to no entry: their seal did not pass, or they name no message. */
  | {
      readonly state: "apart";
      readonly unverified: readonly Receipt[];
      /** Not read yet because of their size. */
      readonly postponed: readonly PostponedReceipt[];
    }
  /** The wording is `ledger_postponed_<outcome>`. */
  | { readonly state: "checked"; readonly outcome: "verified" | "unverified" | "no-receipt" | "gone" | "unreadable" }
  | { readonly state: "done"; readonly count?: number }
  | { readonly state: "cancelled" }
  /** `code` is a key into _locales (`ledger_error_<code>`). */
  | {
      readonly state: "failed";
      readonly code: "storage-unavailable" | "storage-full" | "storage-newer" | "save-failed" | "internal";
    };

export interface LedgerOverview {
  readonly entries: number;
  /** Since when this computer keeps the ledger; milliseconds UTC. */
  readonly began: number;
  /** PEC mailboxes that messages were sent from. `isOwn`: an account of this Thunderbird has the address. */
  readonly senders: readonly { readonly address: string; readonly isOwn: boolean }[];
  readonly unverified: number;
  /** Receipts that were not read yet because of their size. */
  readonly postponed: number;
  /** Problems that the person has not seen yet, worst first; at most some hundred. */
  readonly openProblems: readonly OpenProblem[];
  /** All of them. */
  readonly openProblemCount: number;
  readonly walk: WalkReport;
  /** The database was damaged or is of a newer version: what the person has to know. */
  readonly storage: "available" | "unavailable" | "full" | "rebuilt" | "newer";
}

export interface OpenProblem {
  readonly id: string;
  readonly kind: ProblemKind;
  readonly recipient: string | null;
  readonly since: number;
  /** Finds the entry: the same as its row's. */
  readonly link: string;
  /** Of the message. */
  readonly subject: string;
}

/** The walk over every folder that collects receipts. */
export type WalkReport =
  | { readonly state: "never" }
  | {
      readonly state: "running";
      readonly folder: string;
      readonly done: number;
      readonly total: number | null;
      readonly foldersDone: number;
      readonly folderCount: number;
      /** Milliseconds; `null`: cannot be told yet. */
      readonly timeLeft: number | null;
    }
  | {
      readonly state: "ended";
      readonly how: "finished" | "cancelled" | "failed";
      /** Why it failed, when it was for want of storage. */
      readonly trouble?: "full" | "newer" | "unavailable";
      /** Milliseconds UTC. */
      readonly at: number;
      readonly receipts: number;
      readonly unverified: number;
      readonly tooLarge: number;
      readonly unreadable: number;
    };

/** What goes into a bundle of evidence. */
export type EvidenceSource =
  /** Entries of the ledger: each sent message with everything that came back. */
  | { readonly type: "sent"; readonly links: readonly string[] }
  /** Messages by their numbers, which are good for this run of Thunderbird only. */
  | { readonly type: "messages"; readonly ids: readonly number[] }
  /** What is selected in the message list. */
  | { readonly type: "selection" };

export type EvidenceRequest =
  /** → `done`: opens the page that makes the bundle. */
  | { readonly name: "open"; readonly source: EvidenceSource }
  /** → `begun`, `too-large`. `job`: as the page's address names it. */
  | { readonly name: "begin"; readonly job: number }
  /** → `step`: some more messages. Nothing is done between two of these. */
  | { readonly name: "next"; readonly job: number }
  /** → `done`: somebody still wants it. Without work the background is put to rest after half a minute, and the bundle is gone with it. */
  | { readonly name: "hold"; readonly job: number }
  /** → `saved`, `cancelled`: the person chooses a place for the finished bundle. */
  | { readonly name: "save"; readonly job: number }
  /** → `done`: nothing of it is kept. */
  | { readonly name: "end"; readonly job: number };

export interface EvidenceStep {
  /** Messages since the beginning, those that are missing among them. */
  readonly done: number;
  /** Subject of the last one. */
  readonly at: string;
  /** What could not be put in; each is in the report. */
  readonly gaps: readonly EvidenceGap[];
  /** The bundle is finished and can be saved. */
  readonly finished: { readonly messages: number; readonly bytes: number } | null;
}

export type EvidenceAnswer =
  | { readonly state: "begun"; readonly total: number }
  /** More than a bundle holds, before anything is read: bytes in all, and how many of the messages, by date, one would hold. */
  | { readonly state: "too-large"; readonly bytes: number; readonly fitting: number }
  | { readonly state: "step"; readonly step: EvidenceStep }
  | { readonly state: "saved" }
  | { readonly state: "cancelled" }
  | { readonly state: "done" }
  /** `code` is a key into _locales (`evidence_error_<code>`). */
  | {
      readonly state: "failed";
      readonly code: "interrupted" | "nothing" | "too-many" | "save-failed" | "open-failed" | "internal";
    };

/** What the page for checking many messages asks for. */
export type BatchRequest =
  /** → `places` */
  | { readonly name: "places" }
  /** → `begun` */
  | { readonly name: "begin"; readonly source: BatchSource }
  /** → `step`: some more rows. Nothing is done between two of these. */
  | { readonly name: "next"; readonly job: number }
  /** → `done`: no more is asked of it. */
  | { readonly name: "end"; readonly job: number }
  /** → `done`: shows the message in Thunderbird. `file`: where it lies in one. */
  | { readonly name: "open"; readonly place: BatchPlace; readonly file: File | null }
  /** → `done`: the person chooses a place for the file. */
  | ({ readonly name: "save-table" | "save-report" } & BatchSummary);

export type BatchSource =
  /** `name`: for people, as the page shows it. */
  | { readonly type: "folder"; readonly id: string; readonly name: string }
  /** What is selected in the message list. */
  | { readonly type: "selection" }
  | { readonly type: "files"; readonly files: readonly File[] };

/** What is saved of a batch. */
export interface BatchSummary {
  readonly rows: readonly BatchRow[];
  /** Names of what was looked through. */
  readonly sources: readonly string[];
  /** Messages looked at, of which `rows` may be a part. */
  readonly inspected: number;
  /** It was stopped, or failed, before its end. */
  readonly isPartial: boolean;
}

/** `null`: not known. */
export interface BatchTotal {
  readonly unit: "messages" | "bytes";
  readonly amount: number | null;
}

export interface BatchStep {
  readonly rows: readonly BatchRow[];
  /** Since the beginning, in the unit of the total. */
  readonly done: number;
  /** Folder or file that it is at. */
  readonly at: string;
  /** `null`: there is more. `failed`: the folder is gone, or cannot be listed. */
  readonly ended: "finished" | "failed" | null;
}

export type BatchAnswer =
  | {
      readonly state: "places";
      readonly folders: readonly { readonly id: string; readonly account: string; readonly path: readonly string[] }[];
      /** In the message list; `isMore`: at least so many. */
      readonly selected: { readonly count: number; readonly isMore: boolean };
    }
  | { readonly state: "begun"; readonly job: number; readonly total: BatchTotal }
  | { readonly state: "step"; readonly step: BatchStep }
  | { readonly state: "done" }
  | { readonly state: "cancelled" }
  /** `code` is a key into _locales (`batch_error_<code>`). `interrupted`: the job is not known any more. */
  | {
      readonly state: "failed";
      readonly code: "interrupted" | "gone" | "open-failed" | "save-failed" | "internal";
    };

/** The original message as plain text, for paper: no HTML of the mail ever reaches a page of ours. */
export interface PrintableMessage {
  readonly report: MessageReport;
  readonly bodyText: string;
}

/** What the options page asks for. */
export type OptionsRequest =
  | { readonly name: "read" }
  | { readonly name: "read-anchor-file"; readonly bytes: Uint8Array }
  | {
      readonly name: "add-anchor";
      /** DER in base64, as the file gave it. */
      readonly base64: string;
      /** What the person typed or pasted to compare. */
      readonly fingerprint: string;
      readonly source: string;
      readonly domains: readonly string[];
      readonly notAfter: number | null;
    }
  | { readonly name: "remove-anchor"; readonly sha256: string }
  /** Takes a removal back; the page kept what it had shown. */
  | { readonly name: "restore-anchor"; readonly anchor: UserAnchor }
  | { readonly name: "set-always-ask"; readonly on: boolean }
  | { readonly name: "fetch-list"; readonly url: string }
  | { readonly name: "add-revocation-file"; readonly fileName: string; readonly bytes: Uint8Array }
  | { readonly name: "forget-revocation-data"; readonly id: string }
  | { readonly name: "set-keep-records"; readonly on: boolean }
  | { readonly name: "delete-records" }
  | { readonly name: "export-records" }
  | { readonly name: "import-records"; readonly text: string }
  /** The person chooses a place for the file. */
  | { readonly name: "save-backup" }
  | { readonly name: "restore-backup"; readonly text: string }
  | { readonly name: "set-notice"; readonly kind: NoticeKind; readonly on: boolean }
  /** Done for all mail there is before it is answered; the page has asked for the permission. */
  | { readonly name: "set-mail-work"; readonly work: MailWorkName; readonly on: boolean }
  | { readonly name: "set-receipt-size-limit"; readonly bytes: number };

/** What the person is told of unasked. `overdue`: nothing came within 24 hours, whether the provider says so or the clock. */
export type NoticeKind = Exclude<ProblemKind, "timed-out">;

/** What is done to mail on the person's order. */
export type MailWorkName = "tags" | "order";

/** Everything the options page shows, as it is after the request, and what came of the request. */
export interface OptionsAnswer {
  readonly options: OptionsReport;
  readonly outcome: OptionsOutcome;
}

/** `code` is a key into _locales (`options_error_<code>`). */
export type OptionsOutcome =
  | { readonly state: "done" }
  | { readonly state: "cancelled" }
  | { readonly state: "candidates"; readonly candidates: readonly AnchorCandidate[] }
  | { readonly state: "imported"; readonly count: number }
  | ({ readonly state: "restored" } & RestoredBackup)
  | { readonly state: "failed"; readonly code: OptionsFailure };

export type OptionsFailure =
  | RevocationFailure
  | "anchor-not-a-certificate"
  | "anchor-defective"
  | "anchor-not-a-ca"
  | "anchor-denied"
  | "anchor-already-known"
  | "anchor-fingerprint-differs"
  | "anchor-domain-malformed"
  | "revocation-file-unreadable"
  | "revocation-files-too-many"
  | "records-file-unreadable"
  | "records-unavailable"
  | "backup-unreadable"
  | "backup-newer"
  | "work-not-permitted"
  | "work-unfinished"
  | "save-failed"
  | "internal";

/** What came of a file that `Backup.restore` has read. */
export interface RestoredBackup {
  /** Local records in the file; merged with those of this computer, which stay. */
  readonly records: number;
  /** Receipts in the file that this computer had not verified itself: kept apart, until their mails are found and verified. */
  readonly receipts: number;
  /** Authorities in the file: none is added. Each can be by `add-anchor`, when the person has compared its fingerprint. */
  readonly anchors: readonly RestoredAnchor[];
}

export interface RestoredAnchor {
  readonly candidate: AnchorCandidate;
  /** As the file says they were when it was saved: to be shown and changed. */
  readonly source: string;
  readonly domains: readonly string[];
  readonly notAfter: number | null;
}

export interface OptionsReport {
  readonly authorities: {
    readonly shipped: readonly ShippedAuthorityReport[];
    readonly issuingKeys: readonly IssuingKeyReport[];
    readonly added: readonly AddedAuthorityReport[];
  };
  readonly revocation: {
    readonly alwaysAsk: boolean;
    readonly data: readonly RevocationDataReport[];
  };
  readonly records: {
    readonly keep: boolean;
    readonly count: number;
    /** First of all `firstVerifiedAt`; `null`: there is no record. */
    readonly since: number | null;
  };
  readonly receipts: {
    readonly notices: readonly { readonly kind: NoticeKind; readonly on: boolean }[];
    readonly works: readonly MailWorkReport[];
    /** Largest receipt that is read unasked, in bytes. */
    readonly sizeLimit: number;
  };
  /** Whether the computer keeps records and lists: `unavailable` when the database cannot be opened, `full` when nothing more fits, `newer` when a later version of the add-on made it. */
  readonly storage: "available" | "unavailable" | "full" | "newer";
}

export interface MailWorkReport {
  readonly name: MailWorkName;
  readonly on: boolean;
  /** Whether Thunderbird allows it; the person may have taken that back. */
  readonly permitted: boolean;
  /** Not done for all mail yet. */
  readonly unfinished: boolean;
}

export interface ShippedAuthorityReport {
  readonly subject: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** Last certified time for which it counts, when that is a limit of ours. */
  readonly usableUntil: number | null;
  readonly sha256: string;
  readonly source: string;
  /** ISO date on which it was compared with the source. */
  readonly date: string;
}

export interface IssuingKeyReport {
  readonly name: string;
  readonly from: number | null;
  readonly until: number | null;
  /** Of the public key. */
  readonly sha256: string;
  /** The certificates known of that key; a newer one that comes with a message counts as well. */
  readonly certificates: readonly KnownCertificateReport[];
}

export interface KnownCertificateReport {
  readonly notBefore: number;
  readonly notAfter: number;
  readonly sha256: string;
  readonly source: string;
  /** ISO date on which it was compared with the source. */
  readonly date: string;
}

export interface AddedAuthorityReport {
  readonly anchor: UserAnchor;
  /** What its certificate says; `null` when it can no longer be read. */
  readonly certificate: { readonly subject: string; readonly notBefore: number; readonly notAfter: number } | null;
  /** Why it is not in force; `null` when it is. */
  readonly problem: string | null;
}

export interface RevocationDataReport {
  readonly id: string;
  readonly kind: "list" | "ocsp";
  /** `known`: an address that could be asked, and was not yet. */
  readonly origin: "network" | "file" | "known";
  /** Address, or name of the file. */
  readonly name: string;
  /** `null`: not there yet. */
  readonly stored: {
    readonly at: number;
    readonly size: number;
    readonly thisUpdate: number | null;
    readonly nextUpdate: number | null;
    /** crlNumber (RFC 5280 §5.2.3), decimal. */
    readonly number: string | null;
    readonly issuer: string | null;
  } | null;
}

/**
 * What came of trying a login, once:
 * - `wrong-password`: user name and password do not belong together; servers do not say which of them is wrong;
 * - `login-refused`: for another reason, which the text tells; `mailbox-busy`: another program has it open (POP3);
 * - `login-not-offered`: the server has no way to log in that we know;
 * - `select-failed`: logged in, and the inbox cannot be opened (IMAP);
 * - `no-uidl`: messages cannot be left on this server without fetching them anew each time (POP3, RFC 1939 §7);
 * - `unexpected`: it does not speak this protocol;
 * - `certificate`: `name`: of another host; `untrusted`: by nobody whom Thunderbird trusts.
 */
export type LoginCheck =
  | { readonly code: "ok" }
  | {
      readonly code:
        | "wrong-password"
        | "login-refused"
        | "mailbox-busy"
        | "login-not-offered"
        | "select-failed"
        | "no-uidl"
        | "unexpected";
      /** The server's own words, shortened, as plain text; may be empty. */
      readonly serverText: string;
    }
  | { readonly code: "unreachable"; readonly reason: "unknown-host" | "refused" | "offline" | "closed" | "network" }
  | { readonly code: "timeout" }
  | { readonly code: "no-tls"; readonly detail: string }
  | {
      readonly code: "certificate";
      readonly what: "name" | "expired" | "untrusted" | "other";
      /** Thunderbird's name of the error. */
      readonly detail: string;
    };

/** What the account page asks for. */
export type AccountRequest =
  /** → `suggestion`; `askMx`: the name server is asked for the MX of the domain, which is all that leaves the computer. */
  | { readonly name: "suggest"; readonly address: string; readonly askMx: boolean }
  /** → `choices`: for the list from which a person chooses; empty text: all that can be used. */
  | { readonly name: "search"; readonly text: string }
  /** → `proposal`: of the choice from that list. */
  | { readonly name: "propose"; readonly address: string; readonly operator: string; readonly service: string }
  /** → `creation`; meanwhile `account-progress` comes. Both logins are tried once, then the account is made. */
  | { readonly name: "create"; readonly form: AccountForm }
  /** → `prepared`: the form is checked as `create` does, but for the password, which it need not have; no server is asked. */
  | { readonly name: "prepare"; readonly form: AccountForm }
  /** → `done`: ends the creation under way, if it is still trying a login. */
  | { readonly name: "cancel" }
  /** → `servers`: by a guide's template, for a person who says that their guide reads so. */
  | { readonly name: "template"; readonly template: HostTemplate; readonly domain: string }
  /** → `audit`; `also`: this address counts as PEC whatever its domain, because the person says so. Nothing is asked of any server. */
  | { readonly name: "audit"; readonly also: string | null }
  /** → `receipts-space`: of the mailbox with this key; the lists of its folders are gone through. */
  | { readonly name: "receipts-space"; readonly account: string }
  /** → `change`: a repair, which is kept so that it can be undone later too; `undo`: with `from` and `to` the other way round. */
  | { readonly name: "change"; readonly account: string; readonly change: AccountChange; readonly undo: boolean }
  /** → `done`: to be told before the operator's password for mail programs ends, made at `madeAt`; `null`: no more. */
  | { readonly name: "remind"; readonly address: string; readonly operator: string; readonly madeAt: number | null };

export interface AccountForm {
  readonly address: string;
  /** Of the person, as recipients see it. */
  readonly personName: string;
  readonly protocol: "imap" | "pop3";
  readonly incoming: { readonly host: string; readonly port: number };
  readonly outgoing: { readonly host: string; readonly port: number };
  /** Id; `null`: entered by hand. */
  readonly operator: string | null;
  readonly login: { readonly form: LoginForm; readonly typed: string };
  /** Goes to the servers and into Thunderbird's own store, and nowhere else. */
  readonly password: string;
  readonly makeDefault: boolean;
  /** The password is the operator's for mail programs, which ends: the person wants to be told before. */
  readonly remind: boolean;
}

export type AccountAnswer =
  /** A package without the Experiment: nothing can be made or looked at, only shown. */
  | { readonly state: "unavailable" }
  /** `proposal`: there when the suggestion has settings. */
  | {
      readonly state: "suggestion";
      readonly suggestion: Suggestion;
      readonly proposal: AccountProposal | null;
    }
  | { readonly state: "choices"; readonly choices: readonly OperatorChoice[] }
  /** `null`: no such service, or not an address. */
  | { readonly state: "proposal"; readonly proposal: AccountProposal | null }
  | { readonly state: "creation"; readonly outcome: AccountCreation }
  /** `username`: for both servers. */
  | { readonly state: "prepared"; readonly problem: AccountFormProblem | null; readonly username: string }
  /** `null`: not a domain, or the guide's own placeholder. */
  | { readonly state: "servers"; readonly servers: Servers | null }
  /** `plain`: of a package without the Experiment, which sees neither servers nor settings, and makes no account. */
  | {
      readonly state: "audit";
      readonly depth: "full" | "plain";
      readonly accounts: readonly AccountAudit[];
      /** What was repaired and can be undone, the last one at the end. */
      readonly repaired: readonly AccountRepair[];
    }
  | { readonly state: "receipts-space"; readonly space: ReceiptsSpace }
  /** `stale`: the setting was no longer `from`, and was left alone; `gone`: there is no such setting any more. */
  | { readonly state: "change"; readonly outcome: "done" | "stale" | "gone" }
  | { readonly state: "done" }
  | { readonly state: "failed"; readonly code: "internal" };

/** What to show and ask for before the password. */
export interface AccountProposal {
  readonly address: TypedAddress;
  readonly operator: Operator;
  readonly service: Service;
  readonly loginField: LoginField | null;
  readonly passwordNotes: readonly ClientPasswordNote[];
}

export type AccountStep = "incoming-login" | "outgoing-login" | "creating" | "folders";

export type AccountCreation =
  | {
      readonly state: "created";
      readonly account: string;
      /** Also when it was not asked for: it is the only one. */
      readonly isDefault: boolean;
      /** Sent mail, drafts and archive: `not-found`: the server told no folder for sent mail; `local`: POP3 has them here. */
      readonly folders: "pointed" | "not-found" | "local";
    }
  | { readonly state: "invalid"; readonly problem: AccountFormProblem }
  /** An account with this server and user name, or with this address, is there. No login was tried. */
  | { readonly state: "exists"; readonly what: "server" | "address"; readonly account: string }
  | {
      readonly state: "login-failed";
      readonly stage: "incoming" | "outgoing";
      readonly check: Exclude<LoginCheck, { readonly code: "ok" }>;
      /** What else may be the cause of a wrong password at this operator. */
      readonly hints: readonly ("client-password" | "client-password-ended" | "user-name-form" | "blank-at-edge")[];
    }
  /** Mostly: the primary password was not given. */
  | { readonly state: "password-not-stored" }
  | { readonly state: "cancelled" }
  /** Another creation is under way. */
  | { readonly state: "busy" }
  | { readonly state: "failed" };

export type AccountFormProblem =
  | { readonly field: "address"; readonly code: AddressProblem }
  | { readonly field: "login"; readonly code: LoginProblem }
  | { readonly field: "person-name" | "password"; readonly code: "REQUIRED" | "NOT_PRINTABLE" }
  | { readonly field: "incoming" | "outgoing"; readonly problems: readonly ServerProblem[] };

/** One setting of one thing, before and after. */
export interface AccountChange {
  /** Key of an account or identity, URI of a folder; empty: Thunderbird as a whole, which concerns ordinary mail too. */
  readonly owner: string;
  readonly setting: string;
  readonly from: boolean | number | string;
  readonly to: boolean | number | string;
}

/** A change that was made to mend an account. */
export interface AccountRepair {
  /** Key of the account that it was found in. */
  readonly account: string;
  readonly change: AccountChange;
}

export interface AccountAudit {
  /** Key of the account. */
  readonly account: string;
  readonly type: "imap" | "pop3";
  readonly name: string;
  readonly address: string;
  /** `null`: not to be seen. */
  readonly host: string | null;
  /** Id and name; `null`: its server is of nobody that is known. */
  readonly operator: { readonly id: string; readonly name: string } | null;
  /** Why it is taken for PEC; `person`: they say so. */
  readonly foundBy: "host" | "domain" | "receipts" | "person";
  /** `null`: no password of this operator ends by itself. */
  readonly passwordLife: PasswordLife | null;
  /** Where Thunderbird keeps what is sent; `null`: unknown. */
  readonly sentFolder: string | null;
  /** Of the mailbox on the server, in KB, as the server last said; `null`: it did not. */
  readonly quota: { readonly used: number; readonly limit: number } | null;
  /** Worst first. */
  readonly findings: readonly AccountFinding[];
}

/** What receipts and notices take of a mailbox, as the lists of its folders say. */
export interface ReceiptsSpace {
  readonly count: number;
  readonly bytes: number;
  /** Every folder was gone through to its end; otherwise there may be more. */
  readonly isWhole: boolean;
}

/** A password for mail programs that the operator ends after some months. Times in milliseconds UTC. */
export interface PasswordLife {
  /** The operator's own words for it. */
  readonly name: string;
  readonly months: number;
  /** Whether every mail program needs it, or only where two-step verification is on. */
  readonly always: boolean;
  /** When it was made; `null`: the person has not asked to be told. */
  readonly madeAt: number | null;
  readonly endsAt: number | null;
  /** When Thunderbird last stored another password for this account; `null`: unknown. */
  readonly storedAt: number | null;
}

/** The wording is `finding_<id>` with the values. */
export interface AccountFinding {
  readonly id: AccountFindingId;
  /** `loses`: messages or receipts can be lost; `hinders`: mail is refused or goes astray; `note`: to know. */
  readonly weight: "loses" | "hinders" | "note";
  readonly values: Readonly<Record<string, string | number>>;
  /** `null`: nothing that a setting could change. */
  readonly repair: AccountChange | null;
}

export type AccountFindingId =
  /**
   * What is written leaves by `host`: an ordinary server, so that it is no PEC, or one that nobody knows. `isNew`: 1 when the right one has
   * to be made, without a password.
   */
  | "outgoing-ordinary"
  | "outgoing-unknown"
  /** POP3: fetched messages go from the server at once; after `days`; with the local copy. */
  | "not-left-on-server"
  | "deleted-by-age"
  | "deleted-with-local"
  /** Only headers, or only the beginning of messages over `kilobytes`, are fetched: a seal cannot be verified. */
  | "headers-only"
  | "size-limit"
  /** What Thunderbird, or the folder named `folder`, deletes by itself: `rule` is `days:30` or `count:2000`. */
  | "retention"
  | "folder-retention"
  /** The filter named `filter`. */
  | "filter-deletes"
  | "filter-moves"
  /** Copies of what is sent go to `folder`, or nowhere. `target` is the server's own, and empty if none is known. */
  | "sent-elsewhere"
  | "sent-not-kept"
  | "drafts-elsewhere"
  | "archive-elsewhere"
  /** To `addresses`: PEC refuses Bcc (RFC 6109 §3.1.1). */
  | "automatic-bcc"
  | "reply-to-elsewhere"
  | "junk-control"
  | "scam-warning"
  | "collects-addresses"
  /** At `at`, milliseconds UTC, if it is the operator's password for mail programs. */
  | "password-expires"
  | "password-expired"
  /** `percent` of `limit` KB. */
  | "quota-nearly-full";

/** What the page of a window to write in asks for. `tabId`: of that window. */
export type ComposeRequest =
  /** → `shown`; `opened`: the page asks for the first time, and is told of a question that waits; that is told once. */
  | { readonly name: "read"; readonly tabId: number; readonly opened: boolean }
  /** → `shown`: of this message. */
  | { readonly name: "set-kind"; readonly tabId: number; readonly kind: DeliveryReceiptKind }
  /** → `shown`: of every message from this address that says nothing else. */
  | { readonly name: "set-default-kind"; readonly tabId: number; readonly kind: DeliveryReceiptKind }
  /** → `shown`: the address is PEC, or is not, because the person says so; `null`: takes that back. */
  | { readonly name: "set-pec"; readonly tabId: number; readonly isPec: boolean | null }
  /** → `shown`: `ComposeReport.sender.isQuiet` from now on. */
  | { readonly name: "set-quiet"; readonly tabId: number; readonly isQuiet: boolean }
  /** → `shown` */
  | { readonly name: "fix"; readonly tabId: number; readonly fix: SendingFix }
  /** → `shown`; `identity`: one of the report. */
  | { readonly name: "switch-identity"; readonly tabId: number; readonly identity: string }
  /** → `sending`; `shown`: the `state` of the report that the person has seen. */
  | { readonly name: "send-anyway"; readonly tabId: number; readonly shown: string };

export type ComposeAnswer =
  /** `isQuestion`: the person wanted to send, and has to decide. */
  | { readonly state: "shown"; readonly report: ComposeReport; readonly isQuestion: boolean }
  /** Handed to Thunderbird, which sends it. */
  | { readonly state: "sending" }
  /** The window is closed. */
  | { readonly state: "gone" }
  /** The other package is active. */
  | { readonly state: "stepped-back" }
  /** `code` is a key into _locales (`compose_error_<code>`). `changed`: the message is another than the person has seen. */
  | { readonly state: "failed"; readonly code: "changed" | "internal" };

/** Of a message being written, as it is now. */
export interface ComposeReport {
  /** Differs after every change of what would be sent. */
  readonly state: string;
  readonly sender: {
    /** Of the identity, which may differ from From. */
    readonly address: string;
    readonly isPec: boolean;
    /** Why it is taken for PEC; `null`: it is not, or nothing says that it is. */
    readonly foundBy: AccountAudit["foundBy"] | null;
    /** Said by the person; `null`: not said. */
    readonly chosen: boolean | null;
    readonly defaultKind: DeliveryReceiptKind;
    /**
     * The person does not want to be asked, before sending from it, about what they do every day: PEC to recipients in Cc, ordinary mail to
     * PEC addresses.
     */
    readonly isQuiet: boolean;
  };
  /** What is asked for with this message. */
  readonly receiptKind: DeliveryReceiptKind;
  /** Worst first; none of ordinary mail. */
  readonly findings: readonly SendingFinding[];
  /** `null`: it is PEC, or has nothing to do with it. */
  readonly ordinary: OrdinaryMailToPec | null;
}

/** Ordinary mail where PEC may be meant: no receipt of it will exist. */
export interface OrdinaryMailToPec {
  /** `answers`: what is answered is PEC; `addresses`: known to be PEC. */
  readonly reason: "answers" | "addresses";
  /** The addresses. */
  readonly about: readonly string[];
  /** PEC identities of the person, best first; empty: none. */
  readonly identities: readonly { readonly key: string; readonly address: string }[];
}
