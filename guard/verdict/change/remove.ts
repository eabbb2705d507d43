/** The verdict on deletions and replacements. */
import type { Order, Resource } from "../plans/change";
import { GUARDS } from "../plans/guards";
import type { EffectRow } from "../effects/row";
import { rowsOf } from "../effects/table";
import { type Finding, rankOf } from "./finding";
import { isHelper, isStateful } from "../effects/serving-path";
import { clashOf } from "./names";
import { pathText, type PlannedChange, operationFindings } from "./rows";

function worst(findings: readonly Finding[], servingPath: boolean): number {
  return Math.max(...findings.map(({ verdict }) => rankOf(verdict, servingPath)));
}

/** Deletion protections that are on: named beside the verdict, which assumes that they are turned off. */
function guardsOn({ before = {}, protect }: Resource): readonly string[] {
  return [...(protect === true ? ["protect"] : []), ...GUARDS.filter((flag) => before[flag] === true)];
}

/** Whether a final snapshot is taken, where the resource has that property. */
function snapshotOf({ before = {} }: Resource): string {
  const skips = before["skipFinalSnapshot"] ?? before["skip_final_snapshot"];
  if (skips === false) return " (a final snapshot is taken first)";
  return skips === true ? " (no final snapshot is taken)" : "";
}

function withGuards(findings: readonly Finding[], resource: Resource): readonly Finding[] {
  const guards = guardsOn(resource);
  const protectionNote =
    guards.length === 0 ? "" : ` (${guards.join(", ")} is on: the run fails there unless it is switched off first)`;
  return findings.map((finding) => ({
    ...finding,
    reason: `${finding.reason}${snapshotOf(resource)}${protectionNote}`,
  }));
}

function unknownRemoval(planned: PlannedChange, what: string): readonly Finding[] {
  const { resource } = planned;
  if (isStateful(resource.type))
    return [
      {
        verdict: "DOWNTIME",
        reason: `${what} something that holds data: its content is deleted too.`,
        who: "data",
        seconds: null,
      },
    ];
  return [
    {
      verdict: "UNKNOWN",
      reason: `the table has no row about what it does to ${what.replace(/^it (delete|replace)s?/, "$1")} this type.`,
    },
  ];
}

/** Findings about a deletion. */
export function deleteFindings(planned: PlannedChange): readonly Finding[] {
  const { resource } = planned;
  if (resource.retainOnDelete === true)
    return [{ verdict: "SAFE", reason: "the object is not deleted, only removed from the state." }];
  if (isHelper(resource.type)) return [{ verdict: "SAFE", reason: "it exists only in the state." }];
  const found =
    operationFindings(rowsOf(resource.type)?.ofOperation("delete") ?? [], planned) ??
    unknownRemoval(planned, "it deletes");
  return withGuards(found, resource);
}

function ofOrder(rows: readonly EffectRow[], order: Order): readonly EffectRow[] {
  return rows.filter(({ change }) => change === "any" || change === order);
}

function replacedIn(planned: PlannedChange, order: Order): readonly Finding[] {
  const rows = rowsOf(planned.resource.type);
  const own = operationFindings(ofOrder(rows?.ofOperation("replace") ?? [], order), {
    ...planned,
    resource: { ...planned.resource, order },
  });
  if (own !== undefined) return own;
  // A replacement deletes too: first, or at the end, when others may still use the old one.
  const deletion = operationFindings(rows?.ofOperation("delete") ?? [], planned);
  return deletion ?? unknownRemoval(planned, "it replaces");
}

/** The plan's reason for the replacement. */
function because({ reasons, paths }: Resource): string {
  if (reasons.includes("provider")) return "its provider is replaced";
  const named = reasons.filter((reason) => !reason.startsWith("replace_"));
  const changed = paths.map(pathText).slice(0, 5);
  const words = [...new Set([...named, ...(named.length === 0 ? changed : [])])].sort();
  return words.length === 0 ? (reasons[0] ?? "the plan gives no reason") : words.join(", ");
}

/** A replacement with the same name by another provider: its users may stay with the old cluster or account. */
const elsewhere: Finding = {
  verdict: "UNKNOWN",
  reason:
    "its provider is replaced and its name does not change: in another cluster or account the users of the old one do not find the new one; in the same one the service refuses the new one.",
  safer: "Create the new one beside the old one, and move traffic by weights or DNS.",
};

/** Findings about a replacement. */
export function replaceFindings(planned: PlannedChange): readonly Finding[] {
  const { resource, servingPath } = planned;
  if (isHelper(resource.type))
    return [
      { verdict: "SAFE", reason: "it exists only in the state; resources that read it have verdicts of their own." },
    ];
  const { order } = resource;
  const orders: readonly Order[] = order === undefined ? ["create-first", "delete-first"] : [order];
  const [first = [], second] = orders.map((each) => replacedIn(planned, each));
  const found = second === undefined || worst(first, servingPath) >= worst(second, servingPath) ? first : second;
  const said = order ?? "in an order that the plan does not state, so the worse one is assumed";
  const clash = order === "create-first" ? clashOf(resource) : undefined;
  const moved = clash !== undefined && resource.reasons.includes("provider") ? [elsewhere] : [];
  const explained = found.map((finding) => ({
    ...finding,
    reason: `replaced (${said}; because of ${because(resource)}): ${finding.reason}`,
  }));
  return withGuards([...explained, ...(clash === undefined ? [] : [clash]), ...moved], resource);
}
