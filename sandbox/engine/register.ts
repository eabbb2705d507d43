/** Registration of one resource: identity, provider, check, policies, diff, and the step that follows. */
import type { DiffResult, Provider } from "../cloud/provider";
import { construct } from "./construct";
import { providerFor } from "./default-provider";
import type { Deployment } from "./deployment";
import { NO_DIFF } from "../values/diff";
import { UserError } from "../errors";
import { checkAndExamine, examine, refuseFailures } from "./examine";
import type { Goal } from "./goal";
import { decide, protectedReplaceMessage } from "./planner";
import { newProviderId } from "./providers";
import type { PropertyDependencies, ResourceState } from "../state/resource-state";
import { carryOut, passThrough, registerComponent } from "./steps";
import { isProviderType, makeUrn, packageOf, splitReference, typeOf } from "../values/urn";
import { keepSecrets, plainMap, withoutBookkeeping, type PropertyMap } from "../values/values";

/** What the program gets back. */
export interface Reply {
  readonly urn: string;
  /** Empty while unknown. */
  readonly id: string;
  readonly outputs: PropertyMap;
  /** Only for remote components: which resources an output came from. */
  readonly propertyDependencies?: PropertyDependencies;
}

/** Registers a resource and carries out what follows from it. @throws UserError, RefusedError, or the provider's error. */
export async function register(deployment: Deployment, declared: Goal): Promise<Reply> {
  const goal = inherit(deployment, declared);
  const { stack, project } = deployment.options;
  const urn = makeUrn(stack, project, goal.parent, goal.type, goal.name);
  if (deployment.goals.has(urn)) throw new UserError(`Duplicate resource URN '${urn}'; try giving it a unique name`);
  deployment.goals.set(urn, goal);
  const old = resolveOld(deployment, goal, urn);
  if (goal.remote) return construct(deployment, goal, urn);
  if (!goal.custom) return registerComponent(deployment, goal, urn, old);
  if (isProviderType(goal.type)) return registerProvider(deployment, goal, urn, old);
  return registerCustom(deployment, goal, urn, old);
}

/** Options that children take from their parent when they set none (Pulumi step_generator.go, inheritFromParent). */
function inherit(deployment: Deployment, goal: Goal): Goal {
  const parent = goal.parent === undefined ? undefined : deployment.goals.get(goal.parent);
  const inherited = {
    protect: parent?.protect,
    retainOnDelete: parent?.retainOnDelete,
    deletedWith: parent?.deletedWith,
  };
  return {
    ...goal,
    protect: goal.protect ?? inherited.protect,
    retainOnDelete: goal.retainOnDelete ?? inherited.retainOnDelete,
    deletedWith: goal.deletedWith ?? inherited.deletedWith,
    providers: goal.custom ? goal.providers : { ...parent?.providers, ...goal.providers },
  };
}

/** The resource as it was, under its URN or the first alias that exists; an alias renames it everywhere. */
function resolveOld(deployment: Deployment, goal: Goal, urn: string): ResourceState | undefined {
  const { snapshot } = deployment;
  const direct = snapshot.get(urn);
  if (direct !== undefined) return direct;
  const parentAliases = parentRenames(deployment, goal, urn);
  const alias = [...goal.aliases, ...parentAliases].find((candidate) => snapshot.get(candidate) !== undefined);
  if (alias === undefined) return undefined;
  snapshot.apply({ kind: "rename", from: alias, to: urn });
  return snapshot.get(urn);
}

/** A renamed parent type or alias changes the URNs of its children too: their old URNs are aliases by themselves. */
function parentRenames(deployment: Deployment, goal: Goal, urn: string): string[] {
  const parent = goal.parent === undefined ? undefined : deployment.goals.get(goal.parent);
  if (parent === undefined) return [];
  const [scheme, stack, project] = [urn.split("::")[0] ?? "", deployment.options.stack, deployment.options.project];
  return parent.aliases
    .filter((alias) => alias.startsWith(scheme))
    .map((alias) => makeUrn(stack, project, alias, goal.type, goal.name));
}

async function registerProvider(
  deployment: Deployment,
  goal: Goal,
  urn: string,
  old: ResourceState | undefined,
): Promise<Reply> {
  const pkg = deployment.registry.packageNamed(packageOf(goal.type));
  const version: PropertyMap = goal.version === "" ? {} : { version: goal.version };
  const checked = pkg.checkConfig(plainMap({ ...goal.inputs, ...version }));
  refuseFailures(deployment, urn, checked.inputs, checked.failures);
  const config = keepSecrets(checked.inputs, goal.inputs);
  const inputs = await examine(deployment, goal, urn, goal.version === "" ? config : { __internal: {}, ...config });
  const outputs = withoutBookkeeping(inputs);
  const diff = old === undefined ? undefined : pkg.diffConfig(plainMap(old.inputs ?? {}), plainMap(inputs));
  const id = old?.id ?? newProviderId(deployment.options.preview);
  deployment.registry.configure(goal.type, urn, id, inputs);
  await passThrough(deployment, goal, urn, old, { id, inputs, outputs, diff });
  return { urn, id, outputs };
}

async function registerCustom(
  deployment: Deployment,
  goal: Goal,
  urn: string,
  old: ResourceState | undefined,
): Promise<Reply> {
  const reference = await providerFor(deployment, goal, urn);
  const served: Goal = { ...goal, provider: reference };
  if (!deployment.isTargeted(urn)) return leaveOut(deployment, urn, old);
  const { provider } = deployment.providerBehind(reference);
  if (provider === undefined) {
    const inputs = await examine(deployment, served, urn, goal.inputs);
    await passThrough(deployment, served, urn, old, { id: old?.id ?? "", inputs, outputs: {} });
    return { urn, id: old?.id ?? "", outputs: {} };
  }
  const forced = old !== undefined && deployment.mustReplace(urn);
  const inputs = await checkAndExamine(deployment, served, urn, provider, forced ? undefined : old);
  refuseSkipped(deployment, served, urn);
  const diff = forced ? FORCED : behindAnother(deployment, old, served, await compare(served, provider, old, inputs));
  const decision = decide(served, old, diff);
  if (decision.action === "replace" && old?.protect === true && served.protect === true)
    refuseReplacement(deployment, urn);
  const again =
    decision.action === "replace" && !forced && old?.pendingReplacement !== true
      ? await checkAndExamine(deployment, served, urn, provider, undefined)
      : inputs;
  return carryOut(deployment, { goal: served, urn, old, provider, inputs: again, decision });
}

/** A preview tells what would follow all the same; an update stops here. */
function refuseReplacement(deployment: Deployment, urn: string): void {
  const message = protectedReplaceMessage(urn);
  if (!deployment.options.preview) throw new UserError(message);
  deployment.stepFailed = true;
  deployment.report("error", message, urn);
}

/** Another provider than before may reach another place: its package says whether what is behind it must move. */
function behindAnother(
  deployment: Deployment,
  old: ResourceState | undefined,
  goal: Goal,
  diff: DiffResult | undefined,
): DiffResult | undefined {
  const [before, now] = [old?.provider, goal.provider].map((reference) => splitReference(reference ?? "").urn);
  const [was, is] = [before, now].map((urn) => deployment.snapshot.get(urn ?? "")?.inputs);
  if (diff === undefined || before === now || was === undefined || is === undefined) return diff;
  const pkg = deployment.registry.packageNamed(packageOf(typeOf(now ?? "")));
  if (pkg.diffConfig(plainMap(was), plainMap(is)).replaces.length === 0) return diff;
  return { ...diff, changes: true, replaces: [...diff.replaces, "provider"] };
}

/** What --replace makes of a resource that exists. */
const FORCED: DiffResult = { ...NO_DIFF, replaces: ["id"] };

async function compare(goal: Goal, provider: Provider, old: ResourceState | undefined, inputs: PropertyMap) {
  if (old === undefined || old.external === true || old.pendingReplacement === true) return undefined;
  const subject = { urn: old.urn, type: goal.type, name: goal.name };
  const known = { id: old.id ?? "", inputs: plainMap(old.inputs ?? {}), outputs: plainMap(old.outputs ?? {}) };
  return provider.diff(subject, known, plainMap(inputs));
}

/** --target names others: what exists stays as it is, what is new is not made. */
async function leaveOut(deployment: Deployment, urn: string, old: ResourceState | undefined): Promise<Reply> {
  if (old === undefined) {
    deployment.skipped.add(urn);
    deployment.note("same", { urn });
    return { urn, id: "", outputs: {} };
  }
  deployment.snapshot.apply({ kind: "same", urn });
  deployment.note("same", { urn, old, new: { ...old, id: undefined, outputs: undefined } });
  return { urn, id: old.id ?? "", outputs: old.outputs ?? {} };
}

function refuseSkipped(deployment: Deployment, goal: Goal, urn: string): void {
  const missing = goal.dependencies.find((dependency) => deployment.skipped.has(dependency));
  if (missing === undefined) return;
  throw new UserError(`Resource '${urn}' depends on '${missing}' which was was not specified in --target list.`);
}
