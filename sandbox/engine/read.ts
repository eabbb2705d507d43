/** Resources that a program only reads (`Vpc.get`): looked up, recorded as external, never changed or deleted. */
import { UserError } from "../core/errors";
import { stateOf, type Goal } from "../state/goal";
import { identityOf } from "../property/urn";
import { plainMap } from "../property/values";
import { providerFor } from "./default-provider";
import type { Deployment } from "./deployment";
import { register } from "./register";
import type { Reply } from "./registration";

/** Reads one resource. @throws UserError when it does not exist. */
export async function read(deployment: Deployment, declared: Goal, id: string): Promise<Reply> {
  const urn = deployment.urnOf(declared);
  deployment.goals.set(urn, declared);
  const goal: Goal = { ...declared, provider: await providerFor(deployment, declared, urn, register) };
  const provider = deployment.providerBehind(goal.provider ?? "");
  if (provider === undefined) return { urn, id, outputs: {} };
  const planned = { ...stateOf(goal, urn, goal.inputs, undefined), id, external: true };
  return deployment.step({ op: "read", urn, new: planned }, async () => {
    const found = await provider.read(identityOf(urn), id, { inputs: plainMap(goal.inputs), outputs: {} });
    if (found === undefined) throw new UserError(`resource '${id}' does not exist`);
    deployment.snapshot.apply({ kind: "put", resource: { ...planned, outputs: found.outputs } });
    return { urn, id, outputs: found.outputs };
  });
}
