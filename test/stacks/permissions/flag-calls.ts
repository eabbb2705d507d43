/** What the provider calls in the life of each type of AppConfig. Source: internal/service/appconfig of terraform-provider-aws 6. */
import type { Calls } from "./row";

/** The application in AppConfig that an object of flags belongs to. */
const FLAGS = "arn:aws:appconfig:{region}:{account}:application/{applicationId}";

const ofFlags = (is: string, { on, ...rest }: Omit<Calls, "is">): Calls => ({
  is,
  on: { application: FLAGS, ...on },
  ...rest,
});

/** One row per type. */
export const FLAG_CALLS: Readonly<Record<string, Calls>> = {
  "aws:appconfig/application:Application": {
    is: "application",
    create: "appconfig:CreateApplication TagResource",
    live: "appconfig:UpdateApplication TagResource UntagResource DeleteApplication",
  },
  "aws:appconfig/configurationProfile:ConfigurationProfile": ofFlags("configurationprofile", {
    arn: `${FLAGS}/configurationprofile/{configurationProfileId}`,
    create: "appconfig:CreateConfigurationProfile TagResource",
    live: "appconfig:UpdateConfigurationProfile TagResource UntagResource DeleteConfigurationProfile",
  }),
  "aws:appconfig/deployment:Deployment": ofFlags("deployment", {
    // Deleting one is no call: what was deployed stays deployed.
    create: "appconfig:StartDeployment TagResource",
    live: "appconfig:TagResource UntagResource",
    on: {
      configurationprofile: `${FLAGS}/configurationprofile/{configurationProfileId}`,
      deploymentstrategy: "arn:aws:appconfig:{region}:{account}:deploymentstrategy/{deploymentStrategyId}",
      environment: `${FLAGS}/environment/{environmentId}`,
    },
  }),
  "aws:appconfig/deploymentStrategy:DeploymentStrategy": {
    is: "deploymentstrategy",
    create: "appconfig:CreateDeploymentStrategy TagResource",
    live: "appconfig:UpdateDeploymentStrategy TagResource UntagResource DeleteDeploymentStrategy",
  },
  "aws:appconfig/environment:Environment": ofFlags("environment", {
    arn: `${FLAGS}/environment/{environmentId}`,
    create: "appconfig:CreateEnvironment TagResource",
    live: "appconfig:UpdateEnvironment TagResource UntagResource DeleteEnvironment",
  }),
  "aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion": ofFlags("hostedconfigurationversion", {
    create: "appconfig:CreateHostedConfigurationVersion",
    live: "appconfig:DeleteHostedConfigurationVersion",
    on: { configurationprofile: `${FLAGS}/configurationprofile/{configurationProfileId}` },
  }),
};
