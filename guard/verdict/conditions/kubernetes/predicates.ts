/** Which changes rows about Kubernetes objects are about. */
import { quantityOf } from "../../effects/transitions";
import { canonical } from "../../plans/difference";
import { isAbsent, isMap, listAt, listOf, valueAt, type Values } from "../../plans/values";
import type { Context, Predicates } from "../core/condition";
import { lostVersions } from "./custom-resources";

const isDefault = (value: unknown, fallback: string): string => (isAbsent(value) ? fallback : String(value));

const pathOf = ({ path }: Context): string => path?.segments.join(".") ?? "";

const lastSegment = ({ path }: Context): string => path?.segments.at(-1) ?? "";

const isLess = ({ before, after }: Context): boolean => (quantityOf(after) ?? 0) < (quantityOf(before) ?? 0);

/** A budget's maximum of unavailable pods, which is tighter where it is less; its minimum of available ones is looser. */
const isMaximum = (context: Context): boolean => /maxUnavailable|max_unavailable/.test(pathOf(context));

const isBalancerKey = (context: Context): boolean => lastSegment(context).includes("aws-load-balancer-");

const isGuardingLabel = (context: Context): boolean =>
  /^(pod-security|istio-injection|istio\.io\/rev|elbv2\.k8s\.aws\/pod-readiness-gate-inject|policy\.|security\.|linkerd\.io)/.test(
    lastSegment(context),
  );

const subsetsOf = (values: Values | undefined): readonly Values[] => listAt(values, "spec.subsets").filter(isMap);

const replacesObjects = ({ after }: Context): boolean =>
  listOf(after).some((option) => /^(Replace|Force)=true$/.test(String(option)));

/** Whether a Rollout moves to the canary strategy, or away from it. */
function hasOtherStrategy({ resource }: Context): boolean {
  const isCanary = (values: Values | undefined): boolean => isMap(valueAt(values, "spec.strategy.canary"));
  return isCanary(resource.before) !== isCanary(resource.after);
}

/** Predicates about Kubernetes objects. */
export const kubernetesPredicates: Predicates = {
  toRecreate: ({ before, after }) => isDefault(before, "RollingUpdate") !== "Recreate" && after === "Recreate",
  fromRecreate: ({ before, after }) => before === "Recreate" && isDefault(after, "RollingUpdate") !== "Recreate",
  fromLoadBalancer: ({ before, after }) => before === "LoadBalancer" && after !== "LoadBalancer",
  toLoadBalancer: ({ before, after }) => before !== "LoadBalancer" && after === "LoadBalancer",
  betweenInnerTypes: ({ before, after }) => before !== "LoadBalancer" && after !== "LoadBalancer",
  toLocal: ({ before, after }) => isDefault(before, "Cluster") !== "Local" && after === "Local",
  toCluster: ({ before, after }) => before === "Local" && isDefault(after, "Cluster") === "Cluster",
  balancerTypeOrScheme: (context) =>
    /(loadBalancerClass|load_balancer_class|-type|-scheme|-internal)$/.test(lastSegment(context)) &&
    !/target-type$/.test(lastSegment(context)),
  balancerDetail: (context) => isBalancerKey(context) && !/(-type|-scheme|-internal)$/.test(lastSegment(context)),
  isTighter: (context) =>
    isMaximum(context) ? isLess(context) : /minAvailable|min_available/.test(pathOf(context)) ? !isLess(context) : true,
  isLooser: (context) => isLess(context) !== isMaximum(context),
  allowsAlways: ({ after }) => after === "AlwaysAllow",
  guardingLabel: isGuardingLabel,
  otherLabel: (context) => !isGuardingLabel(context),
  servedVersionGone: ({ resource }) => lostVersions(resource).length > 0,
  noVersionGone: ({ resource }) => lostVersions(resource).length === 0,
  subsetGone: ({ resource }) => {
    const next = subsetsOf(resource.after).map((subset) => subset["name"]);
    return subsetsOf(resource.before).some((subset) => !next.includes(subset["name"]));
  },
  subsetsStay: ({ resource }) => {
    const next = subsetsOf(resource.after).map(canonical);
    return subsetsOf(resource.before).every((subset) => next.includes(canonical(subset)));
  },
  replacesObjects,
  otherOptions: (context) => !replacesObjects(context),
  probeStricter: ({ before, after }) => !(isAbsent(after) && !isAbsent(before)),
  failsNow: ({ before, after }) => before === "Ignore" && isDefault(after, "Fail") === "Fail",
  ignoresNow: ({ before, after }) => isDefault(before, "Fail") === "Fail" && after === "Ignore",
  toStrict: ({ before, after }) => before !== "STRICT" && after === "STRICT",
  fromStrict: ({ before, after }) => before === "STRICT" && after !== "STRICT",
  strategyKind: hasOtherStrategy,
  sameKind: (context) => !hasOtherStrategy(context),
  notBalancer: (context) => !isBalancerKey(context),
};
