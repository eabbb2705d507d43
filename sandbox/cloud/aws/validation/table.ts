/** All validation rules of the simulated AWS, built from data at the first call; those of Kubernetes are with its provider. */
import type { ResourceContext } from "../object/resource-context";
import { CloudError } from "../../../protocol/provider";
import { readTable } from "../../tables/tables";
import { deletionRules } from "./deletion";
import { ACCOUNT_CHECKS } from "./account";
import { CLUSTER_CHECKS } from "./clusters";
import { DATABASE_CHECKS } from "./databases";
import { FLAG_CHECKS } from "./flags";
import { LOAD_BALANCER_CHECKS } from "./load-balancers";
import { NETWORK_CHECKS } from "./network";
import { NODE_CHECKS } from "./nodes";
import { namingRules, takenRules } from "./names";
import { quotaRules } from "./quotas";
import { referenceRules } from "./references";
import { messageFor, WRITES, type Check, type Operation, type ValidationRule } from "./rule";

/** One rule of `rules.yaml`. */
interface CheckedRule extends Pick<ValidationRule, "code" | "source" | "types"> {
  /** Create and update unless set. */
  readonly on?: readonly Operation[];
  readonly message: string;
}

/** Checks of `rules.yaml`, by the rule's name. */
export const CHECKS: Readonly<Record<string, Check>> = {
  ...ACCOUNT_CHECKS,
  ...NETWORK_CHECKS,
  ...LOAD_BALANCER_CHECKS,
  ...CLUSTER_CHECKS,
  ...NODE_CHECKS,
  ...DATABASE_CHECKS,
  ...FLAG_CHECKS,
};

function checkedRules(section: "before" | "after"): ValidationRule[] {
  const rules = readTable<Record<typeof section, Record<string, CheckedRule>>>("aws/validation/rules.yaml")[section];
  return Object.entries(rules).map(([name, { message, on, ...rule }]) => ({
    ...rule,
    name,
    operations: on ?? WRITES,
    validate(ctx, operation) {
      const params = CHECKS[name]?.(ctx, operation);
      return params ? messageFor(ctx, message, params === true ? {} : params) : undefined;
    },
  }));
}

let table: readonly ValidationRule[] | undefined;

/** All rules, in the order in which AWS checks: permission, form of the call, what exists, quotas. */
export function validationRules(): readonly ValidationRule[] {
  return (table ??= [
    ...checkedRules("before"),
    ...namingRules(),
    ...referenceRules(),
    ...checkedRules("after"),
    ...takenRules(),
    ...quotaRules(),
    ...deletionRules(),
  ]);
}

const byCall = new Map<string, readonly ValidationRule[]>();

function rulesFor(operation: Operation, type: string): readonly ValidationRule[] {
  const key = `${operation} ${type}`;
  const fits = (rule: ValidationRule): boolean =>
    rule.operations.includes(operation) && (rule.types === "all" || rule.types.includes(type));
  const rules = byCall.get(key) ?? validationRules().filter(fits);
  byCall.set(key, rules);
  return rules;
}

/** Validates a call. @throws CloudError of the first rule that it violates. */
export function validate(ctx: ResourceContext, operation: Operation): void {
  for (const rule of rulesFor(operation, ctx.type)) {
    const message = rule.validate(ctx, operation);
    if (message !== undefined) throw new CloudError(rule.code, message);
  }
}
