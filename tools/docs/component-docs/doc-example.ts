/** The example in a component's doc comment, which editors show: the body of the function that its example file has. */
import ts from "typescript";

const parse = (source: string): ts.SourceFile => ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest, true);

/**
 * What the example does, as somebody would write it into a program.
 * @param source the example file: one function that returns a new component.
 * @throws Error when no function of it does.
 */
export function exampleLines(source: string, component: string): readonly string[] {
  const returned = `return new ${component}(`;
  const body = parse(source).statements.flatMap((node) =>
    ts.isFunctionDeclaration(node) && node.body?.getText().includes(returned) === true ? [node.body.getText()] : [],
  )[0];
  if (body === undefined) throw new Error(`no function returns a new ${component}`);
  const lines = body.slice(1, -1).replace(returned, returned.slice("return ".length)).trim().split("\n");
  // The first line was trimmed, the others stand as deep as a function's body.
  return lines.map((line) => line.replace(/^ {2}/, ""));
}

/**
 * The source with the example in the class's doc comment, instead of the one that is there.
 * @throws Error when there is no such class, or nothing that says what it is.
 */
export function withExample(source: string, component: string, example: readonly string[]): string {
  const found = parse(source).statements.find((node) => ts.isClassDeclaration(node) && node.name?.text === component);
  const comment = found === undefined ? undefined : ts.getJSDocCommentsAndTags(found).find(ts.isJSDoc);
  if (comment === undefined) throw new Error(`${component} has no doc comment`);
  const inner = source.slice(comment.pos + "/**".length, comment.end - "*/".length).trim();
  const lines = inner.split("\n").map((line) => line.replace(/^ ?\*( |$)/, ""));
  const start = lines.indexOf("@example");
  const words = (start < 0 ? lines : lines.slice(0, start)).join("\n").trimEnd().split("\n");
  const all = [...words, "", "@example", "```typescript", ...example, "```"];
  const text = all.map((line) => ` * ${line}`.trimEnd()).join("\n");
  return `${source.slice(0, comment.pos)}/**\n${text}\n */${source.slice(comment.end)}`;
}
