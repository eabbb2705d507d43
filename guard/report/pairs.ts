/** Whether one environment is another one again, by what both plans lead to. */
import { CLOSED_SECRET, type Parity, ParityError, parityOf, plannedState } from "../parity";
import { headlineOf, shownOf } from "../parity/text";
import type { Plan } from "../verdict";

/** Two environments of which one should be the other again. */
export interface Pair {
  readonly primary: string;
  readonly replica: string;
}

/** What came of the comparison, or why there is none. */
export type PairReport = Pair & ({ readonly parity: Parity } | { readonly problem: string });

/** An environment's plan, where it could be read. */
interface Planned {
  readonly environment: string;
  readonly plan?: Plan;
}

function planned(plans: readonly Planned[], environment: string): ReturnType<typeof plannedState> {
  const plan = plans.find((each) => each.environment === environment)?.plan;
  if (plan === undefined) throw new ParityError("there is no plan.");
  return plannedState(plan);
}

/** Compares the planned states of each pair. @param today `YYYY-MM-DD`. */
export function pairReports(plans: readonly Planned[], pairs: readonly Pair[], today: string): readonly PairReport[] {
  return pairs.map((pair): PairReport => {
    let at = pair.primary;
    try {
      const first = planned(plans, pair.primary);
      at = pair.replica;
      const second = planned(plans, pair.replica);
      return { ...pair, parity: parityOf(first, second, { allowances: [], today }) };
    } catch (error) {
      if (error instanceof ParityError) return { ...pair, problem: `${at}: ${error.message}` };
      throw error;
    }
  });
}

/** The comparison in one line. */
export function pairHeadline(pair: PairReport): string {
  const names = `${pair.primary} and ${pair.replica}`;
  if ("problem" in pair) return `${names}: NOT COMPARED, ${pair.problem}`;
  const { verdict, compared, notCompared } = pair.parity;
  // Every plan hides its secrets: that alone is no reason to call two environments not compared.
  return verdict === "NOT COMPARED" && notCompared.every(({ why }) => why === CLOSED_SECRET)
    ? `${names}: IDENTICAL but for secrets, which plans hide (${notCompared.length}); ${compared} resources compared (planned states)`
    : `${headlineOf(pair.parity)} (planned states)`;
}

/** One difference, or one value that could not be compared. */
export interface PairDetail {
  readonly address: string;
  /** Its sort, or why it was not compared. */
  readonly about: string;
  /** Both sides; absent where it was not compared. */
  readonly sides?: readonly [string, string];
}

/** What is listed below the line, and how much more the report's JSON has. */
export function pairDetails(pair: PairReport): { readonly details: readonly PairDetail[]; readonly more: number } {
  if ("problem" in pair) return { details: [], more: 0 };
  const { differences, notCompared } = pair.parity;
  const [shown, more] = shownOf(differences);
  return {
    details: [
      ...shown.map(({ kind, address, first, second }): PairDetail => ({
        address,
        about: kind,
        sides: [first, second],
      })),
      ...notCompared.map(({ address, why }): PairDetail => ({ address, about: `not compared: ${why}` })),
    ],
    more,
  };
}
