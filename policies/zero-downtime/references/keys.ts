/** Keys that pods read of ConfigMaps and Secrets: a container whose key is missing never starts. */
import { slipOf } from "@fridayproof/components/core";
import type { Field } from "../../kit/reading/field";
import { type Finding, unknownValue, violation } from "../../kit/finding/finding";
import { keysIn } from "../../kit/kubernetes/configuration-keys";
import { namespaceOf } from "../../kit/kubernetes/kubernetes";
import { type Pods, podsOf } from "../../kit/kubernetes/pods";
import { example, set } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { manifestKind, type ResourceType, types } from "../../kit/reading/types";

/** One key of one object. */
interface KeyReference {
  readonly type: ResourceType;
  readonly name: string;
  readonly key: Field;
}

function expected(type: ResourceType, holder: Field, name: Field, keys: readonly Field[]): readonly KeyReference[] {
  if (holder.at("optional").flag() === true) return [];
  return keys.filter((key) => key.isSet()).map((key) => ({ type, name: name.textOrEmpty(), key }));
}

const itemsOf = (holder: Field): readonly Field[] =>
  holder
    .at("items")
    .list()
    .map((item) => item.at("key"));

function ofSource(source: Field, secretName: string): readonly KeyReference[] {
  const [map, secret] = [source.at("configMap"), source.at("secret")];
  return [
    ...expected(types.configMap, map, map.at("name"), itemsOf(map)),
    ...expected(types.opaqueSecret, secret, secret.at(secretName), itemsOf(secret)),
  ];
}

function keysOf({ containers, levels }: Pods): readonly KeyReference[] {
  const sources = containers.flatMap(({ field }) => field.at("env").list()).map((entry) => entry.at("valueFrom"));
  const volumes = levels.flatMap((level) => level.at("volumes").list());
  return [
    ...sources.flatMap((source) => {
      const [map, secret] = [source.at("configMapKeyRef"), source.at("secretKeyRef")];
      return [
        ...expected(types.configMap, map, map.at("name"), [map.at("key")]),
        ...expected(types.opaqueSecret, secret, secret.at("name"), [secret.at("key")]),
      ];
    }),
    ...volumes.flatMap((volume) => [
      ...ofSource(volume, "secretName"),
      ...volume
        .at("projected", "sources")
        .list()
        .flatMap((source) => ofSource(source, "name")),
    ]),
  ];
}

/** Keys as the API allows them: what has another form is none, and is not shown. */
const form = /^[-._a-zA-Z0-9]{1,253}$/;

/** Names keys that the object in sight has not. */
export function* checkKeys(stack: Stack, owner: Resource): Iterable<Finding> {
  const namespace = namespaceOf(owner);
  for (const { type, name, key } of podsOf(owner).flatMap(keysOf)) {
    const text = key.textOrEmpty();
    const complete = keysIn(stack, type, namespace, name);
    if (complete === undefined) continue;
    if ("unknown" in complete) {
      yield unknownValue(complete.unknown, complete.at);
      continue;
    }
    if (complete.keys.has(text)) continue;
    const word = manifestKind(type);
    yield violation(owner, {
      at: key.path,
      got: `a key ${form.test(text) ? `"${text}"` : "of no form"}, which the ${word} has not`,
      expected: `a key of the ${word}: the container does not start without it`,
      fix: meant(key, text, [...complete.keys], word),
    });
  }
}

function meant(key: Field, text: string, keys: readonly string[], word: string): Finding["fix"] {
  const shown = keys.filter((one) => form.test(one));
  const [only, other] = shown;
  const slip = slipOf(text, shown) ?? (other === undefined ? only : undefined);
  return slip === undefined
    ? `name a key that the ${word} has, or add the key to it`
    : example(set(key, slip), `add the key to the ${word}`);
}
