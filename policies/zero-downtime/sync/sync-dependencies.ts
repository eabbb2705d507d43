/** Dependencies between objects of a sync: it waits for the earlier objects, and never applies those that they depend on. */
import { valueOr } from "../../kit/reading/field";
import { type Finding, nameOr, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { namedBy } from "../../kit/kubernetes/pod-references";
import { podsOf } from "../../kit/kubernetes/pods";
import { remove, type Remedy, set, together } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { secretsMadeBy } from "../../kit/kubernetes/inventory";
import {
  deletionOf,
  hookOf,
  isAfter,
  statesTurn,
  type Turn,
  turnOf,
  turnText,
  waveOf,
} from "../../kit/argo-cd/sync-phase";
import { manifestKind, type ResourceType, types } from "../../kit/reading/types";

/** An object and when it is applied. */
interface Scheduled {
  readonly one: Resource;
  readonly turn: Turn;
}

const keyOf = (type: ResourceType, namespace: string, name: string): string => JSON.stringify([type, namespace, name]);

/** Kinds of objects that pods name. */
const providing = [types.configMap, types.opaqueSecret, types.persistentVolumeClaim, types.serviceAccount] as const;

/** Keys by which other objects name this one. @throws UnknownRead @throws MalformedRead */
function keysOf(resource: Resource): readonly string[] {
  if (resource.is(types.namespace)) return [keyOf(resource.type, "", objectName(resource))];
  if (resource.is(types.customResourceDefinition)) {
    const spec = resource.at("spec");
    return [`kubernetes:${spec.at("group").textOrEmpty()}:${spec.at("names", "kind").textOrEmpty()}`];
  }
  const namespace = namespaceOf(resource);
  if (resource.is(...providing)) return [keyOf(resource.type, namespace, objectName(resource))];
  return secretsMadeBy(resource).map((name) => keyOf(types.opaqueSecret, namespace, name));
}

/** Keys of the objects without which this one cannot start. @throws UnknownRead @throws MalformedRead */
function dependenciesOf(resource: Resource): readonly string[] {
  const namespace = namespaceOf(resource);
  const named = podsOf(resource)
    .flatMap(namedBy)
    .filter(({ optional }) => !optional)
    .map(({ type, field }) => keyOf(type, namespace, field.textOrEmpty()));
  return [keyOf(types.namespace, "", namespace), resource.type, ...named];
}

/** The objects that are applied after one that depends on them, each with the first that does. */
const late = perStack((stack): readonly (readonly [needed: Scheduled, by: Scheduled])[] => {
  const all = stack.resources.flatMap((one): readonly Scheduled[] => {
    const turn = valueOr(() => turnOf(one), undefined);
    return turn === undefined ? [] : [{ one, turn }];
  });
  const providers = new Map<string, Scheduled>();
  for (const scheduled of all)
    for (const key of valueOr(() => keysOf(scheduled.one), [])) providers.set(key, scheduled);
  const found = new Map<Scheduled, Scheduled>();
  for (const by of all)
    for (const key of valueOr(() => dependenciesOf(by.one), [])) {
      const needed = providers.get(key);
      if (needed === undefined || !isAfter(needed.turn, by.turn)) continue;
      // Another application, or CreateNamespace, may make the namespace before.
      if (needed.one.is(types.namespace) && !statesTurn(needed.one)) continue;
      const first = found.get(needed);
      if (first === undefined || isAfter(first.turn, by.turn)) found.set(needed, by);
    }
  return [...found];
});

/** Reads whatever decides when the object is applied, what it needs and who needs it. @throws UnknownRead @throws MalformedRead */
export function readOrder(resource: Resource): unknown {
  return [statesTurn(resource), turnOf(resource), keysOf(resource), dependenciesOf(resource)];
}

/** Names what is applied too late. */
export function* checkOrder(stack: Stack): Iterable<Finding> {
  for (const [{ one: needed, turn: own }, { one: by, turn: first }] of late(stack)) {
    const kind = manifestKind(by.type);
    const who = `${kind} ${nameOr(objectName(by), "of no form")}`;
    const at = own.phase === first.phase ? waveOf(needed) : hookOf(needed);
    yield violation(needed, {
      at: at.path,
      got: `${turnText(own, first)}, while the ${who}, which needs it, is in ${turnText(first, own)}`,
      expected:
        own.phase === first.phase
          ? `wave ${first.wave} or earlier: the sync waits for the ${kind}, and never comes to this object`
          : `the phase ${first.phase}: the ${kind} starts without it, or with what the release before left`,
      fix: earlier(needed, by, own, first),
    });
  }
}

/** Both in one wave: within it objects are applied by their kind, and nothing waits. */
function earlier(needed: Resource, by: Resource, own: Turn, first: Turn): Remedy {
  if (own.phase === first.phase) return set(waveOf(needed), String(first.wave));
  const off = [hookOf(needed), deletionOf(needed)].filter((field) => field.isSet()).map((field) => remove(field));
  if (first.phase !== "PreSync") return together([...off, set(waveOf(needed), String(first.wave))]);
  // The hook becomes a part of the sync itself, before the rest of it.
  const wave = String(Math.min(first.wave, -1));
  return together([...off, set(hookOf(by), "Sync", by), set(waveOf(by), wave, by), set(waveOf(needed), wave)]);
}
