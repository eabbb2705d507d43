/** Running rules: kinds, settings, exemptions, the sandbox's day, and parts that cannot be read. */
import { describe, expect, it } from "vitest";
import type { Exemption } from "../../../../policies/kit/rule/exemption";
import { message, violation } from "../../../../policies/kit/finding/finding";
import { type ResourceInput, Resource, Stack } from "../../../../policies/kit/reading/resource";
import {
  concerns,
  type Context,
  each,
  eachPart,
  eachResource,
  guarded,
  resourceRule,
  type Rule,
  stackRule,
  reportUnreadable,
} from "../../../../policies/kit/rule/rule";
import { clock, runResources, runStack } from "../../../../policies/kit/rule/run";
import { withoutDefault, choice } from "../../../../policies/kit/rule/settings";
import { unknownSentinels } from "../../../../policies/kit/reading/value";
import { exemptionRow as row } from "../../support/exemption-row";
import { now } from "../../support/rule";

const [UNKNOWN] = unknownSentinels;
const context: Context = { now, preview: false, teardown: false, stackTags: new Map() };
const about = {
  id: "no-x",
  group: "security",
  level: "mandatory",
  forbids: "An x.",
  prevents: "Harm.",
  source: "Our design",
  settings: { quiet: choice(false, "Whether to say nothing.", "any") },
  examples: { bad: "x", good: "y" },
} as const;
const resourceType = "aws:s3/bucket:Bucket";
const bucket = (name: string, props: unknown = {}): ResourceInput => ({ type: resourceType, name, props });
const [a, b] = ["a", "b"].map((name) => new Resource(bucket(name))) as [Resource, Resource];
const fault = { got: "an x", expected: "none", fix: "remove it" };
const perResource = resourceRule({
  ...about,
  resourceTypes: [resourceType],
  *check(resource, { quiet }, { now: today }) {
    if (!quiet) yield violation(resource, { ...fault, at: `on ${today.toISOString()}` });
  },
});
const perStack = stackRule({
  ...about,
  *check(stack, { quiet }) {
    if (!quiet) for (const resource of stack.resources) yield violation(resource, fault);
  },
});
const names = (given: unknown, used?: (rule: Rule, row: Exemption) => void): readonly string[] =>
  runStack(perStack, new Stack([a, b]), given, context, used).map(({ resource }) => resource.name);

describe("what depends on an open question", () => {
  const settings = { off: withoutDefault(choice(false, "Whether nothing is protected.", "any")) };
  const checking = resourceRule({
    ...about,
    settings,
    resourceTypes: [resourceType],
    *check(resource, { off }) {
      if (!off) yield violation(resource, { ...fault, setting: "off" });
      yield violation(resource, { ...fault, at: "y" });
    },
  });
  const found = (given: unknown) =>
    runResources(checking, [a], given, context).map((finding) => [finding.advisory, message(finding)]);
  const ends = "a (aws:s3/bucket:Bucket), y: got an x; expected none. Fix: remove it.";

  it("blocks nothing and says which setting to give; what does not depend on it blocks", () => {
    const told =
      "a (aws:s3/bucket:Bucket): got an x; expected none. Fix: remove it. This blocks nothing until the policy configuration says no-x.off.";
    expect(found({})).toEqual([
      [true, told],
      [undefined, ends],
    ]);
  });

  it("blocks as soon as the answer is there, or is not found at all", () => {
    expect(found({ off: false })).toEqual([
      [undefined, "a (aws:s3/bucket:Bucket): got an x; expected none. Fix: remove it."],
      [undefined, ends],
    ]);
    expect(found({ off: true })).toEqual([[undefined, ends]]);
  });

  it("blocks nothing for a rule about the stack either", () => {
    const whole = stackRule({
      ...about,
      settings,
      *check(stack) {
        for (const resource of stack.resources) yield violation(resource, { ...fault, setting: "off" });
      },
    });
    const advisory = (given: unknown) =>
      runStack(whole, new Stack([a]), given, context).map((finding) => finding.advisory);
    expect([advisory({}), advisory({ off: false })]).toEqual([[true], [undefined]]);
  });
});

describe("a rule", () => {
  it("has its scope", () => expect([perResource.scope, perStack.scope]).toEqual(["resource", "stack"]));

  it("looks at the kinds it names, at everything, or at every Kubernetes object that is no release", () => {
    const seen = (kinds: "any" | "kubernetes" | readonly string[], ...all: readonly string[]): readonly boolean[] =>
      all.map((one) => concerns({ ...perResource, resourceTypes: kinds }, one));
    expect(seen([resourceType], resourceType, "aws:ec2/vpc:Vpc")).toEqual([true, false]);
    expect(seen("any", resourceType, "kubernetes:helm.sh:Release")).toEqual([true, true]);
    expect(
      seen("kubernetes", "kubernetes:apps:Deployment", "kubernetes:helm.sh:Release", resourceType, "my:kubernetes:x"),
    ).toEqual([true, false, false, false]);
  });

  it("says nothing of other kinds, and follows its settings", () => {
    const found = (type: string, given: unknown): number =>
      runResources(perResource, [new Resource({ ...bucket("a"), type })], given, context).length;
    expect([found(resourceType, {}), found(resourceType, { quiet: true }), found("aws:ec2/vpc:Vpc", {})]).toEqual([
      1, 0, 0,
    ]);
    expect([names({}), names({ quiet: true })]).toEqual([["a", "b"], []]);
  });
});

describe("an exemption in a run", () => {
  it("excuses what it covers, and is heard of", () => {
    const reported: string[] = [];
    const used = (rule: Rule, { resource }: Exemption): void => void reported.push(`${rule.id} ${resource}`);
    expect(names({ exemptions: [row(`${resourceType}::other`), row(`${resourceType}::a`)] }, used)).toEqual(["b"]);
    expect(reported).toEqual([`no-x ${resourceType}::a`]);
    const given = { exemptions: [row(`${resourceType}::a`)] };
    expect(runResources(perResource, [a], given, context, used)).toEqual([]);
    expect(reported).toHaveLength(2);
  });

  it("excuses nothing once it has run out, or where it is faulty", () => {
    expect(names({ exemptions: [row(`${resourceType}::a`, { expires: "2026-11-20" })] })).toEqual(["a", "b"]);
    expect(names({ exemptions: [row(`${resourceType}::a`, { owner: "" })] })).toEqual(["a", "b"]);
  });

  it("runs out by the rule's own day on the sandbox", () => {
    const given = { asOf: "2027-01-01", exemptions: [row(`${resourceType}::a`)] };
    expect(runStack(perStack, new Stack([a]), given, { ...context, sandbox: true })).toHaveLength(1);
    expect(runStack(perStack, new Stack([a]), given, context)).toEqual([]);
  });
});

describe("today", () => {
  it("is the setting's day on the sandbox, and the real one everywhere else", () => {
    const today = (given: unknown, sandbox?: boolean): Date => clock(given, { ...context, sandbox }).now;
    const day = new Date("2027-03-27T00:00:00Z");
    expect([today({ asOf: "2027-03-27" }, true), today({ asOf: "" }, true), today({}, true)]).toEqual([day, now, now]);
    expect([today({ asOf: "2027-03-27" }, false), today({ asOf: "2027-03-27" })]).toEqual([now, now]);
    const [found] = runResources(perResource, [a], { asOf: "2027-03-27" }, { ...context, sandbox: true });
    expect(found?.at).toBe("on 2027-03-27T00:00:00.000Z");
  });
});

describe("what cannot be read", () => {
  const hidden = new Resource(bucket("hidden", { x: UNKNOWN }));
  const wrong = new Resource(bucket("wrong", { x: [] }));
  const said = (all: Iterable<Parameters<typeof message>[0]>): readonly string[] =>
    [...all].map((finding) => `${finding.kind}: ${message(finding)}`);
  const unknownX =
    `unknown: hidden (${resourceType}), x: got a value that is not known yet; expected a known one. ` +
    "Fix: nothing now: the update checks it.";
  const wrongX = `violation: wrong (${resourceType}), x: got a list of 0; expected a text. ` + "Fix: write a text.";

  it("becomes a finding after those before it", () => {
    const check = function* (): Generator<ReturnType<typeof violation>> {
      yield violation(hidden, fault);
      hidden.at("x").text();
    };
    expect(said(guarded(hidden, check))).toEqual([
      `violation: hidden (${resourceType}): got an x; expected none. Fix: remove it.`,
      unknownX,
    ]);
  });

  it("of one resource or part does not hide the others", () => {
    const read = (resource: Resource): readonly [] => {
      resource.at("x").text();
      return [];
    };
    expect(said(eachResource([hidden, a, wrong], read))).toEqual([unknownX, wrongX]);
    expect(
      said(
        each(
          [1, 2],
          (part) => (part === 1 ? hidden : wrong),
          (part) => read(part === 1 ? hidden : wrong),
        ),
      ),
    ).toEqual([unknownX, wrongX]);
    expect(said(eachPart(hidden, ["x", "y"], (key) => (hidden.at(key).text(), [])))).toEqual([unknownX]);
    expect(said(reportUnreadable([hidden, a, wrong], (resource) => resource.at("x").text()))).toEqual([
      unknownX,
      wrongX,
    ]);
  });

  it("is no hiding place for a broken rule, and belongs to the stack where no resource is at hand", () => {
    const bug = (): never => {
      throw new TypeError("bug");
    };
    expect(() => said(guarded(a, bug))).toThrow(new TypeError("bug"));
    const blind = stackRule({ ...about, check: () => (hidden.at("x").text(), []) });
    expect(said(runStack(blind, new Stack([]), {}, context))).toEqual([
      unknownX
        .replace(`hidden (${resourceType})`, "the stack (pulumi:pulumi:Stack)")
        .replace(
          "checks it.",
          "checks it, and if the value breaks the rule it fails after all resources are made, and does not roll back.",
        ),
    ]);
  });
});
