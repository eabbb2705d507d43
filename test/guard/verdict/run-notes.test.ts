/** What a plan says as a whole: times along uses, what hurts together, guards that go. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rankOf } from "../../../guard/verdict/change/finding";
import { verdictOnBytes, kept, preview, terraform, type TerraformChange, urnOf } from "./support";

const GROUP = "aws:autoscaling/group:Group";
const SERVICE = "aws:ecs/service:Service";

const notesOf = (plan: string): readonly string[] => verdictOnBytes(plan).notes.map(({ text }) => text);

const smaller = (type: string, name: string, property: string, uses = {}): Parameters<typeof preview>[0][number] => ({
  op: "update",
  ...{ type, name, uses },
  old: { [property]: 4 },
  next: { [property]: 2 },
  diff: [property],
});

describe("a plan as a whole", () => {
  test("names two that serve worse on one path", () => {
    const uses = { cluster: [urnOf(GROUP, "a")] };
    expect(
      notesOf(preview([smaller(GROUP, "a", "desiredCapacity"), smaller(SERVICE, "b", "desiredCount", uses)])),
    ).toContain(
      `together: ${urnOf(GROUP, "a")}, ${urnOf(SERVICE, "b")} degrade in the same run and on the same path. Each is assessed separately; their combined effect is not known. Apply them one run after the other.`,
    );
  });

  test("does not call two together that have nothing in common", () => {
    const plan = preview([smaller(GROUP, "a", "desiredCapacity"), smaller(SERVICE, "b", "desiredCount")]);
    expect(notesOf(plan).filter((text) => text.startsWith("together"))).toEqual([]);
  });

  test.each([
    ["a network", "aws:ec2/vpc:Vpc", 1],
    ["a provider", "pulumi:providers:aws", 0],
  ])("calls two together that use the same third: %s", (_about, type, count) => {
    const uses = { shared: [urnOf(type, "c")] };
    const plan = preview([
      smaller(GROUP, "a", "desiredCapacity", uses),
      smaller(SERVICE, "b", "desiredCount", uses),
      { op: "same", type, name: "c", old: {}, next: {} },
    ]);
    expect(notesOf(plan).filter((text) => text.startsWith("together"))).toHaveLength(count);
  });

  test("never makes an outage of two that serve worse", () => {
    const uses = { cluster: [urnOf(GROUP, "a")] };
    expect(
      verdictOnBytes(preview([smaller(GROUP, "a", "desiredCapacity"), smaller(SERVICE, "b", "desiredCount", uses)]))
        .verdict,
    ).toBe("DEGRADES");
  });

  const restart = (name: string, uses = {}): Parameters<typeof preview>[0][number] => ({
    op: "replace",
    type: "aws:lb/loadBalancer:LoadBalancer",
    ...{ name, uses },
    old: { name },
    next: { name },
    state: { pendingReplacement: true },
    diff: ["name"],
  });

  test("adds up the times of changes that wait for each other, and takes the longest of others", () => {
    const apart = preview([restart("a"), restart("b")]);
    const chained = preview([restart("a"), restart("b", { x: [urnOf("aws:lb/loadBalancer:LoadBalancer", "a")] })]);
    const long = (plan: string): readonly string[] => notesOf(plan).filter((text) => text.startsWith("total duration"));
    const rest = "dependent changes are added up, others run in parallel.";
    expect(long(apart)).toEqual([`total duration: 3 min to 10 min; ${rest}`]);
    expect(long(chained)).toEqual([`total duration: 5 min to 20 min; ${rest}`]);
  });

  test.each([
    ["deletion protection", { deletion_protection: true }, { deletion_protection: false }, true],
    ["nothing", { deletion_protection: true }, { deletion_protection: true, tags: { a: "b" } }, false],
  ])("names a removed protection: %s", (_, before, after, isSaid) => {
    const text =
      "protections removed: aws_db_instance.one (deletion_protection). The next deletion or replacement is no longer refused.";
    expect(notesOf(terraform([{ type: "aws_db_instance", before, after }])).includes(text)).toBe(isSaid);
  });

  test("names a removed protection of Pulumi", () => {
    const step = { op: "update", type: GROUP, old: { maxSize: 1 }, next: { maxSize: 2 }, diff: ["maxSize"] };
    expect(notesOf(preview([{ ...step, state: { protect: true } }]))).toContain(
      `protections removed: ${urnOf(GROUP)} (protect). The next deletion or replacement is no longer refused.`,
    );
  });

  test.each([
    [true, "(no final snapshot is taken)"],
    [false, "(a final snapshot is taken first)"],
  ])("says of a deleted database whether a snapshot is taken: skip %s", (skip, words) => {
    const plan = terraform([{ type: "aws_db_instance", actions: ["delete"], before: { skip_final_snapshot: skip } }]);
    expect(verdictOnBytes(plan).changes[0]?.reason).toContain(words);
  });
});

const CHANGES = kept("everyday.ndjson")
  .toString()
  .trim()
  .split("\n")
  .flatMap((line) => (JSON.parse(line) as { terraform?: readonly TerraformChange[] }).terraform ?? [])
  .map((change, index) => ({ ...change, name: `n${index}` }));

describe("any plan of everyday changes", () => {
  const some = fc.subarray(CHANGES, { minLength: 1, maxLength: 12 });

  test("gets the same answer in any order", () => {
    fc.assert(
      fc.property(
        some.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => {
          expect(verdictOnBytes(terraform(shuffled))).toEqual(verdictOnBytes(terraform(list)));
        },
      ),
      { numRuns: 200 },
    );
  });

  test("gets the same verdicts whatever the resources are called", () => {
    const verdicts = (list: readonly TerraformChange[]): readonly string[] =>
      verdictOnBytes(terraform(list))
        .changes.map(({ planType, verdict }) => `${planType} ${verdict}`)
        .sort();
    fc.assert(
      fc.property(some, fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/), (list, prefix) => {
        const renamed = list.map((change, index) => ({ ...change, name: `${prefix}${index}` }));
        expect(verdicts(renamed)).toEqual(verdicts(list));
      }),
      { numRuns: 200 },
    );
  });

  test("is never better than its worst change", () => {
    fc.assert(
      fc.property(some, (list) => {
        const { verdict, servingPath, changes } = verdictOnBytes(terraform(list));
        const ranks = changes.map((change) => rankOf(change.verdict, change.servingPath));
        expect(rankOf(verdict, servingPath)).toBe(Math.max(0, ...ranks));
      }),
      { numRuns: 200 },
    );
  });

  test.each([["update"], ["delete"], ["replace"]])(
    "is never SAFE for the %s of a type that no row is about",
    (what) => {
      const actions = { update: ["update"], delete: ["delete"], replace: ["delete", "create"] }[what] ?? [];
      fc.assert(
        fc.property(
          fc.stringMatching(/^acme_[a-z]{3,12}$/),
          fc.dictionary(fc.string(), fc.string()),
          (type, values) => {
            const change = { type, actions, before: { ...values, one: 1 }, after: { ...values, one: 2 } };
            expect(verdictOnBytes(terraform([change])).verdict).not.toBe("SAFE");
          },
        ),
      );
    },
  );
});
