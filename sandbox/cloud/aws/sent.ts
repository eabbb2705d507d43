/** What the provider sends in an update, where that is not the whole object: `sent.yaml`. */
import { readTable } from "../../tables";
import { equal, type PropertyMap } from "../../values/values";

/** One row of `sent.yaml`. */
interface Sent {
  readonly source: string;
  readonly function: string;
  readonly ifChanged: readonly string[];
}

/** Tags have a call of their own, for every type (internal/provider/sdkv2, tagsResourceInterceptor). */
const FOR_ALL = ["tags"];

/** The rows by type. */
export function sentRows(): Readonly<Record<string, Sent>> {
  return readTable("cloud/aws/sent.yaml");
}

/**
 * What AWS holds after an update: the new inputs, with AWS's own value wherever nothing was sent.
 * @param before the inputs as the state remembers them.
 * @param live the inputs that would make the object as it is.
 */
export function afterSending(type: string, before: PropertyMap, news: PropertyMap, live: PropertyMap): PropertyMap {
  const kept = [...FOR_ALL, ...(sentRows()[type]?.ifChanged ?? [])].filter((property) =>
    equal(before[property], news[property]),
  );
  const rest = Object.entries(news).filter(([property]) => !kept.includes(property));
  const held = kept.flatMap((property) => {
    const value = live[property];
    return value === undefined ? [] : [[property, value] as const];
  });
  return Object.fromEntries([...rest, ...held]);
}
