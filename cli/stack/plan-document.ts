/** What `preview --json` prints: Pulumi's own document, and one key of ours with what a person reads beside it. */
import { costsOf } from "@fridayproof/guard/costs";
import { isBlocking, resourcesAfter, resourcesBefore, type Plan, type RunResult } from "@fridayproof/sandbox/run";

/** Version of the key's form: it rises where a reader would break. */
const FORMAT = 1;

/** What our key holds: the facts of the screen. */
export interface PlanFacts {
  readonly format: typeof FORMAT;
  readonly outcome: "no changes" | "changes" | "refused" | "failed";
  /** Findings of the rules, the worst as they come: `blocks` stops an update. */
  readonly findings: readonly {
    readonly rule: string;
    readonly urn: string;
    readonly level: string;
    readonly blocks: boolean;
    readonly message: string;
  }[];
  /** How many rules judged how many resources; absent where nobody was asked. */
  readonly judged?: { readonly rules: number; readonly resources: number };
  /** URNs of what others changed, where the run looked. */
  readonly drift: readonly string[];
  /** USD a month by list prices; absent where something has no price. */
  readonly costs?: { readonly currency: "USD"; readonly before: number; readonly after: number };
}

/** The document. */
export function planDocument(stack: string, result: RunResult): Plan & { readonly fridayproof: PlanFacts } {
  return { ...result.plan, fridayproof: planFacts(stack, result) };
}

/** The facts of a run's screen. */
export function planFacts(stack: string, result: RunResult): PlanFacts {
  const { findings, drifts, judged } = result;
  const costs = costsOf(stack, resourcesBefore(result), resourcesAfter(result));
  return {
    format: FORMAT,
    outcome: outcomeOf(result),
    findings: findings.map((finding) => ({
      rule: finding.policy,
      urn: finding.urn,
      level: finding.level,
      blocks: isBlocking(finding),
      message: finding.message,
    })),
    ...(judged === undefined ? {} : { judged }),
    drift: drifts.map(({ urn }) => urn),
    ...(costs === undefined ? {} : { costs: { currency: "USD", ...costs } }),
  };
}

function outcomeOf({ findings, exitCode, changeSummary, diagnostics }: RunResult): PlanFacts["outcome"] {
  if (findings.some(isBlocking)) return "refused";
  if (exitCode !== 0 && diagnostics.some(({ severity }) => severity === "error")) return "failed";
  return Object.entries(changeSummary).some(([op, count]) => op !== "same" && count > 0) ? "changes" : "no changes";
}
