/** Changes one thing of a fixture. */
import { type Given, urnOf } from "./rule";

type Props = Readonly<Record<string, unknown>>;

/** Replaces the member under a dotted path (`spec.containers.0.image`); undefined removes it. */
function set(props: Props, path: string, value: unknown): Props {
  const [key = "", ...rest] = path.split(".");
  const copy: Record<string, unknown> = { ...props };
  if (rest.length === 0) {
    if (value === undefined) delete copy[key];
    else copy[key] = value;
    return copy;
  }
  const inner = copy[key];
  copy[key] = Array.isArray(inner)
    ? inner.map((item, index) => (String(index) === rest[0] ? setItem(item, rest.slice(1), value) : item))
    : set((inner ?? {}) as Props, rest.join("."), value);
  return copy;
}

function setItem(item: unknown, rest: readonly string[], value: unknown): unknown {
  return rest.length === 0 ? value : set(item as Props, rest.join("."), value);
}

/** The resource with some paths of its properties replaced. */
export function but(given: Given, changes: Props): Given {
  return {
    ...given,
    props: Object.entries(changes).reduce((props, [path, value]) => set(props, path, value), given.props as Props),
  };
}

/** A property made from other resources. */
export function from(...resources: readonly Given[]): readonly string[] {
  return resources.map(({ type, name }) => urnOf(type, name));
}
