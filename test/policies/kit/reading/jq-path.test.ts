/** Which paths a jq expression names, and which expressions name none that can be told. */
import { describe, expect, it } from "vitest";
import { jqPaths } from "../../../../policies/kit/reading/jq-path";

const [every, index, picked] = [{ every: true }, { index: true }, { every: true, picked: true }];
const keys = (...names: readonly string[]): readonly object[] => names.map((key) => ({ key }));
const a = keys("a");
const items = [...a, every];

describe("a jq expression names", () => {
  it.each([
    [".", [[]]],
    ["  .a  ", [a]],
    [".a_1.B", [keys("a_1", "B")]],
    ['."a b"', [keys("a b")]],
    ['.a."b"', [keys("a", "b")]],
    ['.a.["b"]', [keys("a", "b")]],
    ['.["a"]["b"]', [keys("a", "b")]],
    [String.raw`.["a\"b"]`, [[{ key: String.raw`a\"b` }]]],
    [".a?.b?", [keys("a", "b")]],
    [".a??", [a]],
    [".a[]", [items]],
    [".a[]?", [items]],
    [".a[ ]", [items]],
    [".a[0]", [[...a, index]]],
    [".a[-12]", [[...a, index]]],
    [".a[0:2]", [items]],
    [".a[0:]", [items]],
    ['.a["b","c"]', [keys("a", "b"), keys("a", "c")]],
    ['.a[0, "c"]', [[...a, index], keys("a", "c")]],
    [".a, .b", [a, keys("b")]],
    [".a | .b", [keys("a", "b")]],
    [".a | .b, .c", [keys("a", "b"), keys("a", "c")]],
    [".a | .b | .c", [keys("a", "b", "c")]],
    ["(.a, .b) | .c", [keys("a", "c"), keys("b", "c")]],
    ["(.a | .b).c", [keys("a", "b", "c")]],
    ["(.a)[]", [items]],
    ["first(.a[])", [items]],
    ["first(.a[]) | .b", [[...items, { key: "b" }]]],
    ['.a[] | select(.name == "x")', [[...a, picked]]],
    ['.a[] | select(.name | test("x(y)")) | .b', [[...a, picked, { key: "b" }]]],
    ['.a[] | select((.name == "x") and (.b == "c"))', [[...a, picked]]],
    ['.a[] | select(.name|startswith("x"))', [[...a, picked]]],
    ['.a[] | select(.name|endswith("x"))', [[...a, picked]]],
    ['.a[] | select(.name|contains("x"))', [[...a, picked]]],
    ['.a[] | select(.name|inside("x"))', [[...a, picked]]],
    ['.a[] | select(.name|IN("x"))', [[...a, picked]]],
    [".a[] | select(any(.b))", [[...a, picked]]],
    [".a[] | select(.b)", [items]],
    [".a[] | select(.many)", [items]],
    ['.a[].b | select(. == "x")', [[...items, { key: "b" }]]],
    ['.a[] | select(.b == ")")', [[...a, picked]]],
  ])("by %s its paths", (expression, paths) => {
    expect(jqPaths(expression)).toEqual(paths);
  });

  it.each([
    "",
    "a",
    "..",
    ".a..b",
    ".a b",
    ".a)",
    "(.a",
    ".a[",
    ".a[b]",
    ".a[0",
    ".a[0,]",
    ".a |",
    ".a,",
    "map(.a)",
    "del(.a)",
    "select",
    "first",
    "first(.a",
    "first .a",
    "select(.a",
    'select(.a == ")"',
    ".a + .b",
    ".a | length",
    ".a as $x",
    ".a .b",
    ".a [",
  ])("by %j nothing that can be told", (expression) => {
    expect(jqPaths(expression)).toBeUndefined();
  });
});
