/** Lines at the bottom of a terminal that are drawn again, under a log that scrolls. */
import type { Terminal } from "./text/terminal";

const UP = (lines: number): string => (lines > 0 ? `\u001b[${lines}A` : "");
const CLEAR_BELOW = "\u001b[0J";

/**
 * Draws a block of lines over the one before.
 *
 * @example
 * ```typescript
 * const block = new LiveBlock(terminalOn(process.stdout, process.env));
 * block.draw(["vpc created"], ["1 of 3 resources"]);
 * block.draw(["cluster created"], ["2 of 3 resources"]);
 * block.clear();
 * ```
 */
export class LiveBlock {
  private drawn = 0;

  constructor(private readonly terminal: Terminal) {}

  /** Prints lines that stay, above the block, and draws the block again: in one write, so that nothing flickers. */
  draw(log: readonly string[], block: readonly string[]): void {
    const lines = [...log, ...block].map((line) => `${line}\n`).join("");
    this.terminal.write(`${UP(this.drawn)}\r${CLEAR_BELOW}${lines}`);
    this.drawn = block.length;
  }

  /** Removes the block; the log stays. */
  clear(): void {
    this.draw([], []);
  }
}
