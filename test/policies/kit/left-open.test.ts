/** Verdicts that a hidden neighbour may undo. */
import { describe, expect, it } from "vitest";
import { type Finding, message, violation } from "../../../policies/kit/finding";
import { objectName, outside } from "../../../policies/kit/kubernetes";
import { Resource, type ResourceInput, Stack } from "../../../policies/kit/resource";
import { certain, eachResource, rescuers, stackRule, unreadable } from "../../../policies/kit/rule";
import { runStack } from "../../../policies/kit/run";
import { types } from "../../../policies/kit/types";
import { unknownSentinels } from "../../../policies/kit/value";

const [UNKNOWN] = unknownSentinels;
const about = {
  id: "lonely",
  group: "security",
  level: "mandatory",
  forbids: "A Deployment without a Service.",
  prevents: "x",
  source: "x",
  settings: {},
  examples: { bad: "x", good: "x" },
} as const;
const during = (preview: boolean) => ({
  now: new Date("2026-11-21"),
  preview,
  teardown: false,
  stackTags: new Map<string, string>(),
});

const made = (kind: "Deployment" | "Service", metadata: object, more: Partial<ResourceInput> = {}): Resource => {
  const type = kind === "Service" ? "kubernetes:core/v1:Service" : "kubernetes:apps/v1:Deployment";
  return new Resource({ type, name: kind.toLowerCase(), urn: `urn:${kind}`, props: { metadata }, ...more });
};
const web = made("Deployment", { name: "web", namespace: "shop" });

type Tell = (found: Iterable<Finding>) => Iterable<Finding>;
const rule = (read: typeof unreadable, tell: Tell = (found) => found) =>
  stackRule({
    ...about,
    *check(stack) {
      yield* read(stack.of(types.service), objectName);
      const names = stack.of(types.service).map((service) => service.at("metadata", "name"));
      const known = new Set(names.filter((name) => !name.isUnknown()).map((name) => name.text()));
      yield* tell(
        eachResource(stack.of(types.deployment), function* (one) {
          if (known.has(objectName(one))) return;
          yield violation(one, { at: "metadata.name", got: "no Service", wanted: "one", fix: "declare it" });
        }),
      );
    },
  });
const found = (resources: readonly Resource[], one = rule(unreadable), preview = true): readonly string[] =>
  runStack(one, new Stack(resources), {}, during(preview)).map(
    ({ kind, resource, at = "" }) => `${kind} ${resource.name} ${at}`,
  );

const hidden = (namespace: string, more: Partial<ResourceInput> = {}): Resource =>
  made("Service", { name: UNKNOWN, namespace }, more);
const open = ["unseen service metadata.name", "unseen deployment metadata.name"];
const decided = ["unseen service metadata.name", "violation deployment metadata.name"];

describe("a verdict beside a hidden neighbour", () => {
  it("is left open, with what it hangs on and what the update will do", () => {
    expect(found([hidden("shop"), web])).toEqual(open);
    const [, verdict] = runStack(rule(unreadable), new Stack([hidden("shop"), web]), {}, during(true));
    expect(verdict === undefined ? "" : message(verdict)).toBe(
      'deployment (kubernetes:apps/v1:Deployment, namespace "shop"), metadata.name: got no Service, as far as is known: ' +
        'metadata.name, which service (kubernetes:core/v1:Service, namespace "shop") has is not known yet; wanted one. ' +
        "Fix: nothing now: the update decides, and if the value breaks the rule it fails once everything is made, and nothing of it is taken back.",
    );
  });

  it("stands where the neighbour is of another namespace, unless its kind reaches there", () => {
    expect(found([hidden("stock"), web])).toEqual(decided);
  });

  it("stands where the value was made from somebody else, and is open where it was made from the resource", () => {
    expect(found([hidden("shop", { links: { metadata: ["urn:other"] } }), web])).toEqual(decided);
    expect(found([hidden("shop", { links: { metadata: [web.urn] } }), web])).toEqual(open);
  });

  it("stands in an update, and where the rule says that it holds whatever the neighbours are", () => {
    expect(found([hidden("shop"), web], rule(unreadable), false)).toEqual(decided);
    expect(found([hidden("shop"), web], rule(unreadable, certain))).toEqual(decided);
  });

  it("is all that makes a neighbour worth a notice that can only lift verdicts", () => {
    const served = made("Service", { name: "web", namespace: "shop" });
    expect(found([hidden("shop"), served, web], rule(rescuers))).toEqual([]);
    expect(found([hidden("shop"), web], rule(rescuers))).toEqual(open);
    expect(found([hidden("shop"), served, web])).toEqual(["unseen service metadata.name"]);
  });
});

describe("an object outside of some namespaces", () => {
  const fault = (one: Resource): Finding => violation(one, { got: "x", wanted: "y", fix: "z" });
  const judged = (namespace: unknown, faults: (one: Resource) => readonly Finding[]): readonly Finding[] => {
    const one = made("Service", { name: "web", namespace });
    return [...outside(["kube-system"], one, () => faults(one))];
  };

  it("is judged, and inside of them is not", () => {
    expect(judged("shop", (one) => [fault(one)])).toHaveLength(1);
    expect(judged("kube-system", (one) => [fault(one)])).toEqual([]);
  });

  it("needs its hidden namespace only where something is wrong with it", () => {
    expect(judged(UNKNOWN, () => [])).toEqual([]);
    expect(() => judged(UNKNOWN, (one) => [fault(one)])).toThrow("metadata.namespace is not known yet");
  });
});
