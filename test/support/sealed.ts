/** Whether what a state seals stands anywhere else in it in the clear. */
import type { ResourceState } from "../../sandbox/state/resource-state";
import { joinPath } from "../../sandbox/property/paths";
import { isObject, isSecret, mapValue, plain, UNKNOWN, type Value } from "../../sandbox/property/values";

/** Shorter texts, such as `true` or a port, stand in many places by chance. */
const TELLING = 8;

function texts(value: Value): string[] {
  const found: string[] = [];
  mapValue(plain(value), (inner) => {
    if (typeof inner === "string" && inner.length >= TELLING && inner !== UNKNOWN) found.push(inner);
    return inner;
  });
  return found;
}

/** Every text that stands in a secret. */
export function sealedTexts(rows: readonly ResourceState[]): Set<string> {
  const sealed = new Set<string>();
  for (const { inputs = {}, outputs = {} } of rows)
    mapValue([inputs, outputs], (inner) => {
      if (isSecret(inner)) for (const text of texts(inner)) sealed.add(text);
      return inner;
    });
  return sealed;
}

/** Where a sealed text, alone or within another, can be read: `<urn> outputs.__inputs.data`. */
export function clearSecrets(rows: readonly ResourceState[]): string[] {
  const sealed = [...sealedTexts(rows)];
  const leaks: string[] = [];
  const walk = (value: Value | undefined, where: string): void => {
    if (isSecret(value)) return;
    if (typeof value === "string" && sealed.some((text) => value.includes(text))) leaks.push(where);
    if (Array.isArray(value)) value.forEach((item: Value, index) => walk(item, joinPath(where, index)));
    if (isObject(value)) for (const [key, member] of Object.entries(value)) walk(member, joinPath(where, key));
  };
  for (const { urn, inputs, outputs } of rows) {
    walk(inputs, `${urn} inputs`);
    walk(outputs, `${urn} outputs`);
  }
  return leaks;
}
