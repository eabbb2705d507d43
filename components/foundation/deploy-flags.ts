/** The deploy role's permissions on feature flags: AppConfig generates ids, so ARNs cannot be limited by name. */
import type { Statement } from "../aws/iam";
import { tagged } from "./deploy-cluster";
import type { DeployScope } from "./deploy-network";
import { regional } from "./scope";

/** Creates top-level resources, with the tag in the request. */
const OF_ACCOUNT = ["appconfig:CreateApplication", "appconfig:CreateDeploymentStrategy"] as const;

/** Creates resources in an application: both the application and the request have the tag. */
const IN_APPLICATION = [
  "appconfig:CreateConfigurationProfile",
  "appconfig:CreateEnvironment",
  "appconfig:StartDeployment",
] as const;

/** Changes and deletes resources that have the tag. */
const OF_TAGGED = [
  "appconfig:CreateHostedConfigurationVersion",
  "appconfig:DeleteApplication",
  "appconfig:DeleteConfigurationProfile",
  "appconfig:DeleteDeploymentStrategy",
  "appconfig:DeleteEnvironment",
  "appconfig:DeleteHostedConfigurationVersion",
  "appconfig:StopDeployment",
  "appconfig:TagResource",
  "appconfig:UntagResource",
  "appconfig:UpdateApplication",
  "appconfig:UpdateConfigurationProfile",
  "appconfig:UpdateDeploymentStrategy",
  "appconfig:UpdateEnvironment",
] as const;

/**
 * AppConfig's objects, by tag: each action is allowed on every resource that AWS lists for it, so a version is deleted
 * only in an application and a profile with the tag (decision 98). What is limited by both tags names no region: the ARNs of
 * six regions would make the document longer than IAM takes.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_appconfig.html
 */
export function flagStatements(scope: DeployScope): Statement[] {
  const objects = regional(scope, "appconfig", ["application/*", "deploymentstrategy/*"]);
  const [requested, existing] = [tagged(scope, "RequestTag"), tagged(scope, "ResourceTag")];
  return [
    { Sid: "NewFlags", Effect: "Allow", Action: OF_ACCOUNT, Resource: "*", Condition: requested },
    {
      Sid: "NewFlagsInside",
      Effect: "Allow",
      Action: IN_APPLICATION,
      Resource: "*",
      Condition: { StringEquals: { ...requested.StringEquals, ...existing.StringEquals } },
    },
    {
      // During creation a resource has no tag yet. Resources with another team's tag are excluded.
      Sid: "TagsOfNewFlags",
      Effect: "Allow",
      Action: ["appconfig:TagResource"],
      Resource: "*",
      Condition: { ...requested, Null: { [`aws:ResourceTag/${scope.environmentTag}`]: "true" } },
    },
    { Sid: "FlagsOfEnvironments", Effect: "Allow", Action: OF_TAGGED, Resource: objects, Condition: existing },
    {
      // The one kind that carries no tags.
      Sid: "FlagVersions",
      Effect: "Allow",
      Action: ["appconfig:DeleteHostedConfigurationVersion"],
      Resource: regional(scope, "appconfig", ["application/*/configurationprofile/*/hostedconfigurationversion/*"]),
    },
  ];
}
