/** Which folder may import which, each with its reason: the direction in which data flows through the house. */
import { policyBoundaries } from "./policy-boundaries.mjs";
import { SANDBOX_ENTRIES } from "./siblings.mjs";

/** What every simulated cloud may use. */
const CLOUD = ["sandbox/property", "sandbox/storage", "sandbox/core", "sandbox/protocol", "components/core"];

/** What tools may use of the command line. */
const FROM_CLI = ["cli/require-node.cjs", "cli/context/hook-types"];

/** What every part of a run may use. */
const RUN = ["project", "property", "storage", "state", "events", "core"].map((folder) => `sandbox/${folder}`);

/**
 * One row per folder, the most specific first. `may` lists folders of the project; a folder may always import itself.
 * `packages` names what it may take from node_modules: `any`, `none`, or `no-pulumi`.
 */
export const boundaries = [
  {
    folder: "components/core",
    may: [],
    packages: "none",
    reason: "limits, units and checks are read by policies and guard too, so they must load in a millisecond",
  },
  {
    folder: "components/charts",
    may: ["components/core"],
    packages: "any",
    reason: "how a chart is installed is the same for every component, so it depends on none of them",
  },
  {
    folder: "components/aws",
    may: ["components/core"],
    packages: "any",
    reason: "permissions, keys and the order of AWS's answers are the same for every component, so it depends on none",
  },
  {
    folder: "components/plan.ts",
    may: ["components"],
    packages: "none",
    reason: "environments and checks plan with it before Pulumi is loaded",
  },
  {
    folder: "components/*",
    may: ["components/core", "components/charts", "components/aws"],
    packages: "any",
    reason: "components meet as arguments: the stack passes ids from one to the other, so each can be tested alone",
  },
  {
    folder: "stacks/inputs",
    may: ["components/core", "stacks/env.lock.json"],
    packages: "any",
    reason: "what a run is given is read before any environment is looked at",
  },
  {
    folder: "stacks/environments",
    may: ["components/core", "components/plan", "stacks/inputs"],
    packages: "no-pulumi",
    reason: "an environment is plain data, checked before anything is declared",
  },
  {
    folder: "stacks/account",
    may: ["components", "stacks/inputs", "stacks/environments"],
    packages: "any",
    reason: "the account stands before any environment's program runs, and reads those as data alone",
  },
  {
    folder: "stacks/transition",
    may: ["components/core", "components/plan", "stacks/inputs", "stacks/environments"],
    packages: "any",
    reason: "allowed changes to the deployed state are decided on data, before the program declares anything",
  },
  {
    folder: "stacks/policies",
    may: ["policies/exemption"],
    packages: "none",
    reason: "the configuration of the pack for our environments is data in the pack's own form",
  },
  {
    folder: "stacks",
    may: ["components"],
    packages: "any",
    reason: "the program is what `pulumi up` runs on AWS: nothing of the sandbox, the guard or the command line",
  },
  { folder: "apps/sample", may: [], packages: "any", reason: "an image of its own needs no code of the platform" },
  {
    folder: "apps",
    may: ["components/delivery"],
    packages: "any",
    reason: "an application is a typed spec; what becomes of it is decided by components/delivery",
  },
  ...policyBoundaries,
  {
    folder: "guard",
    may: ["components/core"],
    packages: "no-pulumi",
    reason: "the guard reads plans and states as data, from the real engine and the sandbox alike",
  },
  { folder: "sandbox/core", may: [], packages: "none", reason: "errors concern every part" },
  {
    folder: "sandbox/property",
    may: ["sandbox/core", "components/core"],
    packages: "no-pulumi",
    reason: "state, clouds and engine share property values, so these depend on none of them",
  },
  {
    folder: "sandbox/storage",
    may: ["sandbox/core", "components/core"],
    packages: "no-pulumi",
    reason: "files and locks are the same whatever is in them",
  },
  {
    folder: "sandbox/state",
    may: ["sandbox/property", "sandbox/storage", "sandbox/core"],
    packages: "no-pulumi",
    reason: "a state is data: it can be read without an engine",
  },
  {
    folder: "sandbox/events",
    may: ["sandbox/property", "sandbox/state", "sandbox/core"],
    packages: "no-pulumi",
    reason: "display and command line read a run's events, and load no engine for it",
  },
  {
    folder: "sandbox/protocol",
    may: ["sandbox/property"],
    packages: "none",
    reason: "what an engine and a cloud agree on belongs to neither",
  },
  {
    folder: "sandbox/project",
    may: ["sandbox/core", "sandbox/storage"],
    packages: "no-pulumi",
    reason: "where a project keeps its files is read before anything is loaded",
  },
  {
    folder: "sandbox/cloud/aws",
    may: [...CLOUD, "sandbox/cloud/account", "sandbox/cloud/tables"],
    packages: "no-pulumi",
    reason: "AWS is simulated on the account alone, whatever else runs in it",
  },
  {
    folder: "sandbox/cloud",
    may: CLOUD,
    packages: "no-pulumi",
    reason: "the simulated clouds serve the embedded engine and a real one alike, so they depend on neither",
  },
  {
    folder: "sandbox/engine",
    may: ["sandbox/property", "sandbox/state", "sandbox/events", "sandbox/core", "sandbox/protocol"],
    packages: "no-pulumi",
    reason: "the engine decides on plain data; programs, clouds and rules reach it through one interface each",
  },
  {
    folder: "sandbox/analyzer",
    may: [...RUN, "sandbox/engine/policy-runner"],
    packages: "any",
    reason: "policies read goals and states of either engine",
  },
  {
    folder: "sandbox/host",
    may: [...RUN, "sandbox/protocol", "sandbox/engine"],
    packages: "any",
    reason: "the program's host hands requests to the engine; which cloud serves them is not its business",
  },
  {
    folder: "sandbox/plugin-server",
    may: ["sandbox/property", "sandbox/protocol", "sandbox/core"],
    packages: "any",
    reason: "a real engine calls any provider through the same server",
  },
  {
    folder: "sandbox/pulumi-cli",
    may: [
      "sandbox/project",
      "sandbox/property",
      "sandbox/storage",
      "sandbox/state",
      "sandbox/events",
      "sandbox/core",
      "sandbox/cloud",
      "sandbox/host",
      "sandbox/analyzer",
      "sandbox/plugin-server",
    ],
    packages: "no-pulumi",
    reason: "with a real CLI its own engine decides: the embedded one takes no part",
  },
  {
    folder: "sandbox/runtime",
    may: [],
    packages: "any",
    reason: "what is loaded before the program takes nothing of the sandbox along",
  },
  {
    folder: "sandbox/display",
    may: ["sandbox/property", "sandbox/events", "sandbox/cloud", "components/core"],
    packages: "no-pulumi",
    reason: "what is displayed is made from events and from the account",
  },
  {
    folder: "sandbox",
    may: [],
    packages: "any",
    reason: "the sandbox runs the program as a program, as the real engine would, never as a library",
  },
  {
    folder: "cli/context",
    may: [...SANDBOX_ENTRIES, "components/core", "components/plan"],
    packages: "any",
    reason: "flags and folders are read before a verb does anything",
  },
  {
    folder: "cli/stack",
    may: ["cli/context", "guard", ...SANDBOX_ENTRIES, "components/core"],
    packages: "any",
    reason: "what verbs do with a stack is the same for each of them",
  },
  {
    folder: "cli",
    may: [
      "guard",
      ...SANDBOX_ENTRIES,
      "components/core",
      "policies/exemption",
      "policies/manifests",
      "policies/rules",
      "policies/schedule",
    ],
    packages: "any",
    reason: "the command line is a thin cover over guard, the sandbox's entry points and the policies' rule arrays",
  },
  {
    folder: "bench",
    may: [...SANDBOX_ENTRIES, "policies", "components/core"],
    packages: "any",
    reason: "benchmarks start processes as a user does, use the entry points, and time the rules by themselves",
  },
  {
    folder: "tools",
    may: ["apps/sample", "sandbox", "components", "stacks", "policies", "guard", ...FROM_CLI],
    packages: "any",
    reason: "tools generate from every part of the product; of cli they use the Node check and the hooks' types",
  },
];
