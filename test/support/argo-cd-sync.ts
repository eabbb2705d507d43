/**
 * What a sync of Argo CD 3.4.4 makes of one live object, restated from its source: `controller/sync.go`
 * (normalizeTargetResources, getMergePatch, applyMergePatch), `gitops-engine/pkg/sync/sync_context.go` (which objects
 * ApplyOutOfSyncOnly leaves out, shouldUseServerSideApply) and `util/argo/normalizers/diff_normalizer.go`.
 */
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { argoCdValues } from "../../components/delivery/argo-cd-values";
import { rootSpec } from "../../components/delivery/git-ops-objects";

/** A Kubernetes object, or any part of one. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type JsonMap = Readonly<Record<string, Json>>;

/** Argo CD's ConfigMap `argocd-cm` and an Application's `syncPolicy.syncOptions`. */
export interface SyncSettings {
  readonly cm: Readonly<Record<string, unknown>>;
  readonly syncOptions: readonly string[];
}

const { cm } = (argoCdValues({ profile: "dev", host: "argocd.example.com" }) as { configs: { cm: SyncSettings["cm"] } })
  .configs;

/** The ConfigMap and the options of a sync as production has them. */
export const deployedSettings: SyncSettings = {
  cm,
  syncOptions: rootSpec({
    environment: "prod",
    repositoryUrl: "https://github.com/example/shop.git",
    revision: "main",
    preserveOnDeletion: true,
    runsOnce: true,
  }).template.spec.syncPolicy.syncOptions,
};

interface Ignored {
  readonly jsonPointers?: readonly string[];
  readonly jqPathExpressions?: readonly string[];
}

const customization = "resource.customizations.ignoreDifferences.";
/** Annotation of what a client applied. */
export const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
const isMap = (value: Json | undefined): value is JsonMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The object without the members that the path leads to; `[]` stands for each member of a list. */
function without(value: Json, path: readonly string[]): Json {
  const [step = "", ...rest] = path;
  if (step === "[]") return Array.isArray(value) ? value.map((each) => without(each as Json, rest)) : value;
  if (!isMap(value) || !(step in value)) return value;
  const entries = Object.entries(value);
  if (rest.length === 0) return Object.fromEntries(entries.filter(([key]) => key !== step));
  return Object.fromEntries(entries.map(([key, inner]) => [key, key === step ? without(inner, rest) : inner]));
}

/** The steps of `.spec.http[]?.route[]?.weight` or `.a."b-c"`, the only forms that are used. */
function jqSteps(expression: string): readonly string[] {
  const steps = [...expression.matchAll(/\.(?:"([^"]+)"|(\w+))|(\[\])\??/g)];
  if (steps.map(([text]) => text).join("") !== expression) throw new Error(`this test cannot read ${expression}`);
  return steps.map(([, quoted, plain, each]) => quoted ?? plain ?? each ?? "");
}

/** The object without what the ConfigMap tells Argo CD to ignore of its kind. */
function normalized(settings: SyncSettings, object: JsonMap): JsonMap {
  const [group] = String(object["apiVersion"]).includes("/") ? String(object["apiVersion"]).split("/") : [""];
  const key = `${customization}${group === "" ? "" : `${group}_`}${String(object["kind"])}`;
  const text = settings.cm[key];
  const ignored = (typeof text === "string" ? parse(text) : {}) as Ignored;
  const paths = [
    ...(ignored.jsonPointers ?? []).map((pointer) => pointer.split("/").slice(1)),
    ...(ignored.jqPathExpressions ?? []).map(jqSteps),
  ];
  return paths.reduce<Json>((rest, path) => without(rest, path), object) as JsonMap;
}

/** JSON merge patch from one object to the other: lists are whole (RFC 7386). */
function mergePatch(from: Json | undefined, to: Json): Json {
  if (!isMap(from) || !isMap(to)) return to;
  const gone = Object.keys(from).filter((key) => !(key in to));
  const changed = Object.entries(to).filter(([key, value]) => !isDeepStrictEqual(from[key], value));
  return {
    ...Object.fromEntries(gone.map((key) => [key, null])),
    ...Object.fromEntries(changed.map(([key, value]) => [key, mergePatch(from[key], value)])),
  };
}

function patched(object: Json | undefined, patch: Json): Json {
  if (!isMap(patch)) return patch;
  const kept = Object.entries(isMap(object) ? object : {}).filter(([key]) => patch[key] !== null);
  const set = Object.entries(patch).filter(([, value]) => value !== null);
  const base = Object.fromEntries(kept);
  return { ...base, ...Object.fromEntries(set.map(([key, value]) => [key, patched(base[key], value)])) };
}

/** Server-side apply with force: lists without a merge key are whole, and so is a Service's selector. */
function serverSide(live: JsonMap, target: JsonMap): JsonMap {
  const applied = patched(live, target) as JsonMap;
  const spec = target["spec"];
  if (!isMap(spec) || spec["selector"] === undefined) return applied;
  return { ...applied, spec: { ...(applied["spec"] as JsonMap), selector: spec["selector"] } };
}

/** Client-side apply: what was applied before and is no longer declared goes, everything else stays. */
function clientSide(live: JsonMap, target: JsonMap): JsonMap {
  const annotations = ((live["metadata"] as JsonMap)["annotations"] ?? {}) as JsonMap;
  const before = JSON.parse(String(annotations[lastApplied] ?? "{}")) as JsonMap;
  const removals = Object.entries(mergePatch(before, target) as JsonMap);
  return patched(patched(live, Object.fromEntries(removals)), target) as JsonMap;
}

/** The object as it is after a sync of `target`. */
export function synced(settings: SyncSettings, target: JsonMap, live: JsonMap): JsonMap {
  const option = (name: string): boolean => settings.syncOptions.includes(name);
  const predicted = serverSide(live, target);
  const modified = !isDeepStrictEqual(normalized(settings, predicted), normalized(settings, live));
  if (option("ApplyOutOfSyncOnly=true") && !modified) return live;
  const ignored = mergePatch(normalized(settings, live), live);
  const applied = option("RespectIgnoreDifferences=true")
    ? (patched(normalized(settings, target), ignored) as JsonMap)
    : target;
  const own = String(
    ((target["metadata"] as JsonMap)["annotations"] as JsonMap | undefined)?.["argocd.argoproj.io/sync-options"],
  );
  const onServer = option("ServerSideApply=true") && !own.split(",").includes("ServerSideApply=false");
  return onServer ? serverSide(live, applied) : clientSide(live, applied);
}
