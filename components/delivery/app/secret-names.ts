/** Names of the secrets that an application reads: what has to be in AWS Secrets Manager before a pod can start. */
import { throwProblems } from "../../core/checks";
import { databaseSecrets } from "./database";
import type { AppSpec } from "./spec";
import { specProblems } from "./validate";

/**
 * Each once, without the environment's prefix, such as `shop/database`.
 * @throws ProblemsError with everything that is wrong with the spec.
 */
export function applicationSecretNames(spec: AppSpec): readonly string[] {
  throwProblems(`application "${spec.name}"`, specProblems(spec));
  const secrets = Object.values({ ...databaseSecrets(spec), ...spec.secrets });
  return [...new Set(secrets.map(({ secret }) => `${spec.name}/${secret}`))].sort();
}
