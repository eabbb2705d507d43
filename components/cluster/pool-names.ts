/** Names of a pool's node groups, and whether they leave room for what Pulumi puts behind them. */
import type { Problem } from "../core/checks";
import { nameLimits } from "../core/limits/names";

/** Name in the program of a pool's node group in a zone; in AWS seven characters of Pulumi's follow. */
export function nodeGroupName(name: string, zone: string): string {
  return `${name}-${zone}-nodes`;
}

/** What is wrong with a pool's name in these zones; empty when nothing is. */
export function poolNameProblems(name: string, zones: readonly string[]): Problem[] {
  const added = Math.max(...zones.map((zone) => nodeGroupName("", zone).length));
  const maxLength = nameLimits.eksNodegroup.value - nameLimits.pulumiSuffix.value - added;
  if (zones.length === 0 || name.length <= maxLength) return [];
  const fix = `Use a shorter name; this one has ${name.length}.`;
  return [{ path: "name", got: name, allowed: `at most ${maxLength} characters`, fix }];
}
