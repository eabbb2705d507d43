/**
 * What an API server and Argo Rollouts have against an object beyond its types, restated for the fields that fixes
 * touch. Sources: Kubernetes v1.34 pkg/apis/{core,apps,policy,autoscaling}/validation/validation.go; Argo Rollouts
 * v1.9.0 pkg/apis/rollouts/validation/validation.go.
 */
import { crdProblems, haveCrds, type KubernetesObject } from "../../support/crds";
import type { Given } from "./rule";

type Props = Readonly<Record<string, unknown>>;
const member = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((inner, key) => (inner as Props | undefined)?.[key], value);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const has = (value: unknown, key: string): boolean => member(value, key) !== undefined;
const isZero = (value: unknown): boolean => value === 0 || value === "0" || value === "0%";

/** Every fault of the object, one line each. */
export function faultsOf(given: Given): readonly string[] {
  const [, group = "", kind = ""] = /^kubernetes:([^:]+):(\w+)$/.exec(given.type) ?? [];
  if (kind === "") return [];
  const own = checks[kind] ?? [];
  const template =
    member(given.props, "spec", "template", "spec") ?? (kind === "Pod" ? member(given.props, "spec") : {});
  const apiVersion = group.replace(/^core\//, "");
  return [
    ...own.flatMap((check) => check(given.props)),
    ...podFaults(template),
    ...definitionFaults({ apiVersion, kind, ...(given.props as Props) }),
  ];
}

/** What the definition of the kind says, where there is one and the definitions are here. */
function definitionFaults(object: KubernetesObject): readonly string[] {
  if (!haveCrds) return [];
  try {
    return crdProblems(object);
  } catch (error) {
    if (String(error).includes("no definition")) return [];
    throw error;
  }
}

type Check = (props: unknown) => readonly string[];
const handlers = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"];

function podFaults(spec: unknown): readonly string[] {
  const containers = [...list(member(spec, "containers")), ...list(member(spec, "initContainers"))];
  return containers.flatMap((container) =>
    [
      member(container, "lifecycle", "preStop"),
      member(container, "lifecycle", "postStart"),
      member(container, "readinessProbe"),
      member(container, "livenessProbe"),
      member(container, "startupProbe"),
    ]
      .filter((hook) => hook !== undefined)
      .filter((hook) => handlers.filter((key) => has(hook, key)).length !== 1)
      .map(() => "one handler type is required, and no more"),
  );
}

const rollingUpdate: Check = (props) => {
  const strategy = member(props, "spec", "strategy") ?? member(props, "spec", "updateStrategy");
  const rolling = member(strategy, "rollingUpdate");
  const faults = isZero(member(rolling, "maxSurge")) && isZero(member(rolling, "maxUnavailable"));
  return [
    ...(faults ? ["maxUnavailable may not be 0 when maxSurge is 0"] : []),
    ...(member(strategy, "type") !== "RollingUpdate" && rolling !== undefined && has(strategy, "type")
      ? ["rollingUpdate may not be specified with another type"]
      : []),
  ];
};

const budget: Check = (props) =>
  has(member(props, "spec"), "minAvailable") && has(member(props, "spec"), "maxUnavailable")
    ? ["minAvailable and maxUnavailable cannot be both set"]
    : [];

const autoscaler: Check = (props) => {
  const [least, most] = [member(props, "spec", "minReplicas"), member(props, "spec", "maxReplicas")];
  return Number(least ?? 1) > Number(most ?? Infinity) ? ["maxReplicas must not be less than minReplicas"] : [];
};

/** validation.go: ValidateRolloutStrategyCanary and invalidCanary… */
const rollout: Check = (props) => {
  const strategy = member(props, "spec", "strategy");
  const canary = member(strategy, "canary");
  if (canary === undefined) return has(strategy, "blueGreen") ? [] : ["a strategy is required"];
  const routed = has(canary, "trafficRouting");
  const delayed = has(canary, "scaleDownDelaySeconds");
  const dynamic = member(canary, "dynamicStableScale") === true;
  const steps = list(member(canary, "steps"));
  return [
    ...(delayed && !routed ? ["scaleDownDelaySeconds can only be used with traffic routing"] : []),
    ...(dynamic && !routed ? ["dynamicStableScale can only be used with traffic routing"] : []),
    ...(dynamic && delayed ? ["dynamicStableScale cannot be used with scaleDownDelaySeconds"] : []),
    ...(isZero(member(canary, "maxSurge")) && isZero(member(canary, "maxUnavailable"))
      ? ["maxSurge and maxUnavailable both can not be 0"]
      : []),
    ...steps.flatMap((step) => stepFaults(step, routed)),
  ];
};

function stepFaults(step: unknown, routed: boolean): readonly string[] {
  const keys = Object.keys((step ?? {}) as Props);
  const weight = member(step, "setWeight");
  return [
    ...(keys.length === 1 ? [] : ["a step must have exactly one action"]),
    ...(weight !== undefined && (Number(weight) < 0 || Number(weight) > 100)
      ? ["setWeight is not between 0 and 100"]
      : []),
    ...(!routed && (has(step, "setCanaryScale") || has(step, "setHeaderRoute"))
      ? [`${keys.join(", ")} requires traffic routing`]
      : []),
  ];
}

const checks: Readonly<Record<string, readonly Check[]>> = {
  Deployment: [rollingUpdate],
  StatefulSet: [rollingUpdate],
  DaemonSet: [rollingUpdate],
  PodDisruptionBudget: [budget],
  HorizontalPodAutoscaler: [autoscaler],
  Rollout: [rollout],
};
