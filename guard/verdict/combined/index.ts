/** Findings from several changes together: missing move statements, users of deleted resources, recreated principals. */
import { groupBy, groupPairs } from "@fridayproof/components/core";
import type { Resource } from "../plans/change";
import { type Finding, rankOf } from "../change/finding";
import { isOnServingPath } from "../effects/serving-path";
import { rowsOf } from "../effects/table";
import { canonical } from "../plans/difference";
import { NAMING } from "../plans/identities";
import { changes, type PlanIndex } from "../plans/plan-index";
import { stemOf, textsIn, valueAt } from "../plans/values";
import { probableRenames } from "./renames";

const ROLE = "aws:iam/role:Role";
const ENTRY = "aws:eks/accessEntry:AccessEntry";

/** A recreated role is another principal with the same ARN: an EKS access entry refers to the role's unique id. */
function brokenAccessEntries(index: PlanIndex): readonly (readonly [string, Finding])[] {
  const replaced = index.ofType(ROLE).filter(({ operation }) => operation === "replace");
  return replaced.flatMap((role) =>
    index
      .usersOf(role.address, ENTRY)
      .filter((entry) => !changes(entry))
      .map((entry): readonly [string, Finding] => [
        entry.address,
        {
          verdict: "DEGRADES",
          reason: `the role ${role.address} is replaced under the same ARN: EKS stores the id of the old one with this entry, so it no longer works, though the plan shows nothing.`,
          seconds: [60, 3600],
          who: "that role",
          safer: "Replace the entry in the same run.",
          source: "docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html",
          evidence: "summary",
        },
      ]),
  );
}

/** Whether everything that a user refers to stays when the resource is replaced: its network, or a given name. */
function isKept({ before, after }: Resource, user: Resource, property: string): boolean {
  const texts = textsIn(valueAt(user.after, [property]));
  const staying = new Set(
    Object.entries(before ?? {}).flatMap(([key, value]) =>
      !NAMING.has(stemOf(key)) && canonical(after?.[key]) === canonical(value) ? textsIn(value) : [],
    ),
  );
  const going = Object.entries(before ?? {}).flatMap(([key, value]) => (NAMING.has(stemOf(key)) ? textsIn(value) : []));
  return texts.length > 0 && texts.every((text) => staying.has(text) && !going.includes(text));
}

/** Conditions of rows about deletions that AWS refuses while the resource is in use. */
const BLOCKED_WHILE_USED = new Set(["takenFirst", "attachedGoes", "groupDeleted"]);

/** The effect of the deletion at the end of a replacement on users of the old resource. */
function lateDeletion(resource: Resource, user: Resource): Finding {
  const stays = `${user.address} does not change and keeps the old one, which is deleted at the end of the run`;
  const rows = rowsOf(resource.type)?.ofOperation("delete") ?? [];
  if (rows.some(({ condition, who }) => BLOCKED_WHILE_USED.has(condition ?? "") || who === "the deployment run"))
    return {
      verdict: "DEGRADES",
      reason: `${stays}: AWS refuses that while it is in use, and the run fails there.`,
      who: "the deployment run",
    };
  const isSlow = rows.length > 0 && rows.every(({ effect }) => effect === "SAFE" || effect === "DEGRADES");
  return {
    verdict: isSlow || !isOnServingPath(user.type) ? "DEGRADES" : "DOWNTIME",
    reason: `${stays}.`,
    seconds: null,
    who: user.address,
    safer: "Update its users in the same run, or keep the old one for now (retainOnDelete, a removed block).",
  };
}

/** Unchanged users keep the old resource, which is deleted at the end of the run. */
function staleReferences(index: PlanIndex): readonly (readonly [string, Finding])[] {
  const replaced = index.plan.resources.filter(
    ({ operation, order, custom, retainOnDelete }) =>
      custom && operation === "replace" && order === "create-first" && retainOnDelete !== true,
  );
  if (replaced.length === 0) return [];
  const uses = groupBy(index.plan.uses, ({ used }) => used);
  return replaced.flatMap((resource) => {
    const staying = (uses.get(resource.address) ?? []).flatMap(({ user, property }) => {
      const found = index.byAddress.get(user);
      const isBehind = found?.operation === "none" && found.custom && property !== undefined && property !== "provider";
      return isBehind && !isKept(resource, found, property) ? [found] : [];
    });
    const [worst] = staying
      .map((user) => lateDeletion(resource, user))
      .sort((left, right) => rankOf(right.verdict, true) - rankOf(left.verdict, true));
    return worst === undefined ? [] : [[resource.address, worst] as const];
  });
}

/** Findings from more than one change, by address. */
export function combinedFindings(index: PlanIndex): ReadonlyMap<string, readonly Finding[]> {
  return groupPairs([
    ...brokenAccessEntries(index),
    ...staleReferences(index),
    ...probableRenames(index.plan.resources),
  ]);
}
