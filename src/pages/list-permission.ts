// Belongs here: asking the person whether revocation lists may be fetched. Does NOT belong here: fetching (see background/).
import { messenger } from "../thunderbird/messenger.ts";

/** Whether the hosts of the manifest, which hold the lists of the known authorities, may be asked. */
export function listsPermitted(): Promise<boolean> {
  return messenger.permissions.contains({ origins: listOrigins() });
}

/** Asks, unless it is granted already. To be called in the very handler of a click: Thunderbird refuses it at any other moment. */
export function requestListPermission(): Promise<boolean> {
  return messenger.permissions.request({ origins: listOrigins() });
}

function listOrigins(): string[] {
  const manifest: object = messenger.runtime.getManifest();
  const origins: unknown = "optional_host_permissions" in manifest ? manifest.optional_host_permissions : [];
  return Array.isArray(origins) ? origins.filter((origin) => typeof origin === "string") : [];
}
