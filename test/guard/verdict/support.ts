/** Plans in a few words, and the verdict on them. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";
import { exitCodeOf, type PlanVerdict, readPlan, verdictOn } from "../../../guard/verdict";

/** The folder of kept plans. */
const PLANS = path.join(__dirname, "recordings");

/** Bytes of a kept plan. */
export function kept(name: string): Buffer {
  const bytes = readFileSync(path.join(PLANS, name));
  return name.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

/** The verdict on the bytes of a plan. */
export function verdictOnBytes(bytes: Buffer | string, before?: Buffer): PlanVerdict & { readonly exitCode: number } {
  const result = verdictOn(readPlan(Buffer.from(bytes), before));
  return { ...result, exitCode: exitCodeOf(result.verdict, result.servingPath) };
}

type Values = Record<string, unknown>;

/** A row of `resource_changes`. */
export interface TerraformChange {
  readonly type: string;
  readonly name?: string;
  readonly actions?: readonly string[];
  readonly before?: Values | null;
  readonly after?: Values | null;
  readonly unknown?: Values;
  readonly sensitive?: Values;
  readonly reason?: string;
  readonly from?: string;
}

/** A plan of Terraform. @param more top-level members beside the changes. */
export function terraform(changes: readonly TerraformChange[], more: Values = {}): string {
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    resource_changes: changes.map(
      ({
        type,
        name = "one",
        actions = ["update"],
        before = null,
        after = null,
        unknown = {},
        sensitive = {},
        reason,
        from,
      }) => ({
        address: `${type}.${name}`,
        mode: "managed",
        ...{ type, name },
        provider_name: "registry.terraform.io/hashicorp/aws",
        previous_address: from,
        action_reason: reason,
        change: {
          actions,
          before,
          after,
          after_unknown: unknown,
          before_sensitive: sensitive,
          after_sensitive: sensitive,
        },
      }),
    ),
    ...more,
  });
}

/** A step of a preview. */
export interface PulumiStep {
  readonly op: string;
  readonly type: string;
  readonly name?: string;
  readonly old?: Values;
  readonly next?: Values;
  readonly state?: Values;
  readonly diff?: readonly string[] | null;
  readonly uses?: Readonly<Record<string, readonly string[]>>;
}

/** The URN of a resource in {@link preview}. */
export const urnOf = (type: string, name = "one"): string => `urn:pulumi:prod::app::${type}::${name}`;

/** A preview of Pulumi. @param more top-level members beside the steps. */
export function preview(steps: readonly PulumiStep[], more: Values = {}): string {
  const state = (
    { type, name, uses = {} }: PulumiStep,
    inputs: Values | undefined,
    rest: Values = {},
  ): Values | undefined =>
    inputs && { urn: urnOf(type, name), custom: true, type, inputs, outputs: {}, propertyDependencies: uses, ...rest };
  return JSON.stringify({
    steps: steps.map((step) => ({
      op: step.op,
      urn: urnOf(step.type, step.name),
      oldState: state(step, step.old, { id: "id-1", ...step.state }),
      newState: state(step, step.next),
      detailedDiff:
        step.diff === undefined || step.diff === null
          ? null
          : Object.fromEntries(step.diff.map((one) => [one, { kind: "update", inputDiff: true }])),
    })),
    duration: 0,
    changeSummary: {},
    ...more,
  });
}
