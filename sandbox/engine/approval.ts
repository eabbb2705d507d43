/** What an approved plan allows an update: nothing that the plan did not show. */
import { UserError } from "../core/errors";
import type { Op } from "../events/events";
import { stepKey, type StepFacts } from "../events/step-facts";
import { nameOf } from "../property/urn";

/** Steps of an approved plan, by {@link stepKey}. */
export type ApprovedSteps = ReadonlySet<string>;

/** What may be done instead of what was approved, because it does less: an update where a replacement was foreseen. */
const LESS: Readonly<Partial<Record<Op, Op>>> = { update: "create-replacement" };

const verbs: Readonly<Partial<Record<Op, string>>> = {
  create: "create",
  update: "update",
  delete: "delete",
  "create-replacement": "replace",
  "delete-replaced": "replace",
};

/** @throws UserError for a step that the plan lacks; values known only in the update can cause one. */
export function requireApproved(approved: ApprovedSteps | undefined, { op, urn }: StepFacts): void {
  if (approved === undefined || approved.has(stepKey({ op, urn }))) return;
  const more = LESS[op];
  if (more !== undefined && approved.has(stepKey({ op: more, urn }))) return;
  throw new UserError(
    `the update would ${verbs[op] ?? op} ${nameOf(urn)}, which the approved plan does not. Nothing was done to it. ` +
      "A value known only during the update made the difference: run up again to see the plan as it is now.",
  );
}
