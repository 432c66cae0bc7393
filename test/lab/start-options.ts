// Belongs here: the command line of `npm start`.
import { parseArgs } from "node:util";
import { UserError } from "./user-error.ts";

const USAGE = `Usage: npm start -- [--screenshots DIR] [--locale it|en] [--thunderbird PATH]

Opens Thunderbird with the add-on and a mailbox of test messages, and reloads the add-on when its source changes.

  --screenshots DIR   show every message once, write pictures of it into DIR, and end
  --locale it|en      language of Thunderbird and of the add-on (default: it)
  --thunderbird PATH  the program to start (default: the installed one)`;

export interface StartOptions {
  readonly screenshots: string | null;
  readonly locale: "it" | "en";
  readonly thunderbird: string | null;
}

/** @throws UserError with status 2 and the usage when the command line cannot be understood */
export function parseStartOptions(parameters: readonly string[]): StartOptions {
  const { screenshots, locale, thunderbird } = parse(parameters);
  if (locale !== "it" && locale !== "en") throw new UserError(`No such language: ${locale}\n\n${USAGE}`, 2);
  if (screenshots === "") throw new UserError(`--screenshots needs a folder\n\n${USAGE}`, 2);
  return { screenshots: screenshots ?? null, locale, thunderbird: thunderbird ?? null };
}

function parse(parameters: readonly string[]) {
  try {
    return parseArgs({
      args: [...parameters],
      options: {
        screenshots: { type: "string" },
        locale: { type: "string", default: "it" },
        thunderbird: { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, 2);
  }
}
