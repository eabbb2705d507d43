/** The deploy role's permissions on feature flags: AppConfig draws its ids, so no name says whose an object is. */
import type { Statement } from "../aws/iam";
import { tagged } from "./deploy-cluster";
import type { DeployScope } from "./deploy-network";
import { regional } from "./scope";

/** What carries the tag that it gives. */
const WITH_TAG = [
  "appconfig:CreateApplication",
  "appconfig:CreateConfigurationProfile",
  "appconfig:CreateDeploymentStrategy",
  "appconfig:CreateEnvironment",
  "appconfig:StartDeployment",
  "appconfig:TagResource",
] as const;

/** Changes that AWS allows or refuses by the tags of what is changed. */
const OF_TAGGED = [
  "appconfig:TagResource",
  "appconfig:UpdateApplication",
  "appconfig:UpdateConfigurationProfile",
  "appconfig:UpdateDeploymentStrategy",
  "appconfig:UpdateEnvironment",
] as const;

/** Calls for which AWS documents no tag at all: a condition on one would refuse them always. */
const WITHOUT_TAG = [
  "appconfig:CreateHostedConfigurationVersion",
  "appconfig:DeleteApplication",
  "appconfig:DeleteConfigurationProfile",
  "appconfig:DeleteDeploymentStrategy",
  "appconfig:DeleteEnvironment",
  "appconfig:DeleteHostedConfigurationVersion",
  "appconfig:StopDeployment",
  "appconfig:UntagResource",
] as const;

/**
 * AppConfig's objects, by tag where AWS knows one.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsappconfig.html
 */
export function flagStatements(scope: DeployScope): Statement[] {
  const objects = regional(scope, "appconfig", ["application/*", "deploymentstrategy/*"]);
  const tag = tagged(scope, "RequestTag");
  return [
    { Sid: "NewFlags", Effect: "Allow", Action: WITH_TAG, Resource: "*", Condition: tag },
    {
      Sid: "FlagsOfEnvironments",
      Effect: "Allow",
      Action: OF_TAGGED,
      Resource: objects,
      Condition: tagged(scope, "ResourceTag"),
    },
    { Sid: "FlagVersions", Effect: "Allow", Action: WITHOUT_TAG, Resource: objects },
  ];
}
