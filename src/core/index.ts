// The public surface of the core; nothing outside core imports deeper.
export type { Inspection } from "./verdict/inspection.ts";
