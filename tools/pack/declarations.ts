/** Declarations of all packages, by one run of the compiler. */
import * as path from "node:path";
import ts from "typescript";
import { ROOT } from "./sources";

const host: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => ROOT,
  getCanonicalFileName: (name) => name,
  getNewLine: () => "\n",
};

function compilerOptions(): ts.CompilerOptions {
  const file = path.join(ROOT, "tsconfig.json");
  const { config } = ts.readConfigFile(file, (name) => ts.sys.readFile(name)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, { ...ts.sys, readDirectory: () => [] }, ROOT);
  // Maps would lead to sources that no tarball has.
  const emit = { noEmit: false, declaration: true, emitDeclarationOnly: true, declarationMap: false };
  return { ...options, ...emit, rootDir: ROOT, outDir: ROOT };
}

/**
 * The text of each file's declarations, by the file's path from the root.
 * @throws Error with the compiler's messages: a type that cannot be named, for instance.
 */
export function declarationsOf(files: readonly string[]): ReadonlyMap<string, string> {
  const program = ts.createProgram(
    files.map((file) => path.join(ROOT, file)),
    compilerOptions(),
  );
  const texts = new Map<string, string>();
  const { diagnostics } = program.emit(undefined, (_name, text, _mark, _onError, sources = []) => {
    for (const { fileName } of sources) texts.set(path.relative(ROOT, fileName), text);
  });
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, host));
  return texts;
}
