/** The program of every environment: reads what to make, then wires the components. */
import { throwProblems } from "@fridayproof/components/core";
import { clusterLimits } from "@fridayproof/components/core/limits";
import { colors } from "@fridayproof/components/plan";
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { readSettings } from "../inputs/config";
import { slotClusterName } from "../inputs/conventions";
import { type EnvironmentContext, environmentContext, type EnvironmentInputs } from "./context";
import { declareFrontDoor, type EnvironmentFrontDoor, routeTraffic } from "./front-door";
import type { Color, Environment } from "../environments/schema";
import { environmentOf } from "../environments/environments";
import { foundation } from "../account/foundation";
import { foundationPrerequisites } from "../account/check";
import { declareApplicationDatabases } from "./application-database";
import { databaseOutputs, declareDatabase } from "./database";
import { argoCdHost } from "../environments/hosts";
import { readLock } from "../inputs/lock";
import { declareFlags } from "./feature-flags";
import { liveNodeGroups } from "./live-node-groups";
import type { Outputs } from "../inputs/outputs";
import { isSessionOf, takenRoleArn } from "../inputs/roles";
import { withRunErrors } from "../inputs/run-error";
import { type Slot, slot } from "./slot";
import { readLostState } from "../transition/lost-state";
import { readStanding, type Standing } from "../transition/standing";
import { firstProblems, transitionProblems } from "../transition/transition";

function readInputs(): EnvironmentInputs {
  const environment = environmentOf(pulumi.getStack());
  throwProblems(`what environment "${environment.name}" needs`, foundationPrerequisites(foundation, environment));
  return { environment, settings: readSettings(), lock: readLock() };
}

/** What stands. @throws ProblemsError when the environment cannot follow it. */
async function checkedStanding(
  { environment, settings }: EnvironmentInputs,
  provider: aws.Provider,
): Promise<Standing | undefined> {
  const standing = await readStanding();
  if (standing === undefined) {
    const lost = settings.makeAgain === undefined ? await readLostState(environment, provider) : [];
    throwProblems(`the first update of environment "${environment.name}"`, [...lost, ...firstProblems(environment)]);
    return undefined;
  }
  throwProblems(`the change of environment "${environment.name}"`, transitionProblems(standing, environment));
  return standing;
}

function awsProvider({ environment, settings }: Pick<EnvironmentInputs, "environment" | "settings">): aws.Provider {
  const roleArn = takenRoleArn(settings);
  return new aws.Provider("aws", {
    region: environment.region,
    allowedAccountIds: [settings.account],
    maxRetries: clusterLimits.apiRetries.value,
    assumeRoles: roleArn === undefined ? undefined : [{ roleArn, sessionName: `fridayproof-${environment.name}` }],
  });
}

/**
 * Declares the environment whose name the stack has.
 * @param read where inputs come from.
 * @returns the stack's outputs.
 * @throws RunError when there is no such environment, when it, its configuration or the lock file is wrong, or when it
 * cannot follow what stands. Bad input is its author's business, not a defect: Pulumi prints a RunError without our stack.
 */
export function program(read: () => EnvironmentInputs = readInputs): Promise<Outputs> {
  return withRunErrors(() => declareChecked(read));
}

async function declareChecked(read: () => EnvironmentInputs): Promise<Outputs> {
  const settings = read();
  const provider = awsProvider(settings);
  const inputs = { ...settings, standing: await checkedStanding(settings, provider) };
  if (inputs.settings.role !== "caller") return declare(inputs, provider);
  // Read here, not in an `apply`: whether the deploy role needs an access entry decides which resources there are.
  const { arn } = await aws.getCallerIdentity({}, { provider });
  return declare({ ...inputs, createdByOthers: !isSessionOf(arn, "deploy") }, provider);
}

/** Declares an environment from data, and from the node groups that it has. @returns the stack's outputs. */
export async function declare(inputs: EnvironmentInputs, provider = awsProvider(inputs)): Promise<Outputs> {
  const context = environmentContext(inputs, provider);
  const frontDoor = declareFrontDoor(context);
  const flagPolicies = declareFlags(context, frontDoor);
  const { name, slots: generations } = inputs.environment;
  const clusters = colors.filter((color) => generations[color]).map((color) => slotClusterName(name, color));
  const live = await liveNodeGroups(clusters, context.awsProvider);
  const eksProvider = new eks.Provider("eks");
  const randomProvider = new random.Provider("random");
  const slots = colors.flatMap((color): [Color, Slot][] => {
    const generation = inputs.environment.slots[color];
    if (generation === undefined) return [];
    const { targetGroupArns, securityGroupId: loadBalancerSecurityGroupId } = frontDoor;
    const targetGroupArn = targetGroupArns[color];
    const retiring = inputs.settings.teardown || generation.retiring === true;
    const own = {
      color,
      kubernetesVersion: generation.kubernetes,
      nodesVersion: generation.nodes,
      live: live.get(slotClusterName(name, color)) ?? new Map(),
      standingTypes: inputs.standing?.slots[color]?.instanceTypes ?? {},
      retiring,
      protect: context.protect && !retiring,
      targetGroupArn,
      loadBalancerSecurityGroupId,
      flagPolicies,
      eksProvider,
      randomProvider,
    };
    return [[color, slot({ ...context, ...own })]];
  });
  const gateways = Object.fromEntries(slots.map(([color, { gateway }]) => [color, gateway]));
  const weights = routeTraffic(context, frontDoor, gateways);
  const clients = Object.fromEntries(slots.map(([color, { nodeSecurityGroupId }]) => [color, nodeSecurityGroupId]));
  const database = declareDatabase(context, clients, randomProvider);
  declareApplicationDatabases(context, slots, database);
  return { ...outputs(context, frontDoor, slots), ...databaseOutputs(database), weights };
}

/** Addresses that people open: each has a route at the gateway, or an application that owns its host name. */
export function urls(environment: Pick<Environment, "domain" | "region" | "role" | "gitOps">): Outputs {
  const { applications, apex } = environment.gitOps;
  const rows = applications.map((application) => [application, `https://${application}.${environment.domain}`]);
  return {
    argoCdUrl: `https://${argoCdHost(environment)}`,
    applicationUrls: Object.fromEntries(rows),
    ...(apex === undefined ? {} : { url: `https://${environment.domain}` }),
  };
}

function outputs(
  { environment, network }: EnvironmentContext,
  frontDoor: EnvironmentFrontDoor,
  slots: readonly [Color, Slot][],
): Outputs {
  const clusters = Object.fromEntries(slots.map(([color, { clusterName }]) => [color, clusterName]));
  const logins = slots.map(([color, { clusterName }]) => [
    color,
    pulumi.interpolate`aws eks update-kubeconfig --region ${environment.region} --name ${clusterName}`,
  ]);
  return {
    environment: environment.name,
    region: environment.region,
    ...urls(environment),
    albDnsName: frontDoor.dnsName,
    vpcId: network.vpcId,
    ...(environment.tiers === undefined ? {} : { tierSubnetIds: network.tierSubnetIds }),
    clusterNames: clusters,
    kubeconfigCommands: Object.fromEntries(logins),
  };
}
