/** An error as a person needs it: the message, and the line of the program that caused it. */
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import type { Diagnostic } from "../events/events";
import { resourceLabel } from "./names";
import { wrap } from "./plan/layout";
import type { Colors } from "./text/terminal";

/** A place in the program. */
export interface SourceLocation {
  /** From the project's root. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const FRAME = /^\s*at (?:.*\()?((?:file:\/\/)?\/?[^()]+?):(\d+):(\d+)\)?$/;

/** Folders that are machinery, not program: this package, and the command that was started. */
const MACHINERY = [path.resolve(__dirname, ".."), path.dirname(require.main?.filename ?? process.execPath)];

function isInside(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return !way.startsWith("..") && !path.isAbsolute(way);
}

function locationOf(frame: string, root: string, machinery: readonly string[]): SourceLocation | undefined {
  const [, location, line, column] = FRAME.exec(frame) ?? [];
  if (location === undefined || location.startsWith("node:")) return undefined;
  const absolute = location.startsWith("file://") ? fileURLToPath(location) : location;
  if (!isInside(root, absolute) || machinery.some((folder) => isInside(folder, absolute))) return undefined;
  const file = path.relative(root, absolute);
  if (file.split(path.sep).includes("node_modules")) return undefined;
  return { file, line: Number(line), column: Number(column) };
}

/**
 * A message without its stack, and the places of the program that the stack named, innermost first.
 * @param machinery folders whose frames are not shown.
 */
export function splitStack(
  text: string,
  root: string,
  machinery = MACHINERY,
): { message: string; locations: SourceLocation[] } {
  const lines = text.trimEnd().split("\n");
  const isFrame = (line: string): boolean => /^\s+at /.test(line);
  const first = lines.findIndex(isFrame);
  if (first < 0) return { message: text.trimEnd(), locations: [] };
  const locations = lines.filter(isFrame).flatMap((line) => locationOf(line, root, machinery) ?? []);
  const rest = lines.slice(first).filter((line) => !isFrame(line) && line.trim() !== "");
  const unique = locations.filter(
    ({ file, line }, index) => index === locations.findIndex((other) => other.file === file && other.line === line),
  );
  return { message: [...lines.slice(0, first), ...rest].join("\n").trimEnd(), locations: unique };
}

/** Returns a line of a file of the project, or undefined. */
export type ReadLine = (file: string, line: number) => string | undefined;

/** How many callers are named besides the place itself. */
const CALLERS = 2;

function locationLines(locations: readonly SourceLocation[], colors: Colors, readLine: ReadLine): string[] {
  const [first, ...callers] = locations;
  if (first === undefined) return [];
  const source = readLine(first.file, first.line)?.trim();
  const name = ({ file, line, column }: SourceLocation): string => `${file}:${line}:${column}`;
  return [
    `    at ${colors.cyan(name(first))}${source === undefined ? "" : colors.dim(`   ${source}`)}`,
    ...callers.slice(0, CALLERS).map((location) => colors.dim(`    called from ${name(location)}`)),
  ];
}

const labels = {
  error: ["error", "red"],
  warning: ["warning", "yellow"],
  info: ["info", "cyan"],
  "info#err": ["", "dim"],
} as const;

/**
 * The lines of one message: on which resource, what, and where in the program.
 * @param columns of a terminal; in a log a sentence stays on one line, so that it can be searched for.
 */
export function diagnosticLines(
  diagnostic: Diagnostic,
  root: string,
  colors: Colors,
  readLine: ReadLine,
  columns = Number.POSITIVE_INFINITY,
): string[] {
  const [label, color] = labels[diagnostic.severity];
  const { message, locations } = splitStack(diagnostic.message.replace(/^error: /, "").replace(/^Error: /gm, ""), root);
  const on =
    diagnostic.urn === undefined || diagnostic.urn.includes("pulumi:pulumi:Stack::")
      ? ""
      : `${resourceLabel(diagnostic.urn)}: `;
  const [first = "", ...rest] = message.split("\n");
  const head = wrap(label === "" ? `  ${first}` : `  ${label}: ${on}${first}`, INDENT, columns);
  return [
    ...head.map((line, index) => (index === 0 ? line.replace(`${label}:`, (found) => colors[color](found)) : line)),
    ...rest.flatMap((line) => wrap(`${" ".repeat(INDENT)}${line}`, INDENT, columns)),
    ...locationLines(locations, colors, readLine).map((line) => `  ${line}`),
  ];
}

/** Of every line of a message but its first. */
const INDENT = 6;

/** One block for all messages, each printed once: an unhandled rejection repeats itself on every output it touched. */
export function diagnosticsBlock(
  diagnostics: readonly Diagnostic[],
  root: string,
  colors: Colors,
  readLine: ReadLine,
  columns?: number,
): string[] {
  const blocks = diagnostics.map((diagnostic) => diagnosticLines(diagnostic, root, colors, readLine, columns));
  const printed = [...new Map(blocks.map((lines) => [lines.join("\n"), lines])).values()];
  return printed.length === 0 ? [] : [colors.bold("Diagnostics:"), ...printed.flat()];
}
