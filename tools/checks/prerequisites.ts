/** What an environment needs outside of its own file: every entry and file that is missing, with where it belongs. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseUrn, type Problem } from "@fridayproof/components/core";
import { messageOf, UserError } from "@fridayproof/sandbox/errors";
import { accountPath, openAccount } from "../../sandbox/cloud/account/account-file";
import { readSeed, type Seed } from "../../sandbox/cloud/aws/object/facts";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { environments } from "../../stacks/environments/environments";
import { type Foundation, foundation } from "../../stacks/account/foundation";
import { foundationPrerequisites } from "../../stacks/account/check";
import { ownSpec } from "../../stacks/environments/application-specs";
import { identityOf } from "../../stacks/environments/identity";
import { secretNames } from "../../stacks/environments/secret-names";
import { PLATFORM, secretsPrefix } from "../../stacks/inputs/conventions";

/** The files and facts in which an environment's entries are checked. */
export interface PrerequisiteFacts {
  readonly foundation: Foundation;
  /** Whether the project has a file. */
  readonly has: (file: string) => boolean;
  /** What the sandbox starts from. */
  readonly seed: Pick<Seed, "regions" | "objects">;
  /** Domains of the hosted zones in the simulated account; undefined while there is none. */
  readonly zones: readonly string[] | undefined;
  /** Policies that the foundation has made in the simulated account, as JSON; undefined while it does not stand. */
  readonly policies: readonly string[] | undefined;
  /** Secrets that the foundation has made there; undefined while it does not stand. */
  readonly secrets: readonly StandingSecret[] | undefined;
  /** Names of the secrets that the environment reads, with their prefix. */
  readonly named: readonly string[];
}

/** A secret in the simulated account. */
export interface StandingSecret {
  readonly name: string;
  /** Regions where it can be read. */
  readonly regions: readonly string[];
}

type AccountObject = ReturnType<ReturnType<typeof openAccount>["account"]["all"]>[number];

type PrerequisiteEnvironment = Pick<EnvironmentInput, "name" | "region" | "zones" | "controlPlaneZones" | "domain">;

const SEED = "sandbox/cloud/seed.yaml";
const ZONE = "aws:route53/zone:Zone";
const FOUNDATION = "foundation";

function fileProblems({ name }: PrerequisiteEnvironment, { has }: PrerequisiteFacts): Problem[] {
  const config = `stacks/sandbox/Pulumi.${name}.yaml`;
  const policies = `stacks/policies/${name}.json`;
  return [
    ...(has(config)
      ? []
      : [
          {
            path: config,
            got: undefined,
            allowed: "the stack's configuration on the sandbox",
            fix: "Copy stacks/sandbox/Pulumi.dev.yaml.",
          },
        ]),
    ...(has(policies)
      ? []
      : [
          {
            path: policies,
            got: undefined,
            allowed: "the policy configuration of the environment",
            fix: "Run make policy-files: without it they check it by their defaults.",
          },
        ]),
  ];
}

function seedProblems(environment: PrerequisiteEnvironment, { seed: { regions } }: PrerequisiteFacts): Problem[] {
  const known = regions[environment.region];
  const expected = [...new Set([...environment.zones, ...environment.controlPlaneZones])].sort();
  if (known === undefined) {
    const zones = expected.map((zone, index) => `${environment.region}${"abcdefgh"[index] ?? ""}: ${zone}`).join(", ");
    const fix = `Add the region to regions in ${SEED}, with zones: { ${zones} } and the other three properties.`;
    return [{ path: `${SEED} regions`, got: environment.region, allowed: Object.keys(regions).join(", "), fix }];
  }
  const there = Object.values(known.zones);
  return expected
    .filter((zone) => !there.includes(zone))
    .map((zone) => ({
      path: `${SEED} regions.${environment.region}.zones`,
      got: zone,
      allowed: there.join(", "),
      fix: `Add the zone to the region's entry in ${SEED}, if AWS has it.`,
    }));
}

function zoneProblems({ domain }: PrerequisiteEnvironment, { seed, zones }: PrerequisiteFacts): Problem[] {
  const seeded = seed.objects.some(({ type, inputs }) => type === ZONE && inputs.name === domain);
  if (!seeded) {
    const seedObject = `{ type: "${ZONE}", name: ${domain}, inputs: { name: ${domain} } }`;
    const again =
      zones === undefined ? "" : " Then npx fridayproof sandbox seed: an account that exists stays as it is.";
    const fix = `Add ${seedObject} to objects in ${SEED}.${again}`;
    return [{ path: `${SEED} objects`, got: undefined, allowed: `a hosted zone of ${domain}`, fix }];
  }
  if (zones === undefined || zones.includes(domain)) return [];
  const fix = `The account is older than the zone's entry in ${SEED}. Make what it lacks: npx fridayproof sandbox seed.`;
  return [{ path: "the simulated account", got: zones, allowed: `a hosted zone of ${domain}`, fix }];
}

/**
 * A foundation that is older than the environment's row: its deploy role may make no key of the environment. Keys come first in
 * an update, and IAM is written through us-east-1, so on AWS it would end there, and on the day it could not be mended.
 */
function roleProblems({ name }: PrerequisiteEnvironment, { policies }: PrerequisiteFacts): Problem[] {
  const alias = `alias/${PLATFORM}-${name}-*`;
  if (policies === undefined || policies.some((policy) => policy.includes(`${alias}"`))) return [];
  const fix =
    "Bring it up first: make up STACK=foundation. It writes IAM, through us-east-1: do it when the row is added.";
  const got = `a foundation whose deploy role may not make ${alias}`;
  return [{ path: "foundation", got, allowed: `one that was brought up with ${name} in stacks/environments`, fix }];
}

/**
 * Secrets that nobody owns: a pod that reads one waits for ever, and one that somebody makes by hand has no copy for the replica.
 */
function secretProblems({ region }: PrerequisiteEnvironment, { secrets, named }: PrerequisiteFacts): Problem[] {
  if (secrets === undefined) return [];
  const there = secrets.filter(({ regions }) => regions.includes(region)).map(({ name }) => name);
  const missing = named.filter((name) => !there.includes(name));
  if (missing.length === 0) return [];
  const allowed = `secrets of the foundation that can be read in ${region}`;
  const fix = "Make them, without a value: make up STACK=foundation. Then write each value (docs/foundation.md).";
  return [{ path: "secrets without an owner", got: missing, allowed, fix }];
}

/** Every missing prerequisite of an environment's program, policies and sandbox; empty when there is none. */
export function missingPrerequisites(environment: PrerequisiteEnvironment, facts: PrerequisiteFacts): Problem[] {
  return [
    ...foundationPrerequisites(facts.foundation, environment),
    ...fileProblems(environment, facts),
    ...seedProblems(environment, facts),
    ...zoneProblems(environment, facts),
    ...roleProblems(environment, facts),
    ...secretProblems(environment, facts),
  ];
}

/** Regions of a secret: its own, and those of its copies. */
function regionsOf({ scope, inputs }: AccountObject): readonly string[] {
  const copies = (inputs.replicas ?? []) as readonly { readonly region: string }[];
  return [scope, ...copies.map((copy) => copy.region)];
}

/** Hosted zones and foundation in the simulated account; empty while there is no account. */
function accountIn(work: string): Pick<PrerequisiteFacts, "zones" | "policies" | "secrets"> {
  if (!existsSync(accountPath(work))) return { zones: undefined, policies: undefined, secrets: undefined };
  const { account } = openAccount(work, () => []);
  const made = (type: string) => account.all(type).filter(({ urn }) => parseUrn(urn)?.stack === FOUNDATION);
  const policies = ["aws:iam/rolePolicy:RolePolicy", "aws:iam/policy:Policy"]
    .flatMap(made)
    .map(({ inputs }) => String(inputs.policy));
  const zones = account.all(ZONE).map(({ inputs }) => String(inputs.name));
  if (policies.length === 0) return { zones, policies: undefined, secrets: undefined };
  const secrets = made("aws:secretsmanager/secret:Secret").map((secret) => ({
    name: String(secret.inputs.name),
    regions: regionsOf(secret),
  }));
  return { zones, policies, secrets };
}

/** Names of the secrets that an environment reads. @throws UserError where a spec cannot be read or cannot work. */
function namedSecrets(environment: EnvironmentInput): readonly string[] {
  try {
    const prefix = secretsPrefix(identityOf(environment));
    return secretNames(environment, ownSpec).map((name) => `${prefix}${name}`);
  } catch (error) {
    throw new UserError(messageOf(error));
  }
}

/**
 * What the environment of a stack lacks in this project; nothing for a stack that no environment has the name of.
 * @param root folder of Pulumi.yaml.
 * @param work folder of the simulated account.
 */
export function prerequisiteProblems(stack: string, root: string, work: string): Problem[] {
  const environment = environments.find(({ name }) => name === stack);
  if (environment === undefined) return [];
  const has = (file: string): boolean => existsSync(resolve(root, file));
  const named = namedSecrets(environment);
  return missingPrerequisites(environment, { foundation, has, seed: readSeed(), named, ...accountIn(work) });
}
