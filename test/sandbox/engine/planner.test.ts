/** What must happen to a resource: laws of the decision. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_DIFF, type DiffKind, type DiffResult } from "../../../sandbox/property/diff";
import { goalWith, type Goal } from "../../../sandbox/state/goal";
import { applyIgnoreChanges, applyReplaceOnChanges, decide } from "../../../sandbox/engine/planner";
import { rowsOf } from "./support/rows";

const goal = (more: Partial<Goal> = {}): Goal => goalWith({ type: "t:t:T", name: "r0", custom: true, ...more });

const property = fc.constantFrom("name", "tags", "size");
const kind = fc.constantFrom<DiffKind>("add", "delete", "update", "add-replace", "delete-replace", "update-replace");
const diffs: fc.Arbitrary<DiffResult> = fc
  .tuple(fc.dictionary(property, kind, { noNullPrototype: true }), fc.boolean())
  .map(([detailed, deleteBeforeReplace]) => ({
    changes: Object.keys(detailed).length > 0,
    diffs: Object.keys(detailed),
    replaces: Object.keys(detailed).filter((path) => detailed[path]?.endsWith("-replace")),
    detailed,
    deleteBeforeReplace,
  }));
const [old] = rowsOf([[]]);

describe("a decision", () => {
  it("creates what is not there, whatever else is said", () => {
    fc.assert(
      fc.property(diffs, (diff) => {
        expect(decide(goal(), undefined, diff).action).toBe("create");
      }),
    );
  });

  it("replaces exactly when something forces it, else updates exactly when something changed", () => {
    fc.assert(
      fc.property(diffs, (diff) => {
        const expected = diff.replaces.length > 0 ? "replace" : diff.changes ? "update" : "same";
        expect(decide(goal(), old, diff).action).toBe(expected);
      }),
    );
  });

  it("deletes first as the program says, and where it is silent as the provider says", () => {
    fc.assert(
      fc.property(diffs, fc.option(fc.boolean(), { nil: undefined }), (diff, deleteBeforeReplace) => {
        const { action, deleteFirst } = decide(goal({ deleteBeforeReplace }), old, diff);
        expect(deleteFirst).toBe(action === "replace" && (deleteBeforeReplace ?? diff.deleteBeforeReplace));
      }),
    );
  });

  it("writes again what never became ready", () => {
    expect(decide(goal(), { ...old, initErrors: ["no"] } as never, NO_DIFF).action).toBe("update");
  });

  it("goes on with a replacement whose first half is done", () => {
    fc.assert(
      fc.property(diffs, (diff) => {
        expect(decide(goal(), { ...old, pendingReplacement: true } as never, diff)).toMatchObject({
          action: "replace",
          deleteFirst: true,
        });
      }),
    );
  });
});

describe("replaceOnChanges", () => {
  it("replaces for every change under a star, and for none when nothing changed", () => {
    fc.assert(
      fc.property(diffs, (diff) => {
        const forced = applyReplaceOnChanges(diff, ["*"]);
        expect(Object.values(forced.detailed).every((one) => one.endsWith("-replace"))).toBe(true);
        expect([...forced.replaces].sort()).toEqual([...new Set([...diff.replaces, ...diff.diffs])].sort());
      }),
    );
  });
});

describe("ignoreChanges", () => {
  it("with a star leaves an existing resource as it is, and a new one as declared", () => {
    const values = fc.dictionary(property, fc.string(), { noNullPrototype: true });
    fc.assert(
      fc.property(values, values, (olds, inputs) => {
        const expected = goal({ inputs, ignoreChanges: ["*"] });
        expect(applyIgnoreChanges(expected, { ...old, inputs: olds } as never)).toEqual(olds);
        expect(applyIgnoreChanges(expected, undefined)).toEqual(inputs);
      }),
    );
  });
});
