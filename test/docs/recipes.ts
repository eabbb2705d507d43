/** The blocks of a page, and the recipes of docs/contributing.md, as data: files to write, edits, commands, and what is promised. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

/** One block of code in a page. */
export interface Block {
  readonly language: string;
  /** A file from the root of the house: the block is what it holds, a change of it, or part of it where it is there already. */
  readonly title?: string;
  /** What else stands beside the language: `exit` is how the last command ends, `needs` what is not here. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

/** A section with blocks that do something. */
export interface Recipe {
  readonly heading: string;
  readonly blocks: readonly Block[];
}

const BLOCK = /^(`{3,})(\w+)((?: \w+="[^"]*")*)\n([^]*?)^\1$/gm;
const HEADING = /^## (.+)$/gm;

interface Placed {
  readonly from: number;
  readonly to: number;
  readonly block: Block;
}

function placed(page: string): readonly Placed[] {
  return [...page.matchAll(BLOCK)].map(({ index, 0: whole, 2: language = "", 3: beside = "", 4: text = "" }) => {
    const pairs = [...beside.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value] as const);
    const { title, ...attributes } = Object.fromEntries(pairs);
    return { from: index, to: index + whole.length, block: { language, title, attributes, text } };
  });
}

/** All blocks of a page, in their order. */
export function blocksOf(page: string): readonly Block[] {
  return placed(page).map(({ block }) => block);
}

/** The sections of a page that have blocks of code, in their order. A heading inside of a block is none. */
export function recipesOf(page: string): readonly Recipe[] {
  const blocks = placed(page);
  const headings = [...page.matchAll(HEADING)].filter(({ index }) =>
    blocks.every(({ from, to }) => index < from || index > to),
  );
  return headings.flatMap(({ index, 1: heading = "" }, position) => {
    const end = headings[position + 1]?.index ?? page.length;
    const own = blocks.filter(({ from }) => from > index && from < end).map(({ block }) => block);
    return own.length === 0 ? [] : [{ heading, blocks: own }];
  });
}

/**
 * The text with an edit made: lines without a sign are there, `-` is taken away, `+` is added; `@@` stands between edits.
 * @throws Error when the lines that should be there are not, or are there more than once.
 */
export function edited(text: string, diff: string): string {
  return diff.split(/^@@.*\n/m).reduce((now, hunk) => {
    const lines = hunk.split("\n").slice(0, -1);
    const only = (sign: string) => lines.filter((line) => !line.startsWith(sign)).map((line) => `${line.slice(1)}\n`);
    const [before, after] = [only("+").join(""), only("-").join("")];
    const count = now.split(before).length - 1;
    if (count !== 1) throw new Error(`these lines are there ${count} times:\n${before}`);
    return now.replace(before, () => after);
  }, text);
}

/** Makes a block's file, or edits it. @param root where the house is. */
export function writeBlock(root: string, { language, title = "", text }: Block): void {
  const file = path.join(root, title);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, language === "diff" ? edited(readFileSync(file, "utf8"), text) : text);
}
