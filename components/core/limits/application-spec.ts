/** How large the fields of an application's spec may be. */
import { choice, hardLimit, limits } from "./limit";

/** Bounds of sizes, rates and numbers that a team writes. */
export const applicationSpecLimits = limits("2026-11-30", {
  countedFailures: choice(1000, "count", {
    source: "https://sre.google/sre-book/service-level-objectives/",
    reason: "Failures up to which a gate's chances are summed exactly: above it they are chances of one in millions.",
  }),
  expectedRpsAtMost: choice(1_000_000, "requests per second", {
    source: "https://sre.google/sre-book/service-level-objectives/",
    reason: "More than one load balancer carries: who writes more means requests in a day.",
  }),
  replicasCeiling: choice(500, "count", {
    source: "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/",
    reason: "A release runs twice as many, and a namespace with more fills the nodes of a slot by itself.",
  }),
  leastCpu: choice(0.01, "cores", {
    source: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    reason: "With less a process answers no probe in time; who writes 1m means one core.",
  }),
  mostCpu: choice(192, "cores", {
    source: "https://aws.amazon.com/ec2/instance-types/",
    reason: "The largest general instances: above it no node could ever take the pod.",
  }),
  leastMemory: choice(16, "MiB", {
    source: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
    reason: "With less the container runtime starts no process.",
  }),
  mostMemory: choice(1536, "GiB", {
    source: "https://aws.amazon.com/ec2/instance-types/",
    reason: "The largest instances for memory of the general families: above it no node could ever take the pod.",
  }),
  longestPath: choice(1024, "characters", {
    source: "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
    reason: "A path is repeated in probes, smoke test and load; a longer one is a mistake.",
  }),
  journeysAtMost: choice(50, "count", {
    source: "https://sre.google/sre-book/service-level-objectives/",
    reason: "The smoke test has two minutes for all of them, one after the other.",
  }),
  longestRepository: hardLimit(255, "characters", {
    source: "https://github.com/distribution/reference/blob/main/reference.go",
    reason: "RepositoryNameTotalLengthMax: no registry and no node reads a longer name.",
  }),
  specBytes: choice(524_288, "bytes", {
    source: "https://etcd.io/docs/v3.6/dev-guide/limit/",
    reason: "etcd takes 1.5 MiB in one object; a Rollout has the variables, and its managed fields name each of them.",
  }),
});
