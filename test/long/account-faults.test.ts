// What takes its time: a server that takes the connection and never says a word.
import { afterEach, describe, expect, test } from "vitest";
import { giveAddress, press, typeInto } from "../lab/account-page.ts";
import { HANG_MS, waitFor } from "../lab/deadline.ts";
import { addonId } from "../lab/flavours.ts";
import { accountTraces } from "../lab/mail-account.ts";
import { type ScriptedServer, startScriptedServer } from "../lab/scripted-server.ts";
import { createTlsAuthority } from "../lab/tls-authority.ts";
import { trustServers } from "../lab/trust-servers.ts";
import { inThunderbird, mainInstallations } from "../thunderbird/in-thunderbird.ts";

const ID = addonId("demo");
const HOST = "muto.gestore-uno.test";
let server: ScriptedServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

describe.each(mainInstallations())("Thunderbird $version", (installation) => {
  test("a server that never answers is given up and told as such, and nothing is left", async () => {
    const authority = createTlsAuthority();
    const mute = (server = await startScriptedServer(authority.issue([HOST]), { greeting: null, answers: [] }));
    await inThunderbird({ installation, flavours: ["demo"] }, async (thunderbird) => {
      await trustServers(thunderbird, authority.base64, [HOST]);
      await thunderbird.openAccounts(ID, "add");
      // Of a known domain, so that no name server is asked.
      await giveAddress(thunderbird, ID, "mario.rossi@pec.it");
      await press(thunderbird, ID, "by-hand");
      const fields = {
        "person-name": "Mario Rossi",
        incoming: HOST,
        "incoming-port": String(mute.port),
        outgoing: HOST,
        "outgoing-port": String(mute.port),
        password: "segreta",
      };
      for (const [at, text] of Object.entries(fields)) await typeInto(thunderbird, ID, at, text);
      const before = await accountTraces(thunderbird);
      await thunderbird.press(ID, "account", `[data-at="create"]`);
      const words = await waitFor("the attempt to be given up", HANG_MS, () =>
        thunderbird.runInPage<string | null>(
          ID,
          "account",
          `return document.querySelector('[data-at="outcome"]')?.textContent ?? null;`,
        ),
      );
      expect(words).toContain("Il server non risponde da troppo tempo.");
      expect(mute.heard).toEqual([]);
      expect(await accountTraces(thunderbird)).toEqual(before);
    });
  });
});
