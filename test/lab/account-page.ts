// Belongs here: using the page on PEC accounts as a person does: typing, choosing, pressing. Does NOT belong here: what a test expects of it.
import type { PageView, Thunderbird } from "./thunderbird.ts";

/** Types into the field named `at`, in place of what is there. */
export async function typeInto(thunderbird: Thunderbird, addonId: string, at: string, text: string): Promise<void> {
  await thunderbird.runInPage(
    addonId,
    "account",
    `const input = document.querySelector('[data-at="' + CSS.escape(args[0]) + '"]');
     if (input === null) throw new Error("No field " + args[0]);
     input.value = args[1];
     input.dispatchEvent(new Event("input", { bubbles: true }));`,
    [at, text],
  );
}

/** Presses the control named `at`, and waits until what it began is done. */
export async function press(thunderbird: Thunderbird, addonId: string, at: string): Promise<PageView> {
  await thunderbird.press(addonId, "account", `[data-at="${at}"]`);
  return thunderbird.settledAccounts(addonId);
}

/** From the typed address to the form. */
export async function giveAddress(thunderbird: Thunderbird, addonId: string, address: string): Promise<PageView> {
  await typeInto(thunderbird, addonId, "address", address);
  return press(thunderbird, addonId, "take-address");
}
