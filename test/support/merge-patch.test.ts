/** A merge patch does what RFC 7396 says, and the patch between two documents makes the second of the first. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Json, mergePatch, patchBetween } from "./merge-patch";

/** Documents without null, which a patch cannot say. */
const { document } = fc.letrec<{ document: Json }>((tie) => ({
  document: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(fc.string({ maxLength: 2 }), fc.integer(), fc.boolean()),
    fc.array(tie("document"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c", "__proto__"), tie("document")),
  ),
}));

describe("a merge patch", () => {
  const table: readonly (readonly [Json, Json, Json])[] = [
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [
      ["a", "b"],
      ["c", "d"],
      ["c", "d"],
    ],
    [{ a: "b" }, ["c"], ["c"]],
    [{ a: "b" }, "c", "c"],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: "b", c: null }, { a: "b" }],
    [{}, { a: { b: { c: null } } }, { a: { b: {} } }],
  ];
  it.each(table)("on %j, of %j, gives %j", (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result);
  });
});

describe("the patch between two documents", () => {
  it("makes the second of the first", () => {
    fc.assert(
      fc.property(document, document, (from, to) => {
        expect(mergePatch(from, patchBetween(from, to))).toEqual(to);
      }),
    );
  });

  it("is empty between equal objects, whatever the order of their keys", () => {
    expect(patchBetween({ a: { b: 1, c: 2 }, d: [] }, { d: [], a: { c: 2, b: 1 } })).toEqual({});
  });

  it("names what is new, other and gone, and nothing else", () => {
    expect(patchBetween({ a: { b: 1, c: 2 }, d: 4, e: [1] }, { a: { b: 1, c: 3 }, e: [1], f: {} })).toEqual({
      a: { c: 3 },
      d: null,
      f: {},
    });
  });

  it("is refused to a document with a null, which would read as a removal", () => {
    expect(() => patchBetween({}, { a: { b: null } })).toThrow(new Error("a merge patch cannot say null"));
  });
});
