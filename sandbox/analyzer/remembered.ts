/** Verdicts of one command, kept by what was judged: the update after a plan asks only about what it learned since. */
import { createHash } from "node:crypto";
import type { PolicyRunner, Verdict } from "../engine/policy-runner";

type Question = Parameters<PolicyRunner["analyze"]>[0];

/** What a verdict depends on. */
function keyOf(question: Question): string {
  return createHash("sha256").update(JSON.stringify(question)).digest("base64");
}

/** What could not be decided in the plan is asked again, even about the same input: an update decides it. */
const isDecided = ({ findings }: Verdict): boolean => findings.every(({ severity }) => severity !== "low");

/** The same runner, asked once about each resource that stays as it is from the plan to its update. */
export function rememberVerdicts(runner: PolicyRunner): PolicyRunner {
  const verdicts = new Map<string, Verdict>();
  return {
    async analyze(question) {
      const key = keyOf(question);
      const known = verdicts.get(key);
      if (known !== undefined) return known;
      const verdict = await runner.analyze(question);
      if (isDecided(verdict)) verdicts.set(key, verdict);
      return verdict;
    },
    analyzeStack: (resources) => runner.analyzeStack(resources),
    get rules() {
      return runner.rules;
    },
    beginUpdate: () => runner.beginUpdate(),
    stop: () => runner.stop(),
  };
}
