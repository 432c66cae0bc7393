// Belongs here: the command `npm run build`.
import { join, relative } from "node:path";
import { buildPackages } from "./build-packages.ts";
import { projectRoot } from "./project-root.ts";

if (process.argv.length > 2) {
  console.error("Usage: npm run build");
  process.exit(2);
}
for (const file of await buildPackages(join(projectRoot, "dist"))) console.log(relative(process.cwd(), file));
