/** What the last update left standing, read from the stack's own state before anything is declared. */
import { nameOf } from "@fridayproof/components/core";
import { colors, type PerColor, type Weights } from "@fridayproof/components/plan";
import { readOwnState, type ResourceOutputs } from "./engine-state";
import type { Color } from "../environments/schema";

/** One slot as it stands. */
export interface StandingSlot {
  /** Kubernetes minor of the control plane. */
  readonly kubernetes: string;
  /** Kubernetes minors of its node groups. */
  readonly nodes: readonly string[];
  /** Instance type of each pool, by its name, as its launch template has it. */
  readonly instanceTypes?: Readonly<Record<string, string>>;
  /** Whether the slot's gateway was made: before, its target group is empty. */
  readonly gateway: boolean;
  /** Whether the cluster is kept from being deleted; a retiring slot's is not. */
  readonly held: boolean;
}

/** An environment as it stands. */
export interface Standing {
  readonly slots: Partial<PerColor<StandingSlot>>;
  /** Who gets the traffic: the rule's weights or, where there is none, those of the listener's default action. */
  readonly weights?: Weights;
  /** Whether the weights are a rule's. */
  readonly rule: boolean;
}

const CLUSTER = "aws:eks/cluster:Cluster";
const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const LISTENER = "aws:lb/listener:Listener";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
const RELEASE = "kubernetes:helm.sh/v3:Release";
const RULE = "aws:lb/listenerRule:ListenerRule";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

interface StandingResource {
  readonly name: string;
  readonly type: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** The environment that a state describes. */
export function standingOf(resources: ResourceOutputs): Standing {
  const owned = Object.entries(resources).map(([urn, { type, outputs }]): StandingResource => ({
    name: nameOf(urn),
    type,
    outputs,
  }));
  const slots = colors.flatMap((color) => {
    const own = slotOf(owned, color);
    return own === undefined ? [] : [[color, own] as const];
  });
  const rule = owned.find(({ type, name }) => type === RULE && name === "front-door-weights-rule");
  const listener = owned.find(({ type, name }) => type === LISTENER && name === "front-door-https");
  const action = (rule?.outputs.actions ?? listener?.outputs.defaultActions) as readonly Action[] | undefined;
  const weights = weightsOf(owned, action);
  return { slots: Object.fromEntries(slots), rule: rule !== undefined, ...(weights && { weights }) };
}

function slotOf(resources: readonly StandingResource[], color: Color): StandingSlot | undefined {
  const own = resources.filter(({ name }) => name.startsWith(`${color}-`));
  const cluster = own.find(({ type }) => type === CLUSTER);
  if (cluster === undefined) return undefined;
  const types = own.flatMap(({ type, name, outputs }) => {
    const [, pool] = /^[a-z]+-(.+)-template$/.exec(name) ?? [];
    return type === LAUNCH_TEMPLATE && pool !== undefined ? [[pool, String(outputs.instanceType)] as const] : [];
  });
  return {
    ...(types.length === 0 ? {} : { instanceTypes: Object.fromEntries(types) }),
    kubernetes: String(cluster.outputs.version),
    nodes: own.filter(({ type }) => type === NODE_GROUP).map(({ outputs }) => String(outputs.version)),
    gateway: own.some(({ type, name }) => type === RELEASE && name === `${color}-gateway-release`),
    held: cluster.outputs.deletionProtection === true,
  };
}

interface Action {
  readonly forward?: { readonly targetGroups?: readonly { readonly arn: string; readonly weight?: number }[] };
}

function weightsOf(
  resources: readonly StandingResource[],
  actions: readonly Action[] | undefined,
): Weights | undefined {
  const shares = actions?.[0]?.forward?.targetGroups;
  if (shares === undefined) return undefined;
  const weightOf = (color: Color): number => {
    const group = resources.find(({ type, name }) => type === TARGET_GROUP && name === `front-door-${color}`);
    return shares.find(({ arn }) => arn === group?.outputs.arn)?.weight ?? 0;
  };
  return { blue: weightOf("blue"), green: weightOf("green") };
}

/** The environment as its last update left it; undefined before the first one that ended well. */
export async function readStanding(): Promise<Standing | undefined> {
  const state = await readOwnState();
  return state === undefined ? undefined : standingOf(state);
}
