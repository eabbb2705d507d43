/** Redraws a screen periodically until Ctrl-C. */
import { setTimeout as pause } from "node:timers/promises";
import { UserError } from "@fridayproof/sandbox/errors";
import { LiveBlock, type Terminal } from "@fridayproof/sandbox/terminal";
import { EXIT_INTERRUPTED } from "../context/options";

/** Interval: short enough to follow a shift of traffic, long enough to read a line. Milliseconds. */
const EVERY_MS = 2000;

/**
 * Draws the screen over the previous one; without a terminal it is printed when it changes.
 * @param screen returns its current lines; a UserError is shown and the loop goes on, because a running `up` ends.
 */
export async function watch(terminal: Terminal, screen: () => Promise<readonly string[]>): Promise<void> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.once("SIGINT", stop);
  const block = new LiveBlock(terminal);
  let before = "";
  while (!stopping.signal.aborted) {
    const lines = await shown(screen);
    if (terminal.live) block.draw([], lines);
    // The first line has the time.
    else if (lines.slice(1).join("\n") !== before) terminal.write(`${lines.join("\n")}\n\n`);
    before = lines.slice(1).join("\n");
    await pause(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
  process.off("SIGINT", stop);
  process.exitCode = EXIT_INTERRUPTED;
}

async function shown(screen: () => Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await screen();
  } catch (error) {
    if (error instanceof UserError) return [error.message];
    throw error;
  }
}
