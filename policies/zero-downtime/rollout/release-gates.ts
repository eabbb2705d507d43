/** The order of the platform's gates in a canary: smoke test, then traffic, then enough of it, then the verdict. */
import { fullWeight, has, runsCanaryPods, type Step, stepAnalysis } from "../../kit/argo-rollouts/canary";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { fix, insert, move, named, type Remedy, remove, together } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { pauseStep } from "./example-steps";

/** Names of the gates whose place matters. */
export interface Gates {
  readonly smoke: string;
  readonly volume: string;
}

interface Look extends Step {
  readonly at: string;
  readonly templates: Field;
  readonly names: readonly string[];
}

/** What is wrong with the order of the gates; rollouts that use neither of them have none. */
export function* checkGates(rollout: Resource, steps: readonly Step[], { smoke, volume }: Gates): Iterable<Finding> {
  const looks = steps.flatMap(lookOf);
  for (const look of looks) {
    if (look.names.includes(smoke)) yield* checkSmoke(rollout, look, steps);
    if (look.names.includes(volume) && look.names.some((name) => name !== volume))
      yield violation(rollout, {
        at: look.at,
        got: "the volume gate beside others, which start at the same time and find no data",
        expected: "a step of its own before theirs",
        fix: alone(look, volume),
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
    expected: "the volume gate first",
    fix: move(waiting.field, vouching.field),
  });
}

function lookOf(step: Step): readonly Look[] {
  const analysis = valueOr(() => stepAnalysis(step.field), undefined);
  if (analysis === undefined) return [];
  const references = analysis.at("templates").list();
  const names = references.flatMap((one) => valueOr(() => one.at("templateName").text(), undefined) ?? []);
  return [{ ...step, at: analysis.path, templates: analysis.at("templates"), names }];
}

/** The volume gate as a step of its own before the others. */
function alone({ field, templates }: Look, volume: string): Remedy {
  const own = templates.list().find((one) => valueOr(() => one.at("templateName").text(), "") === volume);
  const gate = insert(field, { analysis: { templates: [{ templateName: named(volume) }] } });
  return own === undefined ? gate : fix`${remove(own)}; ${gate}`;
}

const allPods = { setCanaryScale: { weight: fullWeight } };

function* checkSmoke(rollout: Resource, look: Look, steps: readonly Step[]): Iterable<Finding> {
  if (look.share !== undefined && look.share > 0)
    yield violation(rollout, {
      at: look.at,
      got: `the smoke test while ${look.share} % of the users have the version already`,
      expected: "the smoke test before the first weight",
      fix: sooner(look, steps),
    });
  else if (!runsCanaryPods(look))
    yield violation(rollout, {
      at: look.at,
      got: "the smoke test before any pod of the new version, so that it tests the old one",
      expected: "pods of the new version first",
      fix: insert(look.field, allPods),
    });
}

/** The smoke test before the first weight, behind pods of the new version. */
function sooner(look: Look, steps: readonly Step[]): Remedy {
  const first = steps.find(({ share }) => share !== 0) ?? look;
  const before = steps[first.index - 1];
  const next = steps[look.index + 1];
  // The test was also the wait before more weight.
  const wait = next !== undefined && has(next.field, "setWeight") ? [insert(next.field, pauseStep)] : [];
  const pods = before !== undefined && runsCanaryPods(before) ? [] : [insert(first.field, allPods)];
  return together([move(look.field, first.field), ...pods, ...wait]);
}
