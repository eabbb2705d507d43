/** The account's quotas, read from AWS in the program of `foundation`, before it declares anything. */
import { ProblemsError } from "@fridayproof/components/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { FoundationSettings } from "../inputs/config";
import type { EnvironmentInput } from "../environments/schema";
import type { Foundation } from "./foundation";
import { isRequested, neededQuotas, quotaProblems, QUOTAS } from "./quotas";

/**
 * Reads every quota that a new account may have too little of. In a preview too: AWS takes days to raise one, and
 * without it an environment ends in the middle of its first update.
 * @returns a line for each, for people.
 * @throws RunError naming every quota that is too small, with the command that requests it, unless they are only warnings.
 */
export async function checkedQuotas(
  data: Foundation,
  all: readonly EnvironmentInput[],
  settings: Pick<FoundationSettings, "quotas">,
  provider: aws.Provider,
): Promise<string[]> {
  const requested = neededQuotas(all, data).filter(isRequested);
  const there = await Promise.all(
    requested.map(({ quota, region }) => {
      const { service: serviceCode, code: quotaCode } = QUOTAS[quota];
      return aws.servicequotas.getServiceQuota({ serviceCode, quotaCode, region }, { provider });
    }),
  );
  const values = there.map(({ value }) => value);
  const problems = requested.flatMap((need, index) => quotaProblems(need, values[index] ?? 0));
  if (problems.length > 0) {
    const { message } = new ProblemsError("the quotas of the account", problems);
    if (settings.quotas === "check") throw new pulumi.RunError(message);
    await pulumi.log.warn(message);
  }
  return requested.map(
    ({ quota, region, needed }, index) => `${QUOTAS[quota].name} in ${region}: ${values[index]}, needed ${needed}`,
  );
}
