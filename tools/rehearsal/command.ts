/** What the commands of this folder share: a testbed that ends with them, however they end. */
import { command } from "../command";
import { missingPrograms } from "../setup/debian-tools.cjs";
import { Testbed } from "./testbed";

async function used(use: (testbed: Testbed) => Promise<void>): Promise<void> {
  const missing = missingPrograms();
  if (missing.length > 0) throw new Error(`${missing.join(", ")} not found: install Debian's packages of that name`);
  const testbed = await Testbed.start();
  process.stderr.write(`in ${testbed.folder}\n`);
  // The servers end with us in any case; this also removes the folder.
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => void testbed.end().finally(() => process.exit(1)));
  try {
    await use(testbed);
  } finally {
    await testbed.end();
  }
}

/** Runs a command of this name on a testbed; an error is one line, and exit code 1. */
export function withTestbed(name: string, use: (testbed: Testbed) => Promise<void>): Promise<void> {
  return command(name, () => used(use));
}
