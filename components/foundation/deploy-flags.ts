/** The deploy role's permissions on feature flags: AppConfig draws its ids, so no name shows whose an object is. */
import type { Statement } from "../aws/iam";
import { tagged } from "./deploy-cluster";
import type { DeployScope } from "./deploy-network";
import { regional } from "./scope";

/** What stands in the account itself and carries the tag that it gets. */
const OF_ACCOUNT = ["appconfig:CreateApplication", "appconfig:CreateDeploymentStrategy"] as const;

/** What is made inside an application: that one has the tag, and what is made carries it. */
const IN_APPLICATION = [
  "appconfig:CreateConfigurationProfile",
  "appconfig:CreateEnvironment",
  "appconfig:StartDeployment",
] as const;

/** Whatever stands with the tag. */
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
      // While it is made nothing has the tag yet. What another team has tagged as its own is out of reach.
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
