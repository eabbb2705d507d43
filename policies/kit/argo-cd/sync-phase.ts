/** When Argo CD applies an object in a sync: its phase and its wave. */
import type { Field } from "../reading/field";
import type { Resource } from "../reading/resource";
import { optionsIn } from "./sync-options";

/** Phases of a sync in their order, without those after a failure or a deletion. */
const phases = ["PreSync", "Sync", "PostSync"] as const;
type Phase = (typeof phases)[number];

/** Phase and wave of an object in a sync. */
export interface Turn {
  readonly phase: Phase;
  readonly wave: number;
}

const annotation = (resource: Resource, name: string): Field =>
  resource.at("metadata", "annotations", `argocd.argoproj.io/${name}`);

/** Annotation of a hook: its phases. */
export const hookOf = (resource: Resource): Field => annotation(resource, "hook");
/** Annotation of a hook: when it is deleted. */
export const deletionOf = (resource: Resource): Field => annotation(resource, "hook-delete-policy");
/** Annotation with the number of the wave. */
export const waveOf = (resource: Resource): Field => annotation(resource, "sync-wave");
/** Annotation with options of the sync. */
export const optionsOf = (resource: Resource): Field => annotation(resource, "sync-options");

/** Text that Go reads as a number; any other counts as 0. */
export const integer = /^[+-]?\d{1,9}$/;

/** Whether the object states a phase or a wave. @throws UnknownRead @throws MalformedRead */
export function statesTurn(resource: Resource): boolean {
  return waveOf(resource).isSet() || hookOf(resource).isSet();
}

/**
 * The first time that a sync applies the object; undefined for objects that no sync applies by itself, and for Helm's hooks,
 * whose order is Helm's where no sync of Argo CD runs them.
 * Source: argo-cd, gitops-engine/pkg/sync/sync_phase.go and syncwaves/waves.go.
 * @throws UnknownRead @throws MalformedRead
 */
export function turnOf(resource: Resource): Turn | undefined {
  const text = waveOf(resource).textOrEmpty();
  const wave = integer.test(text) ? Number(text) : 0;
  const hook = hookOf(resource);
  if (resource.at("metadata", "annotations", "helm.sh/hook").isSet()) return undefined;
  if (!hook.isSet()) return { phase: "Sync", wave };
  const words = optionsIn(hook);
  const phase = phases.find((one) => words.includes(one));
  return phase === undefined || words.includes("Skip") ? undefined : { phase, wave };
}

/** Whether a sync applies the first object after it waited for the second one. */
export function isAfter(one: Turn, other: Turn): boolean {
  const [late, early] = [phases.indexOf(one.phase), phases.indexOf(other.phase)];
  return late > early || (late === early && one.wave > other.wave);
}

/** The turn for a message: `wave 0`, `the phase PreSync`. */
export function turnText(turn: Turn, beside: Turn): string {
  return turn.phase === beside.phase ? `wave ${turn.wave}` : `the phase ${turn.phase}`;
}
