/** Ids and ARNs of the stack's own resources, replaced by their names in the program. */
import { isObject, isSecret, type PropertyMap, type Value } from "../../property/values";
import { nameOf } from "../../property/urn";

/** A resource as far as names are concerned. */
export interface NamedResource {
  readonly urn: string;
  readonly id?: string;
  readonly outputs?: PropertyMap;
}

/** Replaces ids and ARNs in a text that is one, or begins with one; other texts come back as they are. */
export type OwnNames = (text: string) => string;

/** What AWS generates: `subnet-0a1b2c3d`. A name that a person chose is left as it is. */
const GENERATED_ID = /^[a-z]+(?:-[a-z]+)*-[0-9a-f]{8,}$/;

/** What follows an ARN inside of a longer one: a path of a bucket, a version of a secret. */
const AFTER_ARN = /^[/:]/;

/** The names of these resources; the first one wins where two share an id. */
export function ownNames(resources: readonly NamedResource[]): OwnNames {
  const names = new Map<string, string>();
  for (const { urn, id, outputs = {} } of resources) {
    const name = nameOf(urn);
    for (const arn of arnsOf(outputs)) if (!names.has(arn)) names.set(arn, `arn of ${name}`);
    if (id?.startsWith("arn:") === true && !names.has(id)) names.set(id, `arn of ${name}`);
    if (id !== undefined && GENERATED_ID.test(id) && !names.has(id)) names.set(id, `id of ${name}`);
  }
  return (text) => names.get(text) ?? withinArn(text, names);
}

function arnsOf({ arn }: PropertyMap): string[] {
  const value = isObject(arn) && isSecret(arn) ? undefined : arn;
  return typeof value === "string" && value.startsWith("arn:") ? [value] : [];
}

/** `arn of logs/*` for what lies inside of an own resource. */
function withinArn(text: string, names: ReadonlyMap<string, string>): string {
  if (!text.startsWith("arn:")) return text;
  for (let end = text.length - 1; end > 0; end--) {
    const name = AFTER_ARN.test(text.slice(end)) ? names.get(text.slice(0, end)) : undefined;
    if (name !== undefined) return name + text.slice(end);
  }
  return text;
}

/** The texts of a value with own ids and ARNs replaced, for one that is printed as a whole. */
export function named(value: Value, names: OwnNames): Value {
  if (typeof value === "string") return names(value);
  if (Array.isArray(value)) return value.map((item: Value) => named(item, names));
  if (!isObject(value) || isSecret(value)) return value;
  return Object.fromEntries(Object.entries(value as PropertyMap).map(([key, member]) => [key, named(member, names)]));
}
