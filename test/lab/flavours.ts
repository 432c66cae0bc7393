// Belongs here: the packages that one source gives, and the manifest of each (design.md §1).
// Does NOT belong here: bundling (see build-flavour.ts). Nothing under src/ knows a flavour: the code asks at run time what is there.

/**
 * `full` and `store` are released. `demo` and `demo-store` are the same two with the test provider's root compiled in as a
 * PEC authority; they are never released (test/guards/packages.test.ts).
 */
export const FLAVOURS = ["full", "store", "demo", "demo-store"] as const;
export type Flavour = (typeof FLAVOURS)[number];

/** Ids differ because the add-on store answers updates by id. They never change. */
export const ADDON_IDS = { full: "full@sigillo-pec.org", store: "store@sigillo-pec.org" } as const;

/** Experiments reach into Thunderbird's own windows: they are promised only for the series they were tried with. */
const NEWEST_TRIED = "153.*";

/** Whether the flavour carries the Experiments. */
export function hasExperiments(flavour: Flavour): boolean {
  return flavour === "full" || flavour === "demo";
}

/** Whether the test provider's root is compiled in. */
export function hasTestAuthority(flavour: Flavour): boolean {
  return flavour === "demo" || flavour === "demo-store";
}

/** The id under which Thunderbird knows the flavour. */
export function addonId(flavour: Flavour): string {
  return hasExperiments(flavour) ? ADDON_IDS.full : ADDON_IDS.store;
}

/** Where the test provider's revocation list is (test/provider/test-authority.ts); no released package may ask there. */
const TEST_LIST_HOST = "http://crl.sigillo.test/*";

/** manifest.json as far as the build touches it. */
export interface BaseManifest {
  readonly optional_host_permissions: readonly string[];
  readonly browser_specific_settings: { readonly gecko: Readonly<Record<string, unknown>> };
  readonly [key: string]: unknown;
}

/**
 * The manifest of one flavour.
 *
 * @param base the manifest.json of the source tree, which is that of the store package
 * @param experiments names of the folders under src/experiments, which are the names of the APIs
 */
export function deriveManifest(
  base: BaseManifest,
  flavour: Flavour,
  version: string,
  experiments: readonly string[],
): BaseManifest {
  const limits = hasExperiments(flavour) ? { strict_max_version: NEWEST_TRIED } : {};
  const gecko = { ...base.browser_specific_settings.gecko, ...limits, id: addonId(flavour) };
  const apis = Object.fromEntries(experiments.map((name) => [name, experimentEntry(name)]));
  return {
    ...base,
    version,
    browser_specific_settings: { gecko },
    optional_host_permissions: [
      ...base.optional_host_permissions,
      ...(hasTestAuthority(flavour) ? [TEST_LIST_HOST] : []),
    ],
    ...(hasExperiments(flavour) ? { experiment_apis: apis } : {}),
  };
}

function experimentEntry(name: string): object {
  return {
    schema: `experiments/${name}/schema.json`,
    parent: { scopes: ["addon_parent"], paths: [[name]], script: `experiments/${name}/implementation.js` },
  };
}
