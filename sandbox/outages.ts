/** What the options of a run declare lost, and whether a plan can be carried out without it. */
import { loadFacts } from "./cloud/aws/object/facts";
import { blockedPlan, type PlannedStep } from "./cloud/outage/blocked";
import { readOutages, type OutageTexts } from "./cloud/outage/outage";
import { zonesIn } from "./cloud/outage/packages";
import { readAccount } from "./account";

export type { OutageTexts } from "./cloud/outage/outage";

/** A plan, and what it leaves as it is. */
export interface PlannedRun {
  readonly stack: string;
  readonly steps: readonly PlannedStep[];
  readonly known?: readonly { readonly urn: string; readonly outputs?: PlannedStep["newState"] }[];
}

/** Whether these texts can be meant. @throws UserError naming the option, what came and what may come. */
export function checkOutages(texts: OutageTexts): void {
  readOutages(texts, loadFacts());
}

/**
 * Why a plan cannot be carried out while something is lost, as one sentence.
 * @param work where the simulated account is.
 * @returns undefined where all its calls get through, or nothing is lost.
 */
export function blockedBy(
  texts: OutageTexts,
  work: string,
  { stack, steps, known = [] }: PlannedRun,
): string | undefined {
  const facts = loadFacts();
  const outages = readOutages(texts, facts);
  if (outages === undefined) return undefined;
  return blockedPlan(stack, steps, known, outages, zonesIn(readAccount(work), facts));
}
