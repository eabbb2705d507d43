/** The providers of a run: each package that the sandbox has, configured once for each provider resource. */
import type { Provider, ProviderPackage } from "../protocol/provider";
import { UserError } from "../core/errors";
import { NO_DIFF } from "../property/diff";
import { isProviderType, packageOf } from "../property/urn";
import { equal, hasUnknown, plainMap, withoutBookkeeping, type PropertyMap } from "../property/values";

/** A provider resource and what serves it. */
export interface Configured {
  readonly config: PropertyMap;
  /** Undefined for an unknown configuration: then nothing behind it is checked, compared or made in preview. */
  readonly provider: Provider | undefined;
}

const none = (): never => {
  throw new UserError(
    "the sandbox has no resources of package 'pulumi': docs/sandbox.md lists what is not built, and why",
  );
};

/** What the engine serves itself, the look-up of a registered resource: a provider in the state, with no resources. */
const ENGINE_PACKAGE: ProviderPackage = {
  name: "pulumi",
  checkConfig: (news) => ({ inputs: news, failures: [] }),
  diffConfig: () => NO_DIFF,
  configure: () => ({ check: none, diff: none, create: none, read: none, update: none, delete: none, invoke: none }),
};

/** Every provider of a run, by reference: one that is replaced serves what it made until that is deleted. */
export class ProviderRegistry {
  /** References of default providers, made or being made, by package and name. */
  readonly defaults = new Map<string, Promise<string>>();
  private readonly byReference = new Map<string, Configured>();
  private readonly byPackage: ReadonlyMap<string, ProviderPackage>;

  constructor(packages: readonly ProviderPackage[]) {
    this.byPackage = new Map([ENGINE_PACKAGE, ...packages].map((pkg) => [pkg.name, pkg]));
  }

  /** @throws UserError naming the packages that the sandbox has. */
  packageNamed(name: string): ProviderPackage {
    const found = this.byPackage.get(name);
    if (found !== undefined) return found;
    const known = this.packageNames.join(", ");
    throw new UserError(
      `the sandbox has no provider for package '${name}' (it has: ${known}); docs/sandbox.md shows how to add one`,
    );
  }

  /** Whether there is a package for resources of this type, or for providers of this name. */
  knows(type: string): boolean {
    const pkg = this.byPackage.get(packageOf(type));
    return pkg !== undefined && (isProviderType(type) || pkg.knows?.(type) !== false);
  }

  /** Names of the packages, in order. */
  get packageNames(): readonly string[] {
    return [...this.byPackage.keys()].sort();
  }

  /** Makes a provider usable under its reference, where its configuration is known. */
  configure(type: string, urn: string, id: string, inputs: PropertyMap): Provider | undefined {
    const config = withoutBookkeeping(inputs);
    const reference = `${urn}::${id}`;
    const known = this.byReference.get(reference);
    if (known !== undefined && equal(known.config, config)) return known.provider;
    const provider = hasUnknown(config) ? undefined : this.packageNamed(packageOf(type)).configure(plainMap(config));
    this.byReference.set(reference, { config, provider });
    return provider;
  }

  /** What is behind this reference; undefined where it was not registered in this run. */
  get(reference: string): Configured | undefined {
    return this.byReference.get(reference);
  }
}
