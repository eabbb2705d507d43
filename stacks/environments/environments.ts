/** Every environment by the name of its stack. */
import { overlaps, parseCidr, type Problem, ProblemsError, throwProblems } from "@fridayproof/components/core";
import { dev } from "./dev";
import { environment } from "./environment";
import type { Environment, EnvironmentInput } from "./schema";
import { pairProblems } from "./pairs";
import { prod } from "./prod";
import { replica } from "./replica";
import { staging } from "./staging";

/** One row per stack: `pulumi up -s <name>`. */
export const environments: readonly EnvironmentInput[] = [dev, staging, prod, replica];

/**
 * What environments must not share: a name, or an address, because any two may have to be joined one day; and a domain, unless
 * they are a pair.
 */
export function togetherProblems(all: readonly EnvironmentInput[]): Problem[] {
  const problems = all.flatMap((own, index) =>
    all.slice(0, index).flatMap((other): Problem[] => {
      const problems: Problem[] = [];
      if (own.name === other.name) {
        const fix = "Give one of them another name.";
        problems.push({ path: `environments[${index}].name`, got: own.name, allowed: "each name once", fix });
      }
      const [block, taken] = [parseCidr(own.cidr), parseCidr(other.cidr)];
      if (block !== undefined && taken !== undefined && overlaps(block, taken)) {
        problems.push({
          path: `${own.name}.cidr`,
          got: own.cidr,
          allowed: `a block outside ${other.cidr}, which is ${other.name}'s`,
          fix: "Choose another /16 of 10.0.0.0/8: networks that overlap can never be joined.",
        });
      }
      return problems;
    }),
  );
  return [...problems, ...pairProblems(all)];
}

/**
 * The checked environment of a stack.
 * @throws ProblemsError when no environment has that name, or listing what is wrong with it.
 */
export function environmentOf(stack: string): Environment {
  throwProblems("stacks/environments/environments.ts", togetherProblems(environments));
  const found = environments.find((each) => each.name === stack);
  const names = environments.map((each) => each.name).join(", ");
  if (found !== undefined) return environment(found);
  const fix = "Choose one of them with -s, or add the environment to stacks/environments/environments.ts.";
  throw new ProblemsError("the stack's name", [{ path: "", got: stack, allowed: names, fix }]);
}
