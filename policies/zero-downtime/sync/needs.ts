/** Which objects of a sync others cannot start without: a sync waits for the earlier ones, and never reaches these. */
import { valueOr } from "../../kit/field";
import { type Finding, nameOr, violation } from "../../kit/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes";
import { namedBy } from "../../kit/named-by-pods";
import { podsOf } from "../../kit/pods";
import { remove, type Remedy, set, together } from "../../kit/remedy";
import { perStack, type Resource, type Stack } from "../../kit/resource";
import { secretsMadeBy } from "../../kit/sight";
import { deletionOf, hookOf, isAfter, isPlaced, type Turn, turnOf, turnText, waveOf } from "../../kit/sync-phase";
import { manifestKind, type ResourceType, types } from "../../kit/types";

/** An object that is needed, and who needs it first. */
interface Need {
  readonly needed: Resource;
  readonly by: Resource;
}

const keyOf = (type: ResourceType, namespace: string, name: string): string => JSON.stringify([type, namespace, name]);

/** Kinds of objects that pods name. */
const providing = [types.configMap, types.opaqueSecret, types.persistentVolumeClaim, types.serviceAccount] as const;

/** Under which names others know the object. @throws UnknownRead @throws MalformedRead */
function keysOf(resource: Resource): readonly string[] {
  if (resource.is(types.namespace)) return [keyOf(resource.type, "", objectName(resource))];
  if (resource.is(types.customResourceDefinition)) {
    const spec = resource.at("spec");
    return [`${spec.at("group").textOrEmpty()}:${spec.at("names", "kind").textOrEmpty()}`];
  }
  const namespace = namespaceOf(resource);
  if (resource.is(...providing)) return [keyOf(resource.type, namespace, objectName(resource))];
  return secretsMadeBy(resource).map((name) => keyOf(types.opaqueSecret, namespace, name));
}

/** Under which names the object knows what it cannot do without. @throws UnknownRead @throws MalformedRead */
function needsOf(resource: Resource): readonly string[] {
  const namespace = resource.at("metadata", "namespace").text();
  const [, kind = ""] = /^kubernetes:(.+:.+)$/.exec(resource.type) ?? [];
  const named = podsOf(resource)
    .flatMap(namedBy)
    .filter(({ optional }) => !optional)
    .map(({ type, field }) => keyOf(type, namespace ?? "default", field.textOrEmpty()));
  return [...(namespace === undefined ? [] : [keyOf(types.namespace, "", namespace)]), kind, ...named];
}

/** The objects that are applied after somebody who needs them, each with the one that needs it first. */
const late = perStack((stack): readonly Need[] => {
  const objects = stack.resources.filter(({ type }) => type.startsWith("kubernetes:"));
  // Without a wave or a hook everything is applied together.
  if (!objects.some((one) => valueOr(() => isPlaced(one), false))) return [];
  const turns = new Map(objects.map((one) => [one, valueOr(() => turnOf(one), undefined)]));
  const providers = new Map<string, Resource>();
  for (const one of objects) for (const key of valueOr(() => keysOf(one), [])) providers.set(key, one);
  const found = new Map<Resource, Resource>();
  for (const by of objects) {
    const turn = turns.get(by);
    if (turn === undefined) continue;
    for (const key of valueOr(() => needsOf(by), [])) {
      const needed = providers.get(key);
      const at = needed === undefined ? undefined : turns.get(needed);
      if (needed === undefined || needed === by || at === undefined || !isAfter(at, turn)) continue;
      // Another application, or CreateNamespace, may make the namespace before.
      if (needed.is(types.namespace) && !valueOr(() => isPlaced(needed), false)) continue;
      const first = turns.get(found.get(needed) ?? needed);
      if (first === undefined || isAfter(first, turn)) found.set(needed, by);
    }
  }
  return [...found].map(([needed, by]) => ({ needed, by }));
});

/** Reads whatever decides when the object is applied, what it needs and who needs it. @throws UnknownRead @throws MalformedRead */
export function readOrder(resource: Resource): unknown {
  return [isPlaced(resource), turnOf(resource), keysOf(resource), needsOf(resource)];
}

/** Names what is applied too late. */
export function* checkOrder(stack: Stack): Iterable<Finding> {
  for (const { needed, by } of late(stack)) {
    const [own, first] = [turnOf(needed), turnOf(by)];
    if (own === undefined || first === undefined) continue;
    const who = `${manifestKind(by.type)} ${nameOr(objectName(by), "of no form")}`;
    const at = own.phase === first.phase ? waveOf(needed) : hookOf(needed);
    yield violation(needed, {
      at: at.path,
      got: `${turnText(own, first)}, while the ${who}, which needs it, is in ${turnText(first, own)}`,
      expected:
        own.phase === first.phase
          ? `wave ${first.wave} or earlier: the sync waits for the ${manifestKind(by.type)}, and never comes to this object`
          : `the phase ${first.phase}: the ${manifestKind(by.type)} starts without it, or with what the release before left`,
      fix: earlier(needed, by, own, first),
    });
  }
}

/** Both in one wave: within it objects are applied by their kind, and nothing waits. */
function earlier(needed: Resource, by: Resource, own: Turn, first: Turn): Remedy {
  const wave = set(waveOf(needed), String(first.wave));
  if (own.phase === first.phase) return wave;
  if (hookOf(needed).isSet()) return together([remove(hookOf(needed)), ...before(needed, by, first)]);
  return together(before(needed, by, first));
}

/** The hook as a part of the sync itself, before the rest of it, and what it needs in its wave. */
function before(needed: Resource, by: Resource, first: Turn): readonly Remedy[] {
  const gone = deletionOf(needed).isSet() ? [remove(deletionOf(needed))] : [];
  if (first.phase !== "PreSync") return [...gone, set(waveOf(needed), String(first.wave))];
  const wave = String(Math.min(first.wave, -1));
  return [...gone, set(hookOf(by), "Sync", by), set(waveOf(by), wave, by), set(waveOf(needed), wave)];
}
