/** Registration of one resource: identity, provider, check, policies, diff, and the step that follows. */
import { randomUUID } from "node:crypto";
import { UserError } from "../core/errors";
import type { Goal } from "../state/goal";
import { lastKnown, type ResourceState } from "../state/resource-state";
import { NO_DIFF, type DiffResult } from "../property/diff";
import { isProviderType, packageOf, splitReference, identityOf, typeOf } from "../property/urn";
import { keepSecrets, plainMap, UNKNOWN, withoutBookkeeping, type PropertyMap } from "../property/values";
import { providerFor } from "./default-provider";
import type { Deployment } from "./deployment";
import { checkAndAnalyze, analyze, rejectFailures } from "./analyze";
import { inherit, resolveOld } from "./identity";
import { decide, protectedReplaceMessage } from "./planner";
import type { Reply, Registration } from "./registration";
import { carryOut, passThrough, replaceUnasked } from "./steps";

/** Registers a resource and carries out what follows from it. @throws UserError, RejectedError, or the provider's error. */
export async function register(deployment: Deployment, declared: Goal): Promise<Reply> {
  const goal = inherit(deployment, declared);
  const urn = deployment.urnOf(goal);
  if (deployment.goals.has(urn)) throw new UserError(`Duplicate resource URN '${urn}'; try giving it a unique name`);
  deployment.goals.set(urn, goal);
  const registration = { goal, urn, old: resolveOld(deployment, goal, urn) };
  if (!goal.custom) return registerComponent(deployment, registration);
  return isProviderType(goal.type)
    ? registerProvider(deployment, registration)
    : registerCustom(deployment, registration);
}

/** A component has no provider: its inputs are recorded, its outputs come later. */
async function registerComponent(deployment: Deployment, registration: Registration): Promise<Reply> {
  const inputs = await analyze(deployment, registration.goal, registration.urn, registration.goal.inputs);
  passThrough(deployment, registration, { inputs, outputs: registration.old?.outputs });
  return { urn: registration.urn, id: "", outputs: {} };
}

async function registerProvider(deployment: Deployment, registration: Registration): Promise<Reply> {
  const { goal, urn, old } = registration;
  const pkg = deployment.registry.packageNamed(packageOf(goal.type));
  const version: PropertyMap = goal.version === "" ? {} : { version: goal.version };
  const checked = pkg.checkConfig(plainMap({ ...goal.inputs, ...version }));
  rejectFailures(deployment, urn, checked.inputs, checked.failures);
  const config = keepSecrets(checked.inputs, goal.inputs);
  const inputs = await analyze(deployment, goal, urn, goal.version === "" ? config : { __internal: {}, ...config });
  const outputs = withoutBookkeeping(inputs);
  const diff = old === undefined ? undefined : pkg.diffConfig(plainMap(old.inputs ?? {}), plainMap(inputs));
  const replaced = diff !== undefined && diff.replaces.length > 0;
  const kept = replaced ? undefined : old?.id;
  const id = kept ?? (deployment.preview ? UNKNOWN : randomUUID());
  deployment.registry.configure(goal.type, urn, id, inputs);
  const result = { id, inputs, outputs, diff };
  return replaced
    ? replaceUnasked(deployment, registration, { ...result, diff })
    : passThrough(deployment, registration, result);
}

async function registerCustom(deployment: Deployment, { goal: declared, urn, old }: Registration): Promise<Reply> {
  const goal: Goal = { ...declared, provider: await providerFor(deployment, declared, urn, register) };
  if (!deployment.isTargeted(urn)) return leaveOut(deployment, urn, old);
  const provider = deployment.providerBehind(goal.provider ?? "");
  if (provider === undefined) {
    const inputs = await analyze(deployment, goal, urn, goal.inputs);
    return hasOtherProvider(old, goal)
      ? replaceUnasked(deployment, { goal, urn, old }, { inputs, outputs: {}, diff: MOVED })
      : passThrough(deployment, { goal, urn, old }, { id: old?.id, inputs, outputs: {} });
  }
  // What is gone already, or was only read, has nothing to be compared with.
  const existing = old?.external === true || old?.pendingReplacement === true ? undefined : old;
  const forced = existing !== undefined && deployment.mustReplace(urn);
  const known = forced ? undefined : existing;
  const inputs = await checkAndAnalyze(deployment, goal, urn, provider, known);
  rejectSkipped(deployment, goal, urn);
  const changed = known && (await provider.diff(identityOf(urn), lastKnown(known), plainMap(inputs)));
  const diff = forced ? FORCED : behindAnother(deployment, old, goal, changed);
  const decision = decide(goal, old, diff);
  if (decision.action === "replace" && old?.protect === true && goal.protect === true)
    rejectReplacement(deployment, urn);
  // A new object is checked as one: without the old one's inputs.
  const again = decision.action === "replace" && known !== undefined;
  const final = again ? await checkAndAnalyze(deployment, goal, urn, provider, undefined) : inputs;
  return carryOut(deployment, { goal, urn, old, provider, inputs: final, decision });
}

/** What --replace makes of a resource that exists. */
const FORCED: DiffResult = { ...NO_DIFF, replaces: ["id"] };

/** What a replaced provider makes of all that is behind it: its successor may reach another place. */
const MOVED: DiffResult = { ...NO_DIFF, changes: true, replaces: ["provider"] };

/** Whether the provider of this name was replaced since (Pulumi step_generator.go, providerChanged). */
function hasOtherProvider(old: ResourceState | undefined, goal: Goal): boolean {
  const [before, now] = [old, goal].map((side) => splitReference(side?.provider ?? ""));
  return old?.provider !== undefined && before?.urn === now?.urn && before?.id !== now?.id;
}

/** Another provider than before may reach another place: its package decides whether what is behind it must move. */
function behindAnother(
  { snapshot, registry }: Deployment,
  old: ResourceState | undefined,
  goal: Goal,
  diff: DiffResult | undefined,
): DiffResult | undefined {
  const [before = "", now = ""] = [old, goal].map((side) => splitReference(side?.provider ?? "").urn);
  if (diff !== undefined && hasOtherProvider(old, goal)) return MOVED;
  const [was, is] = [snapshot.get(before)?.inputs, snapshot.get(now)?.inputs];
  if (diff === undefined || before === now || was === undefined || is === undefined) return diff;
  const { replaces } = registry.packageNamed(packageOf(typeOf(now))).diffConfig(plainMap(was), plainMap(is));
  return replaces.length === 0 ? diff : { ...diff, changes: true, replaces: [...diff.replaces, "provider"] };
}

/** A preview reports what would follow all the same; an update stops here. */
function rejectReplacement(deployment: Deployment, urn: string): void {
  const message = protectedReplaceMessage(urn);
  if (!deployment.preview) throw new UserError(message);
  deployment.stepFailed = true;
  deployment.record.report("error", message, urn);
}

/** --target names others: what exists stays as it is, what is new is not made. */
function leaveOut(deployment: Deployment, urn: string, old: ResourceState | undefined): Reply {
  if (old === undefined) deployment.skipped.add(urn);
  else deployment.snapshot.apply({ kind: "same", urn });
  const shown = old === undefined ? undefined : { ...old, id: undefined, outputs: undefined };
  deployment.record.note({ op: "same", urn, old, new: shown });
  return { urn, id: old?.id ?? "", outputs: old?.outputs ?? {} };
}

function rejectSkipped(deployment: Deployment, goal: Goal, urn: string): void {
  const missing = goal.dependencies.find((dependency) => deployment.skipped.has(dependency));
  if (missing === undefined) return;
  throw new UserError(`Resource '${urn}' depends on '${missing}' which was was not specified in --target list.`);
}
