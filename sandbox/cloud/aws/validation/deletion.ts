/** Rules: what must be deleted or emptied before an object can be deleted, from `dependents.yaml`. */
import type { CloudObject } from "../../account/account";
import type { ResourceContext } from "../object/resource-context";
import { valuesAt } from "../../../property/paths";
import { readTable } from "../../tables/tables";
import { classOf } from "../../../property/urn";
import { ruleOf, messageFor, type ValidationRule } from "./rule";

/** One entry of `dependents.yaml`. */
interface Dependents {
  readonly code: string;
  readonly message: string;
  readonly source: string;
  /** Output whose value dependents hold; the id when absent. */
  readonly of?: string;
  /** Input that, when true, makes the provider clean up first. */
  readonly unless?: string;
  /** Type to paths; `@vpc` stands for lying in that VPC. */
  readonly by: Readonly<Record<string, string | readonly string[]>>;
}

function vpcOf(ctx: ResourceContext, { inputs, outputs }: CloudObject): unknown {
  return outputs.vpcId || ctx.find("aws:ec2/subnet:Subnet", String(inputs.subnetId))?.outputs.vpcId;
}

function userOf(ctx: ResourceContext, rule: Dependents): string | undefined {
  const target = rule.of === undefined ? ctx.id : ctx.old?.outputs[rule.of];
  const own = new Set([ctx.id, ...ctx.companions().map(({ id }) => id)]);
  const holds = (object: CloudObject, path: string): boolean =>
    path === "@vpc" ? vpcOf(ctx, object) === target : valuesAt(object.inputs, path).includes(target as string);
  for (const [type, paths] of Object.entries(rule.by)) {
    const others = ctx.caller.account.all(type).filter(({ id }) => !own.has(id));
    const user = others.find((object) => [paths].flat().some((path) => holds(object, path)));
    if (user) return type.startsWith("sandbox:") ? user.id : `${classOf(type)} ${user.id}`;
  }
  return undefined;
}

/** One rule for each type that something may still use. */
export function deletionRules(): ValidationRule[] {
  const tables = Object.entries(readTable<Record<string, Dependents>>("aws/validation/dependents.yaml"));
  return tables.map(([type, rule]) => ruleOf("dependents", type, rule, (ctx) => stillUsed(ctx, rule), ["delete"]));
}

function stillUsed(ctx: ResourceContext, rule: Dependents): string | undefined {
  if (rule.unless !== undefined && ctx.inputs[rule.unless] === true) return undefined;
  const by = userOf(ctx, rule);
  return by && messageFor(ctx, rule.message, { by });
}
