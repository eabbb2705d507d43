/** The value language of the Pulumi wire: plain JSON plus the sentinels for unknowns, secrets, references and output values. */
import { OUTPUT_SIG, RESOURCE_SIG, SECRET_SIG, SIG, UNKNOWN } from "@fridayproof/components/core";

export { RESOURCE_SIG, SECRET_SIG, SIG, UNKNOWN };

/** Any JSON value; sentinels are ordinary members of it. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** A resource's inputs or outputs. */
export type PropertyMap = { readonly [key: string]: Value };

/** A JSON object, that is neither null nor a list. */
export function isObject(value: Value | undefined): value is PropertyMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value that a JSON text holds, undefined where it is no JSON. */
export function parseJson(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

/** Whether the value is a secret envelope. */
export function isSecret(value: Value | undefined): value is PropertyMap {
  return isObject(value) && value[SIG] === SECRET_SIG;
}

/** Wraps a value as secret; a secret stays as it is. */
export function secret(value: Value): Value {
  return isSecret(value) ? value : { [SIG]: SECRET_SIG, value };
}

/** A reference that the SDK turns back into a live resource. */
export function resourceReference(urn: string, id?: string): Value {
  return { [SIG]: RESOURCE_SIG, urn, ...(id === undefined ? {} : { id }) };
}

/** Applies `rewrite` to every value from the leaves up. What stays as it is, is not copied: most of a run's values do. */
export function mapValue(value: Value, rewrite: (value: Value) => Value): Value {
  if (Array.isArray(value)) {
    const items = value.map((item) => mapValue(item, rewrite));
    return rewrite(items.every((item, index) => item === value[index]) ? value : items);
  }
  if (!isObject(value)) return rewrite(value);
  let copy: Record<string, Value> | undefined;
  for (const key of Object.keys(value)) {
    const member = value[key] as Value;
    const mapped = mapValue(member, rewrite);
    if (mapped === member) continue;
    copy ??= { ...value };
    copy[key] = mapped;
  }
  return rewrite(copy ?? value);
}

/** The value with every secret envelope opened. */
export function plain(value: Value): Value {
  return mapValue(value, (inner) => (isSecret(inner) ? (inner.value ?? null) : inner));
}

/** {@link plain} for a whole property map. */
export function plainMap(map: PropertyMap): PropertyMap {
  return plain(map) as PropertyMap;
}

/** The value for display: `[secret]` in place of every secret. */
export function masked(value: Value): Value {
  return mapValue(value, (inner) => (isSecret(inner) ? "[secret]" : inner));
}

/** The value with output values resolved: absent `value` is unknown, `secret` becomes an envelope. */
export function fromOutputValues(value: Value): Value {
  return mapValue(value, (inner) => {
    if (!isObject(inner) || inner[SIG] !== OUTPUT_SIG) return inner;
    const resolved = inner.value ?? UNKNOWN;
    return inner.secret === true ? secret(resolved) : resolved;
  });
}

/** The properties without those that providers and engine keep for themselves (`__defaults`, `__internal`). */
export function withoutBookkeeping(properties: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));
}

/** Whether an unknown stands anywhere inside. */
export function hasUnknown(value: Value | undefined): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return isObject(value) && Object.values(value).some(hasUnknown);
}

/** Structural equality, blind to the order of keys. */
export function equal(left: Value | undefined, right: Value | undefined): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => equal(item, right[index]));
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => key in right && equal(left[key], right[key]));
}

/**
 * Marks as secret whatever `source` held as secret at the same place: what the real engine does for a
 * provider that was handed plain values (Pulumi plugin/provider_plugin.go, annotateSecrets). A text that a provider
 * repeats elsewhere (`tagsAll`) is sealed there too, as a provider that is handed secrets does.
 */
export function keepSecrets(target: PropertyMap, source: PropertyMap): PropertyMap {
  return keepSecretsIn(target, source, secretTexts(source)) as PropertyMap;
}

/** The same for outputs, among which the kubernetes provider repeats the inputs as `__inputs`. */
export function keepSecretsInOutputs(outputs: PropertyMap, inputs: PropertyMap): PropertyMap {
  const sealed = keepSecrets(outputs, inputs);
  const repeated = sealed.__inputs;
  if (!isObject(repeated) || isSecret(repeated)) return sealed;
  return { ...sealed, __inputs: keepSecrets(repeated, inputs) };
}

function keepSecretsIn(target: Value, source: Value | undefined, texts: ReadonlySet<string>): Value {
  if (isSecret(target)) return target;
  if (isSecret(source) || (typeof target === "string" && texts.has(target))) return secret(target);
  if (Array.isArray(target)) {
    const items: readonly Value[] = Array.isArray(source) ? source : [];
    return target.map((item: Value, index) => keepSecretsIn(item, items[index], texts));
  }
  if (!isObject(target)) return target;
  const members: PropertyMap = isObject(source) ? source : {};
  const copy: Record<string, Value> = {};
  for (const [key, member] of Object.entries(target)) copy[key] = keepSecretsIn(member, members[key], texts);
  return copy;
}

/** A shorter text stands elsewhere by chance. */
const SHORTEST_SECRET = 3;

/** Texts inside of the secrets of a value, those left out that are too short to be distinct. */
export function secretTexts(value: Value): ReadonlySet<string> {
  const texts = new Set<string>();
  mapValue(value, (inner) => {
    if (isSecret(inner))
      mapValue(inner.value ?? null, (member) => {
        if (typeof member === "string" && member !== UNKNOWN && member.length >= SHORTEST_SECRET) texts.add(member);
        return member;
      });
    return inner;
  });
  return texts;
}
