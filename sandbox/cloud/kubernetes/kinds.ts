/** Kubernetes kinds: which API serves them, which live in a namespace, and which properties cannot change in place. */
import { chartsWithKind, servedVersions } from "../charts/inventory";
import { readTable } from "../tables/tables";

/** Type of a Helm release. */
export const RELEASE = "kubernetes:helm.sh/v3:Release";

/** The whole of `kinds.yaml`. */
interface Kinds {
  readonly builtIn: Readonly<Record<string, string>>;
  readonly clusterWide: readonly string[];
  readonly withPods: readonly string[];
  readonly replacing: Readonly<Record<string, readonly string[]>>;
  readonly names: readonly { kinds?: readonly string[]; max?: number; pattern: string; rule: string }[];
  readonly finalizers: Readonly<Record<string, { chart: string; always: readonly string[] }>>;
}

/** The parsed `kinds.yaml`. */
export function kinds(): Kinds {
  return readTable("kubernetes/kinds.yaml");
}

/** What a token such as `kubernetes:apps/v1:Deployment` names. */
export interface Kind {
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** Part of the API server, without any chart. */
  readonly builtIn: boolean;
}

/** Reads a type token. */
export function kindOf(token: string): Kind {
  const [, groupVersion = "", kind = ""] = token.split(":");
  const apiVersion = groupVersion.replace(/^core\//, "");
  const [version = "", group = ""] = apiVersion.split("/").reverse();
  const known = (kinds().builtIn[apiVersion] ?? "").split(" ");
  const builtIn = known.includes(kind) || known.includes(`${kind}*`);
  const isWide = builtIn
    ? known.includes(`${kind}*`)
    : kind.startsWith("Cluster") || kinds().clusterWide.includes(kind);
  return { apiVersion, group, version, kind, namespaced: !isWide, builtIn };
}

/** The resource as messages name it: `deployments.apps`. */
export function pluralOf({ kind, group }: Kind): string {
  const lower = kind.toLowerCase();
  const plural = /(s|x|ch)$/.test(lower) ? `${lower}es` : `${lower}s`.replace(/ys$/, "ies");
  return group === "" ? plural : `${plural}.${group}`;
}

/** Charts one of which must be released before objects of this kind; empty when no chart would help. */
export function broughtBy({ kind, group, version }: Kind): string[] {
  const served = servedVersions(kind, group);
  return served.length > 0 && !served.includes(version) ? [] : chartsWithKind(kind, group);
}

/** Paths that replace an object of this kind. @param keepsData whether the provider changes its data in place. */
export function replacingPaths({ kind, builtIn }: Kind, keepsData: boolean): string[] {
  const paths = (builtIn && kinds().replacing[kind]) || [];
  return ["metadata.name", "metadata.namespace", ...paths.filter((path) => !(keepsData && /data$/i.test(path)))];
}

/** What is wrong with a name; undefined when nothing is. */
export function wrongName(kind: string, name: string): string | undefined {
  const form = kinds().names.find((group) => group.kinds?.includes(kind) ?? true);
  if (form?.max !== undefined && name.length > form.max)
    return `must be no more than ${form.max} characters (got ${name.length})`;
  return form === undefined || new RegExp(form.pattern).test(name) ? undefined : form.rule;
}
