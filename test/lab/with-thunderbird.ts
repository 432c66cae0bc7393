// Belongs here: one Thunderbird from start to end, with a throwaway profile of its own.
import type { Installation } from "./find-thunderbird.ts";
import { createProfile, type ProfileOptions } from "./profile.ts";
import { Thunderbird } from "./thunderbird.ts";

export interface SessionOptions extends ProfileOptions {
  readonly installation: Installation;
  /** Value of DISPLAY; `null` for the person's own screen. */
  readonly display: string | null;
  /** Folders or .xpi files of add-ons to install. */
  readonly addons: readonly string[];
}

/** Starts Thunderbird, lets `action` use it, and ends it and removes its profile whatever happens. */
export async function withThunderbird<T>(
  options: SessionOptions,
  action: (thunderbird: Thunderbird) => Promise<T>,
): Promise<T> {
  // Port 0: Thunderbird takes a free one and writes it into the profile.
  const profile = await createProfile({
    ...options,
    preferences: { "marionette.port": 0, ...options.preferences },
  });
  try {
    const thunderbird = await Thunderbird.start({
      binary: options.installation.binary,
      profile: profile.path,
      display: options.display,
    });
    try {
      for (const addon of options.addons) await thunderbird.installAddon(addon);
      await thunderbird.showFolder(options.shownFolder);
      return await action(thunderbird);
    } finally {
      await thunderbird.stop();
    }
  } finally {
    await profile.remove();
  }
}
