/** The provider that serves a resource: a given one, or the package's default one, made when it is first needed. */
import { UserError } from "../core/errors";
import { goalWith, type Goal } from "../state/goal";
import { defaultProviderName, packageOf, providerType } from "../property/urn";
import type { Deployment } from "./deployment";
import type { Register } from "./registration";

/** The reference of the provider that serves the goal: its own, its `providers`', the nearest component's, the default one. */
export async function providerFor(
  deployment: Deployment,
  goal: Goal,
  urn: string,
  register: Register,
): Promise<string> {
  const pkg = packageOf(goal.type);
  const inherited = deployment.goals.get(goal.parent ?? "")?.providers[pkg];
  const explicit = goal.provider ?? goal.providers[pkg] ?? inherited;
  if (explicit !== undefined) return explicit;
  if (isDefaultDisabled(deployment, pkg)) {
    throw new UserError(`Default provider for '${pkg}' disabled. '${urn}' must use an explicit provider.`);
  }
  return defaultProvider(deployment, pkg, goal.version, register);
}

/** Whether the stack's configuration forbids default providers of this package. */
export function isDefaultDisabled({ options }: Deployment, pkg: string): boolean {
  const setting = options.config["pulumi:disable-default-providers"] ?? "[]";
  const disabled = JSON.parse(setting) as readonly string[];
  return disabled.includes("*") || disabled.includes(pkg);
}

/** The reference of the one default provider for a package and version. */
export function defaultProvider(
  deployment: Deployment,
  pkg: string,
  version: string,
  register: Register,
): Promise<string> {
  const { defaults } = deployment.registry;
  const key = `${pkg}:${defaultProviderName(version)}`;
  const reference = defaults.get(key) ?? makeDefault(deployment, pkg, version, register);
  defaults.set(key, reference);
  return reference;
}

/** Its configuration is the stack's for that package, `aws:region` gives `region`; `pulumi:*` configures the engine itself. */
async function makeDefault(deployment: Deployment, pkg: string, version: string, register: Register): Promise<string> {
  const prefix = `${pkg}:`;
  const config = Object.entries(deployment.options.config).filter(
    ([key]) => pkg !== "pulumi" && key.startsWith(prefix),
  );
  const inputs = {
    ...Object.fromEntries(config.map(([key, value]) => [key.slice(prefix.length), value])),
    ...(version === "" ? {} : { version }),
  };
  const { urn, id } = await register(
    deployment,
    goalWith({ type: providerType(pkg), name: defaultProviderName(version), custom: true, version, inputs }),
  );
  return `${urn}::${id}`;
}
