/** Every exemption, each for a reason and until a day: what third-party charts cannot do, and what the program needs because of it. */
import type { RuleExemption } from "@fridayproof/policies/exemption";

/** Who owns the rows, and the last day on which they hold: within a year of their review. */
export const answers = { owner: "platform", expires: "2027-06-30" } as const;
const file = "stacks/policies/exemptions.ts";

function exempt(rule: string, reason: string, ...resources: readonly string[]): readonly RuleExemption[] {
  return resources.map((resource) => ({ rule, resource, reason, ...answers, file }));
}

const deployment = (name: string): string => `kubernetes:apps/v1:Deployment::${name}`;
const role = (name: string): string => `kubernetes:rbac.authorization.k8s.io/v1:ClusterRole::${name}`;

const single = [
  deployment("argocd/argocd-notifications-controller"),
  deployment("monitoring/kube-prometheus-stack-operator"),
  deployment("monitoring/kube-prometheus-stack-kube-state-metrics"),
];
const onePod = "one pod by design: it serves no traffic, and a gap delays a notification or a metric";

const gate = (name: string): string =>
  `kubernetes:argoproj.io/v1alpha1:ClusterAnalysisTemplate::*-argo-rollouts-${name}`;

/**
 * What the program itself declares: `tools/generate/policy-config.ts` gives these rows to the pack of every environment. They
 * go by the name in the program, because the first preview of a cluster hides what its objects are called.
 */
export const stackExemptions: readonly RuleExemption[] = [
  ...exempt(
    "psa-enforced",
    "the node exporter in it reads the node's network, processes and folders, which every stricter level refuses",
    "kubernetes:core/v1:Namespace::*-monitoring-crds-namespace",
  ),
  ...exempt(
    "analysis-strength",
    "it runs in the background and can only end a release: the gates between the steps decide without data",
    gate("error-tripwire"),
  ),
  ...exempt("image-digest", "its image is an argument: the release that sets it is checked", gate("smoke")),
];

/** Where an environment protects what it has: elsewhere the rule is off, and an exemption would excuse nothing. */
export const protectionExemptions: readonly RuleExemption[] = exempt(
  "protect-critical",
  "they go with their NAT gateways, which nat-per-az keeps: protected, a plan without one would end at Pulumi, before any rule reports why",
  "aws:ec2/eip:Eip::network-nat-*-address",
);

/** What the account has once for all environments: states and the trail are not copied. */
export const foundationExemptions: readonly RuleExemption[] = [
  ...exempt(
    "replica-data-keys",
    "the state of each environment is in the environment's own region: no leg needs the other's",
    "aws:s3/bucket:Bucket::state-bucket-*",
  ),
  ...exempt(
    "replica-data-keys",
    "the trail is lost with its region, and every drill reports so: no leg reads it to come up",
    "aws:s3/bucket:Bucket::trail-bucket",
  ),
];

/** Objects of the rendered charts, which only `lint-manifests` reads. */
const chartExemptions: readonly RuleExemption[] = [
  ...exempt("min-replicas", onePod, ...single),
  ...exempt(
    "pod-restricted",
    "it measures the node: host network, process table and folders are its subject",
    "kubernetes:apps/v1:DaemonSet::monitoring/*prometheus-node-exporter",
  ),
  ...exempt(
    "readiness-probe",
    "its chart offers none; no requests are routed to it",
    deployment("kube-system/*cluster-autoscaler"),
  ),
  ...exempt(
    "rbac-no-admin",
    "it manages what users deploy, or objects of its own groups, and its chart offers no narrower role",
    role("argocd-application-controller"),
    role("kube-prometheus-stack-operator"),
  ),
];

/** All of them: what rendered YAML is checked with. */
export const exemptions: readonly RuleExemption[] = [...stackExemptions, ...chartExemptions];
