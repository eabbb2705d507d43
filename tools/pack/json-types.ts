/** Declarations that read a JSON file: for whoever compiles against a package, its shape stands in a file of its own. */
import * as path from "node:path";

/** As a quoted specifier of a JSON file beside. */
const IMPORT = /(["'])(\.{1,2}\/[^"']+)\.json\1/g;

/** The module of declarations that stands for a JSON file: another compiler may not resolve JSON at all. */
function shapeName(file: string): string {
  return file.replace(/\.json$/, "-json");
}

/** The type of a value as TypeScript infers it from JSON. */
function typeOfJson(value: unknown): string {
  if (Array.isArray(value)) return `(${[...new Set(value.map(typeOfJson))].join(" | ") || "never"})[]`;
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}: ${typeOfJson(member)};`);
  return `{ ${members.join(" ")} }`;
}

/** Declarations with each JSON file that they import turned to its shape. */
export function withJsonShapes(declarations: string): string {
  return declarations.replace(
    IMPORT,
    (_match, quote: string, name: string) => `${quote}${shapeName(`${name}.json`)}${quote}`,
  );
}

/** File and text of the shape of a JSON file. @param file path from the package's root. */
export function jsonShape(file: string, text: string): readonly [file: string, text: string] {
  const declarations = `/** The shape of ${path.basename(file)}. */\ndeclare const content: ${typeOfJson(JSON.parse(text))};\nexport default content;\n`;
  return [`${shapeName(file)}.d.ts`, declarations];
}
