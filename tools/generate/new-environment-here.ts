/** A new environment of this project: what there is, read from its files, and what a person does after the files are written. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import type { NewEnvironmentRequest, PlannedFiles } from "../../cli/context/hook-types";
import { accountPath } from "../../sandbox/cloud/account/account-file";
import { readSeed } from "../../sandbox/cloud/aws/object/facts";
import { foundation } from "../../stacks/account/foundation";
import { environments } from "../../stacks/environments/environments";
import { planEnvironment } from "./new-environment";

/** An account that stands has neither the hosted zone nor what the foundation gets. */
const STANDING = [
  ["npx fridayproof sandbox seed", "the simulated account gets the hosted zone; on AWS you make it"],
  ["make up STACK=foundation", "the account gets the certificate"],
] as const;

/**
 * Plans it, from what the project's files say now.
 * @param work folder of the simulated account.
 * @throws ProblemsError with everything that is wrong with what was asked for.
 */
export async function newEnvironment(
  request: NewEnvironmentRequest,
  root: string,
  work: string,
): Promise<PlannedFiles> {
  const { environment, files } = await planEnvironment(request, {
    environments,
    foundation,
    seed: readSeed(),
    root,
    has: (file) => existsSync(path.join(root, file)),
    read: (file) => readFileSync(path.join(root, file), "utf8"),
  });
  const { name, region, cidr, domain } = environment;
  return {
    summary: `${name}, like ${request.like}: ${region}, ${cidr}, ${domain}`,
    files,
    next: [
      ...(existsSync(accountPath(work)) ? STANDING : []),
      [`make up STACK=${name}`, "see it on the sandbox"],
      ["make update", "rewrites the pages and records that name every environment; read the diff"],
    ],
  };
}
