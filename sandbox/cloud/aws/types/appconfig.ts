/** AppConfig: feature flags. */
import type { AwsType } from "./entry";

const ARN = "arn:aws:appconfig:{region}:{account}";

/** Entries. */
export const APPCONFIG: Readonly<Record<string, AwsType>> = {
  "aws:appconfig/application:Application": {
    source: "appconfig/application.go",
    forceNew: [],
    id: "{hash7}",
    arn: `${ARN}:application/{id}`,
    autoname: { max: 64 },
  },
  "aws:appconfig/environment:Environment": {
    source: "appconfig/environment.go",
    forceNew: ["applicationId"],
    id: "{hash7}:{applicationId}",
    arn: `${ARN}:application/{applicationId}/environment/{hash7}`,
    autoname: { max: 64 },
    references: { applicationId: "application" },
    outputs: { environmentId: (made) => made.id.split(":")[0], state: "ReadyForDeployment" },
  },
  "aws:appconfig/configurationProfile:ConfigurationProfile": {
    source: "appconfig/configuration_profile.go",
    forceNew: ["applicationId", "locationUri", "type"],
    id: "{hash7}:{applicationId}",
    arn: `${ARN}:application/{applicationId}/configurationprofile/{hash7}`,
    autoname: { max: 128 },
    defaults: { type: "AWS.Freeform" },
    references: { applicationId: "application", retrievalRoleArn: "roleArn" },
    outputs: { configurationProfileId: (made) => made.id.split(":")[0] },
  },
  "aws:appconfig/deploymentStrategy:DeploymentStrategy": {
    source: "appconfig/deployment_strategy.go",
    forceNew: ["name", "replicateTo"],
    id: "{hash7}",
    arn: `${ARN}:deploymentstrategy/{id}`,
    autoname: { max: 64 },
    defaults: { finalBakeTimeInMinutes: 0, growthType: "LINEAR" },
  },
  "aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion": {
    source: "appconfig/hosted_configuration_version.go",
    forceNew: ["applicationId", "configurationProfileId", "content", "contentType", "description"],
    id: (made) => made.fill("{applicationId}/{configurationProfileId}/") + Number.parseInt(made.hash(2), 16),
    arn: `${ARN}:application/{applicationId}/configurationprofile/{configurationProfileId}/hostedconfigurationversion/{hash2}`,
    references: { applicationId: "application" },
    outputs: { versionNumber: (made) => Number(made.id.split("/").pop()) },
  },
};
