/** The tests that start no process and plan no whole environment: what a change of one function breaks shows within a minute. */
import { mergeConfig } from "vitest/config";
import base from "./vitest.config";

/** Whole runs: command line, plans of environments, every kill, every spelling of every case. `make test` runs them all. */
const WHOLE_RUNS = [
  "test/apps/sample/{drain,flags,kill,migrations,readiness}.test.ts",
  "test/cli/**",
  "test/docs/**",
  "test/packages/**",
  "test/stacks/**",
  "test/guard/parity/{sweep,secrets,disguised}.test.ts",
  "test/guard/timeline/timeline.test.ts",
  "test/policies/{sweep,unknown,fixes,own-stacks,pack,pack-exemptions,freeze}.test.ts",
  "test/sandbox/{analyzer,conformance,runtime,plugin-server}/**",
  "test/sandbox/display/plan/{screens,outcomes}.test.ts",
  "test/sandbox/{storage/faults,storage/lock,engine/foreseen,engine/replaced,host/cmd-run}.test.ts",
  "test/tools/{cost-docs,go-tools,component-docs,replicas,undo,undo-history,new-environment,mutation/one-process-runner}.test.ts",
  "test/tools/deploy/**",
  "test/tools/{action,migration-soak,mirror/copies,pull-request/comment,upgrade/newest}.test.ts",
  "test/tools/rehearsal/**",
  "test/components/**/*-{promql,situations}.test.ts",
  "test/components/delivery/controller/**",
];

export default mergeConfig(base, { test: { exclude: ["**/node_modules/**", ...WHOLE_RUNS] } });
