/** How the runner's block is cut: one half for the NAT gateway, one for builds. */
import { cidr, cidrProblems, formatCidr, subnet } from "../core/cidr";
import { type Problem, throwProblems } from "../core/checks";
import { foundationLimits } from "../core/limits/foundation";

/** What is wrong with the runner's block; empty when nothing is. */
export function runnerBlockProblems(path: string, text: string): Problem[] {
  const { runnerPrefix } = foundationLimits;
  const problems = cidrProblems(path, text);
  if (problems.length > 0 || cidr(text).prefix === runnerPrefix.value) return problems;
  const allowed = `a block of /${runnerPrefix.value}`;
  return [
    { path, got: text, allowed, fix: "Give it that size: two subnets, one for the NAT gateway, one for builds." },
  ];
}

/**
 * The halves of the runner's block: first the NAT gateway's, then the builds'.
 * @throws ProblemsError when it is no block, or not of the size that two subnets need.
 */
export function runnerSubnets(text: string): [nat: string, builds: string] {
  throwProblems("the runner's network", runnerBlockProblems("cidr", text));
  const half = (index: number): string =>
    formatCidr(subnet(cidr(text), foundationLimits.runnerSubnetBits.value, index));
  return [half(0), half(1)];
}
