/** The doc comment of each class that a package exports has an example. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = path.resolve(__dirname, "../..");

interface Sources {
  readonly read: (file: string) => string | undefined;
}

const onDisk: Sources = {
  read: (file) => (existsSync(path.join(root, file)) ? readFileSync(path.join(root, file), "utf8") : undefined),
};

/** Exported classes of a file without an example, as `file Class`; re-exports are followed. @param names undefined for all. */
function withoutExample(sources: Sources, file: string, names?: readonly string[]): string[] {
  const text = sources.read(file) ?? "";
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true).statements.flatMap((statement) => {
    if (ts.isClassDeclaration(statement)) {
      const { name, modifiers = [] } = statement;
      const isExported = modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      const isMeant = name !== undefined && isExported && (names === undefined || names.includes(name.text));
      const hasExample = ts.getJSDocTags(statement).some(({ tagName }) => tagName.text === "example");
      return isMeant && !hasExample ? [`${file} ${name.text}`] : [];
    }
    if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined) return [];
    const target = targetOf(sources, file, (statement.moduleSpecifier as ts.StringLiteral).text);
    const clause = statement.exportClause;
    const meant =
      clause !== undefined && ts.isNamedExports(clause)
        ? clause.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
        : names;
    return target === undefined ? [] : withoutExample(sources, target, meant);
  });
}

function targetOf({ read }: Sources, file: string, specifier: string): string | undefined {
  if (!specifier.startsWith(".")) return undefined;
  const base = path.posix.join(path.posix.dirname(file), specifier);
  return [`${base}.ts`, `${base}/index.ts`].find((name) => read(name) !== undefined);
}

/** Sources of a package's entry points; of the policies the compiled pack's own source. */
function entryPoints(name: string): string[] {
  const { exports } = JSON.parse(readFileSync(path.join(root, name, "package.json"), "utf8")) as {
    exports: Record<string, string>;
  };
  const files = Object.values(exports).map((file) => file.replace(/^\.\/dist\/(.*)\.js$/, "./$1.ts"));
  return files.filter((file) => file.endsWith(".ts")).map((file) => path.posix.join(name, file));
}

describe("each class that a package exports", () => {
  it.each(["components", "guard", "policies", "sandbox"])("has an example in its comment: %s", (name) => {
    const files = entryPoints(name);
    expect(files.length).toBeGreaterThan(1);
    expect([...new Set(files.flatMap((file) => withoutExample(onDisk, file)))]).toEqual([]);
  });
});

describe("the search for classes without an example", () => {
  const files: Record<string, string> = {
    "a/index.ts": 'export { Pier } from "./pier";\nexport * from "./ships";\nexport class Quay {}\nclass Own {}\n',
    "a/pier.ts": "export class Pier {}\nexport class Hidden {}\n",
    "a/ships/index.ts": "/**\n * A ship.\n * @example new Ship()\n */\nexport class Ship {}\nexport class Boat {}\n",
  };

  it("follows re-exports by name and whole files, and leaves out what is not exported", () => {
    expect(withoutExample({ read: (file) => files[file] }, "a/index.ts")).toEqual([
      "a/pier.ts Pier",
      "a/ships/index.ts Boat",
      "a/index.ts Quay",
    ]);
  });
});
