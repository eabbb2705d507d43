/** Whether the rules of a stack run with what stacks/ says today: its policy configuration is generated, and may be older. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Problem } from "@fridayproof/components/core";
import { environments } from "../../stacks/environments/environments";
import { accountFacts, environmentFacts } from "../generate/policy-facts";
import type { PolicyConfig } from "../generate/policy-settings";

/**
 * A configuration as it counts for the comparison. That a rule repairs what it finds comes from the rule, not from stacks/, and
 * loading every rule would cost each run a quarter of a second: a rule that lost the level reports and repairs nothing.
 */
function comparable(config: PolicyConfig): PolicyConfig {
  const rows = Object.entries(config).map(([rule, row]) => {
    const settings = Object.entries(row).filter(([key, value]) => key !== "enforcementLevel" || value !== "remediate");
    return [rule, Object.fromEntries(settings)] as const;
  });
  const counting = rows.filter(([, settings]) => Object.keys(settings).length > 0);
  return JSON.parse(JSON.stringify(Object.fromEntries(counting))) as PolicyConfig;
}

/** Rules that a file sets otherwise than stacks/ does, in the order of their names. */
export function staleRules(written: PolicyConfig, facts: PolicyConfig): readonly string[] {
  const [old, now] = [comparable(written), comparable(facts)];
  const rules = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  return rules.filter((rule) => !isDeepStrictEqual(old[rule], now[rule]));
}

/** What the file holds; undefined where there is none, or none that can be read: who loads it for the rules has a message for both. */
function readConfig(file: string): PolicyConfig | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as PolicyConfig;
  } catch {
    return undefined;
  }
}

/** What stacks/ says of a stack; nothing of one that is neither an environment nor the foundation. */
function factsOf(stack: string): PolicyConfig | undefined {
  if (stack === "foundation") return accountFacts();
  const environment = environments.find(({ name }) => name === stack);
  return environment === undefined ? undefined : environmentFacts(environment);
}

/** The one problem of a stack whose file is older than stacks/. @param root folder of Pulumi.yaml. */
export function policyFreshnessProblems(stack: string, root: string): Problem[] {
  const file = path.join("stacks", "policies", `${stack}.json`);
  const [facts, written] = [factsOf(stack), readConfig(path.join(root, file))];
  const stale = facts === undefined || written === undefined ? [] : staleRules(written, facts);
  if (stale.length === 0) return [];
  const fix = "Run make policy-files and read its diff: they ran with what stacks/ said before.";
  return [{ path: `${file}, rules with other settings than stacks/ gives`, got: stale, allowed: "none", fix }];
}
