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
      reason: `${what} code that the plan does not show, which may change anything, in any cluster or account.`,
      safer: "Read its code, and run it separately.",
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
      return [{ verdict: "SAFE", reason: "it is not deleted, only no longer managed." }];
    case "read":
    case "none":
      return [];
  }
}

function quiet(resource: Resource): readonly Finding[] {
  if (resource.imported === true) return [{ verdict: "SAFE", reason: "it is imported without a change." }];
  if (resource.movedFrom !== undefined)
    return [{ verdict: "SAFE", reason: `only its address changes, from ${resource.movedFrom}.` }];
  return [];
}

/** The verdict on a resource of the plan; undefined where it does not change. @param more findings about it from the whole run. */
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
