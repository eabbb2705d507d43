/** The one table of what the simulated AWS refuses; Kubernetes' own refusals live with its provider. */
import type { Making } from "./aws/making";
import { CloudError } from "./provider";
import { CLUSTER_ROWS } from "./refusals/cluster";
import { DELETION_ROWS } from "./refusals/deletion";
import { NAME_ROWS } from "./refusals/names";
import { NETWORK_ROWS } from "./refusals/network";
import { QUOTA_ROWS } from "./refusals/quotas";
import { REFERENCE_ROWS } from "./refusals/references";
import { REGION_ROWS } from "./refusals/regions";
import type { Operation, Refusal } from "./refusals/row";

/** All rows, in the order in which AWS judges: may you call, is the call well formed, does it fit what exists, is there room. */
export const REFUSALS: readonly Refusal[] = [
  ...REGION_ROWS,
  ...NAME_ROWS.filter((row) => row.rule === "naming"),
  ...REFERENCE_ROWS,
  ...NETWORK_ROWS,
  ...CLUSTER_ROWS,
  ...NAME_ROWS.filter((row) => row.rule !== "naming"),
  ...QUOTA_ROWS,
  ...DELETION_ROWS,
];

const byCall = new Map<string, readonly Refusal[]>();

function rowsFor(operation: Operation, type: string): readonly Refusal[] {
  const key = `${operation} ${type}`;
  const rows =
    byCall.get(key) ??
    REFUSALS.filter((row) => row.operations.includes(operation) && (row.types === "all" || row.types.includes(type)));
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
