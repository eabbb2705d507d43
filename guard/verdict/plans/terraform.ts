/** Reads `terraform show -json` of a plan, OpenTofu's too: developer.hashicorp.com/terraform/internals/json-format. */
import type { ChangedPath, Note, Operation, Order, Plan, Resource } from "./change";
import { difference } from "./difference";
import { itemsOf, parsed, type Span } from "./json-parts";
import { objectOf } from "./objects";
import { PlanError } from "./plan-error";
import { type Configured, configuredIn, usesOf } from "./terraform-references";
import { kubernetesType, pulumiType } from "./terraform-types";
import { secretsIn } from "./secrets";
import { isAbsent, isMap, Secret, stemOf, textAt, UNKNOWN, type Values, valueAt } from "./values";

/** A row of `resource_changes`; only what is read here. */
interface Row {
  readonly address?: unknown;
  readonly type?: unknown;
  readonly mode?: unknown;
  readonly provider_name?: unknown;
  readonly previous_address?: unknown;
  readonly deposed?: unknown;
  readonly action_reason?: unknown;
  readonly change?: {
    readonly actions?: unknown;
    readonly before?: unknown;
    readonly after?: unknown;
    readonly after_unknown?: unknown;
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
    readonly importing?: unknown;
  };
}

/** What is computed, or says nothing of what a run does. */
const NOISE = new Set(
  ["id", "arn", "lastModified", "generation", "resourceVersion", "uid", "selfLink", "object"].map(stemOf),
);

/** A value with markers where `marks` has true. */
function marked(value: unknown, marks: unknown, marker: (value: unknown) => unknown): unknown {
  if (marks === true) return marker(value);
  if (Array.isArray(marks)) {
    const items = Array.isArray(value) ? [...value] : [];
    marks.forEach((mark, index) => (items[index] = marked(items[index], mark, marker)));
    return items;
  }
  if (!isMap(marks) || Object.keys(marks).length === 0) return value;
  const map = { ...(isMap(value) ? value : {}) };
  for (const [key, mark] of Object.entries(marks)) map[key] = marked(map[key], mark, marker);
  return map;
}

/** Terraform has no empty blocks but lists of one: a map without entries, such as `tags`, says as little as null. */
function withoutEmptyMaps(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(withoutEmptyMaps);
    return items.every((item, at) => item === value[at]) ? value : items;
  }
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(
    ([key, inner]) => [key, isMap(inner) && Object.keys(inner).length === 0 ? null : withoutEmptyMaps(inner)] as const,
  );
  return entries.every(([key, inner]) => inner === value[key]) ? value : Object.fromEntries(entries);
}

function operationOf(actions: readonly unknown[]): { operation: Operation; order?: Order } {
  const has = (action: string): boolean => actions.includes(action);
  if (has("create") && has("delete"))
    return { operation: "replace", order: actions[0] === "create" ? "create-first" : "delete-first" };
  if (has("create") && has("forget")) return { operation: "replace", order: "create-first" };
  for (const operation of ["delete", "create", "update", "read", "forget"] as const)
    if (has(operation)) return { operation };
  return { operation: "none" };
}

/** The type of what a resource of raw manifests stands for. */
function typeOf(named: string, values: Values | undefined): { type: string; inner?: (values: Values) => Values } {
  if (named !== "kubernetes_manifest") return { type: pulumiType(named) };
  const [api, kind] = [textAt(values, "manifest.apiVersion"), textAt(values, "manifest.kind")];
  if (api === undefined || kind === undefined) return { type: named };
  return { type: kubernetesType(api, kind), inner: (all) => objectOf(all["manifest"]) ?? {} };
}

/** Values that only the provider knows, and knows after the run: no program changes them. */
function isComputed({ segments, after }: ChangedPath, configured: ReadonlySet<string> | undefined): boolean {
  return after === UNKNOWN && configured !== undefined && !configured.has(stemOf(segments[0] ?? ""));
}

function isNoise({ segments }: { readonly segments: readonly string[] }): boolean {
  const [first = ""] = segments;
  // Not by its stem: functions and releases have a timeout of their own.
  return (
    first === "timeouts" ||
    NOISE.has(stemOf(first)) ||
    (segments[0] === "metadata" && NOISE.has(stemOf(segments[1] ?? "")))
  );
}

/** A resource that is secret as a whole is one whose properties are. */
function ofMembers(value: unknown, marks: unknown): unknown {
  return marks === true && isMap(value) ? Object.fromEntries(Object.keys(value).map((key) => [key, true])) : marks;
}

/** Sensitive variables and outputs: a text without a mark may repeat them. */
function secretsBeside(read: (key: string) => unknown): readonly Secret[] {
  const declared = objectOf(valueAt(objectOf(read("configuration")), ["root_module", "variables"])) ?? {};
  const variables = objectOf(read("variables")) ?? {};
  const secretValues = Object.entries(declared)
    .filter(([, variable]) => isMap(variable) && variable["sensitive"] === true)
    .map(([name]) => valueAt(objectOf(variables[name]), ["value"]));
  const outputs = Object.values(objectOf(read("output_changes")) ?? {}).filter(isMap);
  const shown = outputs.flatMap((output) =>
    (["before", "after"] as const).map((side) =>
      marked(output[side], output[`${side}_sensitive`], (one) => new Secret(one)),
    ),
  );
  return [...secretValues.filter((value) => !isAbsent(value)).map((value) => new Secret(value)), ...secretsIn(shown)];
}

function sides(change: NonNullable<Row["change"]>): { before?: Values; after?: Values } {
  const secretValues = (value: unknown): unknown => (isAbsent(value) ? value : new Secret(value));
  const before = objectOf(marked(change.before, ofMembers(change.before, change.before_sensitive), secretValues));
  const known = marked(change.after, ofMembers(change.after, change.after_sensitive), secretValues);
  return {
    before,
    after: change.after === null ? undefined : objectOf(marked(known, change.after_unknown, () => UNKNOWN)),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function rowProblem(row: Row, path: string): string | undefined {
  if (text(row.address) === undefined) return `${path} has no address`;
  if (text(row.type) === undefined) return `${path} (${String(row.address)}) has no type`;
  if (!isMap(row.change) || !Array.isArray(row.change.actions))
    return `${path} (${String(row.address)}) has no change.actions`;
  return undefined;
}

function resourceOf(value: unknown, path: string, configured: Configured): Resource | undefined {
  const row = (objectOf(value) ?? {}) as Row;
  if (row.mode === "data" || row.mode === "ephemeral") return undefined;
  const problem = rowProblem(row, path);
  if (problem !== undefined)
    throw new PlanError(
      `${problem}: every row of resource_changes has address, type and change.actions. Write the plan again with \`terraform show -json PLAN\`.`,
    );
  const change = row.change ?? {};
  const namedType = String(row.type);
  const both = sides(change);
  const { type, inner } = typeOf(namedType, objectOf(row.change?.after) ?? objectOf(row.change?.before));
  const shown = inner ?? ((values: Values): Values => objectOf(withoutEmptyMaps(values)) ?? values);
  const [before, after] = [both.before && shown(both.before), both.after && shown(both.after)];
  const { operation, order } = operationOf(change.actions as unknown[]);
  const isChange = operation === "update" || operation === "replace";
  return {
    address: String(row.address),
    ...{ type, namedType, operation, order, before, after },
    paths: isChange
      ? difference(before ?? {}, after ?? {}).filter(
          (path) => !isNoise(path) && !isComputed(path, configured(String(row.address))),
        )
      : [],
    reasons: text(row.action_reason) === undefined ? [] : [String(row.action_reason)],
    movedFrom: text(row.previous_address),
    imported: isMap(change.importing),
    deposed: text(row.deposed) !== undefined,
    retainOnDelete: operation === "replace" && (change.actions as unknown[]).includes("forget"),
    custom: true,
    provider: text(row.provider_name),
  };
}

/** Parts of the plan beside the changes that a verdict cannot look into. */
function notesOf(read: (key: string) => unknown): Note[] {
  const count = (key: string): number => (Array.isArray(read(key)) ? (read(key) as unknown[]).length : 0);
  const notes: Note[] = [];
  if (count("deferred_changes") > 0)
    notes.push({
      text: `${count("deferred_changes")} changes are deferred: what they do is not in this plan.`,
      verdict: "UNKNOWN",
    });
  const actions = count("action_invocations") + count("deferred_action_invocations");
  if (actions > 0)
    notes.push({ text: `${actions} actions of providers run code that is not in this plan.`, verdict: "UNKNOWN" });
  const drift = count("resource_drift");
  if (drift > 0)
    notes.push({
      text: `${drift} resources were changed by others since the last run (resource_drift): this run may undo that.`,
    });
  const outputs = isMap(read("output_changes")) ? Object.entries(read("output_changes") as Values) : [];
  const changed = outputs.filter(
    ([, change]) => !JSON.stringify(isMap(change) ? change["actions"] : []).includes("no-op"),
  );
  if (changed.length > 0)
    notes.push({
      text: `outputs change (${changed
        .map(([name]) => name)
        .sort()
        .join(", ")}): another configuration may read them.`,
    });
  return notes;
}

function unreadableReason(read: (key: string) => unknown): string | undefined {
  const version = read("format_version");
  if (typeof version === "string" && !/^[01]\./.test(version))
    return `format_version is ${version}; allowed: 0.1 to 1.x. This verdict reads what Terraform up to 1.x and OpenTofu write.`;
  if (read("errored") === true)
    return "the plan failed (errored is true): what it lists is only a part. Fix what `terraform plan` reports, then plan again.";
  return undefined;
}

/** The plan in these top-level members. @throws PlanError for what no verdict can be given on. */
export function terraformPlan(bytes: Buffer, members: ReadonlyMap<string, Span>): Plan {
  const read = (key: string): unknown => {
    const span = members.get(key);
    return span === undefined ? undefined : parsed(bytes, span);
  };
  const refused = unreadableReason(read);
  if (refused !== undefined) throw new PlanError(refused);
  const span = members.get("resource_changes");
  const items = span === undefined ? [] : itemsOf(bytes, span);
  if (items === undefined && parsed(bytes, span as Span) !== null)
    throw new PlanError("resource_changes is not a list: this is no plan of Terraform.");
  const configuration = objectOf(read("configuration"));
  const configured = configuredIn(configuration);
  const resources = (items ?? []).flatMap(
    (item, index) => resourceOf(parsed(bytes, item), `resource_changes[${index}]`, configured) ?? [],
  );
  const version = text(read("terraform_version"));
  const isTofu = resources.some(({ provider }) => provider?.startsWith("registry.opentofu.org") === true);
  return {
    tool: isTofu ? "opentofu" : "terraform",
    version,
    resources,
    uses: usesOf(resources, configuration),
    complete: read("complete") !== false,
    hasUnchanged: true,
    notes: notesOf(read),
    secrets: secretsBeside(read),
  };
}
