/** `fridayproof outputs`. */
import { hasStateFile } from "@fridayproof/sandbox/stacks";
import { outputJson, outputLines } from "@fridayproof/sandbox/terminal";
import { addEngine, addStackOptions, type EngineFlags, type StackOptions } from "../context/options";
import { findProject } from "../context/project";
import { requireStack } from "../context/prerequisites";
import { statesOf } from "../stack/stack-states";
import type { Verb } from "../context/verb";

interface OutputFlags extends StackOptions, Pick<EngineFlags, "engine"> {
  readonly json?: boolean;
}

/** Options and action. */
export const verb: Verb = (command) => {
  addEngine(addStackOptions(command))
    .option("--json", "print them as JSON")
    .action(async ({ json, ...flags }: OutputFlags) => {
      const project = findProject(flags);
      if (flags.engine !== "pulumi" && !hasStateFile(project, flags.stack)) requireStack(project, flags.stack);
      const outputs = await statesOf(flags).outputs(flags.stack);
      const lines = json === true ? [outputJson(outputs)] : outputLines(outputs);
      process.stdout.write(lines.map((line) => `${line}\n`).join(""));
    });
};
