/** What texts tell a reader to run or to open: commands, options and files, with where they stand. */
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

/** Root of the repository. */
export const ROOT = path.resolve(__dirname, "../..");

/** A text that a reader or a user sees. */
export interface Page {
  /** Path from the root. */
  readonly file: string;
  /** The commands and names in it: code spans and code blocks of a page, texts in backticks of a source. */
  readonly spans: readonly string[];
}

function filesIn(folder: string, name: RegExp): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" || entry.name === "dist" ? [] : filesIn(file, name);
    return name.test(entry.name) ? [file] : [];
  });
}

/** Code blocks; one that holds blocks of its own has a longer fence. */
const FENCED = /^(`{3,})[^\n]*\n([^]*?)^\1$/gm;

/** A page's text without its code blocks: what stands in those belongs to other files. */
export function proseOf(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8").replaceAll(FENCED, "");
}

function page(file: string): Page {
  const text = readFileSync(path.join(ROOT, file), "utf8");
  const blocks = [...text.matchAll(FENCED)].map(([, , block]) => block ?? "");
  const prose = proseOf(file);
  const inline = [...prose.matchAll(/`([^`]+)`/g)].map(([, span]) => (span ?? "").replaceAll(/\s+/g, " "));
  return { file, spans: [...blocks.flatMap((block) => block.split("\n")), ...inline] };
}

/** In a source, a command for a reader stands in backticks, escaped where the text itself is a template. */
function source(file: string): Page {
  const text = readFileSync(path.join(ROOT, file), "utf8");
  const spans = [...text.matchAll(/\\?`((?:npx |fridayproof |make |npm run )[^`\\]*)\\?`/g)].map(
    ([, span]) => span ?? "",
  );
  return { file, spans };
}

/** Decisions and the changelog tell what was; everything else what is. */
const HISTORY = /^docs\/decisions\//;

/** Every page and every source whose texts reach a reader. */
export function pages(): readonly Page[] {
  const documents = ["README.md", ...filesIn("docs", /\.md$/).filter((file) => !HISTORY.test(file))];
  const folders = ["cli", "components", "guard", "policies", "sandbox", "stacks", "tools"];
  const sources = folders.flatMap((folder) => filesIn(folder, /\.(ts|cjs|mjs)$/));
  return [...documents.map(page), ...sources.map(source)];
}

/** A thing promised, and where. */
export interface Promised {
  readonly file: string;
  readonly words: readonly string[];
}

/** All matches of `what` in the pages' spans, as their groups. */
export function promised(what: RegExp): readonly Promised[] {
  return pages().flatMap(({ file, spans }) =>
    spans.flatMap((span) => [...span.matchAll(what)].map(([, ...words]) => ({ file, words }))),
  );
}
