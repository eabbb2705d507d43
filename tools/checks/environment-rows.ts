/** What an environment needs outside of its own file: every row and file that is missing, with where it belongs. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Problem } from "../../components/core/checks";
import { accountPath, openAccount } from "../../sandbox/cloud/account/account-file";
import { readSeed, type Seed } from "../../sandbox/cloud/aws/object/facts";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { environments } from "../../stacks/environments/environments";
import { type Foundation, foundation } from "../../stacks/account/foundation";
import { foundationRowProblems } from "../../stacks/account/check";

/** Where an environment's rows are looked for. */
export interface RowFacts {
  readonly foundation: Foundation;
  /** Whether the project has a file. */
  readonly has: (file: string) => boolean;
  /** What the sandbox starts from. */
  readonly seed: Pick<Seed, "regions" | "objects">;
  /** Domains of the hosted zones in the simulated account; undefined while there is none. */
  readonly zones: readonly string[] | undefined;
}

type Row = Pick<EnvironmentInput, "name" | "region" | "zones" | "controlPlaneZones" | "domain">;

const SEED = "sandbox/cloud/seed.yaml";
const ZONE = "aws:route53/zone:Zone";

function fileProblems({ name }: Row, { has }: RowFacts): Problem[] {
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
            allowed: "what the environment tells the policies about itself",
            fix: "Run make policy-files: without it they judge it by their defaults.",
          },
        ]),
  ];
}

function seedProblems(row: Row, { seed: { regions } }: RowFacts): Problem[] {
  const known = regions[row.region];
  const wanted = [...new Set([...row.zones, ...row.controlPlaneZones])].sort();
  if (known === undefined) {
    const zones = wanted.map((zone, index) => `${row.region}${"abcdefgh"[index] ?? ""}: ${zone}`).join(", ");
    const fix = `Add the region to regions in ${SEED}, with zones: { ${zones} } and the other three properties.`;
    return [{ path: `${SEED} regions`, got: row.region, allowed: Object.keys(regions).join(", "), fix }];
  }
  const there = Object.values(known.zones);
  return wanted
    .filter((zone) => !there.includes(zone))
    .map((zone) => ({
      path: `${SEED} regions.${row.region}.zones`,
      got: zone,
      allowed: there.join(", "),
      fix: `Add the zone to the region's row in ${SEED}, if AWS has it.`,
    }));
}

function zoneProblems({ domain }: Row, { seed, zones }: RowFacts): Problem[] {
  const seeded = seed.objects.some(({ type, inputs }) => type === ZONE && inputs.name === domain);
  if (!seeded) {
    const row = `{ type: "${ZONE}", name: ${domain}, inputs: { name: ${domain} } }`;
    const again =
      zones === undefined ? "" : " Then npx fridayproof sandbox reset: an account that exists stays as it is.";
    const fix = `Add ${row} to objects in ${SEED}.${again}`;
    return [{ path: `${SEED} objects`, got: undefined, allowed: `a hosted zone of ${domain}`, fix }];
  }
  if (zones === undefined || zones.includes(domain)) return [];
  const fix = `The account is older than the zone's row in ${SEED}. Start anew with every stack: npx fridayproof sandbox reset.`;
  return [{ path: "the simulated account", got: zones, allowed: `a hosted zone of ${domain}`, fix }];
}

/** Everything that an environment's program, policies and sandbox would miss, one after the other; empty when it is all there. */
export function rowProblems(row: Row, facts: RowFacts): Problem[] {
  return [
    ...foundationRowProblems(facts.foundation, row),
    ...fileProblems(row, facts),
    ...seedProblems(row, facts),
    ...zoneProblems(row, facts),
  ];
}

function zonesIn(work: string): readonly string[] | undefined {
  if (!existsSync(accountPath(work))) return undefined;
  const { account } = openAccount(work, () => []);
  return account.all(ZONE).map(({ inputs }) => String(inputs.name));
}

/**
 * What the environment of a stack lacks in this project; nothing for a stack that no environment has the name of.
 * @param root folder of Pulumi.yaml.
 * @param work folder of the simulated account.
 */
export function environmentRowProblems(stack: string, root: string, work: string): Problem[] {
  const row = environments.find(({ name }) => name === stack);
  if (row === undefined) return [];
  const has = (file: string): boolean => existsSync(resolve(root, file));
  return rowProblems(row, { foundation, has, seed: readSeed(), zones: zonesIn(work) });
}
