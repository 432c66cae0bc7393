import { defineConfig } from "vitest/config";

// Vitest only; the add-on itself is built by test/lab/build.ts.
export default defineConfig({});
