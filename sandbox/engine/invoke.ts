/** Data sources: a provider's invoke, and the engine's own look-up of a registered resource. */
import { InvokeFailure, type CheckFailure } from "../provider/provider";
import { UserError } from "../errors";
import { packageOf } from "../values/urn";
import { plainMap, type PropertyMap } from "../values/values";
import { defaultProvider, isDefaultDisabled } from "./default-provider";
import type { Deployment } from "./deployment";

const GET_RESOURCE = "pulumi:pulumi:getResource";

/** What a program asks of a data source. */
export interface Question {
  /** Such as `aws:route53/getZone:getZone`. */
  readonly token: string;
  readonly args: PropertyMap;
  /** `<urn>::<id>`; absent for the package's default provider. */
  readonly provider?: string;
  /** Package version: names the default provider. */
  readonly version: string;
}

/** What a data source answers. */
export interface Answered {
  readonly result: PropertyMap;
  readonly failures: readonly CheckFailure[];
}

/** Answers one invoke. @throws UserError when its provider is disabled or not configured yet. */
export async function invoke(deployment: Deployment, question: Question): Promise<Answered> {
  const { token, version } = question;
  const args = plainMap(question.args);
  const pkg = packageOf(token);
  if (token === GET_RESOURCE) {
    await defaultProvider(deployment, pkg, "");
    return { result: registered(deployment, String(args.urn)), failures: [] };
  }
  if (question.provider === undefined && isDefaultDisabled(deployment, pkg)) {
    throw new UserError(`Invoke: Default provider for '${pkg}' disabled. '${token}' must use an explicit provider.`);
  }
  const provider = deployment.providerBehind(question.provider ?? (await defaultProvider(deployment, pkg, version)));
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
