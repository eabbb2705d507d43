/** Exemptions are judged themselves: faulty, run out, or idle. */
import { describe, expect, it } from "vitest";
import { auditAnnotations, auditExemptions, type Extent } from "../../../../policies/kit/rule/audit";
import type { Exemption } from "../../../../policies/kit/rule/exemption";
import { violation } from "../../../../policies/kit/finding/finding";
import { Resource, type ResourceInput, Stack } from "../../../../policies/kit/reading/resource";
import { type Context, resourceRule, type Rule, stackRule } from "../../../../policies/kit/rule/rule";
import { unknownSentinels } from "../../../../policies/kit/reading/value";
import { now } from "../../support/rule";

const [UNKNOWN] = unknownSentinels;
const context: Context = { now, preview: true, teardown: false, stackTags: new Map(), sandbox: true };
const type = "aws:s3/bucket:Bucket";
const about = {
  id: "no-x",
  group: "security",
  level: "mandatory",
  forbids: "An x.",
  prevents: "Harm.",
  source: "Our design",
  settings: {},
  examples: { bad: "x", good: "y" },
} as const;
const fault = { got: "an x", expected: "none", fix: "remove it" };
const perResource = resourceRule({
  ...about,
  resourceTypes: [type],
  *check(resource) {
    if (resource.at("x").isSet()) yield violation(resource, fault);
  },
});
const perStack = stackRule({
  ...about,
  *check(stack) {
    for (const resource of stack.of(type)) if (resource.at("x").isSet()) yield violation(resource, fault);
  },
});
const bucket = (name: string, props: unknown): ResourceInput => ({ type, name, props });
const bad = bucket("bad", { x: 1 });
const good = bucket("good", {});
const hidden = bucket("hidden", UNKNOWN);
const row = (resource: string, more: Partial<Exemption> = {}): Exemption => ({
  resource: resource.includes("::") ? resource : `${type}::${resource}`,
  reason: "a reason in words",
  owner: "platform",
  expires: "2026-12-31",
  ...more,
});

function audit(rule: Rule, all: readonly ResourceInput[], given: unknown, extent?: Extent): readonly string[] {
  const stack = new Stack(all.map((input) => new Resource(input)));
  return auditExemptions(rule, stack, given, context, extent).map(
    ({ at, got, expected, fix }) => `${at}: got ${got}; expected ${expected}. Fix: ${fix}.`,
  );
}
const at = (name: string): string => `no-x.exemptions["${type}::${name}"]`;

describe.each([
  ["a resource rule", perResource],
  ["a stack rule", perStack],
])("an exemption from %s", (_name, rule: Rule) => {
  const messages = (all: readonly ResourceInput[], rows: readonly Exemption[], extent?: Extent): readonly string[] =>
    audit(rule, all, { exemptions: rows }, extent);

  it("is needed as long as its resource breaks the rule, also among resources that do not", () => {
    expect(messages([bad], [row("bad")])).toEqual([]);
    expect(messages([good, bad], [row("*")])).toEqual([
      `${at("*")}: got an invalid exemption (a bare * would exempt a whole type: name the resource); ` +
        "expected a valid one. Fix: correct it in the configuration of no-x.",
    ]);
    const [keeps, breaks] = [bucket("shop-keeps", {}), bucket("shop-breaks", { x: 1 })];
    expect(messages([keeps, breaks], [row("shop-*")])).toEqual([]);
  });

  it("is idle where its resource keeps the rule, whatever another one does", () => {
    expect(messages([good, bad], [row("good")])).toEqual([
      `${at("good")}: got an exemption of a resource that does not break the rule; expected only exemptions that are needed. ` +
        "Fix: remove the row from the configuration of no-x.",
    ]);
  });

  it("is mended in the file that it says it is written in", () => {
    expect(messages([good], [row("good", { file: "stacks/exempt.ts" })])).toEqual([
      `${at("good")}: got an exemption of a resource that does not break the rule; expected only exemptions that are needed. ` +
        "Fix: remove the row from stacks/exempt.ts.",
    ]);
  });

  it("is idle where its resource is not here, unless only a part is judged or a preview may hide it", () => {
    const idle =
      `${at("gone")}: got an exemption that matches no resource here; expected only exemptions that are needed. ` +
      "Fix: remove the row from the configuration of no-x.";
    expect([messages([bad], [row("gone")]), messages([bad], [row("gone")], "whole")]).toEqual([[idle], [idle]]);
    expect([messages([bad], [row("gone")], "part"), messages([hidden], [row("gone")])]).toEqual([[], []]);
    expect(messages([bad, hidden], [row("gone")])).toEqual([]);
    expect(messages([{ ...hidden, type: "aws:ec2/vpc:Vpc" }], [row("gone")])).toEqual([idle]);
  });

  it("does not hold after its last day, nor after the sandbox's own", () => {
    const out = (expires: string): string =>
      `${at("bad")}: got an exemption that expired after ${expires}; expected only exemptions that have not expired. ` +
      "Fix: fix the resource and remove the row from the configuration of no-x, or let platform set a later day.";
    expect(messages([bad], [row("bad", { expires: "2026-11-20" })])).toEqual([out("2026-11-20")]);
    expect(audit(rule, [bad], { asOf: "2027-01-01", exemptions: [row("bad")] })).toEqual([out("2026-12-31")]);
  });

  it("is not missed where there is none", () => {
    expect([audit(rule, [bad], undefined), audit(rule, [bad], {}), messages([bad], [])]).toEqual([[], [], []]);
  });
});

describe("an exemption that an object carries", () => {
  const deployment = "kubernetes:apps/v1:Deployment";
  const rule = resourceRule({
    ...about,
    resourceTypes: ["kubernetes:apps:Deployment"],
    *check(resource) {
      if (resource.at("x").isSet()) yield violation(resource, fault);
    },
  });
  const messages = (annotations: unknown, more: object = { x: 1 }, given: object = {}): readonly string[] => {
    const resource = new Resource({ type: deployment, name: "web", props: { metadata: { annotations }, ...more } });
    const stack = new Stack([resource]);
    return auditAnnotations([rule], stack, () => given, context).map(
      ({ at: place, got, expected, fix }) => `${place}: got ${got}; expected ${expected}. Fix: ${fix}.`,
    );
  };
  const key = (id: string): string => `exempt.fridayproof.dev/${id}`;
  const place = (id: string): string => `metadata.annotations["${key(id)}"]`;
  const text = "2026-12-31 platform: a reason in words";

  it("is needed as long as the object breaks the rule", () => {
    expect(messages({ [key("no-x")]: text, other: "x" })).toEqual([]);
    expect(messages({ [key("no-x")]: text }, {})).toEqual([
      `${place("no-x")}: got an exemption of an object that does not break the rule; expected only what is needed. ` +
        "Fix: remove it.",
    ]);
  });

  it("is about a rule that exists, and says what an exemption says", () => {
    expect(messages({ [key("no-y")]: text })).toEqual([
      `${place("no-y")}: got an exemption from a rule that does not exist; expected the id of a rule. ` +
        "Fix: take it from `fridayproof policies`.",
    ]);
    const [faulty, ...others] = messages({ [key("no-x")]: "please" });
    expect(others).toEqual([]);
    expect(faulty).toMatch(/: got an invalid exemption \(.+\); expected a valid one\. Fix: write it as "<YYYY/);
  });

  it("holds until its last day, by the sandbox's own calendar where there is one", () => {
    const out = (day: string): string =>
      `${place("no-x")}: got an exemption that expired after ${day}; expected only exemptions that have not expired. ` +
      "Fix: fix the resource and remove the annotation, or let platform set a later day.";
    expect(messages({ [key("no-x")]: text.replace("12-31", "11-20") })).toEqual([out("2026-11-20")]);
    expect(messages({ [key("no-x")]: text }, { x: 1 }, { asOf: "2027-01-01" })).toEqual([out("2026-12-31")]);
  });

  it("that a preview hides is not judged", () => {
    expect(messages({ [key("no-x")]: UNKNOWN })).toEqual([]);
    expect(messages(UNKNOWN)).toEqual([]);
  });
});

describe("an exemption while its stack is taken down, which lifts the rule for that run alone", () => {
  const annotatedType = "kubernetes:apps/v1:Deployment";
  const rule = resourceRule({
    ...about,
    resourceTypes: "any",
    *check(resource, _values, { teardown }) {
      if (!teardown && resource.at("x").isSet()) yield violation(resource, fault);
    },
  });
  const exempt = {
    metadata: { annotations: { "exempt.fridayproof.dev/no-x": "2026-12-31 platform: a reason in words" } },
  };
  const annotated = (props: object) =>
    new Resource({ type: annotatedType, name: "web", props: { ...exempt, ...props } });
  const leaving = { ...context, teardown: true };

  it.each([
    ["is needed", bad, { x: 1 }, [], []],
    [
      "is not needed",
      good,
      {},
      ["an exemption of a resource that does not break the rule"],
      ["an exemption of an object that does not break the rule"],
    ],
  ])("%s as in the stack that stood", (_what, declared, props, ofRow, ofAnnotation) => {
    const stack = new Stack([new Resource(declared), annotated(props)]);
    const rows = { exemptions: [row(declared.name)] };
    expect(auditExemptions(rule, stack, rows, leaving).map(({ got }) => got)).toEqual(ofRow);
    expect(auditAnnotations([rule], stack, () => ({}), leaving).map(({ got }) => got)).toEqual(ofAnnotation);
  });
});
