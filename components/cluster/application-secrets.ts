/** How an application's secrets are read: by a store of its own, in a role that opens nothing else. */
import * as aws from "@pulumi/aws";
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../aws/after";
import { autoNamed } from "../core/names";
import { applicationStore } from "../core/namespaces";
import { clusterSecretStore } from "./external-secret";
import type { PodIdentity } from "./pod-identity";
import {
  applicationRolesPolicy,
  applicationRoleTrust,
  externalSecretsPolicy,
  type SecretsScope,
} from "./policy-documents";

/** Where the secrets are, and what reads them. */
export interface ApplicationSecretsArgs extends Omit<SecretsScope, "secretsKeyArn"> {
  /** Key that the secrets are encrypted with; absent for AWS's own. */
  readonly secretsKeyArn?: pulumi.Input<string>;
  /** Names of the applications. @default none */
  readonly applications?: readonly string[];
  /** Rights of External Secrets itself, which takes the applications' roles. */
  readonly reader: PodIdentity;
  /** The release of External Secrets. */
  readonly release: pulumi.Resource;
  readonly tags?: Readonly<Record<string, string>>;
}

type Opened = Pick<ApplicationSecretsArgs, "reader" | "tags"> & { readonly scope: pulumi.Output<SecretsScope> };

/** The role, and what waits until it may be taken and may read. */
function applicationRole(name: string, { scope, reader, tags }: Opened, parent: pulumi.Resource) {
  const role = new aws.iam.Role(
    autoNamed("iamRole", `${name}-secrets-role`),
    {
      description: `Secrets of ${name}, for External Secrets`,
      assumeRolePolicy: reader.roleArn.apply((arn) => JSON.stringify(applicationRoleTrust(arn))),
      tags: { ...tags },
    },
    { parent },
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-secrets-policy`,
    { role: role.name, policy: scope.apply((known) => JSON.stringify(externalSecretsPolicy(known))) },
    { parent },
  );
  return { arn: role.arn, policy };
}

/** Declares a role and a store for each application. */
export function applicationSecrets(
  name: string,
  args: ApplicationSecretsArgs,
  parent: pulumi.ComponentResource,
): readonly kubernetes.apiextensions.CustomResource[] {
  const { applications = [], reader, region, release, accountId, tags } = args;
  if (applications.length === 0) return [];
  const roles = applications.map((application) => {
    const secretsPrefix = `${args.secretsPrefix}${application}/`;
    const scope = pulumi
      .output(args.secretsKeyArn)
      .apply((secretsKeyArn): SecretsScope => ({ accountId, region, secretsPrefix, secretsKeyArn }));
    return {
      application,
      secretsPrefix,
      ...applicationRole(`${name}-${application}`, { scope, reader, tags }, parent),
    };
  });
  const taken = new aws.iam.RolePolicy(
    `${name}-applications-policy`,
    {
      role: reader.nodes.role.name,
      policy: pulumi.all(roles.map(({ arn }) => arn)).apply((arns) => JSON.stringify(applicationRolesPolicy(arns))),
    },
    { parent },
  );
  return roles.map(({ application, arn, policy, secretsPrefix }) =>
    clusterSecretStore(
      `${name}-${application}-store`,
      {
        storeName: applicationStore(application),
        region,
        prefix: secretsPrefix,
        namespaces: [application],
        roleArn: after(arn, [policy.id, taken.id]),
      },
      { parent, dependsOn: [release] },
    ),
  );
}
