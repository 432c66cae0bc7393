// Belongs here: everything the options page knows at a moment, as one value. Does NOT belong here: how it changes (see options-session.ts).
import type { AnchorCandidate, UserAnchor } from "../../core/index.ts";
import type { MailWorkName, NoticeKind, OptionsReport } from "../../messages.ts";

/** What is said beside a control after it was used. */
export interface OptionsNotice {
  /** Which control, as the drawing names it. */
  readonly at: string;
  readonly key: string;
  readonly values: readonly string[];
  readonly failed: boolean;
}

/** Certificates of a chosen file, and what the person fills in about one of them. */
export interface Adding {
  readonly fileName: string;
  readonly candidates: readonly AnchorCandidate[];
  /** Index of the candidate that is to be added; `null`: none is chosen yet, or none can be. */
  readonly chosen: number | null;
  readonly fingerprint: string;
  /** As typed: separated by commas, blanks or lines. */
  readonly domains: string;
  /** ISO day, or empty. */
  readonly until: string;
  /** Of a restored file: to what each candidate was limited; it is filled in when the candidate is chosen. */
  readonly limits?: readonly Pick<Adding, "domains" | "until">[];
}

export interface OptionsState {
  /** `null`: not known yet. */
  readonly options: OptionsReport | null;
  /** The background did not even tell the present state. */
  readonly broken: boolean;
  /** Whether Thunderbird lets lists be fetched. */
  readonly permitted: boolean;
  /** The control whose work is under way. */
  readonly busy: string | null;
  readonly notice: OptionsNotice | null;
  readonly adding: Adding | null;
  /** The control that asks "really?". */
  readonly asking: string | null;
  /** Removed just now, and can be put back. */
  readonly removed: UserAnchor | null;
}

/** What a person can do on the page. */
export interface OptionsDeeds {
  readonly chooseAnchorFile: (fileName: string, bytes: Promise<Uint8Array>) => void;
  readonly fillIn: (change: Partial<Omit<Adding, "fileName" | "candidates" | "limits">>) => void;
  readonly cancelAdding: () => void;
  readonly addAnchor: () => void;
  readonly removeAnchor: (sha256: string) => void;
  readonly restoreAnchor: () => void;
  readonly setAlwaysAsk: (on: boolean) => void;
  readonly fetchList: (url: string) => void;
  readonly forget: (id: string) => void;
  readonly addRevocationFile: (fileName: string, bytes: Promise<Uint8Array>) => void;
  readonly setKeepRecords: (on: boolean) => void;
  readonly exportRecords: () => void;
  readonly importRecords: (text: Promise<string>) => void;
  readonly deleteRecords: () => void;
  readonly setNotice: (kind: NoticeKind, on: boolean) => void;
  readonly setMailWork: (work: MailWorkName, on: boolean) => void;
  readonly setSizeLimit: (bytes: number) => void;
  readonly saveBackup: () => void;
  readonly restoreBackup: (fileName: string, text: Promise<string>) => void;
  /** Asks "really?" at that control; `null`: no. */
  readonly ask: (at: string | null) => void;
}
