/** What the controllers' own documentation shows is not blocked, or the page of the exceptions says why. */
import { describe, expect, it } from "vitest";
import { type ResourceInput, Stack, unpack } from "../../../policies/kit/reading/resource";
import { runResources, runStack } from "../../../policies/kit/rule/run";
import { message } from "../../../policies/kit/finding/finding";
import { rules } from "../../../policies/rules";
import { analysisTemplate } from "../support/fixtures";
import { type Given, now, urnOf } from "../support/rule";
import { documentedRollouts } from "./rollouts";

/** Rules about releases by Argo Rollouts. */
const ofReleases = [
  "no-selector-switch",
  "canary-steps",
  "scaledown-after-drain",
  "abort-on-deadline",
  "rollout-has-analysis",
  "analysis-strength",
  "analysis-fits-rollout",
  "analysis-runs",
  "rollout-proceeds",
  "surge-only-update",
];

/** What blocks: advice and advisory rules do not. */
function blocking(ids: readonly string[], given: readonly Given[]): readonly string[] {
  const context = { now, preview: false, teardown: false, sandbox: true, stackTags: new Map<string, string>() };
  const inputs = given.map((one): ResourceInput => ({ ...one, urn: one.urn ?? urnOf(one.type, one.name) }));
  const resources = inputs.flatMap(unpack);
  return rules
    .filter(({ id, level }) => ids.includes(id) && level !== "advisory")
    .flatMap((rule) =>
      rule.scope === "stack"
        ? runStack(rule, new Stack(resources), {}, context)
        : runResources(rule, resources, {}, context),
    )
    .filter(({ advisory }) => advisory !== true)
    .map(message);
}

describe("a form that Argo Rollouts documents is not blocked", () => {
  it.each(Object.entries(documentedRollouts))("%s", (_form, manifests) => {
    const template = manifests.some(({ type, name }) => type === analysisTemplate.type && name === "slo");
    expect(blocking(ofReleases, template ? manifests : [...manifests, analysisTemplate])).toEqual([]);
  });
});
