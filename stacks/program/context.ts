/** What every part of an environment shares: its data, its provider, its keys and its network. */
import { Keys } from "@fridayproof/components/encryption";
import { Vpc } from "@fridayproof/components/network";
import type { InterfaceService } from "@fridayproof/components/plan";
import type * as aws from "@pulumi/aws";
import type { Settings } from "../inputs/config";
import { ENVIRONMENT_TAG, NETWORK } from "../inputs/conventions";
import type { Environment } from "../environments/schema";
import type { Lock } from "../inputs/lock";
import { accountRoleArn } from "../inputs/roles";
import type { Standing } from "../transition/standing";

/** Everything that decides what is declared. */
export interface EnvironmentInputs {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly lock: Lock;
  /** Whether a person who has not assumed the deploy role makes clusters in this run. @default false */
  readonly createdByOthers?: boolean;
  /** What the last update left standing. @default nothing */
  readonly standing?: Standing;
}

/** What every part of an environment is made from. */
export interface EnvironmentContext extends EnvironmentInputs {
  readonly awsProvider: aws.Provider;
  readonly keys: Keys;
  readonly network: Vpc;
  /** Whether what carries traffic or state is protected in this run. */
  readonly protect: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Declares keys and network, which everything else of the environment needs. */
export function environmentContext(inputs: EnvironmentInputs, provider: aws.Provider): EnvironmentContext {
  const { environment, settings } = inputs;
  const { name, region, cidr, zones, controlPlaneZones, retiringZones, tiers, natGateways, retention } = environment;
  const opts = { providers: [provider] };
  const accountId = settings.account;
  const protect = environment.protect && !settings.teardown;
  const tags = { [ENVIRONMENT_TAG]: name };
  const alarms = environment.onCall !== undefined;
  const deployRoleArn = accountRoleArn(accountId, "deploy");
  const keys = new Keys("keys", { environment: name, accountId, deployRoleArn, region, alarms, protect, tags }, opts);
  const network = new Vpc(
    NETWORK,
    {
      region,
      cidr,
      zones,
      retiringZones,
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
