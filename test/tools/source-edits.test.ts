/** Sources get an element, an import or a row more, and keep everything else. */
import { describe, expect, it } from "vitest";
import { appended, imported, withRow } from "../../tools/generate/source-edits";

describe("a list in TypeScript", () => {
  it("gets an element at its end, whether or not a comma stands there", () => {
    expect(appended("export const all = [a, b]; // all\n", ["all"], "c")).toBe(
      "export const all = [a, b, c]; // all\n",
    );
    expect(appended("const all: X[] = [\n  a,\n];\n", ["all"], "c")).toBe("const all: X[] = [\n  a, c,\n];\n");
    expect(appended("const all = [];\n", ["all"], "c")).toBe("const all = [c];\n");
  });

  it("is found inside of an object, past others of its name", () => {
    const text = 'const other = { list: ["x"] };\nexport const all: X = { name: "a", list: ["b"] };\n';
    expect(appended(text, ["all", "list"], '"c"')).toBe(text.replace('["b"]', '["b", "c"]'));
  });

  it.each([
    ["const all = other;", ["all"], "all is no list in brackets"],
    ["const any = [];", ["all"], "all is no list in brackets"],
    ["const all = [];", ["all", "list"], "all.list is no list in brackets"],
  ] as const)("that %s has not is refused", (text, where, message) => {
    expect(() => appended(text, where as readonly [string, string?], "c")).toThrow(new Error(message));
  });
});

describe("an import", () => {
  it("follows the last one", () => {
    expect(imported('import a from "a";\nimport b from "b";\n\nf();\n', 'import c from "c";')).toBe(
      'import a from "a";\nimport b from "b";\nimport c from "c";\n\nf();\n',
    );
  });

  it("is refused where there is none", () => {
    expect(() => imported("f();\n", "x")).toThrow(new Error("there is no import to write another one after"));
  });
});

describe("a list in YAML", () => {
  it("gets a row at its end, with what stands behind it kept", () => {
    const text = "# head\nrows:\n  - { a: 1 } # one\n  - { a: 2 }\nlast: 1 # end\n";
    expect(withRow(text, "rows", "{ a: 3 }")).toBe(text.replace("{ a: 2 }", "{ a: 2 }\n  - { a: 3 }"));
  });

  it.each(["rows: [1]\n", "rows: {}\n", "rows: []\n", "other: 1\n"])("that is none in %j is refused", (text) => {
    expect(() => withRow(text, "rows", "{ a: 3 }")).toThrow(new Error("rows is no list with a row on each line"));
  });
});
