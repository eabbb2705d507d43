/** Namespaces that a preview hides, by the Namespace of the same program that they were made from. */
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
 * The resources with each unknown namespace filled in whose property was made from one declared Namespace and nothing
 * else: before the cluster exists the name passes through an output that nobody knows yet, and it is the declared one.
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
