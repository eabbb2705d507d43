/** Reads a stack's state file as data: enough for pictures and outputs, which need no secrets. */
import { isObject, type PropertyMap, type Value } from "../../sandbox/property/values";
import { UserError } from "../../sandbox/core/errors";
import { readIfThere } from "../../sandbox/storage/journaled-file";
import { statePath } from "../../sandbox/state/state-file";
import type { Project } from "../context/project";

/** As the real command line answers an unknown stack. */
const EXIT_NO_STACK = 6;

/** The deployment, secrets still encrypted. @throws UserError when there is none or it cannot be read. */
export function readDeployment(project: Project, stack: string): Value {
  const file = statePath(project.work, stack);
  const text = readIfThere(file);
  if (text === undefined) {
    throw new UserError(
      `stack ${stack} has no state yet (${file}): run \`make up STACK=${stack}\` first.`,
      EXIT_NO_STACK,
    );
  }
  try {
    return JSON.parse(text) as Value;
  } catch (error) {
    throw new UserError(`the state ${file} is corrupt or truncated: ${(error as Error).message}. Nothing was changed.`);
  }
}

/** Whether the stack has a state with resources in it. */
export function hasState(project: Project, stack: string): boolean {
  return readIfThere(statePath(project.work, stack))?.includes('"urn"') === true;
}

/** The resources of a deployment, as far as they are objects with a URN and a type. */
export function rowsOf(deployment: Value): readonly (PropertyMap & { readonly urn: string; readonly type: string })[] {
  const inner = isObject(deployment) && isObject(deployment.deployment) ? deployment.deployment : {};
  const rows = Array.isArray(inner.resources) ? inner.resources.filter(isObject) : [];
  return rows.filter(
    (row): row is PropertyMap & { readonly urn: string; readonly type: string } =>
      typeof row.urn === "string" && typeof row.type === "string",
  );
}

/** The outputs of the stack, secrets wrapped. */
export function readOutputs(deployment: Value): Readonly<Record<string, Value>> {
  const outputs = rowsOf(deployment).find((row) => row.type === "pulumi:pulumi:Stack")?.outputs;
  return isObject(outputs) ? outputs : {};
}
