/** Which secrets of the platform an environment reads: its clusters copy these, and the foundation makes those of a pair. */
import type { EnvironmentInput } from "./schema";

/** Properties of the environment that decide which secrets it reads. */
export function platformSecretsChoice({
  profile,
  deadMansSwitch,
  sso,
  gitOps,
}: Pick<EnvironmentInput, "profile" | "deadMansSwitch" | "sso" | "gitOps">) {
  return {
    profile,
    deadMansSwitch: deadMansSwitch === true,
    singleSignOn: sso !== undefined,
    privateRepository: gitOps.private,
  };
}
