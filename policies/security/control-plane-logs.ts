/** Rule control-plane-logs. */
import { violation } from "../kit/finding";
import { resourceRule } from "../kit/rule";
import { types } from "../kit/types";

/** All that EKS offers. Source: EKS API reference, LogSetup. */
const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"] as const;

/** Every log of the control plane is written. */
export const controlPlaneLogs = resourceRule({
  id: "control-plane-logs",
  group: "security",
  level: "remediate",
  forbids: "An EKS cluster that does not write all five control-plane logs.",
  prevents: "An incident that nobody can reconstruct, because the audit log was never written.",
  source: "EKS best practices, Detective controls, enable audit logs; Security Hub EKS.8",
  settings: {},
  kinds: [types.cluster],
  limits:
    "`--config fridayproof:teardown=true` lifts it for `make destroy`: a control plane that logs makes its log group again while it is deleted.",
  examples: {
    bad: "enabledClusterLogTypes: ['api', 'audit']",
    good: "enabledClusterLogTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']",
  },
  *check(cluster, _, { teardown }) {
    if (teardown) return;
    const field = cluster.at("enabledClusterLogTypes");
    const given = new Set(field.texts());
    const missing = logTypes.filter((type) => !given.has(type));
    if (missing.length === 0) return;
    yield violation(cluster, {
      at: field.path,
      got: `${logTypes.length - missing.length} of ${logTypes.length} log types, without ${missing.join(", ")}`,
      wanted: "all of them",
      fix: `set enabledClusterLogTypes to ${logTypes.join(", ")}`,
    });
  },
  remedy: () => [{ path: ["enabledClusterLogTypes"], value: logTypes }],
});
