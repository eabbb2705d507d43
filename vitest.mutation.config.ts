/** Tests that judge mutants: the predicates and their page, without processes. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  server: { host: "127.0.0.1" },
  test: { include: ["test/policies/{rules,remedies,sweep,exemption,manifests,generated}.test.ts"], restoreMocks: true },
});
