/** The steps that follow a decision: create, update, replace, same; each recorded before and after the provider acts. */
import { InitError, type DiffResult, type Made, type Provider } from "../cloud/provider";
import { deleteFirstCascade } from "./deletions";
import { deleteOne } from "./deleting";
import type { Deployment } from "./deployment";
import { UserError } from "../errors";
import type { Op } from "../report/events";
import { examine } from "./examine";
import type { Goal } from "./goal";
import type { Decision } from "./planner";
import type { Reply } from "./register";
import { sameState, type ResourceState } from "../state/resource-state";
import { nameOf } from "../values/urn";
import { equal, keepSecrets, plainMap, secret, type PropertyMap } from "../values/values";

/** A custom resource whose step is decided. */
export interface Decided {
  readonly goal: Goal;
  readonly urn: string;
  readonly old: ResourceState | undefined;
  readonly provider: Provider;
  readonly inputs: PropertyMap;
  readonly decision: Decision;
}

/** Carries out the decision and gives what the program is told. */
export async function carryOut(deployment: Deployment, decided: Decided): Promise<Reply> {
  switch (decided.decision.action) {
    case "same":
      return keep(deployment, decided);
    case "create":
      return reply(await create(deployment, decided, "create"));
    case "update":
      return reply(await update(deployment, decided));
    case "replace":
      return reply(await replace(deployment, decided));
  }
}

function reply(state: ResourceState): Reply {
  return { urn: state.urn, id: state.id ?? "", outputs: state.outputs ?? {} };
}

/** The row of the state for a goal: everything but what the provider answers. */
export function stateOf(goal: Goal, urn: string, inputs: PropertyMap, old: ResourceState | undefined): ResourceState {
  return {
    urn,
    custom: goal.custom,
    type: goal.type,
    inputs,
    parent: goal.parent,
    protect: goal.protect,
    dependencies: [...new Set(goal.dependencies)],
    provider: goal.provider,
    propertyDependencies: goal.propertyDependencies,
    additionalSecretOutputs: goal.additionalSecretOutputs,
    customTimeouts: Object.fromEntries(Object.entries(goal.customTimeouts).filter(([, text]) => text !== undefined)),
    retainOnDelete: goal.retainOnDelete,
    deletedWith: goal.deletedWith,
    created: old?.created,
    modified: old?.modified,
    sourcePosition: goal.sourcePosition,
    ignoreChanges: goal.ignoreChanges,
    replaceOnChanges: goal.replaceOnChanges,
  };
}

/** Outputs with everything secret that the program or the inputs say is secret. */
function sealOutputs(outputs: PropertyMap, inputs: PropertyMap, goal: Goal): PropertyMap {
  const sealed: Record<string, PropertyMap[string]> = { ...keepSecrets(outputs, inputs) };
  for (const name of goal.additionalSecretOutputs) {
    const value = sealed[name];
    if (value !== undefined) sealed[name] = secret(value);
  }
  return sealed;
}

function keep(deployment: Deployment, { goal, urn, old, inputs }: Decided): Reply {
  const before = old as ResourceState;
  const planned = stateOf(goal, urn, inputs, old);
  const state = { ...planned, id: before.id, outputs: before.outputs, external: before.external };
  deployment.snapshot.apply(sameState(before, state) ? { kind: "same", urn } : { kind: "put", resource: state });
  deployment.note("same", { urn, old: before, new: planned });
  return reply(state);
}

async function create(deployment: Deployment, decided: Decided, op: Op): Promise<ResourceState> {
  const { goal, urn, old, provider, inputs, decision } = decided;
  const { preview } = deployment.options;
  const planned = stateOf(goal, urn, inputs, undefined);
  const facts = { op, urn, old: op === "create" ? undefined : old, new: planned, diff: decision.diff };
  return deployment.step(facts, async () => {
    deployment.begin({ type: "creating", resource: planned });
    const replaced = op === "create-replacement" && old?.pendingReplacement !== true;
    const subject = { urn, type: goal.type, name: goal.name };
    const made = await making(deployment, urn, () => provider.create(subject, plainMap(inputs), preview));
    const now = deployment.now();
    const state: ResourceState = {
      ...planned,
      id: made.id === "" ? undefined : made.id,
      outputs: sealOutputs(made.outputs, inputs, goal),
      initErrors: made.reasons,
      created: now,
      modified: now,
    };
    if (replaced) deployment.snapshot.apply({ kind: "doom", urn });
    deployment.snapshot.apply({ kind: "put", resource: state });
    if (made.reasons.length > 0) throw new UserError(initMessage(made.reasons));
    return state;
  });
}

/** An object that exists but never became ready is an answer too: it is saved with its reasons. */
async function making(
  deployment: Deployment,
  urn: string,
  create: () => Promise<Made> | Made,
): Promise<Made & { reasons: readonly string[] }> {
  try {
    return { ...(await create()), reasons: [] };
  } catch (error) {
    if (error instanceof InitError) return { ...error.made, reasons: error.reasons };
    deployment.settle(urn);
    throw error;
  }
}

function initMessage(reasons: readonly string[]): string {
  const count = reasons.length === 1 ? "1 error" : `${reasons.length} errors`;
  return `${count} occurred:\n${reasons.map((reason) => `\t* ${reason}\n`).join("")}\n`;
}

async function update(deployment: Deployment, decided: Decided): Promise<ResourceState> {
  const { goal, urn, provider, inputs, decision } = decided;
  const old = decided.old as ResourceState;
  const planned = stateOf(goal, urn, inputs, old);
  return deployment.step({ op: "update", urn, old, new: planned, diff: decision.diff }, async () => {
    deployment.begin({ type: "updating", resource: { ...planned, id: old.id } });
    const known = { id: old.id ?? "", inputs: plainMap(old.inputs ?? {}), outputs: plainMap(old.outputs ?? {}) };
    const subject = { urn, type: goal.type, name: goal.name };
    const made = await making(deployment, urn, async () => {
      const { outputs } = await provider.update(subject, known, plainMap(inputs), deployment.options.preview);
      return { id: known.id, outputs };
    });
    const outputs = sealOutputs(made.outputs, inputs, goal);
    const state = { ...planned, id: old.id, outputs, initErrors: made.reasons, modified: deployment.now() };
    deployment.snapshot.apply({ kind: "put", resource: state });
    if (made.reasons.length > 0) throw new UserError(initMessage(made.reasons));
    return state;
  });
}

/** Create-first by default: the old one is deleted at the very end of the run. Delete-first takes its users along. */
async function replace(deployment: Deployment, decided: Decided): Promise<ResourceState> {
  const { goal, urn, inputs, decision } = decided;
  const old = decided.old as ResourceState;
  if (!decision.deleteFirst) {
    const state = await create(deployment, decided, "create-replacement");
    deployment.note("replace", {
      urn,
      old: { ...old, delete: true },
      new: { ...state, id: undefined },
      diff: decision.diff,
    });
    return state;
  }
  if (old.pendingReplacement !== true) await deleteFirst(deployment, decided, old);
  const gone = { ...old, pendingReplacement: true };
  deployment.note("replace", { urn, old: gone, new: stateOf(goal, urn, inputs, undefined), diff: decision.diff });
  return create(deployment, { ...decided, old: gone }, "create-replacement");
}

async function deleteFirst(deployment: Deployment, decided: Decided, old: ResourceState): Promise<void> {
  const cascade = await deleteFirstCascade(old, deployment.snapshot.live(), async (row, inputs) => {
    if (!row.custom || row.provider === undefined) return false;
    const subject = { urn: row.urn, type: row.type, name: nameOf(row.urn) };
    const known = { id: row.id ?? "", inputs: plainMap(row.inputs ?? {}), outputs: plainMap(row.outputs ?? {}) };
    return (await deployment.providerOf(row).diff(subject, known, plainMap(inputs))).replaces.length > 0;
  });
  for (const row of cascade) await deleteOne(deployment, row, "delete-replaced");
  await deleteOne(deployment, old, "delete-replaced", decided.decision.diff);
}

/** A component has no provider: its inputs are recorded, its outputs come later. */
export async function registerComponent(
  deployment: Deployment,
  goal: Goal,
  urn: string,
  old: ResourceState | undefined,
): Promise<Reply> {
  const inputs = await examine(deployment, goal, urn, goal.inputs);
  await passThrough(deployment, goal, urn, old, { inputs, outputs: old?.outputs });
  return { urn, id: "", outputs: {} };
}

/** A step without a provider call: components, providers, and what stands behind an unconfigured provider. */
export async function passThrough(
  deployment: Deployment,
  goal: Goal,
  urn: string,
  old: ResourceState | undefined,
  made: { id?: string; inputs: PropertyMap; outputs?: PropertyMap; diff?: DiffResult },
): Promise<void> {
  const now = deployment.now();
  const changed = old !== undefined && (made.diff?.changes ?? !equal(old.inputs ?? {}, made.inputs));
  const op: Op = old === undefined ? "create" : changed ? "update" : "same";
  const stamps = op === "create" ? { created: now, modified: now } : op === "update" ? { modified: now } : {};
  const id = made.id === "" ? undefined : made.id;
  const planned = stateOf(goal, urn, made.inputs, old);
  const state = { ...planned, id, outputs: made.outputs, ...stamps };
  deployment.snapshot.apply(
    old !== undefined && sameState(old, state) ? { kind: "same", urn } : { kind: "put", resource: state },
  );
  deployment.note(op, { urn, old, new: planned, diff: made.diff });
}

/** What RegisterResourceOutputs says of a component or of the stack. */
export function recordOutputs(deployment: Deployment, urn: string, outputs: PropertyMap): void {
  const state = deployment.snapshot.get(urn);
  if (state === undefined) throw new UserError(`outputs for a resource that was never registered: ${urn}`);
  if (state.outputs === undefined || !equal(state.outputs, outputs)) {
    deployment.snapshot.apply({ kind: "put", resource: { ...state, outputs } });
  }
}
