import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { experimentNames, readBaseManifest, readVersion } from "../lab/build-flavour.ts";
import { deriveManifest, FLAVOURS, type Flavour } from "../lab/flavours.ts";
import { projectRoot } from "../lab/project-root.ts";

/** Every permission that is asked for, and what for. README says the same to people. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  messagesRead: "reads the raw bytes of the shown message, which are what was signed",
  accountsRead: "the details of a message being written name its identity, which cannot be handed back without it",
  compose:
    "reply to, and forward, the original message; checks a PEC before it is sent, and asks for the kind of receipt",
  "compose.send": "sends the message that the person was asked about, in their own click on «send»",
  downloads: "saves the original message and its attachments",
  storage:
    "keeps the choices and added authorities of the options page; remembers for the session that the columns were added and the open tabs were looked at",
  alarms: "deadlines of sent PEC pass while nothing else happens",
  notifications: "tells that a sent PEC was not delivered, is late, or was not accepted",
};

/** Permissions that are asked for in the click that needs them, and what for. */
const OPTIONAL_PERMISSIONS: Readonly<Record<string, string>> = {
  messagesTags: "makes the tags of sent PEC, and removes them from the list of tags",
  messagesTagsList: "sees whether these tags are there already",
  messagesUpdate: "sets and removes these tags; marks receipts as read",
  accountsFolders: "makes the folder for receipts",
  messagesMove: "moves receipts into that folder, and back",
};

/** Hosts that may be asked once the person has allowed it, and what for. */
const OPTIONAL_HOSTS: Readonly<Record<string, string>> = {
  "http://ca1.agid.gov.it/*":
    "the revocation list of the authority of the PEC providers; a plain http address by its own certificates",
};

const base = await readBaseManifest();
const experiments = await experimentNames();
const manifestOf = async (flavour: Flavour) => deriveManifest(base, flavour, await readVersion(), experiments);

describe("manifest.json", () => {
  test("asks for the documented permissions and no other, and for no host before the person wants it", async () => {
    expect(base["permissions"]).toEqual(Object.keys(PERMISSIONS));
    expect(base["host_permissions"]).toBeUndefined();
    expect(base["optional_permissions"]).toEqual(Object.keys(OPTIONAL_PERMISSIONS));
    for (const flavour of ["full", "store"] as const) {
      expect((await manifestOf(flavour))["optional_host_permissions"]).toEqual(Object.keys(OPTIONAL_HOSTS));
    }
  });

  test("lets no script in but our own", () => {
    expect(base["content_security_policy"]).toEqual({ extension_pages: "script-src 'self'" });
    expect(base["content_scripts"]).toBeUndefined();
    expect(base["web_accessible_resources"]).toBeUndefined();
    expect(base["externally_connectable"]).toBeUndefined();
  });

  test.each(FLAVOURS)("the %s flavour has its id, and a newest version only with Experiments", async (flavour) => {
    const { gecko } = (await manifestOf(flavour)).browser_specific_settings;
    const withExperiments = flavour === "full" || flavour === "demo";
    expect(gecko).toEqual({
      id: withExperiments ? "full@sigillo-pec.org" : "store@sigillo-pec.org",
      strict_min_version: "140.0",
      ...(withExperiments ? { strict_max_version: "153.*" } : {}),
      data_collection_permissions: { required: ["none"] },
    });
  });

  test("only flavours with Experiments name them", async () => {
    for (const flavour of FLAVOURS) {
      const apis = (await manifestOf(flavour))["experiment_apis"];
      const names = flavour === "full" || flavour === "demo" ? [...experiments] : null;
      expect(apis === undefined ? null : Object.keys(apis as object)).toEqual(names);
    }
  });
});

describe.each(experiments)("the Experiment %s", (name) => {
  const read = (file: string) => readFile(join(projectRoot, "src", "experiments", name, file), "utf8");

  test("has a schema of its own name", async () => {
    const schema = JSON.parse(await read("schema.json")) as readonly { readonly namespace: string }[];
    expect(schema.map(({ namespace }) => namespace)).toEqual([name]);
  });

  test("has an implementation of its own name", async () => {
    const assigned = (await read("implementation.js")).matchAll(/^ *this\.(\w+) = class /gm);
    expect([...assigned].map(([, key]) => key)).toEqual([name]);
  });

  test("knows nothing of PEC", async () => {
    expect((await read("implementation.js")).match(/\bpec\b|sigillo|daticert|gestore/gi)).toBeNull();
  });
});
