/** Tests: one module cache per worker, because loading Pulumi's SDK costs a second a time. */
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** A process started by a test loads the SDK anew, and this machine may be a busy CI runner with two cores. */
const PATIENCE_MS = 60_000;

/** Minutes each: they follow pages, install tarballs, plan pull requests and rehearse releases as processes. `make pages`, `make packages`, `make workflows`, `make rehearsal-tests`, `make drill-tests` and `make api-server` run them. */
const LONG_RUNS = [
  "test/api-server/**",
  "test/cli/replica.test.ts",
  "test/docs/{how-to,recipes,runbooks}.test.ts",
  "test/packages/**",
  "test/tools/pull-request/report.test.ts",
  "test/tools/rehearsal/{friday,runs}.test.ts",
];

export default defineConfig({
  server: { host: "127.0.0.1" },
  test: {
    include: ["test/**/*.test.ts"],
    // Screens are recorded as vitest's own file snapshots: what rewrites the other recordings rewrites them, too.
    update: process.env["UPDATE"] === "1",
    exclude: process.env["LONG_RUNS"] === "1" ? [] : LONG_RUNS,
    // Measured on 6 files that import pulumi, aws, eks and kubernetes: 10 s with isolation, 3 s without.
    isolate: false,
    // Processes, not threads: the engine listens to process-wide rejections and tests change the working directory.
    pool: "forks",
    // Vitest leaves one processor free, which on a runner with two is half the machine: 357 s with one worker, 196 s with two.
    maxWorkers: availableParallelism(),
    testTimeout: PATIENCE_MS,
    hookTimeout: PATIENCE_MS,
    // A test that leaves a mocked function behind would change its neighbours in the shared module cache.
    restoreMocks: true,
    unstubEnvs: true,
  },
});
