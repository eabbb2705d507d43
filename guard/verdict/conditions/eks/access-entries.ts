/** Access entries: nodes and people that may log in. */
import type { Resource } from "../../plans/change";
import { textAt } from "../../plans/values";
import { type Conditions, degrades, downtime } from "../core/condition";

/** Whether the entry is for nodes, and not for people or programs. */
export const isNodeEntry = (resource: Resource): boolean =>
  !["STANDARD", "standard", undefined].includes(textAt(resource.before ?? resource.after, "type"));

/** Conditions about access entries. */
export const accessEntries: Conditions = {
  entryReplaced: ({ resource, row }) => (isNodeEntry(resource) ? downtime(row.when) : degrades(row.when)),
};
