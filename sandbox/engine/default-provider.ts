/** The provider that serves a resource: a given one, or the package's default one, made when it is first needed. */
import type { Deployment } from "./deployment";
import { UserError } from "../errors";
import type { Goal } from "./goal";
import { defaultProviderDisabled, givenProvider } from "./providers";
import { register, type Reply } from "./register";
import { defaultProviderName, packageOf, providerType } from "../values/urn";

/** The reference of the provider that serves the goal; a default one is made when the program gave none. */
export async function providerFor(deployment: Deployment, goal: Goal, urn: string): Promise<string> {
  const given = givenProvider(goal, (parent) => deployment.goals.get(parent)?.providers);
  if (given !== undefined) return given;
  const pkg = packageOf(goal.type);
  if (defaultProviderDisabled(deployment.options.config, pkg)) {
    throw new UserError(`Default provider for '${pkg}' disabled. '${urn}' must use an explicit provider.`);
  }
  return defaultProvider(deployment, pkg, goal.version);
}

const defaultsUnderWay = new WeakMap<Deployment, Map<string, Promise<Reply>>>();

/** One default provider per package and version, made when it is first needed. */
export async function defaultProvider(deployment: Deployment, pkg: string, version: string): Promise<string> {
  const known = defaultsUnderWay.get(deployment) ?? new Map<string, Promise<Reply>>();
  defaultsUnderWay.set(deployment, known);
  const name = defaultProviderName(version);
  const key = `${pkg}:${name}`;
  const making = known.get(key) ?? register(deployment, defaultProviderGoal(deployment, pkg, name, version));
  known.set(key, making);
  const { urn, id } = await making;
  return `${urn}::${id}`;
}

function defaultProviderGoal(deployment: Deployment, pkg: string, name: string, version: string): Goal {
  const prefix = `${pkg}:`;
  const config = Object.entries(deployment.options.config).filter(([key]) => key.startsWith(prefix));
  const inputs = Object.fromEntries(config.map(([key, value]) => [key.slice(prefix.length), value]));
  return {
    type: providerType(pkg),
    name,
    custom: true,
    remote: false,
    inputs: { ...inputs, ...(version === "" ? {} : { version }) },
    dependencies: [],
    propertyDependencies: {},
    providers: {},
    version,
    ignoreChanges: [],
    replaceOnChanges: [],
    aliases: [],
    additionalSecretOutputs: [],
    customTimeouts: {},
  };
}
