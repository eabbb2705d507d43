/** Whose requests an analysis counts: one whose queries all pick the stable version says nothing about the new one. */
import type { Analysis } from "../../kit/argo-rollouts/analyses";
import { canaryOf } from "../../kit/argo-rollouts/canary";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { namespaceOf } from "../../kit/kubernetes/kubernetes";
import { named, type Remedy, set, together } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";

/** An argument that stands for the stable version, and what stands for the new one. */
interface Stable {
  readonly name: string;
  readonly field: Field;
  /** Label that picks by it; any where the argument is the hash of the pods. */
  readonly label: RegExp;
  readonly mended: Remedy;
}

/** What names one version alone: the hash of its pods, or in Istio's metrics its own Service by the whole name. */
function stableOf(rollout: Resource, arg: Field): readonly Stable[] {
  const name = arg.at("name").textOrEmpty();
  const hash = arg.at("valueFrom", "podTemplateHashValue");
  if (hash.text() === "Stable") return [{ name, field: hash, label: /\w+/, mended: set(hash, "Latest") }];
  const canary = canaryOf(rollout);
  const istio = canary.at("trafficRouting", "istio");
  // Where subsets share the traffic, one Service has both versions.
  if (!istio.isSet() || istio.at("destinationRule").isSet()) return [];
  const [stable, next] = [canary.at("stableService").textOrEmpty(), canary.at("canaryService").textOrEmpty()];
  const value = arg.at("value");
  const host = value.textOrEmpty();
  const own = `${stable}.${namespaceOf(rollout)}.svc`;
  if (next === "" || next === stable || (host !== own && !host.startsWith(`${own}.`))) return [];
  const mended = set(value, named(`${next}${host.slice(stable.length)}`));
  return [{ name, field: value, label: /destination_service/, mended }];
}

/** An analysis of a canary whose every query picks the stable version. */
export function* checkVersions(
  rollout: Resource,
  { role, field }: Analysis,
  templates: readonly Resource[],
): Iterable<Finding> {
  if (role !== "background" && role !== "step") return;
  const args = field.at("args").list();
  const stable = args.flatMap((arg) => stableOf(rollout, arg));
  const metrics = templates.flatMap((template) => template.at("spec", "metrics").list());
  const queries = metrics.map((metric) => metric.at("provider", "prometheus", "query").textOrEmpty());
  const used = stable.filter(({ name }) => queries.some((query) => standIns(query, [name]).includes(mark)));
  const [first] = used;
  if (first === undefined || !queries.every((query) => picksOnly(query, used))) return;
  yield violation(rollout, {
    at: first.field.path,
    got: "the stable version in every query of the analysis, which measures nothing of the new one",
    expected: "the new version in one of them",
    fix: together(used.map(({ mended }) => mended)),
  });
}

/** Stands in a query for the stable version. */
const mark = "\u0001";

/** The query with signs in the place of its arguments, so that braces are those of PromQL. */
function standIns(query: string, names: readonly string[]): string {
  return query.replaceAll(/\{\{\s*(?:args\.)?([^{}]*?)\s*\}\}/g, (_, name: string) =>
    names.includes(name) ? mark : "x",
  );
}

/** Whether every selector of the query picks by one of the arguments; a metric without a selector covers all versions. */
function picksOnly(query: string, stable: readonly Stable[]): boolean {
  const plain = standIns(query, []);
  if (/[A-Za-z_:][\w:]*\s*\[/.test(plain)) return false;
  const selectors = (text: string): readonly string[] => text.match(/\{(?:[^{}"']|"[^"]*"|'[^']*')*\}/g) ?? [];
  const all = stable.map(({ name, label }) => ({ label, found: selectors(standIns(query, [name])) }));
  const count = selectors(plain).length;
  const picks = (index: number): boolean =>
    all.some(({ label, found }) => {
      const matcher = new RegExp(`(^|[{,\\s])${label.source}\\s*=~?\\s*["'][^"'|]*${mark}[^"'|]*["']`);
      return matcher.test(found[index] ?? "");
    });
  return count > 0 && [...Array(count).keys()].every(picks);
}
