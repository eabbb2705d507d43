/** The verdicts as the table of docs/sandbox.md. */
import { engineCommand } from "./command";
import { recordingOf, SCENARIOS } from "./recording";
import { VERDICTS, type Verdict } from "./verdicts";

/** One line a scenario, in the order of the recordings. */
export function verdictRows(): string[] {
  return SCENARIOS.map((scenario) => {
    const verdict = VERDICTS[scenario] ?? {};
    return `| ${scenario} | ${outcome(scenario, verdict)} | ${reasons(verdict)} |`;
  });
}

function outcome(scenario: string, { notBuilt = {}, differs = [] }: Verdict): string {
  const steps = recordingOf(scenario).steps.filter(({ command }) => engineCommand(command) !== undefined);
  if (steps.every(({ label }) => label in notBuilt)) return "not built";
  if (differs.length > 0) return "differs in part";
  return Object.keys(notBuilt).length > 0 ? "agrees, parts not built" : "agrees";
}

function reasons({ notBuilt = {}, chance = [], differs = [] }: Verdict): string {
  const byReason = new Map<string, string[]>();
  for (const [label, reason] of Object.entries(notBuilt))
    byReason.set(reason, [...(byReason.get(reason) ?? []), label]);
  const parts = [
    ...differs.map(({ why, steps }) => `${steps === undefined ? "" : `${listed(steps)}: `}${why}`),
    ...[...byReason].map(([reason, labels]) => `${listed(labels)}: ${reason}`),
    ...(chance.length === 0 ? [] : [`${listed(chance)}: ends at an error, so only what happened in both is compared`]),
  ];
  return parts.join("; ");
}

/** Steps by their numbers: `02, 05`. */
function listed(labels: readonly string[]): string {
  return labels.map((label) => label.split("-")[0]).join(", ");
}
