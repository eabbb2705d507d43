/** Data sources: a provider's invoke, and the engine's own look-up of a registered resource. */
import type { ResourceInvokeRequest } from "@pulumi/pulumi/proto/resource_pb";
import { InvokeFailure, type CheckFailure } from "../cloud/provider";
import { defaultProvider } from "./default-provider";
import type { Deployment } from "./deployment";
import { UserError } from "../errors";
import { fromStruct } from "./goal";
import { defaultProviderDisabled } from "./providers";
import { packageOf } from "../values/urn";
import { plainMap, type PropertyMap } from "../values/values";

const GET_RESOURCE = "pulumi:pulumi:getResource";

/** What a data source answers. */
export interface Answered {
  readonly result: PropertyMap;
  readonly failures: readonly CheckFailure[];
}

/** Answers one invoke. @throws UserError when its provider is disabled. */
export async function invoke(deployment: Deployment, request: ResourceInvokeRequest): Promise<Answered> {
  const token = request.getTok();
  const args = plainMap(fromStruct(request.getArgs()));
  if (token === GET_RESOURCE) {
    await defaultProvider(deployment, packageOf(token), "");
    return { result: registered(deployment, String(args.urn)), failures: [] };
  }
  const pkg = packageOf(token);
  if (request.getProvider() === "" && defaultProviderDisabled(deployment.options.config, pkg)) {
    throw new UserError(`Invoke: Default provider for '${pkg}' disabled. '${token}' must use an explicit provider.`);
  }
  const reference = request.getProvider() || (await defaultProvider(deployment, pkg, request.getVersion()));
  const { provider } = deployment.providerBehind(reference);
  if (provider === undefined)
    throw new UserError(`invoke of '${token}': the configuration of its provider is not known yet`);
  try {
    return { result: await provider.invoke(token, args), failures: [] };
  } catch (error) {
    if (error instanceof InvokeFailure) return { result: {}, failures: error.failures };
    throw error;
  }
}

/** How the SDK turns a reference to a remote component's child into a live resource. */
function registered(deployment: Deployment, urn: string): PropertyMap {
  const row = deployment.snapshot.get(urn);
  if (row === undefined) throw new UserError(`unknown resource ${urn}`);
  return { urn, id: row.id ?? "", state: row.outputs ?? {} };
}
