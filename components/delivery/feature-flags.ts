/** Feature flags in AWS AppConfig: a change reaches every pod without a release, and goes back by itself on errors. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../aws/after";
import { policyJson } from "../aws/iam";
import { type Problem, throwProblems } from "../core/checks";
import type { Limit } from "../core/limits/limit";
import { featureFlagLimits } from "../core/limits/feature-flags";
import { autoNamed } from "../core/names";
import { type DeployedFlags, deployedFlags } from "./flags/deployed-flags";
import { hasKilled } from "./flags/document";
import { errorAlarm } from "./flags/error-alarm";
import type { FeatureFlags as Flags } from "./flags/flag";
import { alarmReaderTrust, alarmReading, flagReading } from "./flags/permissions";
import { applicationFlagProblems } from "./flags/problems";

/** Arguments of {@link FeatureFlags}. */
export interface FeatureFlagsArgs {
  /** Name of the environment in AppConfig: the one that its applications' manifests are rendered for. */
  readonly environment: string;
  /** Flags by application, then by name. */
  readonly applications: Readonly<Record<string, Flags>>;
  /** ARN of the load balancer whose errors take a change back. */
  readonly loadBalancerArn: pulumi.Input<string>;
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Raw resources of {@link FeatureFlags}. */
export interface FeatureFlagsNodes {
  /** The alarm that takes a change back. */
  readonly alarm: aws.cloudwatch.MetricAlarm;
  /** By which AppConfig reads the alarm. */
  readonly alarmRole: aws.iam.Role;
  /** All pods at once, and then watched. */
  readonly watchedStrategy: aws.appconfig.DeploymentStrategy;
  /** All pods at once, not watched: for a kill. */
  readonly killStrategy: aws.appconfig.DeploymentStrategy;
  /** What each application has in AppConfig. */
  readonly applications: Readonly<Record<string, DeployedFlags>>;
}

function problemsOf({ environment, applications }: FeatureFlagsArgs): Problem[] {
  const problems = applicationFlagProblems(environment, applications);
  if (Object.keys(applications).length > 0) return problems;
  const fix = "Declare the component only where an application has flags.";
  return [{ path: "applications", got: applications, allowed: "one application or more", fix }];
}

/**
 * Flags of an environment's applications, the alarm that takes a change of them back, and what a kill needs.
 *
 * @example
 * ```typescript
 * new FeatureFlags(
 *   "feature-flags",
 *   {
 *     environment: "prod",
 *     applications: {
 *       shop: {
 *         "new-checkout": {
 *           description: "Checkout in one step",
 *           owner: "payments",
 *           removeBy: "2027-03-01",
 *           default: false,
 *           segments: ["internal", "beta"],
 *           countries: ["DE"],
 *           percentage: 5,
 *         },
 *       },
 *     },
 *     loadBalancerArn: door.loadBalancerArn,
 *   },
 *   { providers: [provider] },
 * );
 * ```
 */
export class FeatureFlags extends pulumi.ComponentResource {
  /** What an application's pods may read, as the policy of their role: JSON by application. */
  public readonly readPolicies: Readonly<Record<string, pulumi.Output<string>>>;
  /** ARN of the alarm. */
  public readonly alarmArn: pulumi.Output<string>;

  readonly #nodes: FeatureFlagsNodes;

  /** @throws ProblemsError when there are no flags, or AppConfig would refuse one. */
  constructor(name: string, args: FeatureFlagsArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`FeatureFlags "${name}"`, problemsOf(args));
    super("fridayproof:delivery:FeatureFlags", name, {}, opts);

    const tags = { ...args.tags };
    const alarm = errorAlarm(`${name}-errors`, { loadBalancerArn: args.loadBalancerArn, tags }, this);
    const { role: alarmRole, policy } = this.alarmReader(name, alarm, tags);
    const watchedStrategy = this.strategy(`${name}-watched`, featureFlagLimits.bake, tags);
    const killStrategy = this.strategy(`${name}-kill`, featureFlagLimits.killBake, tags);
    const monitor = { alarmArn: alarm.arn, alarmRoleArn: after(alarmRole.arn, [policy.id]) };
    const rows = Object.entries(args.applications).map(([application, flags]) => {
      const strategyId = hasKilled(flags) ? killStrategy.id : watchedStrategy.id;
      const scope = { environment: args.environment, monitor, strategyId, tags };
      return [application, deployedFlags(`${name}-${application}`, application, flags, scope, this)] as const;
    });

    this.#nodes = { alarm, alarmRole, watchedStrategy, killStrategy, applications: Object.fromEntries(rows) };
    this.readPolicies = Object.fromEntries(
      rows.map(([application, resources]) => [application, readPolicy(resources)]),
    );
    this.alarmArn = alarm.arn;
    this.registerOutputs({ readPolicies: this.readPolicies, alarmArn: this.alarmArn });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): FeatureFlagsNodes {
    return this.#nodes;
  }

  private alarmReader(name: string, alarm: aws.cloudwatch.MetricAlarm, tags: Readonly<Record<string, string>>) {
    const role = new aws.iam.Role(
      autoNamed("iamRole", `${name}-alarm-role`),
      {
        description: "AppConfig reads the alarm on errors",
        assumeRolePolicy: policyJson(alarmReaderTrust),
        tags,
      },
      { parent: this },
    );
    const policy = new aws.iam.RolePolicy(
      `${name}-alarm-policy`,
      { role: role.name, policy: alarm.arn.apply((arn) => policyJson(alarmReading(arn))) },
      { parent: this },
    );
    return { role, policy };
  }

  private strategy(
    name: string,
    bake: Limit,
    tags: Readonly<Record<string, string>>,
  ): aws.appconfig.DeploymentStrategy {
    return new aws.appconfig.DeploymentStrategy(
      name,
      {
        deploymentDurationInMinutes: featureFlagLimits.duration.value,
        growthFactor: featureFlagLimits.growth.value,
        growthType: "LINEAR",
        finalBakeTimeInMinutes: bake.value,
        replicateTo: "NONE",
        tags,
      },
      { parent: this },
    );
  }
}

function readPolicy({ environment, profile }: DeployedFlags): pulumi.Output<string> {
  return pulumi
    .all([environment.arn, profile.configurationProfileId])
    .apply(([arn, profileId]) => policyJson(flagReading(arn, profileId)));
}
