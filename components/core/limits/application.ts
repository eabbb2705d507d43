/** Numbers of an application's own manifests: its pods, its autoscaler, its releases and their thresholds. */
import { byDefault, choice, hardLimit, limits } from "./limit";

const PROBES = "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/";
const ROLLOUT = "https://argo-rollouts.readthedocs.io/en/stable/features/specification/";
const CANARY = "https://argo-rollouts.readthedocs.io/en/stable/features/canary/";
const AUTOSCALING = "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/";
const SPECIFICATION = "https://sre.google/sre-book/service-level-objectives/";

/** What every application gets that does not say otherwise. */
export const applicationLimits = limits("2026-11-29", {
  replicasMin: choice(3, "count", {
    source: AUTOSCALING,
    reason: "One pod in each of three zones: with two, the loss of a zone leaves one for all requests.",
  }),
  replicasMax: choice(10, "count", {
    source: AUTOSCALING,
    reason: "The specification's upper end; a release runs twice as many for as long as it takes.",
  }),
  replicasFloor: choice(2, "count", {
    source: AUTOSCALING,
    reason: "The fewest that the specification accepts: with one pod every eviction is an outage.",
  }),
  cpuTarget: choice(60, "percent", {
    source: AUTOSCALING,
    reason: "New pods take half a minute to serve: what is above it carries the load until then.",
  }),
  scaleDownWindow: choice(300, "seconds", {
    source: AUTOSCALING,
    reason: "The autoscaler's own default, written down: it follows no dip that is over by then.",
  }),
  readinessPeriod: choice(5, "seconds", {
    source: PROBES,
    reason: "With three failures a pod that stopped responding gets no request after fifteen seconds.",
  }),
  livenessPeriod: choice(10, "seconds", {
    source: PROBES,
    reason: "With three failures a stuck process is restarted after half a minute, and a slow one is not.",
  }),
  probeTimeout: choice(5, "seconds", {
    source: PROBES,
    reason: "The default of one second fails on a garbage collection or a busy node, and kills a pod that works.",
  }),
  probeFailures: choice(3, "count", {
    source: PROBES,
    reason: "Kubernetes' own default, written down.",
  }),
  startPeriod: choice(5, "seconds", {
    source: PROBES,
    reason: "How soon a started process is noticed.",
  }),
  startFailures: choice(24, "count", {
    source: PROBES,
    reason: "Two minutes to start before the kubelet restarts the container: a cold cache or a slow node is no crash.",
  }),
  preStop: choice(15, "seconds", {
    source: "https://github.com/istio/istio/blob/1.30.3/pilot/pkg/features/tuning.go",
    reason: "The gateway removes a stopping pod after at most ten seconds; until then requests still arrive.",
  }),
  grace: choice(60, "seconds", {
    source: "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
    reason: "preStop, and then time to finish what is in flight.",
  }),
  minReady: choice(10, "seconds", {
    source: ROLLOUT,
    reason: "A pod that crashes right after its first good probe never counts as available.",
  }),
  surge: choice(25, "percent", {
    source: ROLLOUT,
    reason: "Pods above the number while one version replaces the other; none is ever missing.",
  }),
  progressDeadline: choice(600, "seconds", {
    source: ROLLOUT,
    reason: "A version whose pods never become ready is given up after ten minutes. Analyses and pauses do not count.",
  }),
  scaleDownDelay: choice(540, "seconds", {
    source: ROLLOUT,
    reason:
      "The old version's pods stay so long for the way back. At or beyond the deadline each good release ends in a false abort (decision 50).",
  }),
  abortScaleDownDelay: choice(30, "seconds", {
    source: ROLLOUT,
    reason: "Requests that the aborted version already has are finished first.",
  }),
  replicaProgress: choice(75, "percent", {
    source: CANARY,
    reason:
      "Without it an abort waits for every stable pod, and with two of four unready it never comes (recorded with Argo Rollouts 1.9.0).",
  }),
  largestPort: hardLimit(65_535, "port", {
    source: "https://www.rfc-editor.org/rfc/rfc6335#section-6",
    reason: "A port has sixteen bits.",
  }),
  revisionHistory: choice(3, "count", {
    source: ROLLOUT,
    reason: "ReplicaSets that are kept for the way back; ten would only be in the way.",
  }),
  bake: choice(900, "seconds", {
    source: SPECIFICATION,
    reason: "The specification: fifteen minutes of all traffic on the new version before the old one goes.",
  }),
  retries: choice(2, "count", {
    source: "https://github.com/istio/istio/blob/1.30.3/pilot/pkg/networking/core/route/retry/retry.go",
    reason: "On connections that failed before the request was sent: safe for requests that must not run twice.",
  }),
  requestTimeout: choice(30, "seconds", {
    source: "https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRoute",
    reason: "No request waits longer than what a pod finishes after preStop, so a drain cuts none.",
  }),
  volumeShare: choice(0.5, "ratio", {
    source: SPECIFICATION,
    reason: "Of the requests that the expected rate brings; a quiet hour halves it and the gate still opens.",
  }),
  volumeFloor: choice(50, "count", {
    source: SPECIFICATION,
    reason:
      "Below it one failed request is two percent, and no threshold of the specification is distinguishable from chance.",
  }),
  usualErrorRatio: choice(0.001, "ratio", {
    source: SPECIFICATION,
    reason: "What a healthy service fails without a bug, where its owner has no figure; the strict profile's bound.",
  }),
  falseAlarmsAtMost: choice(0.05, "ratio", {
    source: SPECIFICATION,
    reason: "One good release in twenty sent back: people begin to release around a gate that alarms more often.",
  }),
  bugRatio: choice(0.1, "ratio", {
    source: SPECIFICATION,
    reason: "The bug of the printed time to detect: one request in ten fails.",
  }),
  trafficBack: choice(3, "seconds", {
    source: "https://argo-rollouts.readthedocs.io/en/stable/features/canary/",
    reason:
      "How long Argo Rollouts takes to move all traffic back once it has to; recorded: up to 0.9 s, on a machine with 16 rollouts at a time.",
  }),
  controllerTakeover: hardLimit(20, "seconds", {
    source: "https://github.com/argoproj/argo-rollouts/blob/v1.9.0/cmd/rollouts-controller/main.go",
    reason:
      "Until the next controller leads: a leader that ends does not give its lease back, so it runs out first; recorded 16 s to 20.3 s with Argo Rollouts 1.9.0.",
  }),
  liveWithin: choice(900, "seconds", {
    source: SPECIFICATION,
    reason: "The specification: the first 5% of traffic at most fifteen minutes after the merge.",
  }),
  migrationDeadline: choice(900, "seconds", {
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup",
    reason: "A migration that waits for a lock longer than that fails the release; the running version goes on.",
  }),
  migrationSoak: choice(86_400, "seconds", {
    source: SPECIFICATION,
    reason:
      "A day between an expand and its contract: a fault that shows once a day has shown, and nobody goes back behind the expand any more.",
    checked: "2026-11-30",
  }),
  jobDeadline: choice(3600, "seconds", {
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup",
    reason: "A scheduled job that hangs ends, or under Forbid it would be the last one that ever ran.",
  }),
  jobStartDeadline: choice(300, "seconds", {
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline",
    reason:
      "After a hundred missed starts the controller gives a CronJob up; with a deadline it counts those within it.",
  }),
  jobRetries: choice(2, "count", {
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy",
    reason: "An evicted pod is tried again; a broken job does not run until the next schedule.",
  }),
  secretRefresh: choice(3600, "seconds", {
    source: "https://external-secrets.io/latest/api/externalsecret/",
    reason: "A rotated value is in the Secret within the hour; pods read it when they start.",
  }),
  syncPoll: choice(180, "seconds", {
    source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/high_availability/",
    reason: "Argo CD polls Git every two to three minutes unless a webhook calls it sooner.",
  }),
  flagPoll: choice(15, "seconds", {
    source:
      "https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-containers-agent-configuring.html",
    reason:
      "A flag that is killed is off within sixteen seconds where the application polls the agent twice a second; the agent's default is 45 s.",
    checked: "2026-11-30",
  }),
  flagsPort: byDefault(2772, "port", {
    source:
      "https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-containers-agent-configuring.html",
    reason: "The agent's port; an application on the same port could not start beside it.",
    checked: "2026-11-30",
  }),
  longestVariable: hardLimit(131_072, "bytes", {
    source: "https://man7.org/linux/man-pages/man2/execve.2.html",
    reason: "MAX_ARG_STRLEN, 32 pages: a process with a longer variable is never started.",
    checked: "2026-11-30",
  }),
  cronJobName: hardLimit(52, "characters", {
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/",
    reason: "The controller appends eleven characters to it, and a Job's name ends at 63.",
    checked: "2026-11-30",
  }),
  podStart: choice(30, "seconds", {
    source: "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/",
    reason: "An image that the node has not, and a process that starts in a few seconds.",
  }),
});
