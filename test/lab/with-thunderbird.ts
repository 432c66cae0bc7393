// Belongs here: one Thunderbird from start to end, with a throwaway profile of its own.
import type { Installation } from "./find-thunderbird.ts";
import { createProfile, type ProfileOptions } from "./profile.ts";
import { Thunderbird } from "./thunderbird.ts";

export interface StartedOptions extends ProfileOptions {
  readonly installation: Installation;
  /** Value of DISPLAY; `null` for the person's own screen. */
  readonly display: string | null;
}

export interface SessionOptions extends StartedOptions {
  /** Folders or .xpi files of add-ons to install. */
  readonly addons: readonly string[];
}

export interface StartedThunderbird {
  readonly thunderbird: Thunderbird;
  /** Ends it and removes its profile. */
  readonly close: () => Promise<void>;
}

/** Starts Thunderbird, lets `action` use it, and ends it and removes its profile whatever happens. */
export async function withThunderbird<T>(
  options: SessionOptions,
  action: (thunderbird: Thunderbird) => Promise<T>,
): Promise<T> {
  const { thunderbird, close } = await startThunderbird(options);
  try {
    for (const addon of options.addons) await thunderbird.installAddon(addon);
    await thunderbird.showFolder(options.shownFolder);
    return await action(thunderbird);
  } finally {
    await close();
  }
}

/** Starts Thunderbird without any add-on; it does not outlive this process. */
export async function startThunderbird(options: StartedOptions): Promise<StartedThunderbird> {
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
    return {
      thunderbird,
      close: async () => {
        await thunderbird.stop();
        await profile.remove();
      },
    };
  } catch (error) {
    await profile.remove();
    throw error;
  }
}
