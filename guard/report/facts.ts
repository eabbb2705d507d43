/** What `fridayproof preview --json` writes beside Pulumi's own document, under the key `fridayproof`. */

/** Version of the key's form: it rises where a reader would break. */
export const FACTS_FORMAT = 1;

/** A finding of a rule. */
export interface RuleFinding {
  readonly rule: string;
  readonly urn: string;
  readonly level: string;
  /** Whether it stops an update. */
  readonly blocks: boolean;
  readonly message: string;
}

/** The facts of the screen. */
export interface PlanFacts {
  readonly format: typeof FACTS_FORMAT;
  readonly outcome: "no changes" | "changes" | "refused" | "failed";
  readonly findings: readonly RuleFinding[];
  /** How many rules have validated how many resources; absent where the policies did not run. */
  readonly checked?: { readonly rules: number; readonly resources: number };
  /** URNs of what others changed, where the run looked. */
  readonly drift: readonly string[];
  /** USD a month by list prices; absent where something has no price. */
  readonly costs?: { readonly currency: "USD"; readonly before: number; readonly after: number };
}

/** The facts in the key; undefined for what another program, or another version of this one, wrote. */
export function factsOf(extension: unknown): PlanFacts | undefined {
  const facts = extension as Partial<PlanFacts> | null | undefined;
  return facts?.format === FACTS_FORMAT && Array.isArray(facts.findings) && Array.isArray(facts.drift)
    ? (facts as PlanFacts)
    : undefined;
}
