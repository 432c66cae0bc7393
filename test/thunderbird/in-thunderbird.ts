// Belongs here: what an end-to-end test needs to have a Thunderbird of its own.
import { join } from "node:path";
import process from "node:process";
import { afterAll, inject } from "vitest";
import { DEMO_FOLDER, demoFolders } from "../lab/demo-mailbox.ts";
import type { Installation } from "../lab/find-thunderbird.ts";
import type { Flavour } from "../lab/flavours.ts";
import type { Preferences } from "../lab/profile.ts";
import { EVERY_SERIES } from "../lab/run-vitest.ts";
import type { Thunderbird } from "../lab/thunderbird.ts";
import { closeSharedThunderbirds, withSharedThunderbird } from "../lab/with-shared-thunderbird.ts";
import { type SessionOptions, withThunderbird } from "../lab/with-thunderbird.ts";
import { type DemoMessage, demoMessages } from "../provider/demo-messages.ts";

export interface TestSession {
  readonly installation: Installation;
  readonly flavours: readonly Flavour[];
  /** Default: Italian. */
  readonly locale?: "it" | "en";
  /** Default: the messages of the demo mailbox, one of every kind. The first folder is shown. */
  readonly folders?: Readonly<Record<string, Uint8Array>>;
  readonly preferences?: Preferences;
}

// Registered for each test file that imports this: its tests share Thunderbirds, files do not.
afterAll(closeSharedThunderbirds);

/** The Thunderbirds to test with, for `describe.each`. */
export function installations(): readonly Installation[] {
  return inject("installations");
}

/**
 * For what is long and rests on servers or on pages of our own, where the series hardly differ: the current one in `npm test`, every one in
 * `npm run test:e2e`.
 */
export function mainInstallations(): readonly Installation[] {
  const all = installations();
  return process.env[EVERY_SERIES] === "yes" ? all : all.slice(0, 1);
}

/** The demo messages with their positions; where every one would take long and is shown elsewhere, the first of each look. */
export function demoEntries(which: "all" | "one of each look"): readonly (readonly [number, DemoMessage])[] {
  const all = [...demoMessages().entries()];
  const isFirst = ([position, { expected }]: readonly [number, DemoMessage]): boolean =>
    all.findIndex(([, other]) => other.expected.look === expected.look) === position;
  return which === "all" ? all : all.filter(isFirst);
}

/** Without the series of sent messages: the walk over them would keep every Thunderbird busy at its start. */
function shortDemo(): Readonly<Record<string, Uint8Array>> {
  const { [DEMO_FOLDER]: messages = new Uint8Array() } = demoFolders();
  return { [DEMO_FOLDER]: messages };
}

/** Folder of a built flavour. */
export function builtAddon(flavour: Flavour): string {
  return join(inject("addons"), flavour);
}

/** A Thunderbird with the flavours installed, in a profile of its own, for as long as `action` takes. */
export function inThunderbird<T>(session: TestSession, action: (thunderbird: Thunderbird) => Promise<T>): Promise<T> {
  return withThunderbird(optionsOf(session), action);
}

/**
 * The same in a Thunderbird that serves other tests of the file too, which saves its start: for actions that change nothing but what the
 * add-on keeps, windows, tabs, zoom and the session's preferences. Those are put back; mail, accounts, the order of the
 * message list and replaced parts of Thunderbird are not (see with-shared-thunderbird.ts).
 */
export function inSharedThunderbird<T>(
  session: TestSession,
  action: (thunderbird: Thunderbird) => Promise<T>,
): Promise<T> {
  return withSharedThunderbird(optionsOf(session), action);
}

function optionsOf(session: TestSession): SessionOptions {
  const folders = session.folders ?? shortDemo();
  return {
    installation: session.installation,
    display: ownDisplay(),
    addons: session.flavours.map(builtAddon),
    folders,
    shownFolder: Object.keys(folders)[0] ?? DEMO_FOLDER,
    locale: session.locale ?? "it",
    ...(session.preferences === undefined ? {} : { preferences: session.preferences }),
  };
}

/** The screen of this worker; vitest numbers its workers from 1. */
function ownDisplay(): string {
  const display = inject("displays")[Number(process.env["VITEST_POOL_ID"]) - 1];
  if (display === undefined) throw new Error("There are more workers than screens");
  return display;
}
