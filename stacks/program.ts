/** The program of every environment: reads what to make, then wires the components. */
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { throwProblems } from "../components/core/checks";
import { Keys } from "../components/encryption/keys";
import type { InterfaceService } from "../components/network/endpoints";
import { Vpc } from "../components/network/vpc";
import { colours } from "../components/traffic/weights";
import { readSettings, type Settings } from "./config";
import { ENVIRONMENT_TAG } from "./conventions";
import { admit, entrance, type Entrance } from "./entrance";
import type { Colour, Environment } from "./environment";
import { environmentOf } from "./environments";
import { foundation } from "./foundation";
import { foundationRowProblems } from "./foundation-check";
import { argoCdHost } from "./hosts";
import { type Lock, readLock } from "./lock";
import { liveNodeGroups } from "./live-node-groups";
import { accountRoleArn, isSessionOf, takenRoleArn } from "./roles";
import { withRunErrors } from "./run-error";
import { type Slot, slot, slotClusterName } from "./slot";
import { readStanding } from "./standing";
import { transitionProblems } from "./transition";

/** Outputs of the stack. */
export type Outputs = Readonly<Record<string, pulumi.Input<unknown>>>;

/** Everything that decides what is declared. */
export interface Inputs {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly lock: Lock;
  /** Whether a person who has not taken the deploy role makes clusters in this run. @default false */
  readonly createdByOthers?: boolean;
}

function readInputs(): Inputs {
  const environment = environmentOf(pulumi.getStack());
  throwProblems(`what environment "${environment.name}" needs`, foundationRowProblems(foundation, environment));
  return { environment, settings: readSettings(), lock: readLock() };
}

/** @throws ProblemsError when the environment cannot follow what stands. */
async function checkTransition({ environment }: Inputs): Promise<void> {
  const standing = await readStanding();
  if (standing === undefined) return;
  throwProblems(`the change of environment "${environment.name}"`, transitionProblems(standing, environment));
}

function awsProvider({ environment, settings }: Pick<Inputs, "environment" | "settings">): aws.Provider {
  const roleArn = takenRoleArn(settings);
  return new aws.Provider("aws", {
    region: environment.region,
    allowedAccountIds: [settings.account],
    assumeRoles: roleArn === undefined ? undefined : [{ roleArn, sessionName: `fridayproof-${environment.name}` }],
  });
}

/** What every part of an environment shares. */
export interface Ground extends Inputs {
  readonly awsProvider: aws.Provider;
  readonly keys: Keys;
  readonly network: Vpc;
  /** Whether what carries traffic or state is protected in this run. */
  readonly protect: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

function ground(inputs: Inputs, provider: aws.Provider): Ground {
  const { environment, settings } = inputs;
  const { name, region, cidr, zones, controlPlaneZones, tiers, natGateways, retention } = environment;
  const opts = { providers: [provider] };
  const accountId = settings.account;
  const protect = environment.protect && !settings.teardown;
  const tags = { [ENVIRONMENT_TAG]: name };
  const alarms = environment.onCall !== undefined;
  const deployRoleArn = accountRoleArn(accountId, "deploy");
  const keys = new Keys("keys", { environment: name, accountId, deployRoleArn, region, alarms, protect, tags }, opts);
  const network = new Vpc(
    "network",
    {
      region,
      cidr,
      zones,
      controlPlaneZones,
      tiers,
      natGateways,
      interfaceEndpoints: Object.keys(environment.interfaceEndpoints) as InterfaceService[],
      accountId,
      flowLogRetentionDays: retention.flowLogDays,
      logsKeyArn: keys.logsKeyArn,
      protect,
      tags,
    },
    opts,
  );
  return { ...inputs, awsProvider: provider, keys, network, protect, tags };
}

/**
 * Declares the environment whose name the stack has.
 * @param read where inputs come from.
 * @returns the stack's outputs.
 * @throws RunError when there is no such environment, when it, its configuration or the lock file is wrong, or when it
 * cannot follow what stands. Bad input is its author's business, not a defect: Pulumi prints a RunError without our stack.
 */
export function program(read: () => Inputs = readInputs): Promise<Outputs> {
  return withRunErrors(() => declareChecked(read));
}

async function declareChecked(read: () => Inputs): Promise<Outputs> {
  const inputs = read();
  await checkTransition(inputs);
  const provider = awsProvider(inputs);
  if (inputs.settings.role !== "caller") return declare(inputs, provider);
  // Asked here, not in an `apply`: whether the deploy role needs an access entry decides which resources there are.
  const { arn } = await aws.getCallerIdentity({}, { provider });
  return declare({ ...inputs, createdByOthers: !isSessionOf(arn, "deploy") }, provider);
}

/** Declares an environment from data, and from the node groups that it has. @returns the stack's outputs. */
export async function declare(inputs: Inputs, provider = awsProvider(inputs)): Promise<Outputs> {
  const common = ground(inputs, provider);
  const door = entrance(common);
  const { name, slots: generations } = inputs.environment;
  const clusters = colours.filter((colour) => generations[colour]).map((colour) => slotClusterName(name, colour));
  const live = await liveNodeGroups(clusters, common.awsProvider);
  const eksProvider = new eks.Provider("eks");
  const randomProvider = new random.Provider("random");
  const slots = colours.flatMap((colour): [Colour, Slot][] => {
    const generation = inputs.environment.slots[colour];
    if (generation === undefined) return [];
    const { targetGroupArns, securityGroupId: loadBalancerSecurityGroupId } = door;
    const targetGroupArn = targetGroupArns[colour];
    const leaving = inputs.settings.teardown || generation.retiring === true;
    const own = {
      colour,
      minor: generation.kubernetes,
      nodesMinor: generation.nodes,
      live: live.get(slotClusterName(name, colour)) ?? new Map(),
      leaving,
      protect: common.protect && !leaving,
      targetGroupArn,
      loadBalancerSecurityGroupId,
      eksProvider,
      randomProvider,
    };
    return [[colour, slot({ ...common, ...own })]];
  });
  const gateways = Object.fromEntries(slots.map(([colour, { gateway }]) => [colour, gateway]));
  const weights = admit(common, door, gateways);
  return { ...outputs(common, door, slots), weights };
}

/** Addresses that people open: each has a route at the gateway, or an application that owns its host name. */
export function urls(environment: Pick<Environment, "domain" | "region" | "gitOps">): Outputs {
  const { applications, apex } = environment.gitOps;
  const rows = applications.map((application) => [application, `https://${application}.${environment.domain}`]);
  return {
    argoCdUrl: `https://${argoCdHost(environment)}`,
    applicationUrls: Object.fromEntries(rows),
    ...(apex === undefined ? {} : { url: `https://${environment.domain}` }),
  };
}

function outputs({ environment, network }: Ground, door: Entrance, slots: readonly [Colour, Slot][]): Outputs {
  const clusters = Object.fromEntries(slots.map(([colour, { clusterName }]) => [colour, clusterName]));
  const logins = slots.map(([colour, { clusterName }]) => [
    colour,
    pulumi.interpolate`aws eks update-kubeconfig --region ${environment.region} --name ${clusterName}`,
  ]);
  return {
    environment: environment.name,
    region: environment.region,
    ...urls(environment),
    albDnsName: door.dnsName,
    vpcId: network.vpcId,
    ...(environment.tiers === undefined ? {} : { tierSubnetIds: network.tierSubnetIds }),
    clusterNames: clusters,
    kubeconfigCommands: Object.fromEntries(logins),
  };
}
