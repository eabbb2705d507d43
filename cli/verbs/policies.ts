/** `fridayproof policies`. */
import { rules } from "../../policies/rules";
import { ruleLines } from "../../sandbox/display/rules";
import { terminalOn } from "../../sandbox/display/terminal";
import type { Verb } from "../verb";

/** Options and action. */
export const verb: Verb = (command) => {
  command.action(() => {
    const terminal = terminalOn(process.stdout, process.env);
    terminal.write(`${ruleLines(rules, terminal.colors).join("\n")}\n`);
  });
};
