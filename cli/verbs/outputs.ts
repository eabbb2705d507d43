/** `fridayproof outputs`. */
import { outputLines } from "../../sandbox/display/values";
import { masked } from "../../sandbox/property/values";
import { addEngine, addStackOptions, type EngineFlags, type StackOptions } from "../context/options";
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
      const outputs = await statesOf(flags).outputs(flags.stack);
      const lines = json === true ? [JSON.stringify(masked(outputs), undefined, 4)] : outputLines(outputs);
      process.stdout.write(lines.map((line) => `${line}\n`).join(""));
    });
};
