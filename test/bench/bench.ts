// Belongs here: the command `npm run bench`: figures as ratios of one run, against the targets. A target that does not hold is said,
// and is no error: times depend on the machine and on what else runs there.
// Does NOT belong here: the measuring of each part (see the files beside this one).
import { cpus } from "node:os";
import { UserError, runCommand } from "../lab/user-error.ts";
import { benchHostile } from "./bench-hostile.ts";
import { benchInspection } from "./bench-inspection.ts";
import { benchLedger } from "./bench-ledger.ts";
import { benchMemory } from "./bench-memory.ts";
import { benchScroll } from "./bench-scroll.ts";
import { benchSmall } from "./bench-small.ts";
import { benchThunderbird } from "./bench-thunderbird.ts";
import { benchWalk } from "./bench-walk.ts";
import { requireOpenssl } from "./openssl.ts";
import { renderTable, type Row } from "./row.ts";
import { writeSamples } from "./samples.ts";

const SECTIONS = ["core", "ledger", "page", "thunderbird"] as const;
const USAGE = "Usage: npm run bench [-- core | ledger | page | thunderbird]";

await runCommand(async () => {
  const [only, ...rest] = process.argv.slice(2);
  if (rest.length > 0 || (only !== undefined && !SECTIONS.some((section) => section === only))) {
    throw new UserError(USAGE, 2);
  }
  const rows: Row[] = [];
  const machine = [`${cpus()[0]?.model.trim() ?? "unknown"}, ${cpus().length} cores`, `Node ${process.versions.node}`];
  if (only === undefined || only === "core") {
    machine.push(await requireOpenssl());
    const samples = await writeSamples();
    try {
      rows.push(...(await benchInspection(samples)));
      rows.push(...(await benchSmall(samples)));
      rows.push(...(await benchMemory(samples)));
      rows.push(...(await benchHostile()));
    } finally {
      await samples.remove();
    }
  }
  if (only === undefined || only === "ledger") rows.push(...(await benchLedger()));
  if (only === "page") {
    const { version, rows: ofPage } = await benchScroll();
    machine.push(version);
    rows.push(...ofPage);
  }
  if (only === undefined || only === "thunderbird") {
    const { version, rows: inThunderbird } = await benchThunderbird();
    machine.push(version);
    rows.push(...inThunderbird, ...(await benchScroll()).rows, ...(await benchWalk()));
  }
  console.log(`\n${machine.join("; ")}.\n\n${renderTable(rows)}`);
  return 0;
});
