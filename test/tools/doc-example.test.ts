/** The example in a class's doc comment is what the example file does, and takes the place of an older one. */
import { describe, expect, it } from "vitest";
import { exampleLines, withExample } from "../../tools/docs/component-docs/doc-example";

describe("the example in a class's comment", () => {
  const file = `/** Example of Pier: a long one. */
import { Pier } from "../pier";

/** Beside it. */
const helper = () => new Pier("other", {});

export function pier(sea: Sea): Pier {
  const length = 20;

  return new Pier("pier", {
    length,
  });
}
`;
  const lines = ["const length = 20;", "", 'new Pier("pier", {', "  length,", "});"];
  const source = (comment: string) => `import x from "x";\n\n${comment}\nexport class Pier extends Component {}\n`;
  const shown = ["@example", "```typescript", ...lines, "```"].map((line) => ` * ${line}`.trimEnd()).join("\n");

  it("is what the example file's function does, without what is around it", () => {
    expect(exampleLines(file, "Pier")).toEqual(lines);
    expect(() => exampleLines(file, "Quay")).toThrow(new Error("no function returns a new Quay"));
  });

  it("follows what the comment says, on one line or several, and takes the place of an older one", () => {
    const expected = source(`/**\n * Where ships\n * land.\n *\n${shown}\n */`);
    expect(withExample(source("/**\n * Where ships\n * land.\n */"), "Pier", lines)).toBe(expected);
    expect(withExample(expected, "Pier", ["old()"])).not.toContain("length");
    expect(withExample(withExample(expected, "Pier", ["old()"]), "Pier", lines)).toBe(expected);
    const short = withExample(source("/** Where ships land. */"), "Pier", lines);
    expect(short).toBe(source(`/**\n * Where ships land.\n *\n${shown}\n */`));
  });

  it("needs a class of that name with a comment", () => {
    expect(() => withExample(source(""), "Pier", lines)).toThrow(new Error("Pier has no doc comment"));
    expect(() => withExample(source("/** Ships. */"), "Quay", lines)).toThrow(new Error("Quay has no doc comment"));
  });
});
