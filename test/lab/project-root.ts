// Belongs here: where the checkout is.
import { resolve } from "node:path";

/** Absolute path of the top of the checkout. */
export const projectRoot = resolve(import.meta.dirname, "..", "..");
