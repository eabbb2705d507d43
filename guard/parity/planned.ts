/** The state that a preview of Pulumi leads to: what will stand after the run, as far as the preview says it. */
import { SECRET_SIG, SECRET_TEXT, SIG } from "@fridayproof/components/core";
import type { Plan } from "../verdict";
import { isMap, type Values } from "../verdict/plans/values";
import { ParityError } from "./parity-error";
import { type StackState, stateOf } from "./state";

/** A preview hides a secret by one text for all: two of them say nothing of each other. */
function closed(value: unknown): unknown {
  if (value === SECRET_TEXT) return { [SIG]: SECRET_SIG };
  if (Array.isArray(value)) return value.map(closed);
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, closed(item)])) : value;
}

/** What a resource will have: outputs that stay, and inputs, which come back as outputs. */
function rowOf({ oldState, newState }: Values): readonly Values[] {
  if (!isMap(newState)) return [];
  const outputsOf = (state: unknown): Values => {
    const outputs = isMap(state) ? state["outputs"] : undefined;
    return isMap(outputs) ? outputs : {};
  };
  const inputs = closed(newState["inputs"]);
  const known = isMap(inputs) ? inputs : {};
  return [{ ...newState, inputs: known, outputs: { ...outputsOf(oldState), ...outputsOf(newState), ...known } }];
}

/**
 * The state after the run.
 * @throws ParityError where the plan does not say what will stand: plans of Terraform, and previews without unchanged resources.
 */
export function plannedState({ tool, steps = [], hasUnchanged }: Plan): StackState {
  if (tool !== "pulumi") throw new ParityError("a plan of Terraform; planned states of Pulumi are compared.");
  if (!hasUnchanged)
    throw new ParityError(
      "what does not change is not in the plan. Write it with `pulumi preview --json --show-sames`.",
    );
  const rows = steps.flatMap(rowOf);
  if (rows.length === 0) throw new ParityError("nothing stands after the run.");
  const byUrn = new Map(rows.toReversed().map((row) => [row["urn"], row]));
  return stateOf({ version: 3, deployment: { resources: [...byUrn.values()].toReversed() } });
}
