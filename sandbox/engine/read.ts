/** Resources that a program only reads (`Vpc.get`): looked up, recorded as external, never changed or deleted. */
import type { ReadResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import { providerFor } from "./default-provider";
import type { Deployment } from "./deployment";
import { UserError } from "../errors";
import { fromStruct, type Goal } from "./goal";
import { stateOf } from "./steps";
import { makeUrn } from "../values/urn";
import { plainMap, type PropertyMap } from "../values/values";

/** Reads one resource. @throws UserError when it does not exist. */
export async function read(
  deployment: Deployment,
  request: ReadResourceRequest,
): Promise<{ urn: string; outputs: PropertyMap }> {
  const goal = goalOfRead(request);
  const urn = makeUrn(deployment.options.stack, deployment.options.project, goal.parent, goal.type, goal.name);
  deployment.goals.set(urn, goal);
  const reference = await providerFor(deployment, goal, urn);
  const { provider } = deployment.providerBehind(reference);
  if (provider === undefined) return { urn, outputs: {} };
  const id = request.getId();
  const subject = { urn, type: goal.type, name: goal.name };
  const planned = { ...stateOf({ ...goal, provider: reference }, urn, goal.inputs, undefined), id, external: true };
  return deployment.step({ op: "read", urn, new: planned }, async () => {
    const found = await provider.read(subject, id, { inputs: plainMap(goal.inputs), outputs: {} });
    if (found === undefined) throw new UserError(`resource '${id}' does not exist`);
    deployment.snapshot.apply({ kind: "put", resource: { ...planned, outputs: found.outputs } });
    return { urn, outputs: found.outputs };
  });
}

function goalOfRead(request: ReadResourceRequest): Goal {
  return {
    type: request.getType(),
    name: request.getName(),
    custom: true,
    remote: false,
    parent: request.getParent() === "" ? undefined : request.getParent(),
    inputs: fromStruct(request.getProperties()),
    dependencies: request.getDependenciesList(),
    propertyDependencies: {},
    provider: request.getProvider() === "" ? undefined : request.getProvider(),
    providers: {},
    version: request.getVersion(),
    ignoreChanges: [],
    replaceOnChanges: [],
    aliases: [],
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    customTimeouts: {},
  };
}
