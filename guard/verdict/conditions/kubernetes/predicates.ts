/** Which changes rows about Kubernetes objects are about. */
import { quantityOf } from "../../effects/transitions";
import type { Resource } from "../../plans/change";
import { canonical } from "../../plans/difference";
import { isAbsent, isMap, listAt, listOf, valueAt } from "../../plans/values";
import type { Predicates } from "../core/condition";

const isDefault = (value: unknown, fallback: string): string => (isAbsent(value) ? fallback : String(value));

/** Predicates about Kubernetes objects. */
export const kubernetesPredicates: Predicates = {
  toRecreate: ({ before, after }) => isDefault(before, "RollingUpdate") !== "Recreate" && after === "Recreate",
  fromRecreate: ({ before, after }) => before === "Recreate" && isDefault(after, "RollingUpdate") !== "Recreate",
  fromLoadBalancer: ({ before, after }) => before === "LoadBalancer" && after !== "LoadBalancer",
  toLoadBalancer: ({ before, after }) => before !== "LoadBalancer" && after === "LoadBalancer",
  betweenInnerTypes: ({ before, after }) => before !== "LoadBalancer" && after !== "LoadBalancer",
  toLocal: ({ before, after }) => isDefault(before, "Cluster") !== "Local" && after === "Local",
  toCluster: ({ before, after }) => before === "Local" && isDefault(after, "Cluster") === "Cluster",
  balancerTypeOrScheme: ({ path }) =>
    /(loadBalancerClass|load_balancer_class|-type|-scheme|-internal)$/.test(path?.segments.at(-1) ?? "") &&
    !/target-type$/.test(path?.segments.at(-1) ?? ""),
  balancerDetail: ({ path }) =>
    /aws-load-balancer-/.test(path?.segments.at(-1) ?? "") &&
    !/(-type|-scheme|-internal)$/.test(path?.segments.at(-1) ?? ""),
  isTighter: ({ path, before, after }) => {
    const isLess = (quantityOf(after) ?? 0) < (quantityOf(before) ?? 0);
    return /maxUnavailable|max_unavailable/.test(path?.segments.join(".") ?? "")
      ? isLess
      : /minAvailable|min_available/.test(path?.segments.join(".") ?? "")
        ? !isLess
        : true;
  },
  isLooser: ({ path, before, after }) => {
    const isLess = (quantityOf(after) ?? 0) < (quantityOf(before) ?? 0);
    return /maxUnavailable|max_unavailable/.test(path?.segments.join(".") ?? "") ? !isLess : isLess;
  },
  allowsAlways: ({ after }) => after === "AlwaysAllow",
  guardingLabel: ({ path }) =>
    /^(pod-security|istio-injection|istio\.io\/rev|elbv2\.k8s\.aws\/pod-readiness-gate-inject|policy\.|security\.|linkerd\.io)/.test(
      path?.segments.at(-1) ?? "",
    ),
  otherLabel: ({ path }) =>
    !/^(pod-security|istio-injection|istio\.io\/rev|elbv2\.k8s\.aws\/pod-readiness-gate-inject|policy\.|security\.|linkerd\.io)/.test(
      path?.segments.at(-1) ?? "",
    ),
  servedVersionGone: ({ resource }) => {
    const served = (values: Resource["before"]): readonly unknown[] =>
      listAt(values, "spec.versions")
        .filter(isMap)
        .filter((version) => version["served"] !== false)
        .map((version) => version["name"]);
    return served(resource.before).some((name) => !served(resource.after).includes(name));
  },
  noVersionGone: ({ resource }) => {
    const served = (values: Resource["before"]): readonly unknown[] =>
      listAt(values, "spec.versions")
        .filter(isMap)
        .filter((version) => version["served"] !== false)
        .map((version) => version["name"]);
    return served(resource.before).every((name) => served(resource.after).includes(name));
  },
  subsetGone: ({ resource }) => {
    const next = listAt(resource.after, "spec.subsets")
      .filter(isMap)
      .map((subset) => subset["name"]);
    return listAt(resource.before, "spec.subsets")
      .filter(isMap)
      .some((subset) => !next.includes(subset["name"]));
  },
  subsetsStay: ({ resource }) => {
    const next = listAt(resource.after, "spec.subsets")
      .filter(isMap)
      .map((subset) => canonical(subset));
    return listAt(resource.before, "spec.subsets")
      .filter(isMap)
      .every((subset) => next.includes(canonical(subset)));
  },
  replacesObjects: ({ after }) => listOf(after).some((option) => /^(Replace|Force)=true$/.test(String(option))),
  otherOptions: ({ after }) => !listOf(after).some((option) => /^(Replace|Force)=true$/.test(String(option))),
  probeStricter: ({ before, after }) => !(isAbsent(after) && !isAbsent(before)),
  failsNow: ({ before, after }) => before === "Ignore" && isDefault(after, "Fail") === "Fail",
  ignoresNow: ({ before, after }) => isDefault(before, "Fail") === "Fail" && after === "Ignore",
  toStrict: ({ before, after }) => before !== "STRICT" && after === "STRICT",
  fromStrict: ({ before, after }) => before === "STRICT" && after !== "STRICT",
  strategyKind: ({ resource }) =>
    isMap(valueAt(resource.before, "spec.strategy.canary")) !== isMap(valueAt(resource.after, "spec.strategy.canary")),
  sameKind: ({ resource }) =>
    isMap(valueAt(resource.before, "spec.strategy.canary")) === isMap(valueAt(resource.after, "spec.strategy.canary")),
  notBalancer: ({ path }) => !/aws-load-balancer-/.test(path?.segments.at(-1) ?? ""),
};
