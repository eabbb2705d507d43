/** Pod templates: effects of one property beside those of the rollout. */
import { numbersByName } from "../../effects/transitions";
import type { Resource } from "../../plans/change";
import { isAbsent, isMap, isUnknown, listAt, valueAt, type Values } from "../../plans/values";
import {
  type Condition,
  type Conditions,
  type Context,
  degrades,
  downtime,
  type Outcome,
  unknown,
  worstOf,
} from "../core/condition";
import { named } from "../core/related";
import { claimsOf, podLabelsOf, rollout, selects } from "./workloads";

const SELECTS: readonly (readonly [type: RegExp, path: string])[] = [
  [/^kubernetes:core\/v1:Service$/, "spec.selector"],
  [/^kubernetes:policy\/[^:]+:PodDisruptionBudget$/, "spec.selector.matchLabels"],
  [/^kubernetes:networking\.k8s\.io\/[^:]+:NetworkPolicy$/, "spec.podSelector.matchLabels"],
];

function selectorOf({ type, after, before }: Resource): unknown {
  const row = SELECTS.find(([pattern]) => pattern.test(type));
  return row === undefined ? undefined : valueAt(after ?? before, row[1]);
}

/** Labels of pods: selectors with a removed label no longer match the new pods. */
function podLabels(context: Context): Outcome | undefined {
  const { index, resource, row } = context;
  const [old, next] = [podLabelsOf(resource.before), podLabelsOf(resource.after)];
  const lost = Object.keys(old).filter((key) => next[key] !== old[key]);
  if (lost.length === 0) return rollout(context);
  const known = index.plan.resources.filter((one) => selectorOf(one) !== undefined && one.operation !== "delete");
  const behind = known.filter((one) => selects(selectorOf(one), old) && !selects(selectorOf(one), next));
  if (behind.length > 0)
    return downtime(`${named(behind)} selects by a label that the new pods lack (${lost.join(", ")}): ${row.when}`);
  return index.plan.hasUnchanged && known.some((one) => selects(selectorOf(one), next))
    ? rollout(context)
    : unknown(`whether a Service, a budget or a policy selects by ${lost.join(", ")} is not in this plan: ${row.when}`);
}

/** The row applies to amounts that fall; other changes only start a rollout. */
function lessOf(context: Context): Outcome | undefined {
  const { before, after, row } = context;
  if (isUnknown(after)) return unknown(row.when);
  const [old, next] = [numbersByName(before), numbersByName(after)];
  const isLess = [...next].some(([name, amount]) => amount < (old.get(name) ?? Number.POSITIVE_INFINITY));
  return isLess ? degrades(`less than before, or a limit where there was none: ${row.when}`) : rollout(context);
}

/** A probe with other settings. */
function probe(context: Context): Outcome | undefined {
  const { before, after, row } = context;
  return isAbsent(after) && !isAbsent(before) ? rollout(context) : degrades(row.when);
}

interface Port {
  readonly name?: unknown;
  readonly containerPort?: unknown;
  readonly container_port?: unknown;
}

function portsOf(values: Values | undefined): readonly string[] {
  return listAt(values, "spec.template.spec.containers")
    .flatMap((container) => (isMap(container) ? [...listAt(container, "ports"), ...listAt(container, "port")] : []))
    .filter(isMap)
    .flatMap(({ name, containerPort, container_port: number }: Port) => [name, containerPort ?? number])
    .filter((port) => !isAbsent(port))
    .map(String);
}

/** Container ports, which a Service or a probe may refer to. */
function containerPorts(context: Context): Outcome | undefined {
  const { resource, row } = context;
  const lost = portsOf(resource.before).filter((port) => !portsOf(resource.after).includes(port));
  return lost.length === 0 ? rollout(context) : unknown(`${row.when} (${lost.join(", ")} is removed)`);
}

function volumes(context: Context): Outcome | undefined {
  const { resource, row } = context;
  const next = claimsOf(resource.after);
  const lost = claimsOf(resource.before).filter((claim) => !next.includes(claim));
  return lost.length === 0 ? rollout(context) : downtime(`${row.when} (${lost.join(", ")} is no longer mounted)`);
}

/** Every change of the template starts a rollout, beside its own effect. */
function withRollout(own: Condition): Condition {
  return (context) => worstOf([own(context), rollout(context)].filter((outcome) => outcome !== undefined));
}

/** Conditions about pod templates. */
export const podTemplate: Conditions = {
  podLabels: withRollout(podLabels),
  lessOf: withRollout(lessOf),
  probe: withRollout(probe),
  containerPorts: withRollout(containerPorts),
  volumes: withRollout(volumes),
  rollsAndMore: withRollout(({ row }) => degrades(row.when)),
  /** Another service account: its permissions and pull secrets differ from the old one's. */
  otherAccount: withRollout(({ row }) => unknown(row.when)),
};
