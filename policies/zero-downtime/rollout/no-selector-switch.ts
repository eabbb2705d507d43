/** Rule no-selector-switch. */
import { groupPairs } from "@fridayproof/components/core";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { type Labels, labelsOf, namespaceOf } from "../../kit/kubernetes/kubernetes";
import { containersIn } from "../../kit/kubernetes/pods";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { eachResource, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { servicesFor } from "../../kit/network/serving";
import { types } from "../../kit/reading/types";
import { runTemplate, workloadsOf } from "../../kit/kubernetes/workloads";
import { checkVersions, selecting } from "./version-selectors";

/** No selector of a Service is ever switched. */
export const noSelectorSwitch = stackRule({
  id: "no-selector-switch",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A rollout with the blueGreen strategy, a Service that picks one of two equal workloads by a label, and a selector that names a version.",
  prevents:
    "Switching a Service's selector leaves the load balancer with addresses of pods that are gone; one that names a version is switched by every release, or refuses it.",
  source:
    "Argo Rollouts, ALB, IP verification; our design, traffic section 2: blue and green are canary steps 0 and 100",
  settings: {},
  limits:
    "Two workloads count as equal when their labels differ in one that the Service selects, and images and ports agree; where they declare no port, only labels such as blue and green count.",
  examples: {
    bad: "strategy: { blueGreen: { activeService: web } }",
    good: "strategy: { canary: { steps: [{ setWeight: 5 }, …] } }",
  },
  *check(stack) {
    yield* eachResource(stack.of(types.rollout), function* (rollout) {
      const field = rollout.at("spec", "strategy", "blueGreen");
      if (!field.isSet()) return;
      yield violation(rollout, {
        at: field.path,
        got: "blueGreen",
        expected: "canary steps",
        fix: "use strategy.canary; AppSpec renders both modes",
        alone: true,
      });
    });
    yield* checkServices(stack);
    yield* eachResource(stack.of(...selecting), checkVersions);
  },
});

function* checkServices(stack: Stack): Iterable<Finding> {
  const [services, workloads] = [stack.of(types.service), workloadsOf(stack)];
  if (services.length === 0 || workloads.length <= 1) return;
  yield* reportUnreadable(services, (service) => readsOf(service));
  yield* reportUnreadable(workloads, (workload) => programOf(stack, workload));
  const reported = new Set<Resource>();
  for (const one of programs(stack).all)
    for (const service of servicesFor(stack, one.namespace, one.labels)) {
      const key = reported.has(service) ? undefined : switchOf(stack, service, one);
      if (key === undefined) continue;
      reported.add(service);
      yield violation(service, {
        at: service.at("spec", "selector").at(key).path,
        got: "a label that picks one of two equal workloads: traffic moves when somebody edits it",
        expected: "one workload whose versions share the traffic",
        fix: `merge them into a Rollout with strategy.canary, and leave the label out of the selector`,
      });
    }
}

/** Reads everything that decides which pods a Service selects; without a selector it selects none. */
function readsOf(service: Resource): unknown {
  const selector = service.at("spec", "selector");
  return [namespaceOf(service), ...selector.members().map(([, value]) => value.text())];
}

/** What a workload runs, and under which labels. */
interface Program {
  readonly namespace: string;
  readonly labels: Labels;
  /** Images without their versions, and ports. */
  readonly runs: string;
  /** Whether a port is declared; what declares none may be a worker of the same image. */
  readonly isOpen: boolean;
}

const programs = perStack((stack) => {
  const all = workloadsOf(stack).flatMap((workload) => valueOr(() => [programOf(stack, workload)], []));
  const bySiblings = groupPairs(
    all.flatMap((program) => [...program.labels.keys()].map((key) => [siblingsKey(program, key), program] as const)),
  );
  return { all, bySiblings };
});

function programOf(stack: Stack, workload: Resource): Program {
  const template = runTemplate(stack, workload);
  const containers = containersIn(template.at("spec")).filter(({ part }) => part === "main");
  const ports = containers.flatMap(({ field }) => portsOf(field));
  const images = containers.map(({ field }) => unversioned(field.at("image").text()));
  return {
    namespace: namespaceOf(workload),
    labels: labelsOf(template),
    runs: JSON.stringify([images, ports]),
    isOpen: ports.length > 0,
  };
}

function unversioned(image: string | undefined): string | undefined {
  return image?.replace(/@.*/, "").replace(/:[^:/]+$/, "");
}

function portsOf(container: Field): readonly (string | undefined)[] {
  return container
    .at("ports")
    .list()
    .map((port) => port.at("containerPort").text());
}

/** Under this key stand the workloads that differ in the label alone. */
function siblingsKey({ namespace, labels, runs }: Program, key: string): string {
  const others = [...labels].filter(([name]) => name !== key).sort(([left], [right]) => left.localeCompare(right));
  return JSON.stringify([namespace, key, others, runs]);
}

/** Words for the two sides of a switch. */
const sides = /^(blue|green|red|black|live|idle|active|inactive|standby|old|new|current|next|previous)$/i;

/** The label by which the Service picks this workload and not its equal; shards with Services of their own are no equals. */
function switchOf(stack: Stack, service: Resource, one: Program): string | undefined {
  const keys = service
    .at("spec", "selector")
    .members()
    .map(([key]) => key);
  return keys.find((key) =>
    (programs(stack).bySiblings.get(siblingsKey(one, key)) ?? []).some((other) => {
      const [own, theirs] = [String(one.labels.get(key)), String(other.labels.get(key))];
      if (own === theirs) return false;
      if (sides.test(own) && sides.test(theirs)) return true;
      return one.isOpen && servicesFor(stack, other.namespace, other.labels).length === 0;
    }),
  );
}
