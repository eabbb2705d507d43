/** Exemptions in a folder of manifests: `.fridayproof/exemptions.yaml` covers the manifests of its folder and below. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { isSeq, parse, parseDocument } from "yaml";
import type { RuleExemption } from "../kit/rule/exemption";
import { isRecord } from "../kit/reading/value";
import { noYaml } from "./parse";

/** File with a folder's exemptions, relative to the folder. */
export const exemptionFile = join(".fridayproof", "exemptions.yaml");

const required = ["rule", "resource", "reason", "owner", "expires"] as const;
const allowed: ReadonlySet<string> = new Set([...required, "path"]);

/** Rows that could be read, and the problems of the others. */
export interface OwnExemptions {
  readonly rows: readonly RuleExemption[];
  readonly problems: readonly string[];
}

/**
 * The exemptions beside the files: each folder from the top one down to a file's may have its own.
 * @param top the folder that is checked; files above it are not read
 * @param files the manifests below it
 */
export function ownExemptions(top: string, files: readonly string[]): OwnExemptions {
  const folders = [...new Set(files.flatMap((file) => foldersOf(top, dirname(file))))].sort();
  const read = folders
    .filter((folder) => existsSync(join(folder, exemptionFile)))
    .map((folder) => readExemptions(readFileSync(join(folder, exemptionFile), "utf8"), relative(top, folder)));
  return { rows: read.flatMap(({ rows }) => rows), problems: read.flatMap(({ problems }) => problems) };
}

/** {@link ownExemptions} of the only folder that is checked; with several folders a name would not be unique. */
export function exemptionsBeside(
  paths: readonly string[],
  found: readonly { readonly texts: readonly { readonly file: string }[] }[],
): OwnExemptions {
  const folders = paths.filter((path) => statSync(path).isDirectory());
  const [only] = folders;
  if (only !== undefined && paths.length === 1)
    return ownExemptions(
      only,
      found.flatMap(({ texts }) => texts.map(({ file }) => join(only, file))),
    );
  const problems = folders
    .filter((folder) => existsSync(join(folder, exemptionFile)))
    .map(
      (folder) =>
        `${join(folder, exemptionFile)}: got a folder with exemptions beside other paths; expected that folder alone. ` +
        "Fix: check it in a run of its own.",
    );
  return { rows: [], problems };
}

function foldersOf(top: string, folder: string): readonly string[] {
  const below = relative(top, folder);
  return below === "" || below.startsWith("..") ? [top] : [...foldersOf(top, dirname(folder)), folder];
}

/** The rows of one file's text; `folder` is its folder, relative to the checked one. */
export function readExemptions(text: string, folder: string): OwnExemptions {
  const file = join(folder, exemptionFile);
  const origin = { file, folder: folder === "" ? "" : `${folder}/` };
  const expected = (at: string, got: string, what: string, fix: string): OwnExemptions => ({
    rows: [],
    problems: [`${file}${at}: got ${got}; expected ${what}. Fix: ${fix}.`],
  });
  const document = parsed(text);
  if (typeof document === "string") return expected("", document, "a list under `exemptions`", "correct it there");
  const list = isRecord(document.value) ? document.value["exemptions"] : undefined;
  if (!Array.isArray(list))
    return expected("", "no list under `exemptions`", "one", "write `exemptions:` and a row for each below it");
  const read = list.map((row: unknown, index): OwnExemptions => {
    const problem = rowProblem(row);
    return problem === undefined
      ? { rows: [{ ...(row as RuleExemption), ...origin }], problems: [] }
      : expected(
          `, exemptions[${index}]`,
          problem,
          `the texts ${required.join(", ")}, and path if need be`,
          "complete it",
        );
  });
  return { rows: read.flatMap(({ rows }) => rows), problems: read.flatMap(({ problems }) => problems) };
}

function parsed(text: string): { readonly value: unknown } | string {
  try {
    // Dates stay texts, as in the configuration of the pack.
    return { value: parse(text, { schema: "core" }) as unknown };
  } catch (error) {
    return noYaml((error as Error).message);
  }
}

function rowProblem(row: unknown): string | undefined {
  if (!isRecord(row)) return "no object";
  const missing = required.filter((key) => typeof row[key] !== "string" || row[key] === "");
  const extra = Object.keys(row).filter((key) => !allowed.has(key));
  if (missing.length > 0) return `no text in ${missing.join(", ")}`;
  if (extra.length > 0) return `unknown members: ${extra.join(", ")}`;
  return row["path"] === undefined || typeof row["path"] === "string" ? undefined : "no text in path";
}

/**
 * The file's text with one more row; comments and the other rows stay as they are.
 * @throws when the text is no list of exemptions.
 */
export function withExemption(text: string | undefined, row: RuleExemption): string {
  const document = parseDocument(text ?? "exemptions: []\n", { schema: "core" });
  const list = document.errors.length === 0 ? document.get("exemptions") : undefined;
  if (!isSeq(list)) throw new Error("there is no list under `exemptions`: write `exemptions: []`, or remove the file");
  list.flow = false;
  list.add(document.createNode(row));
  return String(document);
}
