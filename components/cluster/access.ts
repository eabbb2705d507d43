/** Who may use a cluster's API besides the deploy role: people who read, and the people with break-glass access. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** What a role may do: read everything but Secrets, or everything. */
export type AccessLevel = "read-only" | "admin";

/**
 * AWS's own policies for each level.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
const POLICIES: Readonly<Record<AccessLevel, string>> = {
  "read-only": "AmazonEKSViewPolicy",
  admin: "AmazonEKSClusterAdminPolicy",
};

/** Arguments of {@link clusterAccess}. */
export interface ClusterAccessArgs {
  readonly clusterName: pulumi.Input<string>;
  /** ARN of the role; never the cluster's creator, for whom EKS has made an entry already: a second one is a 409. */
  readonly roleArn: string;
  readonly level: AccessLevel;
}

/** Declares the entry of one role and its policy. @param opts of both. */
export function clusterAccess(
  name: string,
  args: ClusterAccessArgs,
  parent: pulumi.ComponentResource,
  opts: pulumi.CustomResourceOptions = {},
): void {
  const entry = new aws.eks.AccessEntry(
    name,
    { clusterName: args.clusterName, principalArn: args.roleArn, type: "STANDARD" },
    { ...opts, parent },
  );
  new aws.eks.AccessPolicyAssociation(
    `${name}-policy`,
    {
      clusterName: args.clusterName,
      principalArn: entry.principalArn,
      policyArn: `arn:aws:eks::aws:cluster-access-policy/${POLICIES[args.level]}`,
      accessScope: { type: "cluster" },
    },
    { ...opts, parent },
  );
}
