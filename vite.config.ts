import { defineConfig } from "vitest/config";

// Vitest only; the add-on itself is built by test/lab/build.ts. Times here say when something hangs, not how fast it must be.
const SECOND = 1_000;

/** Each of these files takes the database for itself, with modules of its own. */
const DATABASE = ["test/storage/**/*.test.ts", "test/app/receipts/any-order.test.ts"];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          // Vitest's own default leaves one processor idle.
          maxWorkers: "100%",
          // Loading the core anew for each of them takes as long as many of the tests.
          isolate: false,
          exclude: ["test/thunderbird/**", "test/long/**", "test/samples/**", "test/pkits/**", ...DATABASE],
          testTimeout: 60 * SECOND,
          hookTimeout: 60 * SECOND,
        },
      },
      { test: { name: "database", include: DATABASE, testTimeout: 60 * SECOND, hookTimeout: 60 * SECOND } },
      {
        test: {
          name: "e2e",
          include: ["test/thunderbird/**/*.test.ts"],
          // Two Thunderbirds at once keep two processors busy.
          maxWorkers: 2,
          globalSetup: "test/thunderbird/global-setup.ts",
          // A whole mail program, its servers and its windows on a machine that others use too: once more before it counts as broken.
          // What needed that is named at the end of the run (run-vitest.ts), so that it is looked into.
          retry: 1,
          testTimeout: 600 * SECOND,
          hookTimeout: 180 * SECOND,
        },
      },
      {
        test: {
          name: "long",
          include: ["test/long/**/*.test.ts"],
          // One thing at a time: it measures, and takes what memory there is.
          maxWorkers: 1,
          globalSetup: "test/thunderbird/global-setup.ts",
          testTimeout: 600 * SECOND,
          hookTimeout: 180 * SECOND,
        },
      },
      {
        test: {
          name: "pkits",
          include: ["test/pkits/**/*.test.ts"],
          globalSetup: "test/pkits/global-setup.ts",
          testTimeout: 60 * SECOND,
        },
      },
      { test: { name: "samples", include: ["test/samples/**/*.test.ts"], testTimeout: 60 * SECOND } },
    ],
  },
});
