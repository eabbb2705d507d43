/** Places in a resource at which something can be changed, with the path that a comparison has for each. */
import { SECRET_SIG, SIG } from "@fridayproof/components/core";
import type { Row } from "./support";

/** Where a value stands: what holds it, and its path. */
export interface Spot {
  readonly path: string;
  readonly set: (value: unknown) => void;
  readonly value: unknown;
}

/** A member of a path. */
export const named = (path: string, key: string): string =>
  /^[\w-]+$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;

/** Every value without parts and every map within, documents in texts included; a secret counts as one place. */
function spotsOf(spot: Spot, leaves: Spot[], maps: Spot[]): void {
  const { path, value, set } = spot;
  if (typeof value === "string" && /^\s*[[{]/.test(value)) {
    const document = parsed(value);
    if (document !== undefined) {
      const write = (): void => set(JSON.stringify(document));
      return spotsOf({ path, value: document, set: write }, wrapped(leaves, write), wrapped(maps, write));
    }
  }
  if (typeof value !== "object" || value === null) {
    leaves.push(spot);
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item: unknown, index) =>
      spotsOf({ path: `${path}[${index}]`, value: item, set: (next) => (value[index] = next) }, leaves, maps),
    );
    return;
  }
  const map = value as Record<string, unknown>;
  if (map[SIG] === SECRET_SIG) {
    leaves.push({ path, value: "secret", set: () => (map["value"] = { seeded: "a secret nobody may see" }) });
    return;
  }
  maps.push(spot);
  for (const key of Object.keys(map))
    spotsOf({ path: named(path, key), value: map[key], set: (next) => (map[key] = next) }, leaves, maps);
}

/** A list that takes spots in a document: what is set there is written into the text. */
function wrapped(spots: Spot[], write: () => void): Spot[] {
  return new Proxy(spots, {
    get: (target, key) =>
      key === "push"
        ? (spot: Spot) => target.push({ ...spot, set: (value) => (spot.set(value), write()) })
        : (Reflect.get(target, key) as unknown),
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Every place of a row's inputs. */
export function spots(row: Row): { readonly leaves: Spot[]; readonly maps: Spot[] } {
  const [leaves, maps]: [Spot[], Spot[]] = [[], []];
  spotsOf({ path: "inputs", value: row.inputs ?? {}, set: () => undefined }, leaves, maps);
  return { leaves, maps };
}
