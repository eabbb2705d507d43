/**
 * Tests that judge mutants: the predicates and what they are built on, without other processes. Left out are the tests
 * that go through every case again (`sweep`, `fixes`, `unknown`): each mutant that survives would run them to their end.
 */
import { defineConfig } from "vitest/config";

export default defineConfig({
  server: { host: "127.0.0.1" },
  test: {
    include: [
      "test/policies/{rules,unknown,remedies,exemption,sync-window,generated}.test.ts",
      "test/policies/{kit,conditions,credentials,documented,manifests,fields}/*.test.ts",
    ],
    restoreMocks: true,
    // With the mutants in it the code is slower: on a busy machine some tests need longer than the usual 5 s.
    testTimeout: 60_000,
    isolate: false,
  },
});
