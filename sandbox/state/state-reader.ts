/** Reads a stack's state file as data: enough for pictures and outputs, which need no secrets. */
import { existsSync } from "node:fs";
import { EXIT_NO_STACK, UserError } from "../core/errors";
import { isObject, type PropertyMap, type Value } from "../property/values";
import { journalPath, readIfThere } from "../storage/journaled-file";
import { statePath } from "./state-file";

/** A resource of a deployment, as far as it is one. */
export type StateResource = PropertyMap & { readonly urn: string; readonly type: string };

/** The states of one engine. */
export interface StackStates {
  /** Names of the stacks that have resources. */
  names(): Promise<readonly string[]>;
  /** The resources of a stack; none when there is no such stack. */
  resources(stack: string): Promise<readonly StateResource[]>;
  /** The outputs of a stack. @throws UserError when there is no such stack. */
  outputs(stack: string): Promise<PropertyMap>;
}

/** The deployment, secrets still encrypted. @throws UserError when there is none or it cannot be read. */
export function readDeployment(work: string, stack: string): Value {
  const file = statePath(work, stack);
  const text = readIfThere(file);
  if (text === undefined) {
    throw new UserError(
      `stack ${stack} has no state yet (${file}): run \`fridayproof up --stack ${stack}\` first.`,
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
export function hasState(work: string, stack: string): boolean {
  return readIfThere(statePath(work, stack))?.includes('"urn"') === true;
}

/** Whether the stack's last run did not end, or goes on: its journal is still there. */
export function isUnfinished(work: string, stack: string): boolean {
  return existsSync(journalPath(statePath(work, stack)));
}

/** The resources of a deployment. */
export function resourcesOf(deployment: Value): readonly StateResource[] {
  const inner = isObject(deployment) && isObject(deployment.deployment) ? deployment.deployment : {};
  const resources = Array.isArray(inner.resources) ? inner.resources.filter(isObject) : [];
  return resources.filter(
    (resource): resource is StateResource => typeof resource.urn === "string" && typeof resource.type === "string",
  );
}

/** The outputs of the stack, secrets wrapped. */
export function readOutputs(deployment: Value): PropertyMap {
  const outputs = resourcesOf(deployment).find((resource) => resource.type === "pulumi:pulumi:Stack")?.outputs;
  return isObject(outputs) ? outputs : {};
}
