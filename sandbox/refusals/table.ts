/** The one table of what the simulated AWS refuses, put together from data when the first call asks; Kubernetes' own refusals live with its provider. */
import type { Making } from "../cloud/aws/making";
import { CloudError } from "../provider/provider";
import { readTable } from "../tables";
import { deletionRows } from "./deletion";
import { ACCOUNT_JUDGES } from "./judges/account";
import { CLUSTER_JUDGES } from "./judges/clusters";
import { LOAD_BALANCER_JUDGES } from "./judges/load-balancers";
import { NETWORK_JUDGES } from "./judges/network";
import { NODE_JUDGES } from "./judges/nodes";
import { namingRows, takenRows } from "./names";
import { quotaRows } from "./quotas";
import { referenceRows } from "./references";
import { sentence, WRITES, type Judge, type Operation, type Refusal } from "./row";

/** One row of `rows.yaml`. */
interface JudgedRow extends Pick<Refusal, "code" | "source" | "types"> {
  /** Create and update unless said. */
  readonly on?: readonly Operation[];
  readonly message: string;
}

/** Functions of the rows, by name. */
export const JUDGES: Readonly<Record<string, Judge>> = {
  ...ACCOUNT_JUDGES,
  ...NETWORK_JUDGES,
  ...LOAD_BALANCER_JUDGES,
  ...CLUSTER_JUDGES,
  ...NODE_JUDGES,
};

function judged(section: "before" | "after"): Refusal[] {
  const rows = readTable<Record<typeof section, Record<string, JudgedRow>>>("refusals/rows.yaml")[section];
  return Object.entries(rows).map(([rule, { message, on, ...row }]) => ({
    ...row,
    rule,
    operations: on ?? WRITES,
    refuses(made, operation) {
      const words = JUDGES[rule]?.(made, operation);
      return words ? sentence(made, message, words === true ? {} : words) : undefined;
    },
  }));
}

let table: readonly Refusal[] | undefined;

/** All rows, in the order in which AWS judges: may you call, is the call well formed, does it fit what exists, is there room. */
export function refusals(): readonly Refusal[] {
  return (table ??= [
    ...judged("before"),
    ...namingRows(),
    ...referenceRows(),
    ...judged("after"),
    ...takenRows(),
    ...quotaRows(),
    ...deletionRows(),
  ]);
}

const byCall = new Map<string, readonly Refusal[]>();

function rowsFor(operation: Operation, type: string): readonly Refusal[] {
  const key = `${operation} ${type}`;
  const fits = (row: Refusal): boolean =>
    row.operations.includes(operation) && (row.types === "all" || row.types.includes(type));
  const rows = byCall.get(key) ?? refusals().filter(fits);
  byCall.set(key, rows);
  return rows;
}

/**
 * Lets a call pass, or not.
 * @throws CloudError with the first row that refuses.
 */
export function refuse(made: Making, operation: Operation): void {
  for (const row of rowsFor(operation, made.type)) {
    const message = row.refuses(made, operation);
    if (message !== undefined) throw new CloudError(row.code, message);
  }
}
