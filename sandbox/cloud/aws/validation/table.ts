/** The one table of what the simulated AWS refuses, put together from data when the first call asks; Kubernetes' own refusals live with its provider. */
import type { ResourceContext } from "../object/resource-context";
import { CloudError } from "../../../protocol/provider";
import { readTable } from "../../tables/tables";
import { deletionRows } from "./deletion";
import { ACCOUNT_CHECKS } from "./account";
import { CLUSTER_CHECKS } from "./clusters";
import { LOAD_BALANCER_CHECKS } from "./load-balancers";
import { NETWORK_CHECKS } from "./network";
import { NODE_CHECKS } from "./nodes";
import { namingRows, takenRows } from "./names";
import { quotaRows } from "./quotas";
import { referenceRows } from "./references";
import { sentence, WRITES, type Check, type Operation, type ValidationRow } from "./row";

/** One row of `rows.yaml`. */
interface CheckedRow extends Pick<ValidationRow, "code" | "source" | "types"> {
  /** Create and update unless said. */
  readonly on?: readonly Operation[];
  readonly message: string;
}

/** Functions of the rows, by name. */
export const CHECKS: Readonly<Record<string, Check>> = {
  ...ACCOUNT_CHECKS,
  ...NETWORK_CHECKS,
  ...LOAD_BALANCER_CHECKS,
  ...CLUSTER_CHECKS,
  ...NODE_CHECKS,
};

function checkedRows(section: "before" | "after"): ValidationRow[] {
  const rows = readTable<Record<typeof section, Record<string, CheckedRow>>>("aws/validation/rows.yaml")[section];
  return Object.entries(rows).map(([rule, { message, on, ...row }]) => ({
    ...row,
    rule,
    operations: on ?? WRITES,
    refuses(ctx, operation) {
      const words = CHECKS[rule]?.(ctx, operation);
      return words ? sentence(ctx, message, words === true ? {} : words) : undefined;
    },
  }));
}

let table: readonly ValidationRow[] | undefined;

/** All rows, in the order in which AWS checks: may you call, is the call well formed, does it fit what exists, is there room. */
export function validationRows(): readonly ValidationRow[] {
  return (table ??= [
    ...checkedRows("before"),
    ...namingRows(),
    ...referenceRows(),
    ...checkedRows("after"),
    ...takenRows(),
    ...quotaRows(),
    ...deletionRows(),
  ]);
}

const byCall = new Map<string, readonly ValidationRow[]>();

function rowsFor(operation: Operation, type: string): readonly ValidationRow[] {
  const key = `${operation} ${type}`;
  const fits = (row: ValidationRow): boolean =>
    row.operations.includes(operation) && (row.types === "all" || row.types.includes(type));
  const rows = byCall.get(key) ?? validationRows().filter(fits);
  byCall.set(key, rows);
  return rows;
}

/**
 * Lets a call pass, or not.
 * @throws CloudError with the first row that refuses.
 */
export function refuse(ctx: ResourceContext, operation: Operation): void {
  for (const row of rowsFor(operation, ctx.type)) {
    const message = row.refuses(ctx, operation);
    if (message !== undefined) throw new CloudError(row.code, message);
  }
}
