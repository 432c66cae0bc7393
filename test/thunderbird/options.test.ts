import { afterEach, describe, expect, test } from "vitest";
import { inspect, shippedAuthorities, withExtraAuthorities, type LocalRecord } from "../../src/core/index.ts";
import type { MessageReport, OptionsAnswer, OptionsRequest } from "../../src/messages.ts";
import { HANG_MS, waitFor } from "../lab/deadline.ts";
import { DEMO_FOLDER } from "../lab/demo-mailbox.ts";
import { addonId, type Flavour } from "../lab/flavours.ts";
import { startListServer, type ListServer } from "../lab/list-server.ts";
import type { PageView, Thunderbird } from "../lab/thunderbird.ts";
import { extraAuthorities } from "../provider/demo-authorities.ts";
import { demoMessages } from "../provider/demo-messages.ts";
import { issuingKey } from "../provider/keys.ts";
import { at, DAY, HOUR } from "../provider/local-time.ts";
import { buildRevocationList, type RevokedEntry } from "../provider/revocation-list-builder.ts";
import { SIGNERS, unknownAuthorityCertificate, unknownRootCertificate } from "../provider/test-authority.ts";
import { pem } from "../provider/der.ts";
import { builtAddon, demoEntries, inSharedThunderbird, mainInstallations } from "./in-thunderbird.ts";
import { createHash } from "node:crypto";

const FULL = addonId("demo");
const LIST_ADDRESS = "http://crl.sigillo.test/pec";
const ROOT_SHA256 = createHash("sha256").update(unknownRootCertificate).digest("hex");

function positionOf(id: string): number {
  const position = demoMessages().findIndex((each) => each.id === id);
  if (position < 0) throw new Error(`No demo message ${id}`);
  return position;
}

/** The list of the test authority, of an hour ago and by the clock of this computer, as Thunderbird has no other. */
function currentList(revoked: readonly RevokedEntry[] = []): Uint8Array {
  return buildRevocationList({
    issuer: SIGNERS.good.issuer,
    issuerPrivateKey: issuingKey,
    thisUpdate: Date.now() - HOUR,
    nextUpdate: Date.now() + DAY,
    number: 4711,
    revoked,
  });
}

let server: ListServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

/** What the page of the package says of the shown message. */
async function verdict(thunderbird: Thunderbird, flavour: Flavour): Promise<PageView["data"]> {
  const id = addonId(flavour);
  if (flavour === "demo") return (await thunderbird.settledPane(id)).data;
  await thunderbird.settledButton(id);
  return (await thunderbird.popupVerdict(id)).data;
}

/** Waits until that page says what is expected; it follows by itself when what verdicts rest on changes. */
async function expectVerdict(
  thunderbird: Thunderbird,
  flavour: Flavour,
  expected: Readonly<Record<string, string>>,
): Promise<PageView["data"]> {
  const differs = (data: PageView["data"]): boolean =>
    Object.entries(expected).some(([name, value]) => data[name] !== value);
  let last: PageView["data"] = {};
  let why: unknown = "it says something else";
  await waitFor(`the verdict ${JSON.stringify(expected)}`, HANG_MS, async () => {
    last = await verdict(thunderbird, flavour);
    return differs(last) ? null : true;
  }).catch((error: unknown) => (why = error));
  expect(last, String(why)).toMatchObject(expected);
  return last;
}

/** Waits until the options page says that. */
async function expectSaid(thunderbird: Thunderbird, id: string, words: string): Promise<void> {
  let text = "";
  await waitFor(`the words ${words}`, HANG_MS, async () => {
    text = (await thunderbird.options(id))?.text ?? "";
    return text.includes(words) ? true : null;
  }).catch(() => undefined);
  expect(text).toContain(words);
}

async function fillIn(thunderbird: Thunderbird, id: string, selector: string, value: string): Promise<void> {
  await thunderbird.runInPage(
    id,
    "options",
    `const input = document.querySelector(args[0]);
     input.value = args[1];
     input.dispatchEvent(new Event("input"));`,
    [selector, value],
  );
}

/** A request of the options page, past its buttons. */
async function request(thunderbird: Thunderbird, id: string, asked: OptionsRequest): Promise<OptionsAnswer> {
  const answer = await thunderbird.runInPage<string>(
    id,
    "options",
    `return JSON.stringify(await messenger.runtime.sendMessage({ type: "options", request: args[0] }));`,
    [asked],
  );
  return JSON.parse(answer) as OptionsAnswer;
}

/** The whole inspection behind the pane of the full package. */
async function reportOfPane(thunderbird: Thunderbird): Promise<MessageReport> {
  const answer = await thunderbird.runInPage<string>(
    FULL,
    "pane",
    `const place = new URLSearchParams(location.hash.slice(1));
     const target = { tabId: Number(place.get("tab")), messageId: Number(place.get("message")), path: [] };
     return JSON.stringify(await messenger.runtime.sendMessage({ type: "get-report", target, view: "pane" }));`,
  );
  return JSON.parse(answer) as MessageReport;
}

describe.each(mainInstallations())("Thunderbird $version", (installation) => {
  test.each(["demo", "demo-store"] as const)(
    "%s: an authority from a file counts once its fingerprint was compared, until it is removed",
    async (flavour) => {
      await inSharedThunderbird({ installation, flavours: [flavour] }, async (thunderbird) => {
        const id = addonId(flavour);
        const unknown = { look: "cannot-be-verified", subIndication: "NO_CERTIFICATE_CHAIN_FOUND" };
        const known = { look: "sealed-with-remarks", indication: "TOTAL-PASSED" };
        await thunderbird.selectMessage(DEMO_FOLDER, positionOf("unknown-authority"));
        await expectVerdict(thunderbird, flavour, unknown);

        await thunderbird.openOptions(id);
        await thunderbird.chooseFile(id, "options", "add-anchor", "appunti.txt", new TextEncoder().encode("nulla"));
        await expectSaid(thunderbird, id, "Non è un certificato.");
        const signer = pem("CERTIFICATE", SIGNERS.good.certificate);
        const file = new TextEncoder().encode(`${signer}${pem("CERTIFICATE", unknownRootCertificate)}`);
        await thunderbird.chooseFile(id, "options", "add-anchor", "radice.pem", file);
        await expectSaid(thunderbird, id, "è il certificato di un titolare, non di un'autorità");
        await expectSaid(thunderbird, id, "Radice Sconosciuta Test");
        await fillIn(thunderbird, id, "#fingerprint", createHash("sha256").update("other").digest("hex"));
        await thunderbird.click(id, "options", "[data-at=confirm-anchor]");
        await expectSaid(thunderbird, id, "L'impronta non coincide");
        const typed = ROOT_SHA256.toUpperCase().replace(/../g, "$&: ").slice(0, -2);
        await fillIn(thunderbird, id, "#fingerprint", typed);
        await thunderbird.click(id, "options", "[data-at=confirm-anchor]");
        await expectSaid(thunderbird, id, "Autorità aggiunta.");

        await thunderbird.closeMessage("tab");
        const data = await expectVerdict(thunderbird, flavour, known);
        expect(data["remarks"]?.split(" ")).toContain("USER_ADDED_ANCHOR");
        // What was added outlives the add-on's restart, as after an update.
        await thunderbird.installAddon(builtAddon(flavour));
        await expectVerdict(thunderbird, flavour, known);

        await thunderbird.openOptions(id);
        await thunderbird.click(id, "options", `[data-at="remove ${ROOT_SHA256}"]`);
        await thunderbird.click(id, "options", `[data-at="yes remove ${ROOT_SHA256}"]`);
        await expectSaid(thunderbird, id, "Autorità rimossa.");
        await thunderbird.closeMessage("tab");
        await expectVerdict(thunderbird, flavour, unknown);
        // A scope that leaves the provider out is no trust in it.
        await thunderbird.openOptions(id);
        const other = await request(thunderbird, id, {
          name: "add-anchor",
          base64: Buffer.from(unknownAuthorityCertificate).toString("base64"),
          fingerprint: createHash("sha256").update(unknownAuthorityCertificate).digest("hex"),
          source: "test",
          domains: ["altrove.test"],
          notAfter: null,
        });
        expect(other.outcome).toEqual({ state: "done" });
        await thunderbird.closeMessage("tab");
        await expectVerdict(thunderbird, flavour, unknown);
      });
    },
  );

  test.each(["demo", "demo-store"] as const)(
    "%s: nothing is asked of the network, before the person says so",
    async (flavour) => {
      server = await startListServer();
      const { preferences, requests } = server;
      await inSharedThunderbird({ installation, flavours: [flavour], preferences }, async (thunderbird) => {
        // A popup for every message would take long.
        for (const [position, { expected }] of demoEntries(flavour === "demo" ? "all" : "one of each look")) {
          await thunderbird.selectMessage(DEMO_FOLDER, position);
          if (expected.look !== "none") await verdict(thunderbird, flavour);
        }
        await thunderbird.openOptions(addonId(flavour));
        // Not even for one who may: the permission alone is no wish.
        const answer = await request(thunderbird, addonId(flavour), { name: "fetch-list", url: LIST_ADDRESS });
        expect(answer.outcome).toEqual({ state: "failed", code: "not-permitted" });
        expect(requests).toEqual([]);
      });
    },
  );

  test("a list is fetched by a click once it is permitted, kept, and looked at again when it changes", async () => {
    server = await startListServer();
    const { preferences, requests, answerWith } = server;
    await inSharedThunderbird({ installation, flavours: ["demo"], preferences }, async (thunderbird) => {
      answerWith((response) => response.end(currentList()));
      await thunderbird.selectMessage(DEMO_FOLDER, positionOf("envelope"));
      const before = await thunderbird.settledPane(FULL);
      expect(before.data["remarks"]).toContain("REVOCATION_NOT_CHECKED");
      if (before.data["expanded"] !== "true") await thunderbird.click(FULL, "pane", "button[aria-controls=details]");
      await thunderbird.settledPane(FULL, true);
      await thunderbird.press(FULL, "pane", "button[data-action=check-revocation]");
      await thunderbird.answerPermissionQuestion(false);
      await waitFor("the pane to say so", HANG_MS, async () =>
        (await thunderbird.pane(FULL))?.text.includes("Senza il tuo permesso") === true ? true : null,
      );
      expect(requests).toEqual([]);
      await thunderbird.press(FULL, "pane", "button[data-action=check-revocation]");
      await thunderbird.answerPermissionQuestion(true);
      await waitFor("the list to count", HANG_MS, async () => {
        const view = await thunderbird.pane(FULL);
        return view?.data["remarks"]?.includes("REVOCATION_NOT_CHECKED") === false ? true : null;
      });
      expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET ${LIST_ADDRESS}`]);
      expect(Object.keys(requests[0]?.headers ?? {})).not.toEqual(expect.arrayContaining(["cookie"]));
      expect(Object.keys(requests[0]?.headers ?? {})).not.toEqual(expect.arrayContaining(["referer"]));
      expect((await reportOfPane(thunderbird)) as object).toMatchObject({
        inspection: { look: "sealed", signature: { revocation: { status: "good" }, indication: "TOTAL-PASSED" } },
      });

      // Kept: another message of the same authority needs no other request, also where lists are always asked for.
      await thunderbird.openOptions(FULL);
      await expectSaid(thunderbird, FULL, "4711");
      await thunderbird.press(FULL, "options", "input[data-at=always]");
      // "Always" is about every host that has such lists.
      await thunderbird.answerPermissionQuestion(true);
      await waitFor("the switch", HANG_MS, async () =>
        (await request(thunderbird, FULL, { name: "read" })).options.revocation.alwaysAsk ? true : null,
      );
      await thunderbird.closeMessage("tab");
      await thunderbird.selectMessage(DEMO_FOLDER, positionOf("acceptance"));
      await thunderbird.settledPane(FULL);
      expect(requests).toHaveLength(1);

      // The next list revokes the provider's certificate from before the message.
      const { serial } = SIGNERS.good;
      const revoked = [{ serial, revocationDate: at("2024-02-01T00:00:00Z"), reason: "superseded" }] as const;
      answerWith((response) => response.end(currentList(revoked)));
      await thunderbird.openOptions(FULL);
      await thunderbird.press(FULL, "options", `[data-at="fetch ${LIST_ADDRESS}"]`);
      await expectSaid(thunderbird, FULL, "Elenco scaricato.");
      await thunderbird.closeMessage("tab");
      await thunderbird.selectMessage(DEMO_FOLDER, positionOf("envelope"));
      await expectVerdict(thunderbird, "demo", { look: "not-valid", subIndication: "REVOKED" });
      expect(requests).toHaveLength(2);

      // Deleted, the lists are asked for again by themselves, since the person said "always".
      await thunderbird.openOptions(FULL);
      answerWith((response) => response.end(currentList()));
      await thunderbird.click(FULL, "options", `[data-at="forget ${LIST_ADDRESS}"]`);
      await thunderbird.closeMessage("tab");
      await waitFor("the list to be asked for again", HANG_MS, () =>
        Promise.resolve(requests.length > 2 ? true : null),
      );
      await expectVerdict(thunderbird, "demo", { look: "sealed", remarks: "" });
      expect(requests).toHaveLength(3);
    });
  });

  test("the popup asks for the permission, and the order stands though it closes before the answer", async () => {
    server = await startListServer();
    const { preferences, requests, answerWith } = server;
    await inSharedThunderbird({ installation, flavours: ["demo-store"], preferences }, async (thunderbird) => {
      const id = addonId("demo-store");
      answerWith((response) => response.end(currentList()));
      await thunderbird.selectMessage(DEMO_FOLDER, positionOf("envelope"));
      await thunderbird.settledButton(id);
      await thunderbird.openPopup(id);
      expect((await thunderbird.settledPopup(id)).data["remarks"]).toContain("REVOCATION_NOT_CHECKED");
      await thunderbird.press(id, "popup", "button[data-action=check-revocation]");
      await thunderbird.permissionQuestion();
      // A click on the question is one outside the popup.
      await thunderbird.closePopup(id);
      await thunderbird.answerPermissionQuestion(true);
      await expectVerdict(thunderbird, "demo-store", { look: "sealed", remarks: "" });
      expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([`GET ${LIST_ADDRESS}`]);
    });
  });

  test("what a server may answer instead of a list is told apart, and changes nothing", async () => {
    server = await startListServer();
    const { preferences, requests, answerWith } = server;
    await inSharedThunderbird({ installation, flavours: ["demo-store"], preferences }, async (thunderbird) => {
      const id = addonId("demo-store");
      const fetched = async (): Promise<unknown> =>
        (await request(thunderbird, id, { name: "fetch-list", url: LIST_ADDRESS })).outcome;
      await thunderbird.openOptions(id);
      await thunderbird.press(id, "options", "input[data-at=always]");
      await thunderbird.answerPermissionQuestion(true);
      await waitFor("the switch", HANG_MS, async () =>
        (await request(thunderbird, id, { name: "read" })).options.revocation.alwaysAsk ? true : null,
      );
      answerWith((response) => response.writeHead(302, { location: "http://elsewhere.test/" }).end());
      expect(await fetched()).toEqual({ state: "failed", code: "redirected" });
      answerWith((response) => response.writeHead(404).end());
      expect(await fetched()).toEqual({ state: "failed", code: "not-found" });
      answerWith((response) => response.end("<html>login</html>"));
      expect(await fetched()).toEqual({ state: "failed", code: "not-a-list" });
      answerWith((response) => response.end(Buffer.alloc(9 * 1024 * 1024)));
      expect(await fetched()).toEqual({ state: "failed", code: "too-large" });
      answerWith((response) => response.destroy());
      expect(await fetched()).toEqual({ state: "failed", code: "offline" });
      expect(requests.filter(({ url }) => url.includes("elsewhere"))).toEqual([]);
      const { options } = await request(thunderbird, id, { name: "read" });
      expect(options.revocation.data.filter(({ stored }) => stored !== null)).toEqual([]);
    });
  });

  test("a record of this computer carries a seal beyond its certificate; deleted, it no longer does", async () => {
    const { bytes } = demoMessages()[positionOf("expired-since")] ?? { bytes: new Uint8Array() };
    // As this computer would have noted it on the day after.
    const { record } = await inspect(bytes, {
      now: at("2026-10-09T12:00:00+02:00"),
      anchors: await withExtraAuthorities(await shippedAuthorities(), extraAuthorities),
      records: { find: () => Promise.resolve(null) },
    });
    await inSharedThunderbird({ installation, flavours: ["demo"] }, async (thunderbird) => {
      await thunderbird.selectMessage(DEMO_FOLDER, positionOf("expired-since"));
      const strict = async (): Promise<string> => {
        const report = await reportOfPane(thunderbird);
        const signature = report.state === "inspected" ? report.inspection.signature : null;
        return `${String(signature?.indication)} ${String(signature?.subIndication)}`;
      };
      const noProof = "INDETERMINATE OUT_OF_BOUNDS_NO_POE";
      await expectVerdict(thunderbird, "demo", { look: "sealed-with-remarks" });
      expect(await strict()).toBe(noProof);
      await thunderbird.openOptions(FULL);
      // The message just shown was noted; so were the receipts in the mailbox.
      await waitFor("the record", HANG_MS, async () => {
        const { records } = (await request(thunderbird, FULL, { name: "read" })).options;
        return records.count >= 1 ? true : null;
      });
      await thunderbird.chooseFile(FULL, "options", "import", "annotazioni.json", recordsFile([record]));
      await expectSaid(thunderbird, FULL, "Annotazioni importate: 1.");
      await thunderbird.closeMessage("tab");
      await expectVerdict(thunderbird, "demo", { look: "sealed", indication: "TOTAL-PASSED" });
      expect(await strict()).toBe("TOTAL-PASSED null");
      await thunderbird.openOptions(FULL);
      await thunderbird.click(FULL, "options", "[data-at=delete-records]");
      await thunderbird.click(FULL, "options", '[data-at="yes delete-records"]');
      await expectSaid(thunderbird, FULL, "Annotazioni eliminate.");
      await thunderbird.closeMessage("tab");
      await expectVerdict(thunderbird, "demo", { look: "sealed-with-remarks" });
      expect(await strict()).toBe(noProof);
    });
  });
});

function recordsFile(records: readonly (LocalRecord | null)[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ format: "sigillo-pec-records", version: 1, records }));
}
