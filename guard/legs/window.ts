/** Two legs of a failover pair never change in one window: what breaks one is not in the other yet. */
import type { Problem } from "@fridayproof/components/core";
import { inSeconds } from "@fridayproof/components/core";
import { legLimits } from "../limits/legs";

/** A row of a state, as deployment v3 has it; only what is read here. */
export interface StampedResource {
  readonly urn: string;
  readonly custom?: boolean;
  readonly created?: string;
  readonly modified?: string;
}

/** A step of a plan; only what is read here. */
export interface LegStep {
  readonly op: string;
  readonly oldState?: unknown;
}

/** An update of one leg, and what is known of the other. */
export interface LegFacts {
  /** The other leg's stack. */
  readonly other: string;
  readonly steps: readonly LegStep[];
  /** When the other leg was changed last; undefined where it does not stand. */
  readonly changed?: Date;
  readonly now: Date;
}

const MILLISECONDS = 1000;
const SAME: ReadonlySet<string> = new Set(["same", "read", "refresh"]);

/** When something of a stack was made or changed last; undefined where nothing is known. What was deleted leaves no trace. */
export function lastChange(resources: readonly StampedResource[]): Date | undefined {
  const times = resources
    .filter(({ custom }) => custom === true)
    .flatMap(({ created, modified }) => modified ?? created ?? [])
    .map((text) => Date.parse(text))
    .filter((time) => Number.isFinite(time));
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}

/** Whether a plan changes a leg that stands: a new one has nobody to take down with it. */
function changesLeg(steps: readonly LegStep[]): boolean {
  const stands = steps.some(({ oldState }) => oldState !== undefined && oldState !== null);
  return stands && steps.some(({ op }) => !SAME.has(op));
}

const minuteOf = (moment: Date): string => `${moment.toISOString().slice(0, "2026-11-30T17:00".length)}Z`;

/** What speaks against the update; empty where nothing does. @param way how somebody says why it goes on nevertheless. */
export function legProblems({ other, steps, changed, now }: LegFacts, way: string): readonly Problem[] {
  if (changed === undefined || !changesLeg(steps)) return [];
  const over = new Date(changed.getTime() + inSeconds(legLimits.window) * MILLISECONDS);
  if (now >= over) return [];
  const { value } = legLimits.window;
  return [
    {
      path: other,
      got: `changed at ${minuteOf(changed)}`,
      allowed: `a last change ${value} hours ago or more: two legs never change in one window`,
      fix: `Wait until ${minuteOf(over)}, or say why not with ${way}.`,
    },
  ];
}
