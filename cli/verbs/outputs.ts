/** `fridayproof outputs`. */
import { outputLines } from "../../sandbox/display/values";
import { masked } from "../../sandbox/values/values";
import { addStackOptions, type StackOptions } from "../options";
import { findProject } from "../project";
import { readDeployment, readOutputs } from "../state";
import type { Verb } from "../verb";

/** Options and action. */
export const verb: Verb = (command) => {
  addStackOptions(command)
    .option("--json", "print them as JSON")
    .action(({ stack, json, ...places }: StackOptions & { readonly json?: boolean }) => {
      const outputs = readOutputs(readDeployment(findProject(places), stack));
      const lines = json === true ? [JSON.stringify(masked(outputs), undefined, 4)] : outputLines(outputs);
      process.stdout.write(lines.map((line) => `${line}\n`).join(""));
    });
};
