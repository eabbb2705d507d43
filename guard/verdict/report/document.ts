/** The verdict as one JSON object; its schema stands beside it. */
import { accept, type Acceptance } from "../acceptances";
import { exitCodeOf } from "../exit-code";
import { verdicts } from "../effects/row";
import type { ChangeVerdict } from "../change/finding";
import { rankOf } from "../change/finding";
import type { PlanVerdict } from "../verdict";

/** Who has answered for what, and which day counts as today. */
export interface AcceptanceOptions {
  readonly acceptances: readonly Acceptance[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
}

/** What `--json` prints. */
export interface VerdictDocument extends PlanVerdict {
  readonly format: 1;
  /** What the command exits with: that of what nobody has accepted. */
  readonly exitCode: 0 | 2 | 3;
  /** One line. */
  readonly summary: string;
  /** What is wrong with acceptances. */
  readonly remarks: readonly string[];
}

function exitCode({ notes }: PlanVerdict, changes: readonly ChangeVerdict[]): 0 | 2 | 3 {
  const open = changes.filter(({ acceptedBy }) => acceptedBy === undefined);
  const [worst] = [...open].sort(
    (left, right) => rankOf(right.verdict, right.servingPath) - rankOf(left.verdict, left.servingPath),
  );
  const own = worst === undefined ? 0 : exitCodeOf(worst.verdict, worst.servingPath);
  return notes.some(({ verdict }) => verdict === "UNKNOWN") && own < exitCodeOf("UNKNOWN", true)
    ? exitCodeOf("UNKNOWN", true)
    : own;
}

function summaryOf({ verdict, changes, decidedBySource }: PlanVerdict): string {
  const counts = verdicts.map((word) => [word, changes.filter((change) => change.verdict === word).length] as const);
  const parts = counts.filter(([, count]) => count > 0).map(([word, count]) => `${count} ${word}`);
  const unknown = changes.filter((change) => change.verdict === "UNKNOWN").length;
  const share = changes.length === 0 ? 0 : Math.round((100 * unknown) / changes.length);
  return `${verdict}: ${changes.length === 0 ? "the plan changes nothing" : parts.join(", ")}; ${share} % UNKNOWN, ${decidedBySource} decided by a row with a source`;
}

/** The verdict with what has been accepted. */
export function documentOf(result: PlanVerdict, { acceptances, today }: AcceptanceOptions): VerdictDocument {
  const { changes, remarks } = accept(result.changes, acceptances, today);
  return {
    ...result,
    format: 1,
    exitCode: exitCode(result, changes),
    summary: summaryOf(result),
    changes,
    remarks,
  };
}
