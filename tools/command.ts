/** How a tool of this repository fails: an error is one line for a person, and exit code 1. */
import { messageOf } from "@fridayproof/sandbox/errors";

/** Runs a tool under this name. */
export async function command(name: string, main: () => void | Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${name}: ${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}
