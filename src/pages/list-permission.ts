// Belongs here: asking the person whether revocation lists may be fetched. Does NOT belong here: fetching (see background/).
import { messenger } from "../thunderbird/messenger.ts";

/** Whether the hosts of the manifest, which hold the lists of the known authorities, may be asked. */
export function listsPermitted(): Promise<boolean> {
  return messenger.permissions.contains({ origins: listOrigins() });
}

/**
 * Asks, unless it is granted already. To be called in the very handler of a click: Thunderbird refuses it at any other moment.
 *
 * @param addresses of lists: their hosts alone are asked for, and none that the manifest does not name. `null`: all of the manifest
 */
export async function requestListPermission(addresses: readonly string[] | null): Promise<boolean> {
  const origins = listOrigins().filter((origin) => addresses?.some((address) => isBelow(address, origin)) ?? true);
  return origins.length > 0 && messenger.permissions.request({ origins });
}

/** @param origin as manifests write it: `http://host/*` */
function isBelow(address: string, origin: string): boolean {
  return address.startsWith(origin.replace(/\*$/, ""));
}

function listOrigins(): string[] {
  const manifest: object = messenger.runtime.getManifest();
  const origins: unknown = "optional_host_permissions" in manifest ? manifest.optional_host_permissions : [];
  return Array.isArray(origins) ? origins.filter((origin) => typeof origin === "string") : [];
}
