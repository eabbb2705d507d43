/** Fills in unknown namespaces of a preview from the Namespace of the same program that they depend on. */
import type { ResourceInput } from "./resource";
import { typeOfToken, types } from "./types";
import { isRecord, isUnknown, open } from "./value";

/** The name of a declared Namespace; undefined for everything else, and where it is unknown itself. */
function nameOf({ type, props }: ResourceInput): string | undefined {
  const metadata = isRecord(props) ? open(props["metadata"]) : undefined;
  const name = isRecord(metadata) ? open(metadata["name"]) : undefined;
  const known = typeOfToken(type) === types.namespace && typeof name === "string" && !isUnknown(name);
  return known ? name : undefined;
}

/**
 * Fills in each unknown namespace whose property depends on one declared Namespace and nothing
 * else: before the cluster exists the name is an output that is not known yet, and equal to the declared name.
 */
export function resolveNamespaces(inputs: readonly ResourceInput[]): readonly ResourceInput[] {
  const byUrn = new Map(inputs.map((input) => [input.urn ?? "", input]));
  const linked = ({ links }: ResourceInput, property: string): string | undefined => {
    const [only, ...more] = links?.[property] ?? [];
    const source = only === undefined || more.length > 0 ? undefined : byUrn.get(only);
    return source === undefined ? undefined : nameOf(source);
  };
  return inputs.map((input) => {
    const { type, props } = input;
    if (!type.startsWith("kubernetes:") || !isRecord(props)) return input;
    if (isUnknown(open(props["namespace"]))) {
      const namespace = linked(input, "namespace");
      return namespace === undefined ? input : { ...input, props: { ...props, namespace } };
    }
    const metadata = open(props["metadata"]);
    if (!isRecord(metadata) || !isUnknown(open(metadata["namespace"]))) return input;
    const namespace = linked(input, "metadata");
    return namespace === undefined ? input : { ...input, props: { ...props, metadata: { ...metadata, namespace } } };
  });
}
