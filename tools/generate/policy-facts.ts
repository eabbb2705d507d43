/** Settings of the rules that come from stacks/: what `up` compares with the files, without loading a rule. */
import { byMinor } from "@fridayproof/components/core";
import { networkLimits } from "@fridayproof/components/core/limits";
import { gateArguments, gates } from "@fridayproof/components/delivery";
import { type FreezeCalendar, nodeGroupName, splitSize, zoneOrder, zonePrefix } from "@fridayproof/components/plan";
import { rowsAbout, type RuleExemption } from "@fridayproof/policies/exemption";
import { copyVaults, databaseFacts } from "./database-facts";
import { foundationFacts } from "./foundation-facts";
import { freezeWindows } from "./freeze-windows";
import type { PolicyConfig } from "./policy-settings";
import { retiringNodes, retiringParts } from "./retiring";
import { standbyNodes } from "./standby-nodes";
import lock from "../../stacks/env.lock.json";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { environments } from "../../stacks/environments/environments";
import { noFreezes, productionFreezes } from "../../stacks/environments/freeze";
import { hostOwners } from "../../stacks/environments/hosts";
import { poolSize } from "../../stacks/environments/standby";
import { FRONT_DOOR } from "../../stacks/inputs/conventions";
import { accountRoleName } from "../../stacks/inputs/roles";
import { foundationExemptions, protectionExemptions, stackExemptions } from "../../stacks/policies/exemptions";

/** Rules that are advisory in dev, to keep it cheap. */
const advisoryInDev = [
  "min-replicas",
  "hpa-min-two",
  "pdb-exactly-one",
  "topology-spread-matches",
  "canary-steps",
  "default-deny",
];

/** Rules with the setting `asOf`: on the sandbox it is the lock file's date. Rules with exemptions have it too. */
const dated = ["deploy-freeze", "flag-lifecycle", "kubernetes-supported"];

/** What an environment's rules are given of it. */
export function environmentFacts(
  environment: EnvironmentInput,
  calendar: FreezeCalendar = environment.freezes === "none" ? noFreezes : productionFreezes,
): PolicyConfig {
  const small = environment.profile === "dev";
  const advisory = Object.fromEntries(advisoryInDev.map((rule) => [rule, { enforcementLevel: "advisory" }]));
  return onTheSandbox(
    merged(
      small ? advisory : {},
      // One pod of each chart is what dev pays for.
      small ? { "min-replicas": { charts: 1 } } : {},
      environment.protect ? {} : { "alb-deletion-protection": { enforcementLevel: "disabled" } },
      factsOf(environment, calendar, small),
      replicaFacts(environment),
      databaseFacts(environment),
      retiringParts(environment),
      retiringNodes(environment),
      standbyNodes(environment),
      exempted([...stackExemptions, ...(environment.protect ? protectionExemptions : [])]),
    ),
  );
}

function factsOf(environment: EnvironmentInput, calendar: FreezeCalendar, small: boolean): PolicyConfig {
  const supported = Object.entries(lock.kubernetes).map(([kubernetesVersion, row]) => ({
    minor: kubernetesVersion,
    standardSupportEnds: row.standardSupportEnds,
  }));
  return {
    "access-entries": { creator: accountRoleName("deploy") },
    "apis-served": { minor: newestOf(environment) },
    "analysis-fits-rollout": knownGates(),
    "deploy-freeze": { windows: freezeWindows(calendar, lock.asOf) },
    "drift-check-fresh": { role: environment.role },
    "endpoint-not-open": { widestPrefix: networkLimits.deployerPrefix.value },
    "iam-trust-and-reach": { accounts: [], administrators: ["*-access-break-glass-policy"] },
    "kubernetes-supported": { calendar: supported },
    "nat-per-az": { single: environment.natGateways === "single" },
    "no-cascade-delete": { cascades: small },
    "nodegroup-kept": { off: !environment.protect },
    "protect-critical": { off: !environment.protect },
    "revision-pinned": {
      ownRepositories: [environment.gitOps.repositoryUrl],
      branches: [environment.gitOps.revision],
    },
    "rollout-services-keep-hash": { serverSideApply: true },
    "routes-own-hosts": { hosts: ownedHosts(environment) },
    // The load balancer's security group and its rules.
    "sg-ingress-closed": { entrances: [`${FRONT_DOOR}-*`] },
  };
}

/** The platform's gates, which applications only name, with their arguments. */
function knownGates(): PolicyConfig[string] {
  const rows = (isRequired: boolean): readonly object[] =>
    gateArguments()
      .filter((one) => one.isRequired === isRequired)
      .map(({ template, argument }) => ({ template, argument }));
  return {
    knownTemplates: Object.values(gates).sort(),
    requiredArguments: rows(true),
    optionalArguments: rows(false),
  };
}

/** The newest minor among the environment's clusters. */
function newestOf({ slots }: EnvironmentInput): string {
  const minors = Object.values(slots).map((slot) => slot?.kubernetes ?? "");
  return minors.sort(byMinor).at(-1) ?? "";
}

/** Host names that the gateway takes, each with its namespace. */
function ownedHosts(environment: EnvironmentInput): readonly Readonly<Record<"namespace" | "host", string>>[] {
  const { "argo-cd": argoCd, "istio-gateway": gateway } = lock.charts;
  const owners = hostOwners(environment, { argoCd: argoCd.namespace, gateway: gateway.namespace });
  return Object.entries(owners).flatMap(([namespace, hosts]) => hosts.map((host) => ({ namespace, host })));
}

/** Settings of a leg of a failover pair about its partner; empty where there is none. */
function replicaFacts(environment: EnvironmentInput): PolicyConfig {
  const { role } = environment;
  const partner = environments.find((other) => isPartner(environment, other));
  const facts = { "replica-capacity": { role }, "replica-self-contained": { role, primaryRegion: "" } };
  if (partner === undefined || role === "none") return facts;
  const [primary, replica] = role === "primary" ? [environment, partner] : [partner, environment];
  const regions = { primaryRegion: primary.region, replicaRegion: replica.region };
  if (role === "primary") return { ...facts, "replica-data-keys": regions };
  // Of the primary its full size: that is what the replica takes over, whatever state the primary is in.
  const floor = replica.standby === undefined ? { pools: primary.pools } : replica;
  return {
    "replica-capacity": { role, primaryMax: sizes(primary, replica, "max"), floor: sizes(floor, replica, "min") },
    "replica-self-contained": {
      role,
      primaryRegion: primary.region,
      primaryNames: [zonePrefix(primary.region)],
      ...copyVaults(replica),
    },
  };
}

function isPartner(own: EnvironmentInput, other: EnvironmentInput): boolean {
  const roles = new Set([own.role, other.role]);
  return own.domain === other.domain && roles.has("primary") && roles.has("replica");
}

/** Sizes of a leg in its state, divided among the replica's zones, by the names of the replica's node groups. */
function sizes(
  leg: Pick<EnvironmentInput, "pools" | "standby">,
  { slots, zones, controlPlaneZones }: EnvironmentInput,
  which: "min" | "max",
): Readonly<Record<string, number>> {
  const groups = Object.keys(slots).flatMap((color) =>
    Object.keys(leg.pools).flatMap((pool) =>
      [...splitSize(poolSize(leg, pool), zoneOrder(zones, controlPlaneZones))].map(
        ([zone, part]) => [nodeGroupName(`${color}-${pool}`, zone), part[which]] as const,
      ),
    ),
  );
  return Object.fromEntries(groups);
}

export function exempted(rows: readonly RuleExemption[]): PolicyConfig {
  const excused = [...new Set(rows.map(({ rule }) => rule))];
  return Object.fromEntries(excused.map((rule) => [rule, { exemptions: rowsAbout(rule, rows) }]));
}

/** One configuration from several; a rule's settings of each are kept, and its exemptions add up. */
export function merged(...parts: readonly PolicyConfig[]): PolicyConfig {
  const names = [...new Set(parts.flatMap(Object.keys))];
  const settingsOf = (rule: string): PolicyConfig[string] => {
    const exemptions = parts.flatMap((part) => (part[rule]?.["exemptions"] as readonly unknown[] | undefined) ?? []);
    return Object.assign({}, ...parts.map((part) => part[rule]), exemptions.length === 0 ? {} : { exemptions });
  };
  return Object.fromEntries(names.map((rule) => [rule, settingsOf(rule)]));
}

function onTheSandbox(config: PolicyConfig): PolicyConfig {
  const rules = [...dated, ...Object.keys(config).filter((rule) => "exemptions" in (config[rule] ?? {}))];
  return merged(config, Object.fromEntries(rules.map((rule) => [rule, { asOf: lock.asOf }])));
}

/**
 * What the rules of `foundation` are given. The writing actions of its roles that AWS limits to no resource:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonroute53.html,
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackupstorage.html
 */
export const accountFacts = (all: readonly EnvironmentInput[] = environments): PolicyConfig =>
  merged(foundationFacts(lock.asOf, all), exempted(foundationExemptions));
