/** Canary steps as Argo Rollouts accepts them, one by one. Source: ValidateRolloutStrategyCanary at v1.9. */
import { canaryOf, fullWeight, has } from "../../kit/argo-rollouts/canary";
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { add, copy, either, example, fix, remove, set, split, together } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { eachPart } from "../../kit/rule/rule";

/** What Argo Rollouts has against the steps. */
export function checkStepForms(rollout: Resource): Iterable<Finding> {
  const steps = canaryOf(rollout).at("steps").list();
  return eachPart(rollout, steps, function* (step) {
    yield* checkKinds(rollout, step);
    yield* checkWeight(rollout, step);
    yield* checkRoutes(rollout, step);
    yield* checkExperiment(rollout, step.at("experiment"));
  });
}

const kinds = [
  "setWeight",
  "pause",
  "experiment",
  "analysis",
  "setCanaryScale",
  "setHeaderRoute",
  "setMirrorRoute",
  "plugin",
];
/** Of these a step has one at most. */
const exclusive = kinds.slice(0, kinds.indexOf("setCanaryScale"));

function* checkKinds(rollout: Resource, step: Field): Iterable<Finding> {
  const stated = kinds.filter((kind) => step.at(kind).isSet());
  const clashing = stated.filter((kind) => exclusive.includes(kind));
  if (stated.length > 0 && clashing.length <= 1) return;
  yield violation(rollout, {
    at: step.path,
    got: stated.length === 0 ? "no step" : `${clashing.join(" and ")} in one step`,
    expected: "one thing a step: Argo Rollouts refuses anything else",
    fix:
      stated.length === 0
        ? remove(step)
        : split(step, [...stated.filter((kind) => !clashing.includes(kind)), ...clashing]),
  });
}

function* checkWeight(rollout: Resource, step: Field): Iterable<Finding> {
  const routing = canaryOf(rollout).at("trafficRouting");
  const weight = step.at("setWeight");
  const value = weight.number();
  const most = routing.at("maxTrafficWeight").number() ?? fullWeight;
  if (value !== undefined && (value < 0 || value > most))
    yield violation(rollout, {
      at: weight.path,
      got: String(value),
      expected: `0 to ${most}: Argo Rollouts refuses anything else`,
      fix: example(set(weight, Math.min(Math.abs(value), most)), "the weight that was meant"),
    });
  if (!has(step, "setCanaryScale") || routing.isSet()) return;
  yield violation(rollout, {
    at: step.at("setCanaryScale").path,
    got: "a scale without trafficRouting, which Argo Rollouts refuses",
    expected: "it beside trafficRouting, or nothing",
    fix: remove(step),
  });
}

/** Routers that can do each kind of route. */
const routers: readonly (readonly [step: string, can: readonly string[]])[] = [
  ["setHeaderRoute", ["istio", "alb", "apisix", "plugins"]],
  ["setMirrorRoute", ["istio", "plugins"]],
];

function* checkRoutes(rollout: Resource, step: Field): Iterable<Finding> {
  const routing = canaryOf(rollout).at("trafficRouting");
  for (const [kind, can] of routers) {
    const route = step.at(kind);
    if (!route.isSet()) continue;
    const name = route.at("name").text();
    const list = routing.at("managedRoutes");
    const managed = list.list().map((row) => row.at("name").text());
    const able = can.some((router) => routing.at(router).isSet());
    if (!able || !managed.includes(name))
      yield violation(rollout, {
        at: route.path,
        got: "a route that Argo Rollouts refuses",
        expected: `one of trafficRouting.managedRoutes, beside ${can.join(", ")}`,
        fix: able
          ? fix`${add(list, {})} and ${copy(route.at("name"), `${list.path}[${managed.length}].name`)}`
          : remove(step),
      });
    if (kind === "setMirrorRoute") yield* checkMirror(rollout, route);
  }
}

const reading = { exact: "GET" };

/** A mirrored request that changes something changes it twice. */
function* checkMirror(rollout: Resource, route: Field): Iterable<Finding> {
  const matches = route.at("match").list();
  const reads = matches.every((match) => /^(GET|HEAD|OPTIONS)$/.test(match.at("method", "exact").textOrEmpty()));
  if (route.at("percentage").number() === 0 || (reads && matches.length > 0)) return;
  yield violation(rollout, {
    at: route.at("match").path,
    got: "a mirror of requests that change something, so that both versions make the change",
    expected: "requests that only read",
    fix:
      matches.length === 0
        ? set(route.at("match"), [{ method: reading }])
        : together(matches.map((match) => set(match.at("method"), reading))),
    advisory: true,
  });
}

/** Routers that can give an experiment a weight. */
const weighing = ["alb", "smi", "istio", "plugins"];

function* checkExperiment(rollout: Resource, experiment: Field): Iterable<Finding> {
  const routing = canaryOf(rollout).at("trafficRouting");
  for (const template of experiment.at("templates").list()) {
    const from = template.at("specRef");
    if (!["canary", "stable"].includes(from.textOrEmpty()))
      yield violation(rollout, {
        at: from.path,
        got: "neither canary nor stable",
        expected: "whose pods the experiment runs",
        fix: either(set(from, "canary"), set(from, "stable")),
      });
    const weight = template.at("weight");
    if (!weight.isSet() || weighing.some((router) => routing.at(router).isSet())) continue;
    yield violation(rollout, {
      at: weight.path,
      got: "a weight that no router can give, which Argo Rollouts refuses",
      expected: `it beside ${weighing.join(", ")}, or nothing`,
      fix: remove(weight),
    });
  }
}
