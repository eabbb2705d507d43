/** A rule: a reason with its source, a pure predicate and typed settings, the same for the pack, for manifests and for tests. */
import { MalformedRead, UnknownRead } from "../reading/field";
import { type Finding, unknownValue, violation } from "../finding/finding";
import { anyPods, mayBringPods } from "../kubernetes/pods";
import type { Resource, Stack } from "../reading/resource";
import type { Settings, Values } from "./settings";
import type { ResourceType } from "../reading/types";

/** The four groups. */
export type Group = "zero-downtime" | "security" | "immutability" | "replica";
/**
 * Enforcement level by default. `remediate`, which changes the input and blocks what it cannot
 * change, is for a configuration to ask for: the pack changes nothing by itself.
 */
export type Level = "advisory" | "mandatory";

/** Facts for a predicate besides the resource. */
export interface Context {
  readonly now: Date;
  /** Whether this is a preview: nothing will be touched. */
  readonly preview: boolean;
  /** Whether the stack is being destroyed (`--config fridayproof:teardown=true`): its protections are then removed. */
  readonly teardown: boolean;
  /** Whether a person creates clusters with credentials of their own (`--config fridayproof:role=caller`). @default false */
  readonly callerCreates?: boolean;
  /** AWS account of the stack (`fridayproof:account`). @default not known */
  readonly account?: string;
  readonly stackTags: ReadonlyMap<string, string>;
  /** Whether the simulated account is checked: dates then count from the setting `asOf`. */
  readonly sandbox?: boolean;
}

/** Description of a rule; the documentation is generated from it. */
export interface About<S extends Settings> {
  /** Kebab-case, unique. */
  readonly id: string;
  readonly group: Group;
  readonly level: Level;
  /** The forbidden state, in one sentence. */
  readonly forbids: string;
  /** The outage or breach that it prevents. */
  readonly prevents: string;
  /** Source: guide and section, control number, or our own design with its reason. */
  readonly source: string;
  readonly settings: S;
  /** Facts that the rule does not have, where that matters: of Helm releases only their values, for example. */
  readonly limits?: string;
  /** A short bad and a short good declaration for the documentation. */
  readonly examples: { readonly bad: string; readonly good: string };
  /** Paths at which an unknown value cannot break the rule: no notice is given there in a preview. */
  readonly quietAt?: RegExp;
}

/** A rule about one resource at a time: it can stop an update before the resource is touched. */
export interface ResourceRule<S extends Settings = Settings> extends About<S> {
  readonly scope: "resource";
  /** Types that it checks, `anyPods` among them for every kind with pods; `kubernetes` is every Kubernetes object. */
  readonly resourceTypes: readonly ResourceType[] | "any" | "kubernetes";
  readonly check: (resource: Resource, values: Values<S>, context: Context) => Iterable<Finding>;
  /** Properties to set so that the rule holds; called only where it does not. */
  readonly remedy?: (resource: Resource, values: Values<S>) => readonly Assignment[];
}

/** One property to set, by its path from the top. */
export interface Assignment {
  readonly path: readonly string[];
  readonly value: string | number | boolean | readonly string[];
}

/** A rule about several resources together: it is checked after the preview or the update. */
export interface StackRule<S extends Settings = Settings> extends About<S> {
  readonly scope: "stack";
  readonly check: (stack: Stack, values: Values<S>, context: Context) => Iterable<Finding>;
}

/** Any rule without the types of its settings, for lists of rules. */
export type Rule = ErasedResourceRule | ErasedStackRule;
type Erased<R> = Omit<R, "check" | "remedy">;
/** A resource rule in a list. */
export interface ErasedResourceRule extends Erased<ResourceRule> {
  readonly check: (resource: Resource, values: never, context: Context) => Iterable<Finding>;
  readonly remedy?: (resource: Resource, values: never) => readonly Assignment[];
}
/** A stack rule in a list. */
export interface ErasedStackRule extends Erased<StackRule> {
  readonly check: (stack: Stack, values: never, context: Context) => Iterable<Finding>;
}

/** Declares a rule about single resources. */
export function resourceRule<S extends Settings>(
  rule: Omit<ResourceRule<S>, "scope">,
): ResourceRule<S> & { readonly scope: "resource" } {
  return { scope: "resource", ...rule };
}

/** Declares a rule about the whole stack. */
export function stackRule<S extends Settings>(
  rule: Omit<StackRule<S>, "scope">,
): StackRule<S> & { readonly scope: "stack" } {
  return { scope: "stack", ...rule };
}

/** Whether the rule checks resources of the type. */
export function concerns(rule: ErasedResourceRule, type: ResourceType): boolean {
  if (rule.resourceTypes === "kubernetes")
    return type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh:");
  return (
    rule.resourceTypes === "any" ||
    rule.resourceTypes.includes(type) ||
    (rule.resourceTypes.includes(anyPods) && mayBringPods(type))
  );
}

/**
 * Runs a predicate over one resource: findings before an unknown or malformed value are kept, and that
 * value becomes a finding of its own, so that it neither hides the others nor counts as a pass.
 */
export function guarded(resource: Resource, check: () => Iterable<Finding>): Generator<Finding> {
  return each([resource], () => resource, check);
}

/** {@link guarded} for each of several resources or parts. */
export function* each<T>(
  parts: readonly T[],
  owner: (part: T) => Resource,
  check: (part: T) => Iterable<Finding>,
): Generator<Finding> {
  for (const part of parts)
    try {
      yield* check(part);
    } catch (error) {
      yield found(owner(part), error);
    }
}

/** {@link guarded} for each resource. */
export function eachResource(
  resources: readonly Resource[],
  check: (resource: Resource) => Iterable<Finding>,
): Generator<Finding> {
  return each(resources, (resource) => resource, check);
}

/**
 * Reports the neighbours whose facts cannot be read: rules check the others without them, and a
 * neighbour that was left out without a report would count as a pass.
 */
export function* reportUnreadable(
  neighbours: readonly Resource[],
  read: (neighbour: Resource) => unknown,
): Iterable<Finding> {
  const found = eachResource(neighbours, (neighbour) => {
    read(neighbour);
    return [];
  });
  for (const finding of found)
    yield { ...finding, ...(finding.kind === "unknown" ? { neighbour: "any" as const } : {}) };
}

/** {@link reportUnreadable} for neighbours that can only suppress a finding: they are reported only where there is one. */
export function* suppressors(
  neighbours: readonly Resource[],
  read: (neighbour: Resource) => unknown,
): Iterable<Finding> {
  for (const finding of reportUnreadable(neighbours, read))
    yield finding.neighbour === undefined ? finding : { ...finding, neighbour: "suppressor" };
}

/** Findings that do not depend on neighbours: an unknown one makes none of them unknown. */
export function* certain(findings: Iterable<Finding>): Iterable<Finding> {
  for (const finding of findings) yield finding.kind === "violation" ? { ...finding, alone: true } : finding;
}

/** {@link guarded} for each part of one resource. */
export function eachPart<T>(
  resource: Resource,
  parts: readonly T[],
  check: (part: T) => Iterable<Finding>,
): Generator<Finding> {
  return each(parts, () => resource, check);
}

function found(resource: Resource, error: unknown): Finding {
  if (error instanceof UnknownRead) return unknownValue(resource, error.path);
  if (!(error instanceof MalformedRead)) throw error;
  const fault = { at: error.path, got: error.got, expected: error.expected, fix: `write ${error.expected}` };
  return { ...violation(resource, fault), malformed: true };
}
