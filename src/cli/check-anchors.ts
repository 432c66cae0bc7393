// Belongs here: `npm run check-anchors`, for releases: how long the shipped authorities last. Exit status 1: one ends within twelve months.
import { currentAuthorities, endingAuthorities, shippedAuthorities } from "../core/index.ts";

/** AgID and Actalis publish successors about a year before, and each needs a release of ours. */
const MONTHS = 12;

const authorities = await shippedAuthorities();
const ending = new Set(endingAuthorities(authorities, Date.now(), MONTHS).map(({ name }) => name));
for (const { kind, name, end } of currentAuthorities(authorities)) {
  const mark = ending.has(name) ? "ENDS SOON" : "ok";
  console.log(`${mark.padEnd(10)} ${new Date(end).toISOString().slice(0, 10)} ${kind}: ${name}`);
}
if (ending.size > 0) {
  console.error(
    `Within ${MONTHS} months: ${ending.size}. Look for the successors (see src/core/trust/certificates) before the release.`,
  );
  process.exitCode = 1;
}
