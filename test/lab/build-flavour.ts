// Belongs here: turning the source into the folder of one package. The output is readable and depends on the source alone:
// not minified, no hashes in names, no times.
// Does NOT belong here: what the manifests say (see flavours.ts), zipping (see pack-folder.ts).
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { build, type Plugin } from "vite";
import { deriveManifest, hasExperiments, hasTestAuthority, type BaseManifest, type Flavour } from "./flavours.ts";
import { projectRoot } from "./project-root.ts";

const source = join(projectRoot, "src");

/** Folders copied as they are. */
const COPIED = ["_locales", "icons"];

/**
 * Builds one flavour into `folder`, which is emptied first.
 *
 * @throws when the source does not compile; the message names the place
 */
export async function buildFlavour(flavour: Flavour, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  // The folder itself stays: who watches it for changes would lose it.
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
  await bundle(flavour, folder);
  await Promise.all(COPIED.map((name) => cp(join(projectRoot, name), join(folder, name), { recursive: true })));
  await cp(join(projectRoot, "LICENSE"), join(folder, "LICENSE"));
  const experiments = hasExperiments(flavour) ? await experimentNames() : [];
  for (const name of experiments) {
    for (const file of ["schema.json", "implementation.js"]) {
      await cp(join(source, "experiments", name, file), join(folder, "experiments", name, file));
    }
  }
  const manifest = deriveManifest(await readBaseManifest(), flavour, await readVersion(), experiments);
  await writeFile(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Version of the add-on, from package.json. */
export async function readVersion(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(projectRoot, "package.json"), "utf8")) as { version: string };
  return version;
}

/** The manifest.json of the source tree. */
export async function readBaseManifest(): Promise<BaseManifest> {
  return JSON.parse(await readFile(join(projectRoot, "manifest.json"), "utf8")) as BaseManifest;
}

/** Names of the Experiments, sorted. */
export function experimentNames(): Promise<readonly string[]> {
  return subfolders(join(source, "experiments"));
}

async function bundle(flavour: Flavour, folder: string): Promise<void> {
  const pages = await subfolders(join(source, "pages"));
  const htmlFiles = pages.map((page) => join(source, "pages", page, `${page}.html`)).filter((file) => existsSync(file));
  await build({
    configFile: false,
    root: source,
    base: "./",
    publicDir: false,
    logLevel: "warn",
    plugins: [...(hasTestAuthority(flavour) ? [withTestAuthority] : []), plainModuleTags],
    build: {
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      cssMinify: false,
      // What the oldest Thunderbird we support (140) understands.
      target: "firefox140",
      modulePreload: false,
      assetsInlineLimit: 0,
      // The add-on carries the libraries' licences beside their code.
      license: { fileName: "third-party-licenses.md" },
      rolldownOptions: {
        input: [join(source, "background", "background.ts"), ...htmlFiles],
        output: {
          entryFileNames: (chunk) => (chunk.name === "background" ? "background.js" : `pages/${chunk.name}/[name].js`),
          chunkFileNames: "shared/[name].js",
          assetFileNames: ({ names }) => {
            const page = basename(names[0] ?? "").replace(/\.css$/, "");
            return pages.includes(page) ? `pages/${page}/[name][extname]` : "shared/[name][extname]";
          },
        },
      },
    },
  });
}

/** Compiles the test provider's root in: the one difference between demo and released packages. */
const withTestAuthority: Plugin = {
  name: "test-authority",
  enforce: "pre",
  resolveId: (id, importer) =>
    importer !== undefined && resolve(dirname(importer), id) === join(source, "background", "extra-authorities.ts")
      ? join(projectRoot, "test", "provider", "demo-authorities.ts")
      : undefined,
};

/** `crossorigin` on the add-on's own files says nothing inside an add-on. */
const plainModuleTags: Plugin = {
  name: "plain-module-tags",
  transformIndexHtml: { order: "post", handler: (html) => html.replaceAll(" crossorigin", "") },
};

async function subfolders(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}
