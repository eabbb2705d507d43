/** Repositories, builds and secrets. */
import type { AwsType } from "./entry";

const ECR_API = "https://docs.aws.amazon.com/AmazonECR/latest/APIReference";
const SECRETS_API = "https://docs.aws.amazon.com/secretsmanager/latest/apireference";

/** Entries. */
export const CODE: Readonly<Record<string, AwsType>> = {
  "aws:ecr/repository:Repository": {
    source: "ecr/repository.go",
    forceNew: ["encryptionConfigurations", "name"],
    id: "{name}",
    arn: "arn:aws:ecr:{region}:{account}:repository/{name}",
    autoname: { max: 256 },
    defaults: { imageTagMutability: "MUTABLE" },
    naming: {
      min: 2,
      max: 256,
      pattern: /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
      code: "InvalidParameterException",
      message:
        "Invalid parameter at 'repositoryName': '{name}' must be 2 to {max} lower-case letters, digits and . _ - /",
      source: `${ECR_API}/API_CreateRepository.html`,
    },
    unique: {
      by: ["name"],
      code: "RepositoryAlreadyExistsException",
      message: "The repository with name '{name}' already exists in the registry with id '{account}'",
      source: `${ECR_API}/API_CreateRepository.html`,
    },
    references: { "encryptionConfigurations.kmsKey": "keyArn" },
    outputs: { registryId: "{account}", repositoryUrl: "{account}.dkr.ecr.{region}.amazonaws.com/{name}" },
  },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": {
    source: "ecr/repository_policy.go",
    forceNew: ["repository"],
    id: "{repository}",
    references: { repository: "repository" },
    outputs: { registryId: "{account}" },
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    source: "ecr/lifecycle_policy.go",
    forceNew: ["policy", "repository"],
    id: "{repository}",
    references: { repository: "repository" },
    outputs: { registryId: "{account}" },
  },
  "aws:ecr/replicationConfiguration:ReplicationConfiguration": {
    source: "ecr/replication_configuration.go",
    forceNew: [],
    id: "{account}",
    outputs: { registryId: "{account}" },
  },
  "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration": {
    source: "ecr/registry_scanning_configuration.go",
    forceNew: [],
    id: "{account}",
    outputs: { registryId: "{account}" },
  },
  "aws:secretsmanager/secret:Secret": {
    source: "secretsmanager/secret.go",
    forceNew: ["name", "namePrefix"],
    id: "{arn}",
    arn: "arn:aws:secretsmanager:{region}:{account}:secret:{name}-{hash6}",
    defaults: { forceOverwriteReplicaSecret: false, recoveryWindowInDays: 30 },
    naming: {
      max: 512,
      pattern: /^[\w/+=.@-]+$/,
      code: "ValidationException",
      message: "Invalid name '{name}'. Up to {max} letters, digits and /_+=.@-",
      source: `${SECRETS_API}/API_CreateSecret.html`,
    },
    unique: {
      by: ["name"],
      code: "ResourceExistsException",
      message: "The operation failed because the secret {name} already exists.",
      source: `${SECRETS_API}/API_CreateSecret.html`,
    },
    references: { kmsKeyId: "key" },
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    source: "secretsmanager/secret_version.go",
    forceNew: ["secretBinary", "secretId", "secretString"],
    id: "{secretId}|terraform-{hash20}",
    references: { secretId: "secret" },
    outputs: {
      arn: (made) => made.text("secretId"),
      versionId: "terraform-{hash20}",
      versionStages: () => ["AWSCURRENT"],
    },
  },
  "aws:codebuild/project:Project": {
    source: "codebuild/project.go",
    forceNew: ["name"],
    id: "{arn}",
    arn: "arn:aws:codebuild:{region}:{account}:project/{name}",
    defaults: { badgeEnabled: false, buildTimeout: 60, projectVisibility: "PRIVATE", queuedTimeout: 480 },
    naming: {
      min: 2,
      max: 150,
      pattern: /^[A-Za-z0-9][\w-]+$/,
      code: "InvalidInputException",
      message: "Invalid project name '{name}': 2 to {max} letters, digits, - and _",
      source: "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html",
    },
    unique: {
      by: ["name"],
      code: "ResourceAlreadyExistsException",
      message: "Project already exists: {arn}",
      source: "https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html",
    },
    references: {
      serviceRole: "roleArn",
      "vpcConfig.vpcId": "vpc",
      "vpcConfig.subnets": "subnet",
      "vpcConfig.securityGroupIds": "group",
    },
    outputs: { serviceRole: "{serviceRole}" },
  },
  "aws:codebuild/webhook:Webhook": {
    source: "codebuild/webhook.go",
    forceNew: ["projectName", "scopeConfiguration"],
    id: "{projectName}",
    references: { projectName: "project" },
    outputs: {
      payloadUrl: "https://codebuild.{region}.amazonaws.com/webhooks?t={hash32}",
      secret: "{hash40}",
      url: "https://api.github.com/hooks/{hash8}",
    },
  },
};
