/** The output of `preview --json`: Pulumi's document, and one key of our own with the facts of the screen. */
import { costsOf } from "@fridayproof/guard/costs";
import { FACTS_FORMAT, type PlanFacts } from "@fridayproof/guard/report";
import { isBlocking, resourcesAfter, resourcesBefore, type Plan, type RunResult } from "@fridayproof/sandbox/run";

/** The document. */
export function planDocument(stack: string, result: RunResult): Plan & { readonly fridayproof: PlanFacts } {
  return { ...result.plan, fridayproof: planFacts(stack, result) };
}

/** The facts of a run's screen. */
export function planFacts(stack: string, result: RunResult): PlanFacts {
  const { findings, drifts, checked } = result;
  // A refresh plans nothing: costs of no resources would look like 0 USD.
  const isPlan = result.changes.length > 0;
  const costs = isPlan ? costsOf(stack, resourcesBefore(result), resourcesAfter(result)) : undefined;
  return {
    format: FACTS_FORMAT,
    outcome: outcomeOf(result),
    findings: findings.map((finding) => ({
      rule: finding.policy,
      urn: finding.urn,
      level: finding.level,
      blocks: isBlocking(finding),
      message: finding.message,
    })),
    ...(checked === undefined ? {} : { checked }),
    drift: drifts.map(({ urn }) => urn),
    ...(costs === undefined ? {} : { costs: { currency: "USD", ...costs } }),
  };
}

function outcomeOf({ findings, exitCode, changeSummary, diagnostics }: RunResult): PlanFacts["outcome"] {
  if (findings.some(isBlocking)) return "refused";
  if (exitCode !== 0 && diagnostics.some(({ severity }) => severity === "error")) return "failed";
  return Object.entries(changeSummary).some(([op, count]) => op !== "same" && count > 0) ? "changes" : "no changes";
}
