/** The verdict on one change. */
import type { Resource } from "../plans/change";
import { type ChangeVerdict, type Finding, rankOf } from "./finding";
import type { PlanIndex } from "../plans/plan-index";
import { isOnServingPath, runsCode } from "../effects/serving-path";
import { createFindings } from "./create";
import { deleteFindings, replaceFindings } from "./remove";
import type { PlannedChange } from "./rows";
import { updateFindings } from "./update";

function codeFindings({ resource }: PlannedChange): readonly Finding[] {
  const what = resource.operation === "delete" ? "its deletion may run" : "it runs";
  return [
    {
      verdict: "UNKNOWN",
      reason: `${what} code that nobody can see in the plan, maybe against another cluster or account than the plan says.`,
      safer: "Read what it runs, and run it by itself.",
    },
  ];
}

function ownFindings(planned: PlannedChange): readonly Finding[] {
  const { resource } = planned;
  if (runsCode(resource.type)) return codeFindings(planned);
  switch (resource.operation) {
    case "create":
      return createFindings(planned);
    case "update":
      return updateFindings(planned);
    case "replace":
      return replaceFindings(planned);
    case "delete":
      return deleteFindings(planned);
    case "forget":
      return [{ verdict: "SAFE", reason: "it is left alive and no longer managed." }];
    case "read":
    case "none":
      return [];
  }
}

function quiet(resource: Resource): readonly Finding[] {
  if (resource.imported === true) return [{ verdict: "SAFE", reason: "it is adopted as it stands." }];
  if (resource.movedFrom !== undefined)
    return [{ verdict: "SAFE", reason: `it only moves, from ${resource.movedFrom}.` }];
  return [];
}

/** The verdict on a resource of the plan; undefined where nothing happens to it. @param more what others have found about it. */
export function classify(resource: Resource, index: PlanIndex, more: readonly Finding[]): ChangeVerdict | undefined {
  const servingPath = isOnServingPath(resource.type);
  const isComponent = !resource.custom || resource.type.startsWith("pulumi:pulumi:");
  const own = isComponent ? [] : ownFindings({ index, resource, servingPath });
  const all = [...(own.length === 0 ? quiet(resource) : own), ...more];
  if (all.length === 0) return undefined;
  const findings = all.sort((left, right) => rankOf(right.verdict, servingPath) - rankOf(left.verdict, servingPath));
  const [first] = findings;
  const { address, type, namedType, operation, order, movedFrom } = resource;
  return {
    address,
    ...{ type, planType: namedType, operation, order, movedFrom, servingPath, findings },
    verdict: first?.verdict ?? "UNKNOWN",
    reason: first?.reason ?? "",
  };
}
