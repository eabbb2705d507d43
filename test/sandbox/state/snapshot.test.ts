/** The snapshot and its journal: replayed changes rebuild it, and every prefix can be read. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Snapshot, type Change } from "../../../sandbox/state/snapshot";
import type { ResourceState } from "../../../sandbox/state/resource-state";
import { graphs, rowsOf, urnAt } from "../engine/support/rows";

const index = fc.nat(9);
const row = (at: number, id: string): ResourceState => ({
  urn: urnAt(at),
  custom: true,
  id,
  type: "t:t:T",
  inputs: { id },
});

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    kind: fc.constant("put" as const),
    resource: fc.tuple(index, fc.constantFrom("", "a", "b")).map(([at, id]) => row(at, id)),
  }),
  fc.record({
    kind: fc.constant("found" as const),
    resource: fc.tuple(index, fc.constantFrom("", "a", "b")).map(([at, id]) => row(at, id)),
  }),
  index.map((at): Change => ({ kind: "begin", operation: { type: "creating", resource: row(at, "") } })),
  index.map((at): Change => ({ kind: "same", urn: urnAt(at) })),
  index.map((at): Change => ({ kind: "pending-delete", urn: urnAt(at) })),
  index.map((at): Change => ({ kind: "deleted-first", urn: urnAt(at) })),
  index.map((at): Change => ({ kind: "settle", urn: urnAt(at) })),
  fc.tuple(index, index).map(([from, to]): Change => ({ kind: "rename", from: urnAt(from), to: urnAt(to + 10) })),
  fc
    .tuple(index, fc.boolean())
    .map(([at, pendingDelete]): Change => ({ kind: "drop", urn: urnAt(at), id: `id-${at}`, pendingDelete })),
);

describe("a snapshot", () => {
  it("is rebuilt by its journal, whatever the changes", () => {
    fc.assert(
      fc.property(graphs, fc.array(change, { maxLength: 30 }), (graph, changes) => {
        const journal: Change[] = [];
        const live = new Snapshot(rowsOf(graph), [], (written) => journal.push(written));
        for (const one of changes) live.apply(one);
        const rebuilt = new Snapshot(rowsOf(graph));
        for (const one of journal) rebuilt.replay(one);
        expect([rebuilt.list(), rebuilt.pending(), rebuilt.unreached()]).toEqual([
          live.list(),
          live.pending(),
          live.unreached(),
        ]);
      }),
    );
  });

  // The engine looks for an alias only where nobody holds the resource's own URN (register.ts), so no rename goes there.
  it("can be read after any prefix of its journal: one live row a URN, none both live and gone", () => {
    fc.assert(
      fc.property(graphs, fc.array(change, { maxLength: 30 }), (graph, changes) => {
        const snapshot = new Snapshot(rowsOf(graph));
        for (const one of changes) {
          if (one.kind === "rename" && snapshot.get(one.to) !== undefined) continue;
          snapshot.apply(one);
          const urns = snapshot.live().map(({ urn }) => urn);
          expect(new Set(urns).size).toBe(urns.length);
          expect(snapshot.live().every(({ urn }) => snapshot.get(urn) !== undefined)).toBe(true);
          expect(snapshot.toDelete().every((pendingDelete) => pendingDelete.delete === true)).toBe(true);
          const again = new Snapshot(snapshot.list(), snapshot.pending());
          expect(again.list()).toEqual(snapshot.list());
        }
      }),
    );
  });

  it("lets go of a replaced resource under its new name too", () => {
    const snapshot = new Snapshot([{ ...row(0, "old"), delete: true }]);
    snapshot.apply({ kind: "rename", from: urnAt(0), to: urnAt(1) });
    snapshot.apply({ kind: "drop", urn: urnAt(1), id: "old", pendingDelete: true });
    expect(snapshot.toDelete()).toEqual([]);
  });

  it("renames what an operation under way refers to", () => {
    const snapshot = new Snapshot([row(0, "p")]);
    const resource = { ...row(1, ""), provider: `${urnAt(0)}::p`, dependencies: [urnAt(0)] };
    snapshot.apply({ kind: "begin", operation: { type: "deleting", resource } });
    snapshot.apply({ kind: "rename", from: urnAt(0), to: urnAt(2) });
    expect(snapshot.pending()).toEqual([
      { type: "deleting", resource: { ...resource, provider: `${urnAt(2)}::p`, dependencies: [urnAt(2)] } },
    ]);
    snapshot.apply({ kind: "settle", urn: urnAt(1) });
    expect(snapshot.pending()).toEqual([]);
  });

  it("keeps what a refresh found among what the program may still drop", () => {
    const snapshot = new Snapshot(rowsOf([[], []]));
    snapshot.apply({ kind: "found", resource: row(0, "drifted") });
    snapshot.apply({ kind: "same", urn: urnAt(1) });
    expect(snapshot.unreached().map(({ id }) => id)).toEqual(["drifted"]);
  });
});
