/** Objects of environments, applications and cases as they are applied. */
import { OUTPUT_SIG, SECRET_SIG, UNKNOWN } from "../../components/core";
import type { Applied } from "../support/cluster/api-server";
import type { Case } from "../policies/support/rule";

const HIDDEN = [UNKNOWN, SECRET_SIG, OUTPUT_SIG];

/** The object of a resource; undefined for what is none of the cluster's, and for one whose values are not all known. */
export function objectOf(type: string, name: string, props: unknown): Applied | undefined {
  const [, group, kind] = /^kubernetes:([^:]+):(\w+)$/.exec(type) ?? [];
  const text = JSON.stringify(props) as string | undefined;
  if (group === undefined || kind === undefined || group.startsWith("helm.sh") || text === undefined) return undefined;
  if (HIDDEN.some((mark) => text.includes(mark))) return undefined;
  const inputs = JSON.parse(text) as Partial<Applied>;
  const named = { name: name.toLowerCase().replace(/[^a-z0-9.-]/g, "-"), ...inputs.metadata };
  return { ...inputs, apiVersion: inputs.apiVersion ?? group.replace(/^core\//, ""), kind, metadata: named };
}

/** The objects of a case. */
export function objectsOf({ resources }: Case): readonly Applied[] {
  return resources.flatMap(({ type, name, props }) => objectOf(type, name, props) ?? []);
}
