/** What became of the requests of each step and client: counted from their outcomes, as a function of plain data. */
import type { Outcome } from "./load/client";

/** A step of the rehearsal, with its time. */
export interface StepTime {
  readonly name: string;
  /** Whether something that is done on purpose: then nothing may be lost. */
  readonly planned: boolean;
  /** Milliseconds since 1970; the step lasts until the next one's beginning. */
  readonly begun: number;
  /** What was measured beside the requests. */
  readonly note: string;
}

/** Requests of one client in one step. */
export interface Tally {
  readonly sent: number;
  /** Without an answer, or with one that is not below 400. */
  readonly lost: number;
  readonly retried: number;
  /** Executed more than once. */
  readonly twice: number;
  /** Milliseconds from when it should have been sent to the end of the slowest answer. */
  readonly latest: number;
}

/** A client's outcomes, and how often its n-th request was executed where that is not once. */
export interface Log {
  readonly client: string;
  readonly outcomes: readonly Outcome[];
  readonly runs: ReadonlyMap<number, number>;
}

const FAILED = 400;

/** Whether the request was lost. */
export const isLost = ({ status }: Pick<Outcome, "status">): boolean => status === 0 || status >= FAILED;

const within =
  ({ begun }: StepTime, next: StepTime | undefined) =>
  ({ planned }: Pick<Outcome, "planned">): boolean =>
    planned >= begun && (next === undefined || planned < next.begun);

function tallyOf(outcomes: readonly Outcome[], runs: ReadonlyMap<number, number>): Tally {
  return {
    sent: outcomes.length,
    lost: outcomes.filter(isLost).length,
    retried: outcomes.filter(({ retried }) => retried).length,
    twice: outcomes.filter(({ index }) => (runs.get(index) ?? 1) > 1).length,
    latest: Math.max(0, ...outcomes.map(({ milliseconds }) => milliseconds)),
  };
}

/** A tally for each step and client; the steps in order. */
export function tallies(
  steps: readonly StepTime[],
  logs: readonly Log[],
): readonly (StepTime & { readonly clients: Readonly<Record<string, Tally>> })[] {
  return steps.map((step, index) => {
    const own = within(step, steps[index + 1]);
    const rows = logs.map(({ client, outcomes, runs }) => [client, tallyOf(outcomes.filter(own), runs)] as const);
    return { ...step, clients: Object.fromEntries(rows) };
  });
}
