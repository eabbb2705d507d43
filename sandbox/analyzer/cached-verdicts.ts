/** Verdicts of one command, cached by what was checked: the update after a plan checks only what was unknown then. */
import { createHash } from "node:crypto";
import type { PolicyRunner, Verdict } from "../engine/policy-runner";
import { equal, hasUnknown, type PropertyMap } from "../property/values";

type Question = Parameters<PolicyRunner["analyze"]>[0];

/** A verdict, and the configuration of the provider that stood behind it. */
interface Kept {
  readonly verdict: Verdict;
  readonly configuration: PropertyMap;
}

/**
 * What a verdict depends on: what the rules are sent (policy-messages.ts), and no more. A reference to a provider has the
 * provider's id, which the plan does not have yet and no rule reads. Its configuration is compared by {@link isStill}.
 */
function keyOf({ goal, urn, inputs, provider }: Question): string {
  const { type, name, parent, protect, ignoreChanges, deleteBeforeReplace, additionalSecretOutputs } = goal;
  const options = [parent, protect, ignoreChanges, deleteBeforeReplace, additionalSecretOutputs, goal.customTimeouts];
  return createHash("sha256")
    .update(JSON.stringify([type, name, urn, inputs, options, provider?.urn]))
    .digest("base64");
}

/**
 * Whether a provider's configuration is what it was, but for what was unknown then: a rule that reads an unknown part
 * fails, in every pack (`UnknownValueError` of @pulumi/policy), so a rule with a result has not read it.
 */
function isStill(before: PropertyMap, now: PropertyMap): boolean {
  const keys = Object.keys(before);
  return (
    keys.length === Object.keys(now).length &&
    keys.every((key) => hasUnknown(before[key]) || equal(before[key], now[key]))
  );
}

const configurationOf = ({ provider }: Question): PropertyMap => provider?.inputs ?? {};

/**
 * What could not be decided in the plan is checked again, even about the same input: an update decides it. The kit's rules
 * mark it by the severity, those of others by @pulumi/policy's own message.
 */
const isDecided = ({ findings }: Verdict): boolean =>
  findings.every(
    ({ severity, message }) => severity !== "low" && !/^can't run policy .* during preview: /s.test(message),
  );

/** The same runner, called once for each resource that stays as it is from the plan to its update. */
export function cacheVerdicts(runner: PolicyRunner): PolicyRunner {
  const verdicts = new Map<string, Kept>();
  return {
    async analyze(question) {
      const key = keyOf(question);
      const configuration = configurationOf(question);
      const known = verdicts.get(key);
      if (known !== undefined && isStill(known.configuration, configuration)) return known.verdict;
      const verdict = await runner.analyze(question);
      if (isDecided(verdict)) verdicts.set(key, { verdict, configuration });
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
