// Belongs here: authorities compiled in besides the shipped ones: none in a released package. The demo build puts its own list in
// this file's place (design.md §1), and a guard test proves that no released package has one.
import type { ExtraAuthority } from "../core/index.ts";

export const extraAuthorities: readonly ExtraAuthority[] = [];
