/** What each pinned chart brings to a cluster: kinds, services, webhooks; facts from rendering the charts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** One chart of one version. */
export interface Chart {
  readonly version: string;
  readonly appVersion: string;
  readonly release: string;
  readonly namespace: string;
  /** `Kind/plural.group` of every CRD that it brings. */
  readonly crds: readonly string[];
  readonly services: readonly string[];
  readonly webhooks: readonly string[];
  /** Images of its own pods; none means that it starts no pod. */
  readonly images: readonly string[];
}

const cache = new Map<string, unknown>();

function read<T>(file: string): T {
  const known = cache.get(file) ?? parse(readFileSync(join(__dirname, file), "utf8"));
  cache.set(file, known);
  return known as T;
}

/** All charts that the sandbox knows, by name. */
export function charts(): Readonly<Record<string, Chart>> {
  return read("inventory.yaml");
}

/**
 * The chart that a release names, whatever repository or mirror it comes from.
 * Istio's charts are called `base`, `istiod` and `gateway` in their repository.
 */
export function chartNamed(reference: string): { name: string; chart: Chart } | undefined {
  const last = reference.replace(/\/+$/, "").split("/").pop() ?? "";
  const name = [last, `istio-${last}`].find((candidate) => charts()[candidate] !== undefined);
  const chart = name === undefined ? undefined : charts()[name];
  return name === undefined || chart === undefined ? undefined : { name, chart };
}

/** Charts that bring this kind. */
export function chartsWithKind(kind: string, group: string): string[] {
  const brings = (crd: string): boolean => crd.startsWith(`${kind}/`) && crd.endsWith(`.${group}`);
  return Object.keys(charts()).filter((name) => charts()[name]?.crds.some(brings));
}

/** Versions known to be served for this kind; empty when none was read. */
export function servedVersions(kind: string, group: string): string[] {
  const versions = read<Record<string, Record<string, readonly string[]>>>("served.yaml")[group] ?? {};
  return Object.keys(versions).filter((version) => versions[version]?.includes(kind));
}
