/** A state that was lost looks like an environment that was never made: its clusters tell them apart. */
import type { Problem } from "@fridayproof/components/core";
import { colors } from "@fridayproof/components/plan";
import * as aws from "@pulumi/aws";
import type { Environment } from "../environments/schema";
import { slotClusterName } from "../inputs/conventions";
import { readOwnResources, type ResourceOutputs } from "./engine-state";

/** What an engine writes down though nothing was made. */
const OWN = /^pulumi:(?:pulumi:Stack$|providers:)/;

/** Whether a state knows of anything that was made: a first update that ended halfway goes on from there. */
function knowsAnything(resources: ResourceOutputs): boolean {
  return Object.values(resources).some(({ type }) => !OWN.test(type));
}

/** What is wrong where the account has clusters of an environment whose state knows nothing. */
export function lostStateProblems(
  { region }: Pick<Environment, "region">,
  clusters: readonly string[],
  resources: ResourceOutputs,
): Problem[] {
  if (clusters.length === 0 || knowsAnything(resources)) return [];
  const stand = clusters.length === 1 ? "stands" : "stand";
  return [
    {
      path: "the state",
      got: `no resource, while ${clusters.join(" and ")} ${stand} in ${region}`,
      allowed: "a state that has what exists: a first update would make all of it a second time",
      fix: 'Put the state back, or import what stands: docs/runbooks/lost-state-backend.md. Or say why not: --config fridayproof:makeAgain="...".',
    },
  ];
}

/**
 * The same for an environment before its first update that ended well; one call of EKS in its own region.
 * @param provider of the environment's account and region.
 */
export async function readLostState(environment: Environment, provider: aws.Provider): Promise<Problem[]> {
  const own = colors.map((color) => slotClusterName(environment.name, color));
  const { names } = await aws.eks.getClusters({}, { provider });
  const clusters = own.filter((name) => names.includes(name));
  // Read only where it decides: a backend that has no deployment of the stack may not be able to answer.
  return clusters.length === 0 ? [] : lostStateProblems(environment, clusters, await readOwnResources());
}
