// Belongs here: dressing a page in Thunderbird's own colours, font and density, or in ours for light and dark where it is handed none.
// Does NOT belong here: the colours of states (see message.css).
import type { Appearance } from "../messages.ts";
import { contrast, READABLE } from "./contrast.ts";

const PROPERTIES = ["--background", "--text", "--muted", "--border", "--font-family", "--font-size"] as const;

/** Puts `appearance` on the document; `null`: the style sheet's own colours, by the preference of the system. */
export function applyAppearance(root: HTMLElement, appearance: Appearance | null): void {
  for (const property of PROPERTIES) root.style.removeProperty(property);
  if (appearance === null) {
    delete root.dataset["theme"];
    delete root.dataset["density"];
    return;
  }
  root.dataset["theme"] = appearance.dark ? "dark" : "light";
  root.dataset["density"] = appearance.density;
  const put = (property: (typeof PROPERTIES)[number], value: string) => {
    if (value.trim() !== "") root.style.setProperty(property, value);
  };
  if (isColor(appearance.background) && isColor(appearance.text)) {
    put("--background", appearance.background);
    put("--text", appearance.text);
    put("--muted", readableMuted(root, appearance));
  }
  if (isColor(appearance.border)) put("--border", appearance.border);
  put("--font-family", appearance.fontFamily);
  if (CSS.supports("font-size", appearance.fontSize)) put("--font-size", appearance.fontSize);
}

/** Whether the page is dark, as handed over or by the preference of the system. */
export function isDark(root: HTMLElement): boolean {
  const theme = root.dataset["theme"];
  return theme === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : theme === "dark";
}

function isColor(value: string): boolean {
  return CSS.supports("color", value);
}

/** Themes choose faint grey for text that is decoration there; here it carries remarks, so it must be readable. */
function readableMuted(root: HTMLElement, { mutedText, background, text }: Appearance): string {
  const ratio = contrast(computed(root, mutedText), computed(root, background));
  return ratio !== null && ratio >= READABLE ? mutedText : `color-mix(in srgb, ${text} 85%, ${background})`;
}

function computed(root: HTMLElement, color: string): string {
  const probe = root.ownerDocument.createElement("span");
  probe.style.color = color;
  root.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}
