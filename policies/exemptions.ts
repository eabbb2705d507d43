/** What third-party charts cannot do: the only place where their objects are excused, each for a reason and until a day. */
import type { Exemption } from "./kit/exemption";

/** An exemption with the rule it excuses. */
export interface RuleExemption extends Exemption {
  readonly rule: string;
}

const owner = "platform";
const expires = "2027-06-30";

function excuse(rule: string, reason: string, ...resources: readonly string[]): readonly RuleExemption[] {
  return resources.map((resource) => ({ rule, resource, reason, owner, expires }));
}

const deployment = (name: string): string => `kubernetes:apps/v1:Deployment::${name}`;
const role = (name: string): string => `kubernetes:rbac.authorization.k8s.io/v1:ClusterRole::${name}`;

const single = [
  deployment("argocd-notifications-controller"),
  deployment("kube-prometheus-stack-operator"),
  deployment("kube-prometheus-stack-kube-state-metrics"),
];
const monitoring = single.slice(1);
const noBudget = "one pod by design: it serves no traffic, and a gap delays a notification or a metric";

/** Exemptions of the rendered charts, by rule. */
export const exemptions: readonly RuleExemption[] = [
  ...excuse("min-replicas", noBudget, ...single),
  ...excuse("pdb-exactly-one", noBudget, ...monitoring),
  ...excuse("topology-spread-matches", "a single pod cannot be spread", ...monitoring),
  ...excuse(
    "pod-restricted",
    "it measures the node: host network, process table and folders are its subject",
    "kubernetes:apps/v1:DaemonSet::*prometheus-node-exporter",
  ),
  ...excuse(
    "readiness-probe",
    "its chart offers none; nobody routes requests to it",
    deployment("*cluster-autoscaler"),
  ),
  ...excuse(
    "rbac-no-admin",
    "it manages what users deploy, or objects of its own groups, and its chart offers no narrower role",
    role("argocd-application-controller"),
    role("kube-prometheus-stack-operator"),
  ),
];

/** The rows that excuse one rule. */
export function rulesOf(rows: readonly RuleExemption[], rule: string): readonly Exemption[] {
  return rows
    .filter((row) => row.rule === rule)
    .map(({ resource, reason, owner: by, expires: until }) => ({ resource, reason, owner: by, expires: until }));
}
