/** Keys of ConfigMaps and Secrets, those that controllers create from declared objects included. */
import { valueOr, MalformedRead, UnknownRead, type Field } from "../reading/field";
import { namespaceOf, objectName } from "./kubernetes";
import { perStack, type Resource, type Stack } from "../reading/resource";
import { type ResourceType, types } from "../reading/types";

/** The keys of an object; undefined where others may be added outside of the declared objects. */
type Keys = readonly string[] | undefined;

const keysOf = (owner: Field): readonly string[] => owner.members().map(([key]) => key);

/** An object without content is filled in elsewhere. */
function stated(...owners: readonly Field[]): Keys {
  const all = owners.flatMap(keysOf);
  return all.length === 0 ? undefined : all;
}

/** Name of the Secret that an ExternalSecret fills. */
export function targetOfExternal(one: Resource): string {
  return one.at("spec", "target", "name").text() ?? objectName(one);
}

/** Whether an ExternalSecret only adds to a Secret that another makes. Source: external-secrets, creationPolicy. */
export function mergesExternal(one: Resource): boolean {
  return ["Merge", "None"].includes(one.at("spec", "target", "creationPolicy").textOrEmpty());
}

/** Source: external-secrets, apis/externalsecrets/v1, ExternalSecretTarget: a template replaces what was read. */
function externalKeys(one: Resource): Keys {
  const spec = one.at("spec");
  const template = spec.at("target", "template");
  if (mergesExternal(one) || template.at("templateFrom").list().length > 0) return undefined;
  const templated = keysOf(template.at("data"));
  if (templated.length > 0 && template.at("mergePolicy").text() !== "Merge") return templated;
  if (spec.at("dataFrom").list().length > 0) return undefined;
  const read = spec.at("data").list();
  const all = [...templated, ...read.map((entry) => entry.at("secretKey").textOrEmpty())];
  return all.length === 0 ? undefined : all;
}

/** Source: cert-manager, Certificate; further formats add keys of their own. */
function certificateKeys(one: Resource): Keys {
  const more = one.at("spec", "additionalOutputFormats").list().length > 0 || one.at("spec", "keystores").isSet();
  return more ? undefined : ["tls.crt", "tls.key", "ca.crt"];
}

interface Made {
  readonly type: ResourceType;
  readonly name: (one: Resource) => string;
  readonly keys: (one: Resource) => Keys;
}

const makers: ReadonlyMap<ResourceType, Made> = new Map<ResourceType, Made>([
  [
    types.configMap,
    { type: types.configMap, name: objectName, keys: (one) => stated(one.at("data"), one.at("binaryData")) },
  ],
  [
    types.opaqueSecret,
    { type: types.opaqueSecret, name: objectName, keys: (one) => stated(one.at("data"), one.at("stringData")) },
  ],
  [types.externalSecret, { type: types.opaqueSecret, name: targetOfExternal, keys: externalKeys }],
  [
    types.sealedSecret,
    {
      type: types.opaqueSecret,
      name: (one) => one.at("spec", "template", "metadata", "name").text() ?? objectName(one),
      keys: (one) => stated(one.at("spec", "encryptedData"), one.at("spec", "template", "data")),
    },
  ],
  [
    types.certificate,
    { type: types.opaqueSecret, name: (one) => one.at("spec", "secretName").textOrEmpty(), keys: certificateKeys },
  ],
]);

/** The keys of one object, or its property that is unknown in a preview. */
export type KeysInSight = { readonly keys: ReadonlySet<string> } | { readonly unknown: Resource; readonly at: string };

const idOf = (type: ResourceType, namespace: string, name: string): string => JSON.stringify([type, namespace, name]);

function seen(maker: Made, one: Resource): KeysInSight | undefined {
  try {
    const keys = maker.keys(one);
    return keys === undefined ? undefined : { keys: new Set(keys) };
  } catch (error) {
    if (error instanceof UnknownRead) return { unknown: one, at: error.path };
    if (error instanceof MalformedRead) return undefined;
    throw error;
  }
}

/** The keys of each object; unknown for an object that is declared twice or filled in elsewhere. */
const byObject = perStack((stack) => {
  const found = new Map<string, KeysInSight | undefined>();
  for (const [type, maker] of makers)
    for (const one of stack.of(type)) {
      const id = valueOr(() => idOf(maker.type, namespaceOf(one), maker.name(one)), undefined);
      if (id !== undefined) found.set(id, found.has(id) ? undefined : seen(maker, one));
    }
  return found;
});

/** The keys of the ConfigMap or Secret; undefined where they are unknown. */
export function keysIn(stack: Stack, type: ResourceType, namespace: string, name: string): KeysInSight | undefined {
  return byObject(stack).get(idOf(type, namespace, name));
}
