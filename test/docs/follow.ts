/** Does what the blocks of a page say, in their order, in a copy of the house. */
import { existsSync } from "node:fs";
import { expect } from "vitest";
import type { HouseCopy } from "../support/house-copy";
import { type Block, writeBlock } from "./recipes";

/** What a command printed, with its colours. */
export type Printed = (command: string, printed: string) => void;

const COLORED = { NO_COLOR: "", FORCE_COLOR: "1" };

/** Columns of a table move when a longer name comes. */
const spaced = (text: string): string => text.replace(/\s+/g, " ").trim();

const withoutStyles = (text: string): string => text.replace(/\u001b\[[\d;]*m/g, "");

/** The commands of a block, one a line, without comments. */
export function commandsOf({ text }: Block): readonly string[] {
  const lines = text.split("\n").map((line) => line.replace(/\s+#.*$/, "").trim());
  return lines.filter((line) => line !== "");
}

/** Runs a block's commands; all but the last end well, the last as the block says. */
async function runAll(house: HouseCopy, block: Block, printed: Printed): Promise<string> {
  const commands = commandsOf(block);
  let output = "";
  for (const [index, command] of commands.entries()) {
    const ended = await house.run(command, COLORED);
    const expected = index === commands.length - 1 ? Number(block.attributes["exit"] ?? 0) : 0;
    printed(command, ended.output);
    output = withoutStyles(ended.output);
    expect(ended.code, `${command}\n${output}`).toBe(expected);
  }
  return output;
}

/**
 * Follows the blocks: files are written and changed, commands run, and what is promised is looked for.
 * @returns the files that were written.
 */
export async function follow(
  house: HouseCopy,
  blocks: readonly Block[],
  printed: Printed = () => undefined,
): Promise<readonly string[]> {
  const written = new Set<string>();
  // Undefined before the first command, and behind one that cannot run here: what a page shows there, only a person can compare.
  let output: string | undefined;
  for (const block of blocks) {
    const { language, title, text } = block;
    if (language === "sh")
      output = block.attributes["needs"] === undefined ? await runAll(house, block, printed) : undefined;
    else if (title === undefined && output === undefined) continue;
    else if (title === undefined)
      for (const line of text.trim().split("\n")) expect(spaced(output ?? "")).toContain(spaced(line));
    else if (language !== "diff" && existsSync(house.file(title))) expect(house.text(title)).toContain(text);
    else {
      writeBlock(house.root, block);
      written.add(title);
    }
  }
  return [...written];
}
