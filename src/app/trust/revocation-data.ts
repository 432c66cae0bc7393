// Belongs here: revocation lists and OCSP answers at hand, and when a list is fetched: on a click, or by itself where the person
// said "always" (trust-policy §2).
// Does NOT belong here: whether data may be used and what they say (see core/), the request (see ports/list-fetcher.ts).
import type { Inspection, RevocationFile, RevocationListSummary } from "../../core/index.ts";
import type { OptionsFailure, RevocationDataReport, RevocationFailure } from "../../messages.ts";
import type { ListFetcher } from "../../ports/list-fetcher.ts";
import type { RevocationStore, StoredRevocationData } from "../../ports/revocation-store.ts";
import type { SettingsStore } from "../../ports/settings-store.ts";
import { readSettings } from "../settings.ts";
import type { Trouble } from "../trouble.ts";

/** Lists of the authorities in use, as their certificates name them: the addresses that can be asked on the options page. */
const KNOWN_LISTS = ["http://ca1.agid.gov.it/CRL", "http://ca1.agid.gov.it/crl-smime-rsa-2026"];

/** Every inspection looks through all of them. */
const MAX_STORED = 40;

/** A list without nextUpdate is asked for again after a day. */
const DEFAULT_LIFE_MS = 24 * 60 * 60 * 1000;

/** After a failure, "always" leaves an address alone for so long: a server that is down is not asked at every message. */
const PAUSE_MS = 30 * 60 * 1000;

export interface RevocationData {
  /** Never rejects: without a database there are none. */
  forInspection(): Promise<{ readonly crls: readonly Uint8Array[]; readonly ocspResponses: readonly Uint8Array[] }>;
  /** Fetches and keeps the list of one of these addresses, the first that can be asked. `null`: done. */
  fetchFirst(urls: readonly string[]): Promise<RevocationFailure | null>;
  /** The same for a person who is being asked for the permission this very moment: waits for their answer. */
  fetchOncePermitted(urls: readonly string[]): Promise<RevocationFailure | null>;
  /** What "always" means for the message just inspected. `true`: a new list is there, and the verdict may be another. Never rejects. */
  fetchIfNeeded(inspection: Inspection): Promise<boolean>;
  addFile(name: string, bytes: Uint8Array): Promise<OptionsFailure | null>;
  forget(id: string): Promise<void>;
  report(): Promise<readonly RevocationDataReport[]>;
}

export interface RevocationDataDependencies {
  readonly store: RevocationStore;
  readonly fetcher: ListFetcher;
  readonly settings: SettingsStore;
  readonly trouble: Trouble;
  readonly now: () => number;
  /** `null`: no list. */
  readonly summarizeList: (der: Uint8Array) => RevocationListSummary | null;
  /** PEM or DER to DER, and which of both kinds it is; `null`: neither. */
  readonly readFile: (bytes: Uint8Array) => Promise<RevocationFile | null>;
}

export function createRevocationData(dependencies: RevocationDataDependencies): RevocationData {
  const { store, fetcher, settings, trouble, now, summarizeList, readFile } = dependencies;
  /** What the store holds; `null`: not read yet. */
  let kept: Promise<readonly StoredRevocationData[]> | null = null;
  /** Requests under way: who asks for the same address meanwhile gets the same answer. */
  const underWay = new Map<string, Promise<RevocationFailure | null>>();
  /** When "always" last failed, by address. */
  const failures = new Map<string, number>();

  function stored(): Promise<readonly StoredRevocationData[]> {
    const reading = kept ?? trouble.watch(store.all());
    kept = reading;
    return reading.catch(() => {
      if (kept === reading) kept = null;
      return [];
    });
  }

  async function keep(data: StoredRevocationData): Promise<void> {
    await trouble.watch(store.put(data));
    kept = null;
  }

  function fetchList(url: string): Promise<RevocationFailure | null> {
    const fetching = underWay.get(url) ?? fetchAndKeep(url).finally(() => underWay.delete(url));
    underWay.set(url, fetching);
    return fetching;
  }

  async function fetchAndKeep(url: string): Promise<RevocationFailure | null> {
    const answer = await fetcher.fetch(url);
    if (answer.state === "failed") return answer.code;
    // Some servers give PEM.
    const read = await readFile(answer.bytes);
    if (read?.kind !== "list") return "not-a-list";
    const data = { id: url, kind: read.kind, origin: "network", name: url, bytes: read.der, storedAt: now() } as const;
    return keep(data).then(
      () => null,
      () => "not-stored",
    );
  }

  async function fetchFirst(urls: readonly string[]): Promise<RevocationFailure | null> {
    const addresses = urls.filter(isWebAddress);
    if (addresses.length === 0) return "no-address";
    let failure: RevocationFailure | null = "not-permitted";
    for (const url of addresses) {
      if (!(await fetcher.mayFetch(url))) continue;
      failure = await fetchList(url);
      if (failure === null) break;
    }
    return failure;
  }

  async function fetchOncePermitted(urls: readonly string[]): Promise<RevocationFailure | null> {
    // Before the first look: the answer may come during it.
    const answered = fetcher.permissionAnswered();
    const failure = await fetchFirst(urls);
    if (failure !== "not-permitted") return failure;
    await answered;
    return fetchFirst(urls);
  }

  /** A list of that address that its authority has not replaced yet. */
  async function isCurrent(url: string): Promise<boolean> {
    const data = (await stored()).find(({ id }) => id === url);
    if (data === undefined) return false;
    // A server may go on giving a list whose time is over: it is not asked again at once.
    if (now() - data.storedAt < PAUSE_MS) return true;
    return (summarizeList(data.bytes)?.nextUpdate ?? data.storedAt + DEFAULT_LIFE_MS) > now();
  }

  return {
    async forInspection() {
      const data = await stored();
      const bytesOf = (kind: StoredRevocationData["kind"]) =>
        data.filter((each) => each.kind === kind).map(({ bytes }) => bytes);
      return { crls: bytesOf("list"), ocspResponses: bytesOf("ocsp") };
    },

    fetchFirst,
    fetchOncePermitted,

    async fetchIfNeeded(inspection) {
      try {
        const signer = inspection.signature?.signer ?? null;
        // Authorities drop the expired from their lists: a list of today says nothing about them.
        if (signer === null || signer.notAfter < now()) return false;
        if (!(await readSettings(settings)).alwaysAsk) return false;
        const urls = listAddresses(inspection).filter(isWebAddress);
        for (const url of urls) if (await isCurrent(url)) return false;
        const due = urls.filter((url) => now() - (failures.get(url) ?? -Infinity) > PAUSE_MS);
        if (due.length === 0) return false;
        const failure = await fetchFirst(due);
        for (const url of due) if (failure !== null) failures.set(url, now());
        return failure === null;
      } catch {
        // The verdict stands as it is; what is wrong with the database the options page says.
        return false;
      }
    },

    async addFile(name, bytes) {
      const read = await readFile(bytes);
      if (read === null) return "revocation-file-unreadable";
      if ((await stored()).length >= MAX_STORED) return "revocation-files-too-many";
      const id = `file:${read.sha256}`;
      return keep({ id, kind: read.kind, origin: "file", name, bytes: read.der, storedAt: now() }).then(
        () => null,
        () => "not-stored",
      );
    },

    async forget(id) {
      await trouble.watch(store.remove(id));
      kept = null;
    },

    async report() {
      const data = await stored();
      const unknown = KNOWN_LISTS.filter((url) => !data.some(({ id }) => id === url));
      return [
        ...data.map((each) => describe(each, summarizeList)),
        ...unknown.map((url) => ({ id: url, kind: "list", origin: "known", name: url, stored: null }) as const),
      ];
    },
  };
}

function describe(
  data: StoredRevocationData,
  summarizeList: (der: Uint8Array) => RevocationListSummary | null,
): RevocationDataReport {
  const { id, kind, origin, name, bytes, storedAt } = data;
  const summary = kind === "list" ? summarizeList(bytes) : null;
  return {
    id,
    kind,
    origin,
    name,
    stored: {
      at: storedAt,
      size: bytes.length,
      thisUpdate: summary?.thisUpdate ?? null,
      nextUpdate: summary?.nextUpdate ?? null,
      number: summary?.number ?? null,
      issuer: summary?.issuer ?? null,
    },
  };
}

/**
 * Addresses of the signer's lists that may be asked: those of a certificate with a path, about which alone the question of revocation arises.
 * In any other anybody may have written them: a mail must not choose what is requested, nor fill the disk with a list for each address.
 */
export function listAddresses({ checks, signature }: Inspection): readonly string[] {
  const isAuthentic = checks.some(({ id }) => id === "revocation");
  return isAuthentic ? (signature?.signer?.crlDistributionPoints ?? []) : [];
}

/** Certificates also name LDAP directories, which nothing here asks. */
function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}
