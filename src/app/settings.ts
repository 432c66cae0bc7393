// Belongs here: what the person decided on the options page, from `unknown` to values.
// Does NOT belong here: where it is stored (see ports/settings-store.ts).
import type { UserAnchor } from "../core/index.ts";
import type { SettingsStore } from "../ports/settings-store.ts";
import { isRecord, isTime } from "./plain-values.ts";

export interface Settings {
  /** Revocation lists are fetched by themselves when one is needed. Off by default: nothing leaves the computer unasked. */
  readonly alwaysAsk: boolean;
  /** Local records are written. */
  readonly keepRecords: boolean;
  /** Authorities that the person added, in order. */
  readonly anchors: readonly UserAnchor[];
}

/** Rejects when they cannot be read: nobody may take a choice of the person for its opposite. */
export async function readSettings(store: SettingsStore): Promise<Settings> {
  const { alwaysAsk, keepRecords, anchors } = await store.read();
  return {
    alwaysAsk: alwaysAsk === true,
    keepRecords: keepRecords !== false,
    anchors: Array.isArray(anchors) ? anchors.map(parseUserAnchor).filter((anchor) => anchor !== null) : [],
  };
}

export function writeSettings(store: SettingsStore, changes: Partial<Settings>): Promise<void> {
  return store.write(changes);
}

/** `null`: none of ours. Whether it holds is for the core to say. */
export function parseUserAnchor(value: unknown): UserAnchor | null {
  if (!isRecord(value)) return null;
  const { base64, sha256, source, addedAt, system, domains, notAfter } = value;
  if (typeof base64 !== "string" || typeof sha256 !== "string" || typeof source !== "string") return null;
  if (!isTime(addedAt) || (system !== "PEC" && system !== "REM") || (notAfter !== null && !isTime(notAfter)))
    return null;
  if (!Array.isArray(domains)) return null;
  const names: readonly unknown[] = domains;
  if (!names.every((name) => typeof name === "string")) return null;
  return { base64, sha256, source, addedAt, system, domains: names, notAfter };
}
