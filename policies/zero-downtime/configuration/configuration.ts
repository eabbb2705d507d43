/** Configuration that pods read once, when they start: its change is a release, or it reaches them one by one. */
import { type Finding, nameOr, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { type Field, valueOr } from "../../kit/reading/field";
import { mountedInPart, namedBy } from "../../kit/kubernetes/pod-references";
import { either, example, fix, set, together } from "../../kit/finding/remedy";
import { podsOf } from "../../kit/kubernetes/pods";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { manifestKind, types } from "../../kit/reading/types";

const keyOf = (kind: string, namespace: string, name: string): string => JSON.stringify([kind, namespace, name]);

/** Configuration that is declared and may change under its name. */
const changing = perStack((stack) => {
  const found = new Map<string, Resource>();
  for (const object of stack.of(types.configMap, types.opaqueSecret)) {
    const key = valueOr(() => changingKey(object), undefined);
    if (key !== undefined) found.set(key, object);
  }
  return found;
});

/** Who the object is, unless it is immutable: a change then needs another name.
 * @throws UnknownRead @throws MalformedRead */
export function changingKey(object: Resource): string | undefined {
  const key = keyOf(object.type, namespaceOf(object), objectName(object));
  return object.at("immutable").flag() === true ? undefined : key;
}

/** Ends of names that change with the content: kustomize's ten letters, hashes, versions and dates. */
const versioned = /[-.](v?\d[\w.]*|(?=[a-z0-9]*\d)[a-z0-9]{6,64}|[bcdfghkmt2456789]{10})$/;
/** Annotations of a template that change with what it reads. */
const follows = /checksum|sha\d+|hash|config-?(map-?)?version|rollme/i;
/** Controllers that restart a workload when what it reads changes. */
const reloaders = /(^|\.)(reloader\.stakater\.com|wave\.pusher\.com)\//;

/** Names what the workload reads at its start and nothing follows. */
export function* checkConfiguration(stack: Stack, workload: Resource): Iterable<Finding> {
  const namespace = namespaceOf(workload);
  if (keysOf(workload.props).some((key) => reloaders.test(key))) return;
  for (const pods of podsOf(workload)) {
    const keys = keysOf(pods.template);
    if (keys.some((key) => follows.test(key) || reloaders.test(key))) continue;
    const parts = mountedInPart(pods);
    const once = namedBy(pods).filter(({ type, field, volume }) => {
      const name = field.textOrEmpty();
      const isRead = volume === undefined || parts.has(volume);
      return isRead && !versioned.test(name) && changing(stack).has(keyOf(type, namespace, name));
    });
    const [first] = once;
    if (first === undefined) continue;
    const words = new Set(once.map(({ type, field }) => `${manifestKind(type)} ${nameOr(field.text(), "of no name")}`));
    const objects = new Set(
      once.flatMap(({ type, field }) => changing(stack).get(keyOf(type, namespace, field.textOrEmpty())) ?? []),
    );
    yield violation(workload, {
      at: first.field.path,
      got: `${[...words].join(", ")}, read when a pod starts, under a name that stays`,
      expected: "a change of configuration that is a release",
      fix: either(
        fix`${together([...objects].map((object) => set("immutable", true, object)))} and give each version a name`,
        example(
          set(pods.template.at("metadata", "annotations", "checksum/config"), unchanged),
          "another hash of what is read",
        ),
      ),
      advisory: once.every(({ type, optional }) => optional || type === types.opaqueSecret),
    });
  }
}

/** Stands for the hash of what is read. */
const unchanged = "0123456789abcdef";

function keysOf(owner: Field): readonly string[] {
  return owner
    .at("metadata", "annotations")
    .members()
    .map(([key]) => key);
}
