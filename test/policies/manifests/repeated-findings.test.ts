/** One malformed value is one finding, of a rule that blocks where one does. */
import { expect, it } from "vitest";
import { type Finding, violation } from "../../../policies/kit/finding/finding";
import { Resource } from "../../../policies/kit/reading/resource";
import { type LeveledFinding, withoutRepeated } from "../../../policies/manifests/repeated-findings";
import { rules } from "../../../policies/rules";

const [rule] = rules;
if (rule === undefined) throw new Error("there are no rules");
const resource = (name: string, spec: object = { replicas: "three", paused: "maybe" }): Resource =>
  new Resource({
    type: "kubernetes:apps/v1:Deployment",
    name,
    urn: `${name}.yaml#0`,
    props: { spec },
  });
const web = resource("web");
const leveled = (level: LeveledFinding["level"], finding: Partial<Finding> = {}): LeveledFinding => ({
  rule,
  level,
  finding: {
    ...violation(web, { at: "spec.replicas", got: "a text", expected: "a finite number", fix: "write one" }),
    malformed: true,
    ...finding,
  },
});

it("keeps the first of those that block, or else the first", () => {
  const [advisory, blocking, again] = [leveled("advisory"), leveled("mandatory"), leveled("mandatory")];
  expect(withoutRepeated([advisory, blocking, again])).toEqual([blocking]);
  expect(withoutRepeated([blocking, advisory])[0]).toBe(blocking);
  expect(withoutRepeated([advisory, leveled("advisory")])[0]).toBe(advisory);
});

it("keeps other objects, other places, and what is well formed", () => {
  const { malformed: _malformed, ...wellFormed } = leveled("mandatory").finding;
  const all = [
    leveled("mandatory"),
    leveled("mandatory", { resource: resource("other") }),
    leveled("mandatory", { at: "spec.paused" }),
    { rule, level: "mandatory" as const, finding: wellFormed },
  ];
  expect(withoutRepeated(all)).toEqual(all);
  expect(withoutRepeated(all.toReversed())).toEqual(all.toReversed());
});

it("drops a neighbour's place on the wrong object where another rule says it of the right one, and keeps it otherwise", () => {
  const stray = leveled("mandatory", { resource: resource("budget", {}), at: "spec.replicas" });
  const lone = leveled("mandatory", { at: "spec.minReplicas" });
  const right = leveled("mandatory");
  expect(withoutRepeated([stray, right, lone])).toEqual([right, lone]);
});

it("tells the objects of a list apart", () => {
  const item = (index: number): LeveledFinding =>
    leveled("mandatory", {
      resource: new Resource(
        { type: "kubernetes:apps/v1:Deployment", name: "list", urn: "list.yaml#0", props: { spec: { replicas: "x" } } },
        undefined,
        `items[${index}]`,
      ),
      at: `items[${index}].spec.replicas`,
    });
  expect(withoutRepeated([item(0), item(1), item(1)])).toHaveLength(2);
});
