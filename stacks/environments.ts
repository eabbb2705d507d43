/** Every environment by the name of its stack. */
import { throwProblems } from "../components/core/checks";
import { dev } from "./dev";
import { type Environment, environment, type EnvironmentInput } from "./environment";
import { prod } from "./prod";
import { staging } from "./staging";

/** One row per stack: `pulumi up -s <name>`. */
export const environments: readonly EnvironmentInput[] = [dev, staging, prod];

/**
 * The checked environment of a stack.
 * @throws ProblemsError when no environment has that name, or listing what is wrong with it.
 */
export function environmentOf(stack: string): Environment {
  const found = environments.find((each) => each.name === stack);
  const names = environments.map((each) => each.name).join(", ");
  if (found !== undefined) return environment(found);
  const fix = "Choose one of them with -s, or add the environment to stacks/environments.ts.";
  throwProblems("the stack's name", [{ path: "", got: stack, allowed: names, fix }]);
  throw new Error(`no environment ${stack}`);
}
