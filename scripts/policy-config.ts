/** Writes policies/config/<stack>.json from stacks/: what each environment tells the rules about itself. `--check` only compares. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { FreezeCalendar } from "../components/delivery/freeze";
import { freezeWindows } from "./freeze-windows";
import lock from "../stacks/env.lock.json";
import type { EnvironmentInput } from "../stacks/environment";
import { environments } from "../stacks/environments";
import { noFreezes, productionFreezes } from "../stacks/freeze";

/** Settings of every rule that an environment has something to say to. */
export type PolicyConfig = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const folder = resolve(__dirname, "../policies/config");
const deployerPrefix = 28;
/** What dev does without, to stay cheap: told, not enforced. */
const advisoryInDev = [
  "min-replicas",
  "hpa-min-two",
  "pdb-exactly-one",
  "topology-spread-matches",
  "canary-steps",
  "default-deny",
];

const excused = { owner: "platform", expires: "2027-06-30" };
const template = (name: string) => `kubernetes:argoproj.io/v1alpha1:ClusterAnalysisTemplate::*-argo-rollouts-${name}`;

/** What our own resources cannot hold, each with its reason; charts' objects are excused in policies/. */
const exemptions = {
  "psa-enforced": {
    resource: "kubernetes:core/v1:Namespace::*-monitoring-crds-namespace",
    reason: "the node exporter measures the host, which any stricter level refuses",
    ...excused,
  },
  "analysis-strength": {
    resource: template("error-tripwire"),
    reason: "it runs in the background and can only end a release: the gates between the steps decide without data",
    ...excused,
  },
  "image-digest": {
    resource: template("smoke"),
    reason: "its image is an argument: the release that names it is judged",
    ...excused,
  },
};

/** The policy configuration of one environment. */
export function policyConfig(environment: EnvironmentInput, calendar: FreezeCalendar): PolicyConfig {
  const { role, region } = environment;
  const small = environment.profile === "dev";
  const supported = Object.entries(lock.kubernetes).map(([minor, row]) => ({
    minor,
    standardSupportEnds: row.standardSupportEnds,
  }));
  return {
    ...(small ? Object.fromEntries(advisoryInDev.map((rule) => [rule, { enforcementLevel: "advisory" }])) : {}),
    ...(environment.protect ? {} : { "alb-deletion-protection": { enforcementLevel: "disabled" } }),
    "access-entries": { creator: "fridayproof-deploy" },
    "deploy-freeze": { windows: freezeWindows(calendar, lock.asOf) },
    "drift-check-fresh": { role },
    "endpoint-not-open": { widestPrefix: deployerPrefix },
    "kubernetes-supported": { calendar: supported },
    "nat-per-az": { single: environment.natGateways === "single" },
    "no-cascade-delete": { cascades: small },
    "revision-pinned": {
      ownRepositories: [environment.gitOps.repositoryUrl],
      branches: [environment.gitOps.revision],
    },
    ...Object.fromEntries(Object.entries(exemptions).map(([rule, row]) => [rule, { exemptions: [row] }])),
    "protect-critical": { off: !environment.protect },
    "replica-capacity": { role },
    "replica-self-contained": { role, primaryRegion: role === "replica" ? primaryRegion(region) : "" },
  };
}

/**
 * The policy configuration of `foundation`. The one writing action of its roles that AWS limits to no resource:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53.html
 */
export const foundationPolicyConfig: PolicyConfig = {
  "iam-no-wildcards": { unscopable: ["route53:CreateHealthCheck"] },
};

/** The region of the primary that the replica stands in for. */
function primaryRegion(own: string): string {
  return environments.find(({ role, region }) => role === "primary" && region !== own)?.region ?? "";
}

/** Every stack's configuration as its file holds it. */
export function policyConfigFiles(): ReadonlyMap<string, string> {
  const rows = environments.map((environment) => {
    const calendar = environment.freezes === "none" ? noFreezes : productionFreezes;
    return [
      resolve(folder, `${environment.name}.json`),
      `${JSON.stringify(policyConfig(environment, calendar), null, 2)}\n`,
    ] as const;
  });
  const text = `${JSON.stringify(foundationPolicyConfig, null, 2)}\n`;
  return new Map([...rows, [resolve(folder, "foundation.json"), text] as const]);
}

/** Files that differ from what stacks/ says. */
export function stalePolicyConfigs(): readonly string[] {
  const read = (file: string): string => {
    try {
      return readFileSync(file, "utf8");
    } catch {
      return "";
    }
  };
  return [...policyConfigFiles()].filter(([file, text]) => read(file) !== text).map(([file]) => file);
}

function main(): void {
  if (process.argv.includes("--check")) {
    const stale = stalePolicyConfigs();
    if (stale.length === 0) return;
    console.error(
      `got stale policy configuration: ${stale.join(", ")}; wanted what stacks/ says. Fix: npx tsx scripts/policy-config.ts`,
    );
    process.exitCode = 1;
    return;
  }
  for (const [file, text] of policyConfigFiles()) writeFileSync(file, text);
}

if (require.main === module) main();
