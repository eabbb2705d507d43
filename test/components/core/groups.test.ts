/** Groups hold every item once, in the order in which it came, and take no longer for many items of one key. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { groupBy, groupPairs } from "../../../components/core/groups";

describe("items by key", () => {
  it("keep the order of keys and of items", () => {
    expect([...groupBy(["web", "api", "worker", "db"], (name) => name.length)]).toEqual([
      [3, ["web", "api"]],
      [6, ["worker"]],
      [2, ["db"]],
    ]);
  });

  it("are none where there are no items", () => {
    expect(groupBy([], String).size).toBe(0);
  });

  it("may be under a key that is undefined", () => {
    expect([
      ...groupPairs<string | undefined, number>([
        [undefined, 1],
        ["a", 2],
        [undefined, 3],
      ]),
    ]).toEqual([
      [undefined, [1, 3]],
      ["a", [2]],
    ]);
  });

  it("hold each item exactly once, under its own key", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (items) => {
        const groups = groupBy(items, (item) => item % 4);
        expect([...groups.values()].flat().sort()).toEqual([...items].sort());
        for (const [key, group] of groups) expect(group).toEqual(items.filter((item) => item % 4 === key));
      }),
    );
  });
});
