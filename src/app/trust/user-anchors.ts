// Belongs here: authorities that the person adds, and the whole of what is trusted with them (trust-policy §7, tier 2).
// Does NOT belong here: whether a certificate may be one (see core/trust).
import {
  isSameFingerprint,
  readAnchorFile,
  shippedSources,
  withUserAnchors,
  type AnchorCandidate,
  type AnchorProblem,
  type TrustedAuthorities,
  type UserAnchor,
} from "../../core/index.ts";
import type {
  AddedAuthorityReport,
  IssuingKeyReport,
  KnownCertificateReport,
  OptionsFailure,
  ShippedAuthorityReport,
} from "../../messages.ts";
import type { SettingsStore } from "../../ports/settings-store.ts";
import { readSettings, writeSettings } from "../settings.ts";

/** A mail domain as people write it. */
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

export interface AddedAnchor {
  /** DER in base64. */
  readonly base64: string;
  /** What the person typed to compare. */
  readonly fingerprint: string;
  readonly source: string;
  readonly domains: readonly string[];
  readonly notAfter: number | null;
}

export interface UserAnchors {
  /** Shipped and added; read once and kept until something changes. */
  authorities(): Promise<TrustedAuthorities>;
  readFile(bytes: Uint8Array): Promise<readonly AnchorCandidate[]>;
  /** `null`: added. */
  add(anchor: AddedAnchor): Promise<OptionsFailure | null>;
  /** Puts back what was removed. */
  restore(anchor: UserAnchor): Promise<void>;
  remove(sha256: string): Promise<void>;
  report(): Promise<{
    readonly shipped: readonly ShippedAuthorityReport[];
    readonly issuingKeys: readonly IssuingKeyReport[];
    readonly added: readonly AddedAuthorityReport[];
  }>;
}

export interface UserAnchorsDependencies {
  readonly shipped: () => Promise<TrustedAuthorities>;
  readonly settings: SettingsStore;
  readonly now: () => number;
}

export function createUserAnchors({ shipped, settings, now }: UserAnchorsDependencies): UserAnchors {
  let known: Promise<TrustedAuthorities> | null = null;

  async function load(): Promise<TrustedAuthorities> {
    const base = await shipped();
    // Without them, what stands below an added authority cannot be verified, and everything else can.
    const { anchors } = await readSettings(settings).catch(() => ({ anchors: [] }));
    return (await withUserAnchors(base, anchors)).authorities;
  }

  function authorities(): Promise<TrustedAuthorities> {
    const loading = known ?? load();
    known = loading;
    loading.catch(() => {
      if (known === loading) known = null;
    });
    return loading;
  }

  async function change(make: (anchors: readonly UserAnchor[]) => readonly UserAnchor[]): Promise<void> {
    const { anchors } = await readSettings(settings);
    await writeSettings(settings, { anchors: make(anchors) });
    known = null;
  }

  const readFile = async (bytes: Uint8Array): Promise<readonly AnchorCandidate[]> =>
    readAnchorFile(bytes, await authorities());

  return {
    authorities,
    readFile,

    async add({ base64, fingerprint, source, domains, notAfter }) {
      // Read anew from its bytes: what is stored is what was compared, whatever the page had shown.
      const [candidate] = await readFile(new TextEncoder().encode(toPem(base64)));
      const certificate = candidate?.certificate ?? null;
      if (candidate === undefined || certificate === null) return "anchor-not-a-certificate";
      if (candidate.problem !== null) return failureOf(candidate.problem);
      if (!isSameFingerprint(fingerprint, certificate.sha256)) return "anchor-fingerprint-differs";
      const names = domains.map((domain) => domain.trim().toLowerCase());
      if (!names.every((name) => DOMAIN.test(name))) return "anchor-domain-malformed";
      const anchor: UserAnchor = {
        base64: certificate.base64,
        sha256: certificate.sha256,
        source,
        addedAt: now(),
        system: "PEC",
        domains: names,
        notAfter,
      };
      await change((anchors) => [...without(anchors, anchor.sha256), anchor]);
      return null;
    },

    restore: (anchor) => change((anchors) => [...without(anchors, anchor.sha256), anchor]),
    remove: (sha256) => change((anchors) => without(anchors, sha256)),

    async report() {
      const [base, { anchors }] = await Promise.all([shipped(), readSettings(settings)]);
      const [{ refused }, candidates] = await Promise.all([
        withUserAnchors(base, anchors),
        Promise.all(anchors.map(({ base64 }) => readAnchorFile(new TextEncoder().encode(toPem(base64)), base))),
      ]);
      return {
        shipped: withoutRepetition(base.anchors).map(({ certificate, usableUntil, source, date }) => ({
          subject: certificate.subject.text,
          notBefore: certificate.notBefore,
          notAfter: certificate.notAfter,
          usableUntil,
          sha256: certificate.sha256,
          source,
          date,
        })),
        issuingKeys: base.issuingKeys.map(({ name, from, until, spkiSha256 }) => ({
          name,
          from,
          until,
          sha256: spkiSha256,
          certificates: certificatesOf(spkiSha256, base),
        })),
        added: anchors.map((anchor, index) => ({
          anchor,
          certificate: candidates[index]?.[0]?.certificate ?? null,
          problem: refused.find((each) => each.index === index)?.code ?? null,
        })),
      };
    },
  };
}

const without = (anchors: readonly UserAnchor[], sha256: string): readonly UserAnchor[] =>
  anchors.filter((anchor) => anchor.sha256 !== sha256);

function certificatesOf(key: string, { intermediates }: TrustedAuthorities): readonly KnownCertificateReport[] {
  const sources = shippedSources();
  return intermediates
    .filter(({ spkiSha256 }) => spkiSha256 === key)
    .map(({ notBefore, notAfter, sha256 }) => {
      const { source, date } = sources.get(sha256) ?? { source: "", date: "" };
      return { notBefore, notAfter, sha256, source, date };
    });
}

/** One root may stand there for several keys. */
function withoutRepetition(anchors: TrustedAuthorities["anchors"]): TrustedAuthorities["anchors"] {
  return [...new Map(anchors.map((anchor) => [anchor.certificate.sha256, anchor])).values()];
}

function toPem(base64: string): string {
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

function failureOf(problem: AnchorProblem): OptionsFailure {
  switch (problem) {
    case "NOT_A_CERTIFICATE":
      return "anchor-not-a-certificate";
    case "DEFECTIVE":
      return "anchor-defective";
    case "NOT_A_CA":
      return "anchor-not-a-ca";
    case "DENIED":
      return "anchor-denied";
    case "ALREADY_KNOWN":
      return "anchor-already-known";
  }
}
