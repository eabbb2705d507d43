/** Whether the caller of Pulumi may assume no role: a person on the first day may, a workflow never. */
import type { Problem } from "@fridayproof/components/core";

/** Variables that runners of workflows set; most set `CI` too. */
const CI_VARIABLES = ["CI", "GITHUB_ACTIONS", "CODEBUILD_BUILD_ID", "JENKINS_URL", "TF_BUILD", "TEAMCITY_VERSION"];

/** A workflow has a role of its own, which its trust limits to one file and one branch: other credentials go round that. */
export function callerProblems(role: string | undefined, variables: NodeJS.ProcessEnv): Problem[] {
  const found = CI_VARIABLES.find((name) => !["", "false", "0"].includes(variables[name] ?? ""));
  if (role !== "caller" || found === undefined) return [];
  return [
    {
      path: "fridayproof:role",
      got: role,
      allowed: `deploy or preview, because this is CI: ${found} is set`,
      fix: "Leave it out: a workflow logs in to its own role. caller is for a person on the first day (docs/foundation.md).",
    },
  ];
}
