/** The pair of production and its replica, and the files that put its legs into a state. */
import { recoveries } from "@fridayproof/components/plan";
import type { LegFacts, LegPair } from "../../cli/context/hook-types";
import { environments } from "../../stacks/environments/environments";
import { failoverPairs } from "../../stacks/environments/pairs";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { secretsPrefix } from "../../stacks/inputs/conventions";
import { environmentFile, environmentLine } from "./environment-line";
import { policyConfigFile } from "./policy-config";
import { replicaStateFile } from "./replica-state";
import { replicaInState } from "./replica-scale";

const factsOf = ({ name, region, zones }: EnvironmentInput): LegFacts => ({
  stack: name,
  region,
  zone: zones.at(-1) ?? "",
});

/** The pair of the environments. @throws Error where none has a partner. */
export function legPair(root: string): LegPair {
  const [pair] = failoverPairs(environments);
  if (pair === undefined)
    throw new Error("no environment of stacks/environments/environments.ts has the role replica.");
  const { primary, replica } = pair;
  return {
    primary: factsOf(primary),
    replica: factsOf(replica),
    secretsPrefix: secretsPrefix(primary.name),
    recoveries,
    files: (states) => {
      const fenced = states.primary === "fenced" ? `  standby: { applications: "none" },\n` : "";
      const role = /^ {2}role: "primary",\n(?: {2}standby: .*\n)?/m;
      const line = `  role: "primary",\n${fenced}`;
      const { input } = environmentLine(root, primary.name, role, `"${line.trim()}".`);
      const { standby: _written, ...serving } = primary;
      const primaryThen = fenced === "" ? serving : { ...serving, standby: { applications: "none" as const } };
      return [
        { file: environmentFile(primary.name), text: input.replace(role, line) },
        replicaStateFile(root).inState(states.replica),
        policyConfigFile(primaryThen),
        policyConfigFile(replicaInState(states.replica)),
      ];
    },
  };
}
