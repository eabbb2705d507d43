/**
 * Lets all rules share one reading of a resource. The policy SDK deserialises a resource's properties anew for every
 * rule; with 70 rules that is most of a preview's policy time. Rules never write to what they read, so one copy serves.
 */
import { createRequire } from "node:module";

type Deserialize = (properties: object, proxySecrets: boolean) => unknown;

/** Remembers by request message: the copy lives as long as the request. */
export function deserializeOnce(): void {
  // `import` would give a sealed view of the module; the SDK calls through the object that `require` returns.
  const sdk = createRequire(__filename)("@pulumi/policy/deserialize") as { deserializeProperties?: Deserialize };
  const original = sdk.deserializeProperties;
  // Another version of the SDK may have moved it: then every rule reads for itself, as before.
  if (typeof original !== "function") return;
  const seen = new WeakMap<object, unknown>();
  sdk.deserializeProperties = (properties, proxySecrets) => {
    // Remediations change what they are given: they get their own.
    if (proxySecrets) return original(properties, proxySecrets);
    if (!seen.has(properties)) seen.set(properties, original(properties, proxySecrets));
    return seen.get(properties);
  };
}
