/** Reports on plans in a few words. */
import { type Pair, type Report, type ReportedPlan, reportOf } from "../../../guard/report";
import { PlanError, readPlan, verdictOn } from "../../../guard/verdict";
import { planTimeOf } from "../../../guard/timeline";
import { documentOf } from "../../../guard/verdict/report";

/** A plan's text, read and with its verdict, as the command line does it. */
function reported(environment: string, text: string): ReportedPlan {
  try {
    const plan = readPlan(Buffer.from(text));
    const document = documentOf(verdictOn(plan), { acceptances: [], today: "2026-12-01" });
    const time = plan.steps === undefined ? undefined : planTimeOf(plan.steps);
    return { environment, plan, document, time };
  } catch (error) {
    if (error instanceof PlanError) return { environment, problem: error.message };
    throw error;
  }
}

/** The report on these plans, by environment. */
export function reportOn(plans: Readonly<Record<string, string>>, pairs: readonly Pair[] = []): Report {
  return reportOf(
    Object.entries(plans).map(([environment, text]) => reported(environment, text)),
    { pairs, today: "2026-12-01" },
  );
}
