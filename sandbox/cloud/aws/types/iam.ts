/** Roles, policies, instance profiles and identity providers: global, written through us-east-1. */
import { nameLimits } from "../../../../components/core/limits";
import type { AwsType, Naming } from "./entry";

const API = "https://docs.aws.amazon.com/IAM/latest/APIReference";

/** Naming rule shared by everything in IAM but for the length. */
function naming(max: number, action: string, parameter: string): Naming {
  return {
    max,
    pattern: /^[\w+=,.@-]+$/,
    code: "ValidationError",
    message: `1 validation error detected: Value '{name}' at '${parameter}' failed to satisfy constraint: up to {max} characters, all of [\\w+=,.@-]`,
    source: `${API}/API_${action}.html`,
  };
}

/** Entries. */
export const IAM: Readonly<Record<string, AwsType>> = {
  "aws:iam/role:Role": {
    source: "iam/role.go",
    scope: "global",
    forceNew: ["name", "namePrefix", "path"],
    id: "{name}",
    arn: "arn:aws:iam::{account}:role{path}{name}",
    autoname: { max: nameLimits.iamRole.value },
    defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
    naming: naming(nameLimits.iamRole.value, "CreateRole", "roleName"),
    unique: {
      by: ["name"],
      code: "EntityAlreadyExists",
      message: "Role with name {name} already exists.",
      source: `${API}/API_CreateRole.html`,
    },
    references: { managedPolicyArns: "policyArn", permissionsBoundary: "policyArn" },
    outputs: {
      uniqueId: "AROA{HASH17}",
      createDate: "2026-01-01T00:00:00Z",
      managedPolicyArns: (made) => made.inputs.managedPolicyArns ?? [],
    },
  },
  "aws:iam/rolePolicy:RolePolicy": {
    source: "iam/role_policy.go",
    scope: "global",
    forceNew: ["name", "namePrefix", "role"],
    id: "{role}:{name}",
    autoname: { max: 128 },
    naming: naming(128, "PutRolePolicy", "policyName"),
    references: { role: "role" },
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    source: "iam/role_policy_attachment.go",
    scope: "global",
    forceNew: ["policyArn", "role"],
    id: "{role}/{policyArn}",
    references: { role: "role", policyArn: "policyArn" },
  },
  "aws:iam/policy:Policy": {
    source: "iam/policy.go",
    scope: "global",
    forceNew: ["description", "name", "namePrefix", "path"],
    id: "{arn}",
    arn: "arn:aws:iam::{account}:policy{path}{name}",
    autoname: { max: 128 },
    defaults: { path: "/" },
    naming: naming(128, "CreatePolicy", "policyName"),
    unique: {
      by: ["name"],
      code: "EntityAlreadyExists",
      message: "A policy called {name} already exists. Duplicate names are not allowed.",
      source: `${API}/API_CreatePolicy.html`,
    },
    outputs: { policyId: "ANPA{HASH17}", attachmentCount: 0 },
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    source: "iam/instance_profile.go",
    scope: "global",
    forceNew: ["name", "namePrefix", "path"],
    id: "{name}",
    arn: "arn:aws:iam::{account}:instance-profile{path}{name}",
    autoname: { max: 128 },
    defaults: { path: "/" },
    naming: naming(128, "CreateInstanceProfile", "instanceProfileName"),
    unique: {
      by: ["name"],
      code: "EntityAlreadyExists",
      message: "Instance Profile {name} already exists.",
      source: `${API}/API_CreateInstanceProfile.html`,
    },
    references: { role: "role" },
    outputs: { uniqueId: "AIPA{HASH17}", createDate: "2026-01-01T00:00:00Z" },
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    source: "iam/openid_connect_provider.go",
    scope: "global",
    forceNew: ["url"],
    id: "{arn}",
    arn: "arn:aws:iam::{account}:oidc-provider/{url}",
    unique: {
      by: ["url"],
      code: "EntityAlreadyExists",
      message: "Provider with url {url} already exists.",
      source: `${API}/API_CreateOpenIDConnectProvider.html`,
    },
    outputs: { thumbprintLists: (made) => made.inputs.thumbprintLists ?? [made.hash(40, "thumbprint")] },
  },
};
