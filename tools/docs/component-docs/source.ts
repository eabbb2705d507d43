/** The components' own sources as the TypeScript compiler reads them: their files, types and doc comments, without packages. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";

/** The compiler's view of some source files. */
export interface Sources {
  readonly checker: ts.TypeChecker;
  /** In the order of the alphabet. */
  readonly files: readonly ts.SourceFile[];
}

/** What the utility types of arguments (`Omit`, `Record`) are written in; all other libraries would only cost time. */
const LIBRARY = "lib.es5.d.ts";

/** Reads sources that stand in memory or on disk. @param texts by absolute path; what they import is read from disk. */
export function readSources(texts: ReadonlyMap<string, string>): Sources {
  const options: ts.CompilerOptions = { noLib: true, types: [], strict: true, target: ts.ScriptTarget.ES2022 };
  const host = ts.createCompilerHost(options);
  const library = path.join(path.dirname(require.resolve("typescript")), LIBRARY);
  const onDisk = host.getSourceFile.bind(host);
  host.getSourceFile = (file, version, ...rest) => {
    const text = texts.get(file);
    return text === undefined ? onDisk(file, version, ...rest) : ts.createSourceFile(file, text, version, true);
  };
  // Packages stay unresolved: the AWS SDK's types alone take the compiler ten seconds, and no argument is described there.
  host.resolveModuleNameLiterals = (literals, from) =>
    literals.map(({ text }) => ({ resolvedModule: text.startsWith(".") ? moduleAt(from, text, host) : undefined }));
  const program = ts.createProgram([library, ...texts.keys()], options, host);
  const files = [...texts.keys()].sort().flatMap((file) => program.getSourceFile(file) ?? []);
  return { checker: program.getTypeChecker(), files };
}

function moduleAt(from: string, specifier: string, host: ts.CompilerHost): ts.ResolvedModuleFull | undefined {
  const resolvedFileName = path.resolve(path.dirname(from), `${specifier}.ts`);
  if (!host.fileExists(resolvedFileName)) return undefined;
  return { resolvedFileName, extension: ts.Extension.Ts, isExternalLibraryImport: false };
}

/** Every source below a folder. */
export function sourcesBelow(folder: string): Sources {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const files = names.map((name) => path.join(folder, name));
  return readSources(new Map(files.map((file) => [file, readFileSync(file, "utf8")])));
}

/** The words of a doc comment on one line, links as the names that they lead to. */
export function prose(parts: readonly ts.SymbolDisplayPart[] | undefined): string {
  return ts
    .displayPartsToString([...(parts ?? [])])
    .replace(/\{@link ([^}]*)\}/g, "`$1`")
    .replace(/\s+/g, " ")
    .trim();
}
