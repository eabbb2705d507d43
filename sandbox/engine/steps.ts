/** The steps that follow a decision: create, update, replace, same; each recorded before and after the provider acts. */
import { InitError, type CreateResult, type Provider } from "../protocol/provider";
import { UserError } from "../core/errors";
import type { Op } from "../events/events";
import { stateOf, type Goal } from "../state/goal";
import { lastKnown, sameState, type ResourceState } from "../state/resource-state";
import type { DiffResult } from "../property/diff";
import { identityOf } from "../property/urn";
import {
  equal,
  isObject,
  isSecret,
  keepSecretsInOutputs,
  plainMap,
  secret,
  type PropertyMap,
} from "../property/values";
import { deleteFirstCascade } from "./deletions";
import { deleteOne } from "./deleting";
import type { Deployment } from "./deployment";
import type { Decision } from "./planner";
import type { Reply, Registration } from "./registration";

/** A custom resource whose step is decided. */
export interface Decided extends Registration {
  readonly provider: Provider;
  readonly inputs: PropertyMap;
  readonly decision: Decision;
}

/** Carries out the decision and returns what the program receives. */
export async function carryOut(deployment: Deployment, decided: Decided): Promise<Reply> {
  const { decision, old, inputs } = decided;
  switch (decision.action) {
    case "same":
      return passThrough(deployment, decided, { id: old?.id, inputs, outputs: old?.outputs, diff: decision.diff });
    case "create":
      return replyOf(await create(deployment, decided, "create"));
    case "update":
      return replyOf(await update(deployment, decided));
    case "replace":
      return replyOf(await replace(deployment, decided));
  }
}

function replyOf(state: ResourceState): Reply {
  return { urn: state.urn, id: state.id ?? "", outputs: state.outputs ?? {} };
}

async function create(deployment: Deployment, decided: Decided, op: Op): Promise<ResourceState> {
  const { goal, urn, old, provider, inputs, decision } = decided;
  const planned = stateOf(goal, urn, inputs, undefined);
  const facts = { op, urn, old: op === "create" ? undefined : old, new: planned, diff: decision.diff };
  return deployment.step(facts, async () => {
    deployment.begin({ type: "creating", resource: planned });
    const identity = { ...identityOf(urn), generation: deployment.snapshot.nextGeneration(urn) };
    const result = await resultOf(deployment, urn, () =>
      provider.create(identity, plainMap(inputs), deployment.preview),
    );
    if (op === "create-replacement" && old?.pendingReplacement !== true)
      deployment.snapshot.apply({ kind: "pending-delete", urn });
    return record(deployment, decided, planned, result);
  });
}

async function update(deployment: Deployment, decided: Decided): Promise<ResourceState> {
  const { goal, urn, provider, inputs, decision } = decided;
  const old = decided.old as ResourceState;
  const planned = stateOf(goal, urn, inputs, old);
  return deployment.step({ op: "update", urn, old, new: planned, diff: decision.diff }, async () => {
    deployment.begin({ type: "updating", resource: { ...planned, id: old.id } });
    const known = lastKnown(old);
    const result = await resultOf(deployment, urn, async () => ({
      ...(await provider.update(identityOf(urn), known, plainMap(inputs), deployment.preview)),
      id: known.id,
    }));
    return record(deployment, decided, planned, result);
  });
}

/** The provider's result: an object that exists but never became ready is one too, with its reasons. */
async function resultOf(
  deployment: Deployment,
  urn: string,
  call: () => Promise<CreateResult> | CreateResult,
): Promise<CreateResult & { readonly reasons: readonly string[] }> {
  try {
    return { ...(await call()), reasons: [] };
  } catch (error) {
    if (error instanceof InitError) return { ...error.result, reasons: error.reasons };
    deployment.settle(urn);
    throw error;
  }
}

/** Saves what was made, with its reasons where it never became ready. @throws UserError naming those. */
function record(
  { snapshot }: Deployment,
  { goal, inputs }: Decided,
  resource: ResourceState,
  { id, outputs, reasons }: CreateResult & { readonly reasons: readonly string[] },
): ResourceState {
  const sealed = sealOutputs(outputs, inputs, goal);
  const state = { ...resource, ...stampsOf(resource), id: id || undefined, outputs: sealed, initErrors: reasons };
  snapshot.apply({ kind: "put", resource: state });
  if (reasons.length === 0) return state;
  const count = reasons.length === 1 ? "1 error" : `${reasons.length} errors`;
  throw new UserError(`${count} occurred:\n${reasons.map((reason) => `\t* ${reason}\n`).join("")}\n`);
}

/** When a resource was created, and that it was changed now. */
function stampsOf({ created }: ResourceState): Pick<ResourceState, "created" | "modified"> {
  const modified = new Date().toISOString();
  return { created: created ?? modified, modified };
}

/** Outputs with everything secret that the program or the inputs say is secret, where they repeat the inputs too. */
function sealOutputs(outputs: PropertyMap, inputs: PropertyMap, goal: Goal): PropertyMap {
  const sealed = withSecrets(keepSecretsInOutputs(outputs, inputs), goal.additionalSecretOutputs);
  const repeated = sealed.__inputs;
  if (!isObject(repeated) || isSecret(repeated)) return sealed;
  return { ...sealed, __inputs: withSecrets(repeated, goal.additionalSecretOutputs) };
}

function withSecrets(properties: PropertyMap, names: readonly string[]): PropertyMap {
  const sealed = names.flatMap((name) => {
    const value = properties[name];
    return value === undefined ? [] : [[name, secret(value)] as const];
  });
  return { ...properties, ...Object.fromEntries(sealed) };
}

/** Create-first by default: the old one is deleted at the very end of the run. Delete-first takes its users along. */
async function replace(deployment: Deployment, decided: Decided): Promise<ResourceState> {
  const { goal, urn, inputs, decision } = decided;
  const { deleteFirst, diff } = decision;
  const old = decided.old as ResourceState;
  if (!deleteFirst) {
    const state = await create(deployment, decided, "create-replacement");
    const states = { old: { ...old, delete: true }, new: { ...state, id: undefined } };
    deployment.record.note({ op: "replace", urn, ...states, diff });
    return state;
  }
  if (old.pendingReplacement !== true) await deleteWithUsers(deployment, old, diff);
  const deleted = { ...old, pendingReplacement: true };
  deployment.record.note({ op: "replace", urn, old: deleted, new: stateOf(goal, urn, inputs, undefined), diff });
  return create(deployment, { ...decided, old: deleted }, "create-replacement");
}

async function deleteWithUsers(deployment: Deployment, old: ResourceState, diff: DiffResult): Promise<void> {
  const cascade = await deleteFirstCascade(old, deployment.snapshot.live(), async (resource, inputs) => {
    if (!resource.custom || resource.provider === undefined) return false;
    const expected = await deployment
      .providerOf(resource)
      .diff(identityOf(resource.urn), lastKnown(resource), plainMap(inputs));
    return expected.replaces.length > 0;
  });
  for (const resource of cascade) await deleteOne(deployment, resource, "delete-replaced");
  await deleteOne(deployment, old, "delete-replaced", diff);
}

/** A step without a provider call: what stays as it is, components, providers, and what is behind an unconfigured one. */
export function passThrough(
  deployment: Deployment,
  { goal, urn, old }: Registration,
  result: { id?: string; inputs: PropertyMap; outputs?: PropertyMap; diff?: DiffResult },
): Reply {
  const changed = old !== undefined && (result.diff?.changes ?? !equal(old.inputs ?? {}, result.inputs));
  const op: Op = old === undefined ? "create" : changed ? "update" : "same";
  const planned = stateOf(goal, urn, result.inputs, old);
  const stamps = op === "same" ? {} : stampsOf(planned);
  const state = { ...planned, ...stamps, id: result.id || undefined, outputs: result.outputs };
  const isSame = old !== undefined && sameState(old, state);
  deployment.snapshot.apply(isSame ? { kind: "same", urn } : { kind: "put", resource: state });
  deployment.record.note({ op, urn, old, new: planned, diff: result.diff });
  return replyOf(state);
}

/** A replacement without a provider call: of a provider, and in a preview of what is behind one that is not known yet. */
export function replaceUnasked(
  deployment: Deployment,
  { goal, urn, old }: Registration,
  result: { id?: string; inputs: PropertyMap; outputs: PropertyMap; diff: DiffResult },
): Reply {
  const planned = stateOf(goal, urn, result.inputs, undefined);
  const state = { ...planned, ...stampsOf(planned), id: result.id, outputs: result.outputs };
  deployment.record.note({ op: "create-replacement", urn, old, new: planned, diff: result.diff });
  if (old?.pendingReplacement !== true) deployment.snapshot.apply({ kind: "pending-delete", urn });
  deployment.snapshot.apply({ kind: "put", resource: state });
  deployment.record.note({ op: "replace", urn, old, new: planned, diff: result.diff });
  return replyOf(state);
}

/** What RegisterResourceOutputs gives for a component or the stack. */
export function recordOutputs({ snapshot }: Deployment, urn: string, outputs: PropertyMap): void {
  const state = snapshot.get(urn);
  if (state === undefined) throw new UserError(`outputs for a resource that was never registered: ${urn}`);
  if (state.outputs === undefined || !equal(state.outputs, outputs))
    snapshot.apply({ kind: "put", resource: { ...state, outputs } });
}
