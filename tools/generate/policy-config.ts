/** Writes stacks/policies/<stack>.json from stacks/: the policy configuration of each environment. `--check` only compares. */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { FreezeCalendar } from "@fridayproof/components/plan";
import { rules } from "@fridayproof/policies/rules";
import { accountFacts, environmentFacts, exempted, merged } from "./policy-facts";
import type { PlannedFile } from "../../cli/context/hook-types";
import type { PolicyConfig } from "./policy-settings";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { environments } from "../../stacks/environments/environments";
import { exemptions } from "../../stacks/policies/exemptions";

const folder = resolve(__dirname, "../../stacks/policies");

/** Rules with remediation: the pack's default is to change nothing. */
function repairing(): PolicyConfig {
  const able = rules.filter((rule) => rule.scope === "resource" && rule.remedy !== undefined);
  return Object.fromEntries(able.map(({ id }) => [id, { enforcementLevel: "remediate" }]));
}

/** The policy configuration of one environment. @param calendar its own by default */
export function policyConfig(environment: EnvironmentInput, calendar?: FreezeCalendar): PolicyConfig {
  return merged(repairing(), environmentFacts(environment, calendar));
}

/** A configuration as its file holds it. */
const textOf = (config: PolicyConfig): string => `${JSON.stringify(config, null, 2)}\n`;

/** The policy configuration of an environment, as its file holds it. */
export function policyConfigText(environment: EnvironmentInput): string {
  return textOf(policyConfig(environment));
}

/** The policy configuration of the foundation beside these environments, as its file holds it. */
export function foundationConfigText(all?: readonly EnvironmentInput[]): string {
  return textOf(merged(repairing(), accountFacts(all)));
}

/** Of rendered YAML nobody knows from which environment it comes: no repository is its own. */
const foreign: PolicyConfig = { "revision-pinned": { ownRepositories: [] } };

/** The file of an environment as it would be, from the root. */
export const policyConfigFile = (environment: EnvironmentInput): PlannedFile => ({
  file: join("stacks", "policies", `${environment.name}.json`),
  text: policyConfigText(environment),
});

/** Every stack's configuration, and that of rendered YAML, as its file holds it. */
export function policyConfigFiles(): ReadonlyMap<string, string> {
  const rows = environments.map(
    (environment) => [resolve(folder, `${environment.name}.json`), policyConfigText(environment)] as const,
  );
  return new Map([
    ...rows,
    [resolve(folder, "foundation.json"), foundationConfigText()],
    [resolve(folder, "lint-manifests.json"), textOf({ ...exempted(exemptions), ...foreign })],
  ]);
}

/** Files that differ from what stacks/ says. */
export function stalePolicyConfigs(): readonly string[] {
  const read = (file: string): string => {
    try {
      return readFileSync(file, "utf8");
    } catch {
      return "";
    }
  };
  return [...policyConfigFiles()].filter(([file, text]) => read(file) !== text).map(([file]) => file);
}

function main(): void {
  if (process.argv.includes("--check")) {
    const stale = stalePolicyConfigs();
    if (stale.length === 0) return;
    console.error(
      `got stale policy configuration: ${stale.join(", ")}; expected what stacks/ defines. Fix: npm run policies:config`,
    );
    process.exitCode = 1;
    return;
  }
  const files = policyConfigFiles();
  for (const [file, text] of files) writeFileSync(file, text);
  console.log(`stacks/policies/: ${files.size} files written`);
}

if (require.main === module) main();
