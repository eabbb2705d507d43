/** Secrets of an environment: those of its platform, and those in the specs of its applications. */
import { type AppSpec, applicationSecretNames, platformSecretNames } from "@fridayproof/components/plan";
import { platformSecretsChoice } from "./platform-secrets";
import type { EnvironmentInput } from "./schema";

/**
 * Names without the environment's prefix, each once; a replica reads its primary's.
 * @param spec of an application
 * @throws ProblemsError with everything that is wrong with a spec.
 */
export function secretNames(environment: EnvironmentInput, spec: (application: string) => AppSpec): readonly string[] {
  return [
    ...platformSecretNames(platformSecretsChoice(environment)),
    ...environment.gitOps.applications.flatMap((application) => applicationSecretNames(spec(application))),
  ];
}
