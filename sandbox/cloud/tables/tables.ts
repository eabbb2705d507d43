/** The YAML tables of the simulated cloud. Parsing them costs half a second, so `tables.json` holds them ready for as long as it is fresh. */
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

/** A table as it was when `npm run schema` read it. */
export interface ReadyTable {
  /** Of the YAML text: another digest means that the table was edited since, and is parsed. */
  readonly digest: string;
  readonly rows: unknown;
}

const CLOUD = path.dirname(__dirname);
const READY = path.join(__dirname, "tables.json");
const tables = new Map<string, unknown>();
let ready: Readonly<Record<string, ReadyTable>> | undefined;

/** Digest of a table's text. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** One table, read once. @param file path below `sandbox/cloud`. */
export function readTable<Rows>(file: string): Rows {
  ready ??= JSON.parse(readFileSync(READY, "utf8")) as Record<string, ReadyTable>;
  if (!tables.has(file)) {
    const text = readFileSync(path.join(CLOUD, file), "utf8");
    const cached = ready[file];
    tables.set(file, cached?.digest === digestOf(text) ? cached.rows : parse(text));
  }
  return tables.get(file) as Rows;
}

/** Every table. */
export function tableFiles(): string[] {
  const files = readdirSync(CLOUD, { recursive: true, encoding: "utf8" });
  return files.filter((file) => file.endsWith(".yaml")).sort();
}
