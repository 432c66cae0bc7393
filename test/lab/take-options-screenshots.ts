// Belongs here: pictures of the options page, for people to look at.
// Does NOT belong here: pictures of messages (see take-screenshots.ts).
import { createHash } from "node:crypto";
import { join } from "node:path";
import { pem } from "../provider/der.ts";
import { SIGNERS, unknownAuthorityCertificate, unknownRootCertificate } from "../provider/test-authority.ts";
import type { Thunderbird } from "./thunderbird.ts";

const THEMES = ["light", "dark"] as const;

/** Sections of the page, and what is put at the top of the picture. */
const PARTS = ["receipts", "authorities", "adding", "revocation", "records"] as const;

/**
 * Shows every part of the options page in each theme and writes PNG files into `folder`: `options-revocation-dark.png`; then
 * in a narrow page, and with everything twice as large.
 *
 * @returns how many pictures were written
 */
export async function takeOptionsScreenshots(
  thunderbird: Thunderbird,
  addonId: string,
  folder: string,
): Promise<number> {
  let count = 0;
  const show = (part: (typeof PARTS)[number]): Promise<void> =>
    thunderbird.runInPage(
      addonId,
      "options",
      `document.getElementById(args[0]).scrollIntoView();
       await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));`,
      [part],
    );
  const shoot = async (part: (typeof PARTS)[number], variant: string): Promise<void> => {
    await show(part);
    await thunderbird.screenshot(join(folder, `options-${part}-${variant}.png`));
    count += 1;
  };
  await thunderbird.openOptions(addonId);
  await addAuthority(thunderbird, addonId);
  await openFile(thunderbird, addonId);
  for (const theme of THEMES) {
    await thunderbird.setTheme(theme);
    for (const part of PARTS) await shoot(part, theme);
  }
  await thunderbird.setTheme("light");
  await thunderbird.setLook(addonId, "options", { zoom: 1, width: "360px" });
  for (const part of PARTS) await shoot(part, "narrow");
  await thunderbird.setLook(addonId, "options", { zoom: 2, width: "none" });
  for (const part of PARTS) {
    await show(part);
    // A picture of the whole window leaves the page's own zoom out.
    await thunderbird.screenshotPage(addonId, "options", join(folder, `options-${part}-zoomed.png`));
    count += 1;
  }
  await thunderbird.setLook(addonId, "options", { zoom: 1, width: "none" });
  await thunderbird.closeMessage("tab");
  return count;
}

/** So that the list of the person's own is not empty. */
async function addAuthority(thunderbird: Thunderbird, addonId: string): Promise<void> {
  await thunderbird.runInPage(
    addonId,
    "options",
    `const scope = { domains: ["pec.gestore-uno.test"], notAfter: Date.UTC(2030, 11, 31) };
     const request = { name: "add-anchor", base64: args[0], fingerprint: args[1], source: "autorita.pem", ...scope };
     await messenger.runtime.sendMessage({ type: "options", request });`,
    [
      Buffer.from(unknownAuthorityCertificate).toString("base64"),
      createHash("sha256").update(unknownAuthorityCertificate).digest("hex"),
    ],
  );
}

/** A file of two certificates, one of which cannot be added. */
async function openFile(thunderbird: Thunderbird, addonId: string): Promise<void> {
  const text = [unknownRootCertificate, SIGNERS.good.certificate].map((der) => pem("CERTIFICATE", der)).join("");
  await thunderbird.chooseFile(addonId, "options", "add-anchor", "radice.pem", new TextEncoder().encode(text));
  await thunderbird.run(
    `await waitFor("the certificates", () =>
       runInBrowser(whereOf(args[0], "options"), "return document.querySelector('#fingerprint') !== null", []));`,
    addonId,
  );
}
