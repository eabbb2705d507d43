/** Data sources: a provider's invoke, and the engine's own functions. */
import { InvokeFailure, type CheckFailure } from "../protocol/provider";
import { UserError } from "../core/errors";
import { isStackType, packageOf } from "../property/urn";
import {
  isObject,
  isSecret,
  mapValue,
  plainMap,
  RESOURCE_SIG,
  SIG,
  type PropertyMap,
  type Value,
} from "../property/values";
import { defaultProvider, isDefaultDisabled } from "./default-provider";
import { register } from "./register";
import type { Deployment } from "./deployment";

/** The engine's own functions. */
const ENGINE_FUNCTIONS: Readonly<Record<string, (deployment: Deployment, args: PropertyMap) => PropertyMap>> = {
  "pulumi:pulumi:getResource": (deployment, { urn }) => registered(deployment, String(urn)),
  "pulumi:pulumi:readStackOutputs": (deployment, { name = "" }) => stackOutputs(deployment, String(name)),
  "pulumi:pulumi:readStackResourceOutputs": (deployment, { stackName = "" }) =>
    resourceOutputs(deployment, String(stackName)),
};

/** A program's call of a data source. */
export interface Question {
  /** Such as `aws:route53/getZone:getZone`. */
  readonly token: string;
  readonly args: PropertyMap;
  /** `<urn>::<id>`; absent for the package's default provider. */
  readonly provider?: string;
  /** Package version: names the default provider. */
  readonly version: string;
}

/** A data source's result. */
export interface Answered {
  readonly result: PropertyMap;
  readonly failures: readonly CheckFailure[];
}

/** Handles one invoke. @throws UserError when its provider is disabled or not configured yet. */
export async function invoke(deployment: Deployment, question: Question): Promise<Answered> {
  const { token, version } = question;
  const args = plainMap(question.args);
  const pkg = packageOf(token);
  const own = ENGINE_FUNCTIONS[token];
  if (own !== undefined) {
    await defaultProvider(deployment, pkg, "", register);
    return { result: own(deployment, args), failures: [] };
  }
  if (question.provider === undefined && isDefaultDisabled(deployment, pkg)) {
    throw new UserError(`Invoke: Default provider for '${pkg}' disabled. '${token}' must use an explicit provider.`);
  }
  const provider = deployment.providerBehind(
    question.provider ?? (await defaultProvider(deployment, pkg, version, register)),
  );
  if (provider === undefined)
    throw new UserError(`invoke of '${token}': the configuration of its provider is not known yet`);
  try {
    return { result: await provider.invoke(token, args), failures: [] };
  } catch (error) {
    if (error instanceof InvokeFailure) return { result: {}, failures: error.failures };
    throw error;
  }
}

function isReference(value: Value): value is PropertyMap {
  return isObject(value) && value[SIG] === RESOURCE_SIG;
}

/** How the SDK turns a reference to a remote component's child into a live resource. */
function registered(deployment: Deployment, urn: string): PropertyMap {
  const resource = deployment.snapshot.get(urn);
  if (resource === undefined) throw new UserError(`unknown resource ${urn}`);
  return { urn, id: resource.id ?? "", state: resource.outputs ?? {} };
}

/** States of other stacks are not read here. @throws UserError for any stack but the run's own. */
function expectOwn({ options }: Deployment, name: string): void {
  const own = `organization/${options.project}/${options.stack}`;
  if (name !== own)
    throw new UserError(`unknown stack "${name}"; the sandbox reads the run's own state only: "${own}"`);
}

/** The stack's outputs as its last update left them; none of a stack without state. */
function stackOutputs(deployment: Deployment, name: string): PropertyMap {
  expectOwn(deployment, name);
  const outputs = deployment.snapshot.live().find((resource) => isStackType(resource.type))?.outputs ?? {};
  const secretOutputNames = Object.keys(outputs).filter((key) => isSecret(outputs[key]));
  return { name, outputs, secretOutputNames };
}

/** Outputs of every live resource; references to resources become ids, because the caller cannot have them yet. */
function resourceOutputs(deployment: Deployment, name: string): PropertyMap {
  expectOwn(deployment, name);
  const byUrn = deployment.snapshot.live().map(({ urn, type, outputs = {} }): [string, PropertyMap] => {
    const plainOutputs = mapValue(outputs, (value) => (isReference(value) ? (value.id ?? value.urn ?? "") : value));
    return [urn, { type, outputs: plainOutputs }];
  });
  return { name, outputs: Object.fromEntries(byUrn) };
}
