/** Rule control-plane-logs. */
import { retentionLimits } from "../limits/retention";
import { counted } from "@fridayproof/components/core";
import { type Finding, violation } from "../kit/finding/finding";
import { fix, set } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { resourceRule } from "../kit/rule/rule";
import { quantity } from "../kit/rule/settings";
import { types } from "../kit/reading/types";

/** All log types of EKS. Source: EKS API reference, LogSetup. */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

/** Every log type of the control plane is enabled. */
export const controlPlaneLogs = resourceRule({
  id: "control-plane-logs",
  group: "security",
  level: "mandatory",
  forbids:
    "An EKS cluster that does not write all five control-plane logs, or logs that are gone before anybody looks.",
  prevents: "An incident that nobody can reconstruct, because the audit log was never written.",
  source: "EKS best practices, Detective controls, enable audit logs; Security Hub EKS.8",
  settings: { days: quantity(retentionLimits.logRetentionAtLeast, "lower", { minimum: 1 }) },
  resourceTypes: [types.cluster, types.logGroup],
  limits:
    "`--config fridayproof:teardown=true` lifts it for `make destroy`: a control plane that logs makes its log group again while it is deleted.",
  examples: {
    bad: "enabledClusterLogTypes: ['api', 'audit']",
    good: "enabledClusterLogTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']",
  },
  *check(resource, { days }, { teardown }) {
    if (teardown) return;
    yield* resource.is(types.logGroup) ? checkRetention(resource, days) : checkTypes(resource);
  },
  remedy: (resource, { days }) =>
    resource.is(types.logGroup)
      ? [{ path: ["retentionInDays"], value: days }]
      : [{ path: ["enabledClusterLogTypes"], value: logTypes }],
});

/** Without retentionInDays CloudWatch never expires log events. */
function* checkRetention(group: Resource, days: number): Iterable<Finding> {
  const field = group.at("retentionInDays");
  const kept = field.number() ?? 0;
  if (kept === 0 || kept >= days) return;
  yield violation(group, {
    at: field.path,
    got: counted(kept, "day"),
    expected: `at least ${days} days`,
    fix: fix`${set(field, days)} or more`,
  });
}

function* checkTypes(cluster: Resource): Iterable<Finding> {
  const field = cluster.at("enabledClusterLogTypes");
  const stated = new Set(field.texts());
  const missing = logTypes.filter((type) => !stated.has(type));
  if (missing.length === 0) return;
  yield violation(cluster, {
    at: field.path,
    got: `${logTypes.length - missing.length} of ${logTypes.length} log types, without ${missing.join(", ")}`,
    expected: "all of them",
    fix: set(field, logTypes),
  });
}
