/** Whether a command on an account stands in its stack's region: the alias of the states' key has none, so AWS_REGION decides which key opens a state. */
import { type Problem, throwProblems } from "@fridayproof/components/core";
import { environments } from "../../stacks/environments/environments";

/** Variables of the command. */
export interface RegionVariables {
  readonly PULUMI_BACKEND_URL?: string | undefined;
  readonly AWS_REGION?: string | undefined;
}

/** Region in the address of a state bucket; undefined for every other backend. */
function backendRegion(backend: string): string | undefined {
  return backend.startsWith("s3://") ? /[?&]region=([^&]+)/.exec(backend)?.[1] : undefined;
}

/** @throws ProblemsError where backend or AWS_REGION are another region's than the environment's. The foundation has no region. */
export function checkOwnRegion(stack: string, { PULUMI_BACKEND_URL, AWS_REGION }: RegionVariables): void {
  const region = environments.find(({ name }) => name === stack)?.region;
  const backend = backendRegion(PULUMI_BACKEND_URL ?? "");
  if (region === undefined || backend === undefined) return;
  const fix =
    "Take both from the output `backends` of foundation: states of a region that is lost open in the other one.";
  const rows: readonly [path: string, got: string | undefined][] = [
    ["PULUMI_BACKEND_URL", backend],
    ["AWS_REGION", AWS_REGION],
  ];
  const problems = rows
    .filter(([, got]) => got !== region)
    .map(([path, got]): Problem => ({
      path,
      got: got ?? "nothing",
      allowed: `${region}, the region of ${stack}`,
      fix,
    }));
  throwProblems(`the variables of ${stack}`, problems);
}
