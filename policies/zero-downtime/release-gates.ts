/** The order of the platform's gates in a canary: smoke test, then traffic, then enough of it, then the verdict. */
import { runsCanaryPods, type Step, stepAnalysis } from "../kit/canary";
import { legible } from "../kit/field";
import { type Finding, violation } from "../kit/finding";
import type { Resource } from "../kit/resource";

/** Names of the gates whose place matters. */
export interface Gates {
  readonly smoke: string;
  readonly volume: string;
}

interface Look extends Step {
  readonly at: string;
  readonly names: readonly string[];
}

/** What is wrong with the order of the gates; rollouts that use neither of them have none. */
export function* judgeGates(rollout: Resource, steps: readonly Step[], { smoke, volume }: Gates): Iterable<Finding> {
  const looks = steps.flatMap(lookOf);
  for (const look of looks) {
    if (look.names.includes(smoke)) yield* judgeSmoke(rollout, look);
    if (look.names.includes(volume) && look.names.some((name) => name !== volume))
      yield violation(rollout, {
        at: look.at,
        got: "the volume gate beside others, which start at the same time and find no data",
        wanted: "a step of its own before theirs",
        fix: "give the volume gate an analysis step of its own, and the others the next one",
      });
  }
  const vouching = looks.find(
    ({ share, names }) => share !== 0 && names.some((name) => ![smoke, volume].includes(name)),
  );
  const waiting = looks.find(({ names }) => names.includes(volume));
  if (vouching === undefined || waiting === undefined || vouching.index >= waiting.index) return;
  yield violation(rollout, {
    at: vouching.at,
    got: "a verdict before the volume gate, on a handful of requests",
    wanted: "the volume gate first",
    fix: "move the step of the volume gate before it",
  });
}

function lookOf(step: Step): readonly Look[] {
  const analysis = legible(() => stepAnalysis(step.field), undefined);
  if (analysis === undefined) return [];
  const references = analysis.at("templates").list();
  const names = references.flatMap((one) => legible(() => one.at("templateName").text(), undefined) ?? []);
  return [{ ...step, at: analysis.path, names }];
}

function* judgeSmoke(rollout: Resource, look: Look): Iterable<Finding> {
  if (look.share !== undefined && look.share > 0)
    yield violation(rollout, {
      at: look.at,
      got: `the smoke test while ${look.share} % of the users have the version already`,
      wanted: "the smoke test before the first weight",
      fix: "move the step before the first setWeight, behind setCanaryScale",
    });
  else if (!runsCanaryPods(look))
    yield violation(rollout, {
      at: look.at,
      got: "the smoke test before any pod of the new version, so that it tests the old one",
      wanted: "pods of the new version first",
      fix: "add setCanaryScale: { weight: 100 } before it",
    });
}
