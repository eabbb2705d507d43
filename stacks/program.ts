/** The program of every environment: reads what to make, then wires the components. */
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { ProblemsError } from "../components/core/checks";
import { Keys } from "../components/encryption/keys";
import type { InterfaceService } from "../components/network/endpoints";
import { Vpc } from "../components/network/vpc";
import { FrontDoor } from "../components/traffic/front-door";
import { colours } from "../components/traffic/weights";
import { readSettings, type Settings } from "./config";
import { CERTIFICATE_TAGS } from "./conventions";
import type { Colour, Environment } from "./environment";
import { environmentOf } from "./environments";
import { type Lock, readLock } from "./lock";
import { accountRoleArn } from "./roles";
import { type Slot, slot } from "./slot";

/** Outputs of the stack. */
export type Outputs = Readonly<Record<string, pulumi.Input<unknown>>>;

interface Inputs {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly lock: Lock;
}

/** Bad input is its author's business, not a defect: Pulumi prints a RunError without our stack. */
function readInputs(): Inputs {
  try {
    return { environment: environmentOf(pulumi.getStack()), settings: readSettings(), lock: readLock() };
  } catch (error) {
    throw error instanceof ProblemsError ? new pulumi.RunError(error.message) : error;
  }
}

function awsProvider({ environment, settings }: Inputs): aws.Provider {
  const roleArn = accountRoleArn(settings.account, "deploy");
  return new aws.Provider("aws", {
    region: environment.region,
    allowedAccountIds: [settings.account],
    assumeRoles: [{ roleArn, sessionName: `fridayproof-${environment.name}` }],
  });
}

function networkOf({ environment, settings }: Inputs, keys: Keys, protect: boolean, provider: aws.Provider): Vpc {
  const { region, cidr, zones, controlPlaneZones, natGateways, retention } = environment;
  return new Vpc(
    "network",
    {
      region,
      cidr,
      zones,
      controlPlaneZones,
      natGateways,
      interfaceEndpoints: Object.keys(environment.interfaceEndpoints) as InterfaceService[],
      accountId: settings.account,
      flowLogRetentionDays: retention.flowLogDays,
      logsKeyArn: keys.logsKeyArn,
      protect,
      tags: tagsOf(environment),
    },
    { providers: [provider] },
  );
}

function frontDoor(inputs: Inputs, network: Vpc, protect: boolean, provider: aws.Provider): FrontDoor {
  const { domain, region, weights, role, retention } = inputs.environment;
  const certificate = aws.acm.getCertificateOutput(
    { tags: CERTIFICATE_TAGS, statuses: ["ISSUED"], mostRecent: true },
    { provider },
  );
  const zone = aws.route53.getZoneOutput({ name: domain }, { provider });
  return new FrontDoor(
    "front-door",
    {
      vpcId: network.vpcId,
      vpcCidr: network.cidr,
      publicSubnetIds: network.publicSubnetIds,
      internetGatewayId: network.internetGatewayId,
      certificateArn: certificate.arn,
      weights,
      accountId: inputs.settings.account,
      region,
      protect,
      accessLogRetentionDays: retention.accessLogDays,
      domain,
      zoneId: zone.zoneId,
      role,
      tags: tagsOf(inputs.environment),
    },
    { providers: [provider] },
  );
}

function tagsOf(environment: Environment): Readonly<Record<string, string>> {
  return { "fridayproof.dev/environment": environment.name };
}

/**
 * Declares the environment whose name the stack has.
 * @returns the stack's outputs.
 * @throws RunError when there is no such environment, or it, its configuration or the lock file is wrong.
 */
export function program(): Outputs {
  const inputs = readInputs();
  const { environment, settings, lock } = inputs;
  const protect = environment.protect && !settings.teardown;
  const tags = tagsOf(environment);
  const provider = awsProvider(inputs);
  const keys = new Keys(
    "keys",
    { environment: environment.name, accountId: settings.account, region: environment.region, protect, tags },
    { providers: [provider] },
  );
  const network = networkOf(inputs, keys, protect, provider);
  const door = frontDoor(inputs, network, protect, provider);
  const providers = [provider, new eks.Provider("eks")];
  const slots = colours.flatMap((colour): [Colour, Slot][] => {
    const minor = environment.slots[colour]?.kubernetes;
    if (minor === undefined) return [];
    return [[colour, slot({ environment, settings, lock, colour, minor, network, keys, protect, tags, providers })]];
  });
  return outputs(environment, network, door, slots);
}

function outputs(
  environment: Environment,
  network: Vpc,
  door: FrontDoor,
  slots: readonly (readonly [Colour, Slot])[],
): Outputs {
  const clusters = Object.fromEntries(slots.map(([colour, { clusterName }]) => [colour, clusterName]));
  const logins = slots.map(([colour, { clusterName }]) => [
    colour,
    pulumi.interpolate`aws eks update-kubeconfig --region ${environment.region} --name ${clusterName}`,
  ]);
  return {
    environment: environment.name,
    region: environment.region,
    url: `https://${environment.domain}`,
    argoCdUrl: `https://argocd.${environment.domain}`,
    weights: environment.weights,
    albDnsName: door.dnsName,
    vpcId: network.vpcId,
    clusterNames: clusters,
    kubeconfigCommands: Object.fromEntries(logins),
  };
}
