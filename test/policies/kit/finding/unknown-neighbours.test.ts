/** Verdicts that a hidden neighbour may undo. */
import { describe, expect, it } from "vitest";
import { type Finding, message, unknownValue, violation } from "../../../../policies/kit/finding/finding";
import { objectName, outside } from "../../../../policies/kit/kubernetes/kubernetes";
import { withUnknownNeighbours } from "../../../../policies/kit/finding/unknown-neighbours";
import { Resource, type ResourceInput, Stack } from "../../../../policies/kit/reading/resource";
import { certain, eachResource, suppressors, stackRule, reportUnreadable } from "../../../../policies/kit/rule/rule";
import { runStack } from "../../../../policies/kit/rule/run";
import { types } from "../../../../policies/kit/reading/types";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

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
const rule = (read: typeof reportUnreadable, tell: Tell = (found) => found) =>
  stackRule({
    ...about,
    *check(stack) {
      yield* read(stack.of(types.service), objectName);
      const names = stack.of(types.service).map((service) => service.at("metadata", "name"));
      const known = new Set(names.filter((name) => !name.isUnknown()).map((name) => name.text()));
      yield* tell(
        eachResource(stack.of(types.deployment), function* (one) {
          if (known.has(objectName(one))) return;
          yield violation(one, { at: "metadata.name", got: "no Service", expected: "one", fix: "declare it" });
        }),
      );
    },
  });
const found = (resources: readonly Resource[], one = rule(reportUnreadable), preview = true): readonly string[] =>
  runStack(one, new Stack(resources), {}, during(preview)).map(
    ({ kind, resource, at = "" }) => `${kind} ${resource.name} ${at}`,
  );

const hidden = (namespace: string, more: Partial<ResourceInput> = {}): Resource =>
  made("Service", { name: UNKNOWN, namespace }, more);
const open = ["unknown service metadata.name", "unknown deployment metadata.name"];
const decided = ["unknown service metadata.name", "violation deployment metadata.name"];

describe("a verdict beside a hidden neighbour", () => {
  it("is left open, with what it hangs on and what the update will do", () => {
    expect(found([hidden("shop"), web])).toEqual(open);
    const [, verdict] = runStack(rule(reportUnreadable), new Stack([hidden("shop"), web]), {}, during(true));
    expect(verdict === undefined ? "" : message(verdict)).toBe(
      'deployment (kubernetes:apps/v1:Deployment, namespace "shop"), metadata.name: got no Service, as far as is known: ' +
        'metadata.name, which service (kubernetes:core/v1:Service, namespace "shop") has is not known yet; expected one. ' +
        "Fix: nothing now: the update checks it, and if the value breaks the rule it fails after all resources are made, and does not roll back.",
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
    expect(found([hidden("shop"), web], rule(reportUnreadable), false)).toEqual(decided);
    expect(found([hidden("shop"), web], rule(reportUnreadable, certain))).toEqual(decided);
  });

  it("is all that makes a neighbour worth a notice that can only lift verdicts", () => {
    const served = made("Service", { name: "web", namespace: "shop" });
    expect(found([hidden("shop"), served, web], rule(suppressors))).toEqual([]);
    expect(found([hidden("shop"), web], rule(suppressors))).toEqual(open);
    expect(found([hidden("shop"), served, web])).toEqual(["unknown service metadata.name"]);
  });
});

describe("what a hidden neighbour may reach", () => {
  const at = "metadata.name";
  const fault = (who: Resource): Finding =>
    violation(who, { at, got: "no Service", expected: "one", fix: "declare it" });
  const beside = (neighbour: Resource, place = at): Finding => ({
    ...unknownValue(neighbour, place),
    neighbour: "any",
  });
  const object = (type: string, metadata: object, more: Partial<ResourceInput> = {}): Resource =>
    new Resource({ type, name: "one", urn: "urn:one", props: { metadata }, ...more });
  const service = (metadata: object, more: Partial<ResourceInput> = {}): Resource =>
    object("kubernetes:core/v1:Service", metadata, more);
  const isOpen = (neighbour: Resource, subject: Resource = web, place = at): boolean =>
    withUnknownNeighbours([beside(neighbour, place), fault(subject)], true).every(({ kind }) => kind === "unknown");

  it("is what stands in its namespace, or what may, because one of them is in none or in a hidden one", () => {
    expect(isOpen(service({ namespace: "shop" }))).toBe(true);
    expect(isOpen(service({ namespace: "stock" }))).toBe(false);
    expect(isOpen(service({}))).toBe(true);
    expect(isOpen(service({ namespace: UNKNOWN }))).toBe(true);
    expect(isOpen(service({ namespace: "stock" }), made("Deployment", { name: "web" }))).toBe(true);
  });

  it("is the namespace itself as well", () => {
    const namespace = (name: string): Resource => object("kubernetes:core/v1:Namespace", { name, namespace: "x" });
    expect(isOpen(service({ namespace: "shop" }), namespace("shop"))).toBe(true);
    expect(isOpen(service({ namespace: "shop" }), namespace("stock"))).toBe(false);
  });

  it("is everything for kinds that speak of other namespaces", () => {
    const route = object("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", { namespace: "stock" });
    expect(isOpen(route)).toBe(true);
  });

  it("is what the value was made from, and what was made from the same", () => {
    const linked = (...urns: readonly string[]): Resource =>
      service({ namespace: "stock" }, { links: { metadata: urns, spec: ["urn:else"] } });
    expect(isOpen(linked("urn:other", web.urn))).toBe(true);
    expect(isOpen(linked("urn:other"))).toBe(false);
    expect(isOpen(linked("urn:else"), made("Deployment", {}, { links: { spec: ["urn:x", "urn:else"] } }))).toBe(true);
    expect(isOpen(service({ namespace: "shop" }, { links: { spec: ["urn:other"] } }))).toBe(true);
    expect(isOpen(service({ namespace: "shop" }, { links: { metadata: ["urn:other"] } }), web, "")).toBe(true);
  });

  it("is never the neighbour itself", () => {
    expect(isOpen(web, web)).toBe(false);
  });

  it("is told with the neighbour as a whole where no property of it is named", () => {
    const { at: _at, ...whole } = beside(service({ namespace: "shop" }), "");
    const [, opened] = withUnknownNeighbours([whole, fault(web)], true);
    expect(opened?.got).toBe(
      'no Service, as far as is known: what one (kubernetes:core/v1:Service, namespace "shop") has is not known yet',
    );
  });

  it("is left as it was found where nothing hidden judges others, and where it is open already", () => {
    const own = [unknownValue(service({ namespace: "shop" }), at), fault(web)];
    expect(withUnknownNeighbours(own, true)).toEqual(own);
    const left = unknownValue(web, "spec.replicas");
    expect(withUnknownNeighbours([beside(service({ namespace: "shop" })), left], true)[1]).toBe(left);
    const twice = [
      beside(service({ namespace: "shop" })),
      unknownValue(service({ namespace: "stock" }), "spec"),
      fault(web),
    ];
    expect(withUnknownNeighbours(twice, true)[2]?.got).toContain("metadata.name, which one");
  });

  it("is told once for each place, but for faults, which are as many as they are", () => {
    const neighbour = beside(service({ namespace: "stock" }));
    const { at: _at, ...whole } = neighbour;
    const found = withUnknownNeighbours(
      [neighbour, { ...neighbour, neighbour: "any" }, whole, whole, fault(web), fault(web)],
      true,
    );
    expect(found.map(({ kind, at: place }) => `${kind} ${place}`)).toEqual([
      `unknown ${at}`,
      "unknown undefined",
      `violation ${at}`,
      `violation ${at}`,
    ]);
  });
});

describe("an object outside of some namespaces", () => {
  const fault = (one: Resource): Finding => violation(one, { got: "x", expected: "y", fix: "z" });
  const findingsOf = (namespace: unknown, faults: (one: Resource) => readonly Finding[]): readonly Finding[] => {
    const one = made("Service", { name: "web", namespace });
    return [...outside(["kube-system"], one, () => faults(one))];
  };

  it("is judged, and inside of them is not", () => {
    expect(findingsOf("shop", (one) => [fault(one)])).toHaveLength(1);
    expect(findingsOf("kube-system", (one) => [fault(one)])).toEqual([]);
  });

  it("needs its hidden namespace only where something is wrong with it", () => {
    expect(findingsOf(UNKNOWN, () => [])).toEqual([]);
    expect(() => findingsOf(UNKNOWN, (one) => [fault(one)])).toThrow("metadata.namespace is not known yet");
  });
});
