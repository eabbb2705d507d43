/** Resources that are related to the changed one: users, owners, others of the same type. */
import type { Resource } from "../../plans/change";
import { canonical } from "../../plans/difference";
import type { PlanIndex } from "../../plans/plan-index";
import { valueAt, type Values } from "../../plans/values";
import { type Context, type Outcome, safe } from "./condition";

/** Addresses of resources, the first few of many. */
export function named(resources: readonly Resource[]): string {
  const shown = resources.slice(0, 3).map(({ address }) => address);
  return `${shown.join(", ")}${resources.length > shown.length ? ` and ${resources.length - shown.length} more` : ""}`;
}

/** The resources that refer to the resource of the context. */
export function usersOf({ index, resource }: Context): readonly Resource[] {
  return index.usersOf(resource.address);
}

/** The resource of the type that has the ARN, before the run or after it. */
export function withArn(index: PlanIndex, type: string, arn: unknown): Resource | undefined {
  return index
    .ofType(type)
    .find(({ before, after }) => typeof arn === "string" && (before?.["arn"] === arn || after?.["arn"] === arn));
}

/** The other resources of its type that exist after the run and match: another target of a group, another member. */
export function othersOf({ index, resource }: Context, isBeside: (other: Resource) => boolean): readonly Resource[] {
  return index
    .ofType(resource.type)
    .filter((other) => other.address !== resource.address && other.operation !== "delete" && isBeside(other));
}

/** Whether this run deletes the resource. */
export function isDeleted({ operation }: Resource): boolean {
  return operation === "delete";
}

/** The resources that the property refers to, where all of them are deleted in the same run. */
export function deletedOwners({ index, resource }: Context, property: string): readonly Resource[] {
  const owners = index.usedBy(resource.address, property);
  return owners.every(isDeleted) ? owners : [];
}

/** SAFE where what one of the properties refers to is deleted in the same run; undefined where none is. */
export function safeWithOwner(context: Context, properties: readonly string[]): Outcome | undefined {
  const gone = properties.flatMap((property) => deletedOwners(context, property));
  return gone.length > 0 ? safe(`${named(gone)} is deleted too; see its own verdict`) : undefined;
}

/** Whether the resource exists after the run. */
export const isNotDeleted = ({ operation }: Resource): boolean => operation !== "delete";

/** The others of its type that exist after the run and have the same values at these paths. */
export function equalsOf(context: Context, paths: readonly string[]): readonly Resource[] {
  const key = (values: Values | undefined): string => canonical(paths.map((path) => valueAt(values, path) ?? null));
  return othersOf(context, ({ after }) => key(after) === key(context.resource.before));
}
