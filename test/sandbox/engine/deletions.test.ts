/** Order of deletions, and what a delete-first replacement takes along, on generated graphs. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deleteFirstCascade, deletionBatches } from "../../../sandbox/engine/deletions";
import { prerequisitesOf } from "../../../sandbox/state/resource-state";
import { graphs, rowsOf } from "./support/rows";

describe("deletion batches", () => {
  it("hold every condemned resource once, users strictly before what they use", () => {
    fc.assert(
      fc.property(graphs, fc.func(fc.boolean()), (graph, stays) => {
        const toDelete = rowsOf(graph).filter(({ urn }) => !stays(urn));
        const batches = deletionBatches(toDelete);
        expect(
          batches
            .flat()
            .map(({ urn }) => urn)
            .sort(),
        ).toEqual(toDelete.map(({ urn }) => urn).sort());
        const turn = new Map(batches.flatMap((batch, index) => batch.map(({ urn }) => [urn, index] as const)));
        for (const row of toDelete) {
          for (const needed of prerequisitesOf(row)) {
            const [own, other] = [turn.get(row.urn) ?? 0, turn.get(needed)];
            if (other !== undefined) expect(own).toBeLessThan(other);
          }
        }
      }),
    );
  });

  it("keep a replaced resource and its successor's users in order though they share a URN", () => {
    const [vpc, subnet] = rowsOf([[], [0]]);
    const pendingDelete = { ...vpc, id: "old", delete: true, urn: vpc?.urn ?? "", custom: true, type: "t:t:T" };
    const batches = deletionBatches([
      pendingDelete,
      { ...pendingDelete, id: "new", delete: false },
      subnet ?? pendingDelete,
    ]);
    expect(batches.map((batch) => batch.length)).toEqual([1, 2]);
  });
});

describe("a delete-first cascade", () => {
  it("takes no user by dependsOn alone, and nothing that needs none of those that go", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const [root, ...others] = rowsOf(graph);
        if (root === undefined) return;
        const bare = others.map((row) => ({ ...row, propertyDependencies: {} }));
        expect(await deleteFirstCascade(root, [root, ...bare], async () => true)).toEqual([]);
      }),
    );
  });

  it("goes as far as replacement is wanted, users before what they use", async () => {
    await fc.assert(
      fc.asyncProperty(graphs, fc.func(fc.boolean()), async (graph, wants) => {
        const [root, ...others] = rowsOf(graph);
        if (root === undefined) return;
        const deleted = (await deleteFirstCascade(root, [root, ...others], async ({ urn }) => wants(urn))).map(
          ({ urn }) => urn,
        );
        expect(new Set(deleted).size).toBe(deleted.length);
        for (const row of others) {
          const needs = prerequisitesOf(row).filter((urn) => urn === root.urn || deleted.includes(urn));
          expect(deleted.includes(row.urn)).toBe(needs.length > 0 && wants(row.urn));
          for (const needed of needs.filter((urn) => urn !== root.urn && deleted.includes(row.urn))) {
            expect(deleted.indexOf(row.urn)).toBeLessThan(deleted.indexOf(needed));
          }
        }
      }),
    );
  });
});
