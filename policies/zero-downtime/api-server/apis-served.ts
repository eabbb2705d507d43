/** Rule apis-served. */
import { byMinor, minorOf } from "@fridayproof/components/core";
import { Field, valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { drop, fix, type Remedy, set } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { eachResource, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { servedKinds } from "../../kit/kubernetes/served-kinds";
import {
  chartVersions,
  newestMinor,
  notYet,
  type Removed,
  removedVersions,
  stableSince,
  stableVersions,
} from "../../kit/kubernetes/served-versions";
import { scalers } from "../../kit/kubernetes/scaling";
import { text } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";

/** The cluster serves the version of every object. */
export const apisServed = stackRule({
  id: "apis-served",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "An object in an API version that the cluster's minor, or the next one, does not serve.",
  prevents: "A sync that fails on the day of the upgrade, and a release that Argo CD cannot compare any more.",
  source: "https://kubernetes.io/docs/reference/using-api/deprecation-guide/; the CRDs of the pinned charts",
  settings: { minor: text(newestMinor, "Minor of Kubernetes that the objects are for.") },
  limits:
    "Kubernetes' own groups, and the kinds of the pinned charts. Other groups count where their CustomResourceDefinition is in sight. Beta versions that came after 1.24 are off unless somebody turns them on, which EKS does not.",
  examples: { bad: "apiVersion: policy/v1beta1   # gone since 1.25", good: "apiVersion: policy/v1" },
  *check(stack, { minor }) {
    const objects = stack.resources.filter(({ type }) => type.startsWith("kubernetes:"));
    yield* reportUnreadable(definitionsOf(stack), versionsOf);
    yield* eachResource(objects, function* (object) {
      yield* check(stack, object, writtenIn(object), minor);
      if (!object.is(...naming)) return;
      for (const target of targets) yield* checkTarget(stack, object, object.at("spec", target), minor);
    });
  },
});

/** Where objects name the version of another one, by which a controller looks for it. */
const naming = [...scalers, types.verticalPodAutoscaler, types.rollout] as const;
const targets = ["scaleTargetRef", "targetRef", "workloadRef"] as const;

/** Group, version and kind, and where the version stands. */
interface Written {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly at: string;
  /** Whether it is how another object is named: only the version is written there. */
  readonly refers?: boolean;
}

function written(apiVersion: string, kind: string, at: string): Written {
  const [version = "", group = "core"] = apiVersion.split("/").reverse();
  return { group, version, kind, at };
}

/** What the object is written in: a member of a list may say so itself, every other one says it by its type. */
function writtenIn(object: Resource): Written {
  const isMember = object.token.endsWith("List");
  const own = isMember || !object.props.isUnknown() ? object.at("apiVersion") : new Field(undefined, "apiVersion");
  const [, group = "", version = "", kind = ""] =
    /kubernetes:([^/:]+)\/([^:]+):(\w+?)(Patch|List)?$/.exec(object.token) ?? [];
  const stated = own.text();
  if (stated !== undefined) return written(stated, object.at("kind").text() ?? kind, own.path);
  return { group, version, kind, at: own.path };
}

function* checkTarget(stack: Stack, object: Resource, target: Field, minor: string): Iterable<Finding> {
  const field = target.at("apiVersion");
  const stated = field.text();
  if (stated === undefined) return;
  const named = written(stated, target.at("kind").textOrEmpty(), field.path);
  yield* check(stack, object, { ...named, refers: true }, minor);
}

function* check(stack: Stack, object: Resource, one: Written, minor: string): Iterable<Finding> {
  const { group, version, kind, at } = one;
  const declared = definitions(stack).get(`${group}/${kind}`);
  if (declared !== undefined) {
    if (!declared.has(version))
      yield violation(object, {
        at,
        ...unserved(
          one,
          [...declared].map((name) => `${group}/${name}`),
        ),
      });
    return;
  }
  const removed = removedOf(one);
  if (removed !== undefined) {
    yield* checkRemoved(object, one, removed, minor);
    return;
  }
  const since = stableSince[group]?.[kind];
  if (since !== undefined && (since === notYet || byMinor(since, minor) > 0)) {
    yield violation(object, { at, ...tooEarly(object, one, since) });
    return;
  }
  const served = servedOf(one);
  if (served !== undefined && !served.includes(`${prefix(group)}${version}`))
    yield violation(object, { at, ...unserved(one, served) });
}

/** A version that the cluster's minor does not serve blocks; one that the next minor does not serve is advisory. */
function* checkRemoved(object: Resource, one: Written, removed: Removed, minor: string): Iterable<Finding> {
  const gone = byMinor(removed.minor, minor) <= 0;
  if (!gone && byMinor(removed.minor, next(minor)) > 0) return;
  const { instead } = removed;
  yield violation(object, {
    at: one.at,
    got: `${shownVersion(one)}, which Kubernetes ${gone ? "has not served since" : "stops serving in"} ${removed.minor}`,
    expected: instead === "" ? "a kind that the cluster serves" : instead,
    fix: instead === "" ? fix`${drop(object)}: nothing took its place` : rewritten(one, instead),
    advisory: !gone,
  });
}

/** Kinds whose fields another version has as well. Source: Kubernetes, deprecated API migration guide. */
const sameFields = [
  "APIService",
  "CronJob",
  "CSIDriver",
  "CSINode",
  "CSIStorageCapacity",
  "PodDisruptionBudget",
  "RuntimeClass",
  "IngressClass",
  "StorageClass",
  "PriorityClass",
  "Lease",
  "Role",
  "ClusterRole",
  "RoleBinding",
  "ClusterRoleBinding",
  "VolumeAttachment",
];

/** Versions whose kinds all have the fields of the one that stands in their place. */
const sameVersions = ["apps/v1beta2", "autoscaling/v2beta2", "flowcontrol.apiserver.k8s.io/v1beta3"];

/** The version alone mends what has the same fields; everything else is written anew. */
function rewritten({ group, version, kind, at, refers }: Written, instead: string): string | Remedy {
  const same = refers === true || sameFields.includes(kind) || sameVersions.includes(`${group}/${version}`);
  return same ? set(at, instead) : `write it as ${instead}, whose fields may differ`;
}

/** Served versions, as they are written; undefined where they are not known. */
function servedOf({ group, kind }: Written): readonly string[] | undefined {
  if (servedKinds[group]?.includes(kind) === true)
    return (stableVersions[group] ?? ["v1"]).map((version) => `${prefix(group)}${version}`);
  const byVersion = Object.entries(chartVersions[group] ?? {});
  const found = byVersion.filter(([, kinds]) => kinds.includes(kind)).map(([version]) => `${group}/${version}`);
  return found.length === 0 ? undefined : found;
}

const prefix = (group: string): string => (group === "core" ? "" : `${group}/`);

function unserved(one: Written, served: readonly string[]): Pick<Finding, "got" | "expected" | "fix"> {
  const safe = served.filter((version) => form.test(version));
  const best = safe.at(-1);
  return {
    got: `${shownVersion(one)}, which the cluster does not serve`,
    expected: best === undefined ? "a version that is served" : safe.join(" or "),
    fix: best === undefined ? "take the kind's group and version from the API reference" : set(one.at, best),
  };
}

/** A kind that has no stable version yet, or none in the cluster's minor. */
function tooEarly(object: Resource, one: Written, since: string): Pick<Finding, "got" | "expected" | "fix"> {
  const isStable = since !== notYet;
  return {
    got: `${shownVersion(one)}, which the cluster does not serve`,
    expected: isStable
      ? `Kubernetes ${since}, the first minor that serves the kind`
      : "a kind that has a stable version",
    fix: fix`${drop(object)} until ${isStable ? `the cluster runs ${since}` : "one is stable"}`,
  };
}

const form = /^[a-z0-9.-]{1,63}(\/v\d{1,2}((alpha|beta)\d{1,2})?)?$/;

/** The version by its form; what stands in its place may be anything. */
function shownVersion({ group, version }: Written): string {
  const apiVersion = `${prefix(group)}${version}`;
  return form.test(apiVersion) ? apiVersion : "a version";
}

function removedOf({ group, version, kind }: Written): Removed | undefined {
  return removedVersions[`${group}/${version}`]?.find(({ kinds }) => kinds.includes(kind));
}

const next = (minor: string): string => `1.${minorOf(minor) + 1}`;

function definitionsOf(stack: Stack): readonly Resource[] {
  return stack.of(types.customResourceDefinition);
}

/** Group and kind of a definition, and the versions that it serves. */
function versionsOf(definition: Resource): readonly [string, ReadonlySet<string>] {
  const spec = definition.at("spec");
  const served = spec
    .at("versions")
    .list()
    .filter((version) => version.at("served").flag() !== false)
    .map((version) => version.at("name").textOrEmpty());
  return [`${spec.at("group").textOrEmpty()}/${spec.at("names", "kind").textOrEmpty()}`, new Set(served)];
}

/** Versions by group and kind; a definition that lists none is written in an old form. */
const definitions = perStack((stack) => {
  const found = new Map<string, ReadonlySet<string>>();
  for (const definition of definitionsOf(stack)) {
    const [key, versions] = valueOr(() => versionsOf(definition), ["", new Set<string>()] as const);
    if (versions.size > 0) found.set(key, versions);
  }
  return found;
});
