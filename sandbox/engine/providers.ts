/** Which provider serves a resource: explicit ones, the parent's, and the default ones that the engine makes itself. */
import { randomUUID } from "node:crypto";
import type { Provider, ProviderPackage } from "../cloud/provider";
import { NO_DIFF } from "../values/diff";
import { UserError } from "../errors";
import type { Goal } from "./goal";
import { packageOf, splitReference } from "../values/urn";
import { equal, hasUnknown, plainMap, UNKNOWN, withoutBookkeeping, type PropertyMap } from "../values/values";

/** A provider resource that was registered in this run, or that the state knows. */
export interface RegisteredProvider {
  /** `<urn>::<id>`. */
  readonly reference: string;
  readonly config: PropertyMap;
  /** Absent while its configuration is unknown: then nothing behind it is checked, compared or made in preview. */
  readonly provider?: Provider;
}

const NO_RESOURCES = (): never => {
  throw new UserError(
    "the sandbox has no resources of package 'pulumi': docs/sandbox.md lists what is not built, and why",
  );
};

/** What the engine serves itself, the look-up of a registered resource: a provider in the state, with no resources. */
const ENGINE_PACKAGE: ProviderPackage = {
  name: "pulumi",
  checkConfig: (news) => ({ inputs: news, failures: [] }),
  diffConfig: () => NO_DIFF,
  configure: () => ({
    check: NO_RESOURCES,
    diff: NO_RESOURCES,
    create: NO_RESOURCES,
    read: NO_RESOURCES,
    update: NO_RESOURCES,
    delete: NO_RESOURCES,
    invoke: NO_RESOURCES,
  }),
};

/** Every provider of a run, by URN. */
export class ProviderRegistry {
  private readonly byUrn = new Map<string, RegisteredProvider>();
  private readonly byPackage: ReadonlyMap<string, ProviderPackage>;

  constructor(packages: readonly ProviderPackage[]) {
    this.byPackage = new Map([ENGINE_PACKAGE, ...packages].map((pkg) => [pkg.name, pkg]));
  }

  /** @throws UserError naming the packages that the sandbox has. */
  packageNamed(name: string): ProviderPackage {
    const found = this.byPackage.get(name);
    if (found !== undefined) return found;
    const known = [...this.byPackage.keys()].sort().join(", ");
    throw new UserError(
      `the sandbox has no provider for package '${name}' (it has: ${known}); docs/sandbox.md shows how to add one`,
    );
  }

  /** Makes a provider usable under its URN; unknown configuration leaves it unconfigured. */
  configure(type: string, urn: string, id: string, inputs: PropertyMap): RegisteredProvider {
    const config = withoutBookkeeping(inputs);
    const known = this.byUrn.get(urn);
    if (known !== undefined && known.reference === `${urn}::${id}` && equal(known.config, config)) return known;
    const provider = hasUnknown(config) ? undefined : this.packageNamed(packageOf(type)).configure(plainMap(config));
    const registered = { reference: `${urn}::${id}`, config, provider };
    this.byUrn.set(urn, registered);
    return registered;
  }

  /** The provider behind a reference. @throws UserError when the program names one that was never registered. */
  behind(reference: string): RegisteredProvider {
    const found = this.byUrn.get(splitReference(reference).urn);
    if (found === undefined) throw new UserError(`unknown provider reference '${reference}'`);
    return found;
  }

  /** Whether a provider of this URN was registered. */
  has(urn: string): boolean {
    return this.byUrn.has(urn);
  }
}

/** A new provider's id: unknown until it is really made. */
export function newProviderId(preview: boolean): string {
  return preview ? UNKNOWN : randomUUID();
}

/** Whether the stack's configuration forbids default providers of this package. */
export function defaultProviderDisabled(config: Readonly<Record<string, string>>, pkg: string): boolean {
  if (pkg === "pulumi") return false;
  const setting = config["pulumi:disable-default-providers"];
  if (setting === undefined) return false;
  const disabled = JSON.parse(setting) as readonly string[];
  return disabled.includes("*") || disabled.includes(pkg);
}

/** The reference that the goal itself, its own `providers`, or its nearest ancestor component gives for its package. */
export function givenProvider(
  goal: Goal,
  providersOf: (urn: string) => Readonly<Record<string, string>> | undefined,
): string | undefined {
  if (goal.provider !== undefined) return goal.provider;
  const pkg = packageOf(goal.type);
  return goal.providers[pkg] ?? (goal.parent === undefined ? undefined : providersOf(goal.parent)?.[pkg]);
}
