/** What each pinned chart brings to a cluster: kinds, services, webhooks; facts from rendering the charts. */
import gt from "semver/functions/gt";
import valid from "semver/functions/valid";
import { readTable } from "../tables/tables";

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

/** All charts that the sandbox knows, by name. */
export function charts(): Readonly<Record<string, Chart>> {
  return readTable("charts/inventory.yaml");
}

/**
 * The chart that a release names, whatever repository or mirror it comes from.
 * Istio's charts are called `base`, `istiod` and `gateway` in their repository.
 */
export function chartNamed(reference: string): { name: string; chart: Chart } | undefined {
  const last = reference.replace(/\/+$/, "").split("/").pop() ?? "";
  const name = [last, `istio-${last}`].find((candidate) => charts()[candidate] !== undefined) ?? "";
  const chart = charts()[name];
  return chart && { name, chart };
}

/** Whether one exact version comes after another; a range never does, nor a version before its own release (`-rc.1`). */
export function isNewer(version: string, than: string): boolean {
  return valid(version) !== null && gt(version, than);
}

/** Charts that bring this kind. */
export function chartsWithKind(kind: string, group: string): string[] {
  const brings = (crd: string): boolean => crd.startsWith(`${kind}/`) && crd.endsWith(`.${group}`);
  return Object.keys(charts()).filter((name) => charts()[name]?.crds.some(brings));
}

/** Versions known to be served for this kind; empty when none was read. */
export function servedVersions(kind: string, group: string): string[] {
  const versions = readTable<Record<string, Record<string, readonly string[]>>>("charts/served.yaml")[group] ?? {};
  return Object.keys(versions).filter((version) => versions[version]?.includes(kind));
}

/** What a release needs beside its chart: one row of `needs.yaml`. */
export interface ChartRequirements {
  /** Whether it renders ServiceMonitors always, never without their kind, or (absent) when values say so. */
  readonly monitors?: "always" | "quiet";
  readonly charts?: readonly string[];
  /** Path of the values with the service account's name. */
  readonly identity?: string;
}

/** The needs of a chart; none for most. */
export function requirementsOf(name: string): ChartRequirements {
  return readTable<Record<string, ChartRequirements>>("charts/needs.yaml")[name] ?? {};
}
