/** What nobody uses: files, exports and packages. `make check` fails over each; what is spared here says why. */
import type { KnipConfig } from "knip";

const config: KnipConfig = {
  // What an exported function takes and gives is part of it, even where nobody writes the type's name.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Tables of functions take modules whole (`import * as`); and a package refers to its own optional peers by design.
  exclude: ["nsExports", "optionalPeerDependencies"],
  ignoreIssues: {
    // A function that nothing calls is what its test is about.
    "test/tools/mutation/program/parcel.ts": ["exports"],
    // Read in a process of its own, where the SDK is not loaded yet (test/sandbox/runtime/lazy-modules.test.ts).
    "sandbox/runtime/lazy-modules.cjs": ["exports"],
    // The type of an argument of Cluster, for whoever imports the component.
    "components/cluster/cluster.ts": ["types"],
  },
  workspaces: {
    ".": {
      entry: [
        // Started by the Makefile, the pipeline or the command line of another tool.
        "bench/{crash,main,scale}.ts",
        // Loaded into what is measured, by path.
        "bench/processor-time.cjs",
        "tools/{ci,pull-request,setup,versions}/*.{cjs,mjs}",
        "tools/pull-request/report.ts",
        "tools/action/verdict.mjs",
        "tools/deploy/{checks,deploy}.ts",
        "tools/mirror/mirror.ts",
        "tools/upgrade/upgrade.ts",
        "tools/rehearsal/{rehearse,friday/friday}.ts",
        "tools/migrations/lint.ts",
        "vitest.*.config.ts",
        // Loaded by the runner of mutants, by path.
        "test/support/{cleared-conditions,one-seed}.ts",
        // Named in package.json, under `fridayproof`.
        "tools/checks/hooks.cjs",
        // Programs that tests start as processes of their own.
        "test/sandbox/storage/support/racer.cjs",
        "test/support/fake-pulumi.cjs",
        "test/support/kill-before-write.cjs",
        "test/tools/mutation/program/vitest.config.ts",
        "test/tools/mutation/program/*.judge.ts",
      ],
      ignoreDependencies: [
        // Started by name: our own command line, the Pulumi command line, and the two that check tarballs.
        "fridayproof",
        "pulumi",
        "@arethetypeswrong/cli",
        "publint",
        // Packs that tests write into folders of their own find it here.
        "@pulumi/policy",
        // Stryker looks for a runner's name among the plugins that stryker.config.json loads.
        "@stryker-mutator/one-process-runner",
        // The sandbox brings it: pictures of the house are drawn by what draws its graphs.
        "@hpcc-js/wasm-graphviz",
      ],
      ignoreBinaries: ["make", "mkfifo"],
    },
    cli: {
      entry: [
        // Loaded when they are needed, by bin.cjs and by main.
        "main.ts",
        "verbs/*.ts",
        // Older than any loader: plain JavaScript that bin.cjs takes apart as it loads it.
        "require-node.cjs",
      ],
    },
    // Bundled by build.mjs into one file each.
    "apps/sample": { entry: ["main.ts", "migrate/main.ts"] },
    components: {},
    guard: {},
    policies: {},
    sandbox: {
      entry: [
        // What the package shows to others.
        "*.ts",
        // Named to Node by --require: by Pulumi.yaml, and for the policies' process.
        "runtime/{end-with-parent,pack-phase,pack-preload,preload}.cjs",
      ],
    },
  },
};

export default config;
