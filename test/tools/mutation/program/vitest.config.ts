/** The tests of this small program, which are none of the project's. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  server: { host: "127.0.0.1" },
  test: { include: ["*.judge.ts"], restoreMocks: true, isolate: false },
});
