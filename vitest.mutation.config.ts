/**
 * Tests that judge mutants: the predicates and what they are built on, without other processes. Left out are the tests
 * that go through every case again (`sweep`, `fixes`, `unknown`): each mutant that survives would run them to their end.
 */
import { defineConfig } from "vitest/config";

export default defineConfig({
  server: { host: "127.0.0.1" },
  test: {
    include: [
      "test/policies/{rules,remedies,exemption,sync-window,generated}.test.ts",
      "test/policies/{kit/*,kit/argo-rollouts/expressions,credentials,documented,manifests,fields}/*.test.ts",
    ],
    setupFiles: ["test/support/one-seed.ts", "test/support/cleared-conditions.ts"],
    restoreMocks: true,
    // Stryker itself ends what takes too long, by what the test took without a mutant.
    testTimeout: 0,
    isolate: false,
  },
});
