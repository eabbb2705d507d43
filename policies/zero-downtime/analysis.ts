/** Rules about analyses and what they leave behind: they run before the rollout is over, and old pods outlive their traffic. */
import { policyLimits } from "../../components/core/limits/policies";
import { trafficLimits } from "../../components/core/limits/traffic";
import { secondsOf } from "../kit/amount";
import { deregistrationOf, deregistrationSeconds } from "../kit/draining";
import type { Field } from "../kit/field";
import { type Fault, nameOr, type Finding, violation } from "../kit/finding";
import { belongs, identityOf, objectName } from "../kit/kubernetes";
import type { Resource, Stack } from "../kit/resource";
import { eachPart, eachResource, stackRule, unreadable } from "../kit/rule";
import { quantity, texts } from "../kit/settings";
import { types } from "../kit/types";

/** The analysis of a rollout exists and measures before the rollout ends. */
export const analysisFitsRollout = stackRule({
  id: "analysis-fits-rollout",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A rollout whose analysis template is missing, or first measures after its last pause.",
  prevents: "An analysis without a measurement counts as success when the rollout ends.",
  source: "Argo Rollouts, analysis, early termination (analysis.go at v1.9)",
  settings: {
    knownTemplates: texts([], "Cluster-wide templates that the platform installs and that these manifests only name."),
  },
  examples: { bad: "initialDelay: 10m, with 5m of pauses", good: "initialDelay: 30s, with 5m of pauses" },
  *check(stack, { knownTemplates }) {
    yield* eachResource(stack.of(types.rollout), (rollout) => {
      const canary = rollout.at("spec", "strategy", "canary");
      const analyses = canary
        .at("steps")
        .list()
        .map((step) => step.at("analysis"));
      const background = canary.at("analysis");
      return eachPart(rollout, [background, ...analyses], (analysis) => {
        const references = analysis.at("templates").list();
        const total = analysis === background ? totalPause(canary) : undefined;
        return eachPart(rollout, references, (reference) =>
          judgeReference(stack, rollout, reference, knownTemplates, total),
        );
      });
    });
  },
});

/** Seconds of all pauses; undefined when one never ends. */
function totalPause(canary: Field): number | undefined {
  const pauses = canary
    .at("steps")
    .list()
    .map((step) => step.at("pause"))
    .filter((pause) => pause.isSet())
    .map((pause) => secondsOf(pause.at("duration")));
  return pauses.includes(undefined) ? undefined : pauses.reduce<number>((sum, pause) => sum + (pause ?? 0), 0);
}

function* judgeReference(
  stack: Stack,
  rollout: Resource,
  reference: Field,
  known: readonly string[],
  total: number | undefined,
): Iterable<Finding> {
  const name = reference.at("templateName").text();
  const template = templateOf(stack, rollout, name, reference.at("clusterScope").flag() === true);
  if (template === undefined) {
    if (known.some((candidate) => candidate === name)) return;
    const got = `${nameOr(name, "a name")}, which nobody declares`;
    yield violation(rollout, {
      at: reference.at("templateName").path,
      got,
      wanted: "a template",
      fix: "declare it, or correct the name",
    });
    return;
  }
  if (total === undefined) return;
  for (const metric of template.at("spec", "metrics").list()) {
    const delay = metric.at("initialDelay");
    const seconds = secondsOf(delay) ?? 0;
    if (seconds === 0 || seconds < total) continue;
    const wanted = `less than the ${total} s of all pauses of ${rollout.name}`;
    yield violation(template, {
      at: delay.path,
      got: `${seconds} s`,
      wanted,
      fix: "shorten initialDelay or lengthen the pauses",
    });
  }
}

function templateOf(
  stack: Stack,
  rollout: Resource,
  name: string | undefined,
  clusterWide: boolean,
): Resource | undefined {
  const { namespace } = identityOf(rollout);
  const kind = clusterWide ? types.clusterAnalysisTemplate : types.analysisTemplate;
  return stack
    .of(kind)
    .find((template) =>
      belongs(
        template,
        "metadata",
        rollout,
        () => objectName(template) === name && (clusterWide || identityOf(template).namespace === namespace),
      ),
    );
}

/** Argo Rollouts refuses the delay where no traffic router tells old pods from new ones (InvalidSpec). */
function withoutRouting(at: string): Fault {
  return {
    at,
    got: "a delay without trafficRouting, which Argo Rollouts refuses",
    wanted: "the delay beside trafficRouting, or none",
    fix: "remove scaleDownDelaySeconds, or route the traffic (trafficRouting) and keep it",
  };
}

/** With dynamicStableScale old pods go while the weight moves, and Argo Rollouts refuses a delay beside it. */
function whileShifting(at: string): Fault {
  return {
    at,
    got: "true, which removes old pods while traffic still moves and admits no scaleDownDelaySeconds",
    wanted: "old pods that stay until the load balancer has let go of them",
    fix: "remove dynamicStableScale and set scaleDownDelaySeconds: 900",
  };
}

/** Old pods stay until nobody sends to them. */
export const scaledownAfterDrain = stackRule({
  id: "scaledown-after-drain",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A rollout that removes old pods before the load balancer has let go of them.",
  prevents: "Requests to pods that are gone, and no instant way back.",
  source: "Argo Rollouts, specification, scaleDownDelaySeconds",
  settings: { deregistration: quantity(trafficLimits.deregistrationDelay, "lower", { minimum: 1 }) },
  limits: "Where no target group is in sight (manifests), the platform's own deregistration delay counts.",
  examples: { bad: "canary: { scaleDownDelaySeconds: 5 }", good: "canary: { scaleDownDelaySeconds: 900 }" },
  *check(stack, { deregistration }) {
    const delay = deregistrationSeconds(stack, deregistration);
    yield* unreadable(stack.of(types.targetGroup), deregistrationOf);
    yield* eachResource(stack.of(types.rollout), function* (rollout) {
      const strategy = rollout.at("spec", "strategy");
      const canary = !strategy.at("blueGreen").isSet();
      const owner = strategy.at(canary ? "canary" : "blueGreen");
      const field = owner.at("scaleDownDelaySeconds");
      if (canary && !owner.at("trafficRouting").isSet()) {
        if (field.isSet()) yield violation(rollout, withoutRouting(field.path));
        return;
      }
      const dynamic = owner.at("dynamicStableScale");
      if (canary && dynamic.flag() === true) {
        yield violation(rollout, whileShifting(dynamic.path));
        return;
      }
      const seconds = field.number() ?? policyLimits.scaleDownDelayByDefault.value;
      if (seconds >= delay) return;
      const got = field.isSet() ? `${seconds} s` : `nothing, which means ${seconds} s`;
      yield violation(rollout, {
        at: field.path,
        got,
        wanted: `at least the deregistration delay of ${delay} s`,
        fix: "set scaleDownDelaySeconds: 900",
      });
    });
  },
});
