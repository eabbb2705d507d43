/** One application's flags in AppConfig, from its name to the deployment of their present version. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { flagDocument } from "./document";
import { FLAG_PROFILE, type FeatureFlags, flagApplication } from "./flag";

/** What every application of an environment shares. */
export interface FlagScope {
  /** Name of the environment in AppConfig. */
  readonly environment: string;
  /** The alarm, and the role by which AppConfig reads it. */
  readonly monitor: aws.types.input.appconfig.EnvironmentMonitor;
  /** How the flags are deployed. */
  readonly strategyId: pulumi.Input<string>;
  readonly tags: Readonly<Record<string, string>>;
}

/** Raw resources of one application's flags. */
export interface DeployedFlags {
  /** The application in AppConfig. */
  readonly application: aws.appconfig.Application;
  /** Its environment, with the alarm. */
  readonly environment: aws.appconfig.Environment;
  /** Where its flags are. */
  readonly profile: aws.appconfig.ConfigurationProfile;
  /** The flags. */
  readonly version: aws.appconfig.HostedConfigurationVersion;
  /** What brings them to the pods. */
  readonly deployment: aws.appconfig.Deployment;
}

/** Declares the flags of one application. @param name beginning of the resources' names. */
export function deployedFlags(
  name: string,
  application: string,
  flags: FeatureFlags,
  { environment: environmentName, monitor, strategyId, tags }: FlagScope,
  parent: pulumi.Resource,
): DeployedFlags {
  const opts = { parent };
  const registered = new aws.appconfig.Application(
    name,
    { name: flagApplication(environmentName, application), description: `Feature flags of ${application}`, tags },
    opts,
  );
  const applicationId = registered.id;
  const environment = new aws.appconfig.Environment(
    `${name}-environment`,
    { applicationId, name: environmentName, monitors: [monitor], tags },
    opts,
  );
  const profile = new aws.appconfig.ConfigurationProfile(
    `${name}-profile`,
    { applicationId, name: FLAG_PROFILE, locationUri: "hosted", type: "AWS.AppConfig.FeatureFlags", tags },
    opts,
  );
  const { configurationProfileId } = profile;
  const version = new aws.appconfig.HostedConfigurationVersion(
    `${name}-flags`,
    {
      applicationId,
      configurationProfileId,
      contentType: "application/json",
      content: JSON.stringify(flagDocument(flags)),
    },
    opts,
  );
  const deployment = new aws.appconfig.Deployment(
    `${name}-deployment`,
    {
      applicationId,
      environmentId: environment.environmentId,
      configurationProfileId,
      configurationVersion: pulumi.interpolate`${version.versionNumber}`,
      deploymentStrategyId: strategyId,
      tags,
    },
    opts,
  );
  return { application: registered, environment, profile, version, deployment };
}
