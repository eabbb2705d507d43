/** Reads `pulumi preview --json`, the embedded engine's too: formats of CLI 3.260. */
import { splitReference } from "@fridayproof/components/core";
import type { Operation, Order, Plan, Resource, Use } from "./change";
import { usesByValue } from "./identities";
import { itemsOf, parsed, type Span } from "./json-parts";
import { objectOf } from "./objects";
import { PlanError } from "./plan-error";
import { pathsOf } from "./pulumi-paths";
import { secretsIn } from "./secrets";
import { isAbsent, isMap, Secret, valueAt, type Values } from "./values";

/** A resource in a step or in a state; only what is read here. */
export interface State {
  readonly urn?: unknown;
  readonly type?: unknown;
  readonly custom?: unknown;
  readonly id?: unknown;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  readonly dependencies?: unknown;
  readonly propertyDependencies?: unknown;
  readonly provider?: unknown;
  readonly protect?: unknown;
  readonly retainOnDelete?: unknown;
  readonly delete?: unknown;
  readonly pendingReplacement?: unknown;
  readonly parent?: unknown;
  readonly sourcePosition?: unknown;
}

interface Step {
  readonly op?: unknown;
  readonly urn?: unknown;
  readonly oldState?: unknown;
  readonly newState?: unknown;
  readonly replaceReasons?: unknown;
  readonly detailedDiff?: unknown;
}

/** `project:///stacks/program/network.ts#12,5`: a file of the project, line and column. */
const POSITION = /^project:\/\/\/(?<file>.+)#(?<line>\d+),\d+$/;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  same: "none",
  refresh: "none",
  import: "none",
  create: "create",
  update: "update",
  replace: "replace",
  "create-replacement": "replace",
  "import-replacement": "replace",
  delete: "delete",
  read: "read",
  "read-replacement": "read",
  discard: "forget",
  "read-discard": "forget",
  "discard-replaced": "none",
  "delete-replaced": "none",
  "remove-pending-replace": "none",
};

/** Names of a provider before they were shortened. */
const OLD_MODULES: readonly (readonly [RegExp, string])[] = [
  [/^aws:(alb|elasticloadbalancingv2|applicationloadbalancing)\//, "aws:lb/"],
  [/^aws:elasticloadbalancing\//, "aws:elb/"],
];

/** The token under which the table has a type. */
function currentType(type: string): string {
  let current = type;
  for (const [old, module] of OLD_MODULES) current = current.replace(old, module);
  if (current.startsWith("aws:s3/")) current = current.replace(/V2(:\w+)V2$/, "$1");
  if (current.startsWith("kubernetes:")) current = current.replace(/Patch$/, "");
  return current;
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** Providers that delete first whatever the plan says of names: pulumi-aws, resource_overrides.go. */
const ALWAYS_DELETED_FIRST =
  /^aws:(ec2\/securityGroupRule|iam\/(role|user|group)?[pP]olicyAttachment|efs\/mountTarget|ec2transitgateway\/vpcAttachment|apigateway\/integration|cloudwatch\/logSubscriptionFilter|ecr\/lifecyclePolicy|iam\/accountAlias):/;

/** Old command lines leave the marks out: then a fixed name, or the provider, says it. */
function orderOf(type: string, old: State, next: Values): Order | undefined {
  if (old.pendingReplacement === true) return "delete-first";
  if (old.delete === true) return "create-first";
  if (ALWAYS_DELETED_FIRST.test(type)) return "delete-first";
  const defaults = next["__defaults"];
  const name = valueAt(next, "name");
  if (!Array.isArray(defaults) || isAbsent(name) || defaults.includes("name")) return undefined;
  return valueAt(objectOf(old.inputs), "name") === name ? "delete-first" : undefined;
}

/** Inputs, with what outputs add: names that the provider made, ids, ARNs. */
function valuesOf(state: State | undefined): Values | undefined {
  if (state === undefined) return undefined;
  const inputs = objectOf(state.inputs) ?? {};
  const outputs = objectOf(state.outputs) ?? {};
  return { ...outputs, ...inputs, ...(typeof state.id === "string" ? { id: state.id } : {}) };
}

/** Everything a state says of what it needs. */
export function usesIn(urn: string, state: State | undefined, side?: Use["side"]): Use[] {
  if (state === undefined) return [];
  const named = Object.entries(objectOf(state.propertyDependencies) ?? {}).flatMap(([property, targets]) =>
    strings(targets).map((used): Use => ({ user: urn, used, property, side })),
  );
  const ordered = strings(state.dependencies).filter((used) => !named.some((use) => use.used === used));
  const provider = typeof state.provider === "string" ? splitReference(state.provider).urn : "";
  return [
    ...named,
    ...ordered.map((used): Use => ({ user: urn, used, side })),
    ...(provider === "" ? [] : [{ user: urn, used: provider, property: "provider" }]),
  ];
}

/** A resource that nothing happens to. */
export function unchanged(state: State): Resource | undefined {
  if (typeof state.urn !== "string" || typeof state.type !== "string") return undefined;
  const values = valuesOf(state);
  const type = currentType(state.type);
  return {
    address: state.urn,
    type,
    namedType: state.type,
    operation: "none",
    before: values,
    after: values,
    paths: [],
    reasons: [],
    custom: state.custom === true,
    protect: state.protect === true,
    parent: typeof state.parent === "string" ? state.parent : undefined,
    declared: declarationOf(state),
  };
}

function declarationOf({ sourcePosition }: State): Resource["declared"] {
  const { file, line } = POSITION.exec(typeof sourcePosition === "string" ? sourcePosition : "")?.groups ?? {};
  return file === undefined ? undefined : { file, line: Number(line) };
}

function resourceOf(step: Step, path: string): { resource: Resource; uses: readonly Use[] } {
  const [old, next] = [objectOf(step.oldState) as State | undefined, objectOf(step.newState) as State | undefined];
  const state = next ?? old;
  if (typeof step.urn !== "string" || typeof step.op !== "string" || (state === undefined && step.op !== "same"))
    throw new PlanError(
      `${path} has no op, urn or state: every step of a preview has them. Run \`pulumi preview --json\` again.`,
    );
  const operation = OPERATIONS[step.op];
  if (operation === undefined)
    throw new PlanError(`${path} has op "${step.op}", which no preview of Pulumi 3 has. This verdict reads CLI 3.`);
  const namedType = typeof state?.type === "string" ? state.type : "";
  if (namedType === "")
    throw new PlanError(`${path} has no type: every state of a preview has one. Run \`pulumi preview --json\` again.`);
  const type = currentType(namedType);
  const [before, after] = [valuesOf(old), valuesOf(next)];
  const isChange = operation === "update" || operation === "replace";
  const resource: Resource = {
    address: step.urn,
    ...{ type, namedType, operation, before, after },
    order: operation === "replace" ? orderOf(type, old ?? {}, objectOf(next?.inputs) ?? {}) : undefined,
    paths: isChange ? pathsOf(step.detailedDiff, objectOf(old?.inputs) ?? {}, objectOf(next?.inputs) ?? {}) : [],
    reasons: strings(step.replaceReasons),
    imported: step.op.startsWith("import"),
    protect: old?.protect === true,
    unprotected: old?.protect === true && next !== undefined && next.protect !== true,
    retainOnDelete: (old ?? next)?.retainOnDelete === true,
    custom: state?.custom !== false,
    provider: typeof state?.provider === "string" ? splitReference(state.provider).urn : undefined,
    parent: typeof state?.parent === "string" ? state.parent : undefined,
    declared: declarationOf(state ?? {}),
  };
  return { resource, uses: [...usesIn(step.urn, old, "before"), ...usesIn(step.urn, next, "after")] };
}

/** The first line of the first error; a preview that failed lists only the steps until then. */
function failureIn(diagnostics: unknown): string | undefined {
  const errors = (Array.isArray(diagnostics) ? diagnostics : []).filter(
    (row) => isMap(row) && row["severity"] === "error",
  );
  const [first] = errors as readonly Values[];
  if (first === undefined) return undefined;
  const line =
    String(first["message"] ?? "")
      .replace(/<\{%[^%]*%\}>/g, "")
      .trim()
      .replace(/^error: /, "")
      .split("\n")[0] ?? "";
  return `the preview failed, so it lists only the steps until then. Its first error: ${line.replace(/[.!?]?$/, ".")} Fix that, then run \`pulumi preview --json\` again.`;
}

/** The plan in these top-level members. @throws PlanError for what no verdict can be given on. */
export function pulumiPlan(bytes: Buffer, members: ReadonlyMap<string, Span>): Plan {
  const read = (key: string): unknown => {
    const span = members.get(key);
    return span === undefined ? undefined : parsed(bytes, span);
  };
  const failure = failureIn(read("diagnostics"));
  if (failure !== undefined) throw new PlanError(Secret.mask(secretsIn(read("steps")))(failure));
  if (read("maybeCorrupt") === true)
    throw new PlanError("the preview calls itself corrupt (maybeCorrupt is true). Run it again.");
  const span = members.get("steps");
  const items = span === undefined ? [] : itemsOf(bytes, span);
  if (items === undefined && parsed(bytes, span as Span) !== null)
    throw new PlanError("steps is not a list: this is no preview of Pulumi.");
  const steps = (items ?? []).map((item) => objectOf(parsed(bytes, item)) ?? {});
  const rows = steps.map((step, index) => resourceOf(step, `steps[${index}]`));
  const resources = rows.map(({ resource }) => resource);
  const same = Number(objectOf(read("changeSummary"))?.["same"] ?? 0);
  const shown = resources.filter(({ operation }) => operation === "none").length;
  return {
    tool: "pulumi",
    resources,
    uses: [...rows.flatMap(({ uses }) => uses), ...usesByValue(resources)],
    complete: true,
    hasUnchanged: shown >= same,
    notes: [],
    steps,
    extension: read("fridayproof"),
  };
}
