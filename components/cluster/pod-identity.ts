/** AWS permissions for one service account: a role that only this ServiceAccount of this cluster can assume. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../aws/after";
import { policyJson } from "../aws/iam";
import { type Problem, throwProblems } from "../core/checks";
import { autoNamed } from "../core/names";

/** Arguments of {@link PodIdentity}. */
export interface PodIdentityArgs {
  /** The cluster's name, known once the Pod Identity agent is installed: `Cluster.clusterNameForPods`. */
  readonly clusterName: pulumi.Input<string>;
  /** Namespace of the service account; neither it nor the account need exist yet. */
  readonly namespace: string;
  /** Name of the service account. */
  readonly serviceAccount: string;
  /** What the account may do: a policy document as JSON. */
  readonly policy: pulumi.Input<string>;
  /**
   * Further documents by a short name, about what has no name before it exists: a document with one unknown in it can
   * be read by nobody in a preview. @default none
   */
  readonly laterPolicies?: Readonly<Record<string, pulumi.Input<string>>>;
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Source: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html */
const TRUST = policyJson([
  { Effect: "Allow", Principal: { Service: "pods.eks.amazonaws.com" }, Action: ["sts:AssumeRole", "sts:TagSession"] },
]);

function problemsOf(args: PodIdentityArgs): Problem[] {
  return (["namespace", "serviceAccount"] as const)
    .filter((path) => args[path] === "")
    .map((path) => ({ path, got: "", allowed: "a name", fix: "Name the pods' service account exactly." }));
}

/** Raw resources of {@link PodIdentity}. */
export interface PodIdentityNodes {
  /** The role. */
  readonly role: aws.iam.Role;
  /** What it may do, a policy for each document. */
  readonly policies: readonly aws.iam.RolePolicy[];
  /** What gives the role to the service account's pods. */
  readonly association: aws.eks.PodIdentityAssociation;
}

/**
 * Role, policy and association. Pods get credentials at their start only, so a release must come after this.
 *
 * @example
 * ```typescript
 * const policy = {
 *   Version: "2012-10-17",
 *   Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::shop-pictures/*" }],
 * };
 * new PodIdentity(
 *   "blue-shop-identity",
 *   {
 *     clusterName: cluster.clusterNameForPods,
 *     namespace: "shop",
 *     serviceAccount: "shop",
 *     policy: JSON.stringify(policy),
 *   },
 *   { providers: [provider] },
 * );
 * ```
 */
export class PodIdentity extends pulumi.ComponentResource {
  /** ARN of the role. */
  public readonly roleArn: pulumi.Output<string>;
  /** Id of the association, known once pods that start now get credentials. */
  public readonly associationId: pulumi.Output<string>;

  readonly #nodes: PodIdentityNodes;

  /** @throws ProblemsError when namespace or account is empty. */
  constructor(name: string, args: PodIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`PodIdentity "${name}"`, problemsOf(args));
    super("fridayproof:cluster:PodIdentity", name, {}, opts);

    const tags = { ...args.tags };
    const description = `Pods of ${args.namespace}/${args.serviceAccount}`;
    const role = new aws.iam.Role(
      // Pulumi's suffix must fit behind it, and the names of slot and service account make it long.
      autoNamed("iamRole", `${name}-role`),
      { description, assumeRolePolicy: TRUST, tags },
      { parent: this },
    );
    const documents = { policy: args.policy, ...args.laterPolicies };
    const policies = Object.entries(documents).map(
      ([document, policy]) =>
        new aws.iam.RolePolicy(`${name}-${document}`, { role: role.name, policy }, { parent: this }),
    );
    const association = new aws.eks.PodIdentityAssociation(
      `${name}-association`,
      {
        clusterName: args.clusterName,
        namespace: args.namespace,
        serviceAccount: args.serviceAccount,
        roleArn: after(
          role.arn,
          policies.map(({ id }) => id),
        ),
        tags,
      },
      { parent: this },
    );

    this.#nodes = { role, policies, association };
    this.roleArn = role.arn;
    this.associationId = association.associationId;
    this.registerOutputs({ roleArn: this.roleArn, associationId: this.associationId });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): PodIdentityNodes {
    return this.#nodes;
  }
}
