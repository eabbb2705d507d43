/** Exemptions that an object carries as annotations. */
import { describe, expect, it } from "vitest";
import { annotatedExemption, annotatedRules } from "../../../../policies/kit/rule/annotation";
import { Resource } from "../../../../policies/kit/reading/resource";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const pod = (annotations: unknown, type = "kubernetes:core/v1:Pod"): Resource =>
  new Resource({ type, name: "shop", props: { metadata: { name: "shop", annotations } } });
const row = (value: unknown): unknown =>
  annotatedExemption(pod({ "exempt.fridayproof.dev/min-replicas": value }), "min-replicas");
const resource = "kubernetes:core/v1:Pod::shop";

describe("an annotation that exempts", () => {
  it("says until when, by whom and why, whatever space stands around", () => {
    const facts = { resource, expires: "2026-12-31", owner: "shop team", reason: "one: instance\nuntil moved" };
    expect(row("2026-12-31 shop team: one: instance\nuntil moved")).toEqual(facts);
    expect(row("  2026-12-31   shop team :  one: instance\nuntil moved \n")).toEqual(facts);
  });

  it("of another form leaves the facts empty", () => {
    for (const value of ["", "2026-12-31", "because", ": why", 7])
      expect(row(value)).toEqual({ resource, expires: "", owner: "", reason: "" });
  });

  it("is none where it is about another rule, cannot be read, or stands on no Kubernetes object", () => {
    const annotations = { "exempt.fridayproof.dev/min-replicas": "2026-12-31 team: why" };
    expect(annotatedExemption(pod(annotations), "image-digest")).toBeUndefined();
    expect(annotatedExemption(pod(annotations, "aws:ec2/vpc:Vpc"), "min-replicas")).toBeUndefined();
    for (const unreadable of [unknownSentinels[0], "text", undefined])
      expect(annotatedExemption(pod(unreadable), "min-replicas")).toBeUndefined();
    expect(row([])).toBeUndefined();
  });
});

describe("the rules that annotations name", () => {
  it("are known or not, and only those of exemptions", () => {
    const annotations = {
      "exempt.fridayproof.dev/min-replicas": "x",
      "exempt.fridayproof.dev/no-such": "x",
      "example.com/exempt.fridayproof.dev/image-digest": "x",
    };
    expect(annotatedRules(pod(annotations))).toEqual(["min-replicas", "no-such"]);
  });

  it("are none where nothing can be read, or on no Kubernetes object", () => {
    for (const unreadable of [unknownSentinels[0], "text", undefined])
      expect(annotatedRules(pod(unreadable))).toEqual([]);
    expect(annotatedRules(pod({ "exempt.fridayproof.dev/min-replicas": "x" }, "aws:ec2/vpc:Vpc"))).toEqual([]);
  });
});
