/** Rights of the service accounts that the add-ons' charts make, each under its chart's name. */
import * as pulumi from "@pulumi/pulumi";
import type { PolicyDocument } from "../aws/iam";
import type { ChartPin } from "../charts/chart-release";
import type { AddonChart } from "./addon-values";
import { PodIdentity } from "./pod-identity";
import {
  clusterAutoscalerPolicy,
  loadBalancerControllerPolicy,
  platformSecretsPolicy,
  type SecretsScope,
} from "./policy-documents";

/** What the rights are made from. */
export interface AddonIdentitiesArgs extends Omit<SecretsScope, "secretsKeyArn"> {
  /** The lock file's rows: their namespaces are those of the service accounts. */
  readonly charts: Readonly<Record<AddonChart, ChartPin>>;
  /** Name of the cluster, part of conditions. */
  readonly clusterName: string;
  /** The same, known when pods of it can get credentials. */
  readonly clusterNameForPods: pulumi.Input<string>;
  /** The one target group that the load balancer controller may fill. */
  readonly targetGroupArn: pulumi.Input<string>;
  /** Key that the secrets are encrypted with; absent for AWS's own. */
  readonly secretsKeyArn?: pulumi.Input<string>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Charts whose pods call AWS. */
type ChartWithRights = Exclude<AddonChart, "metrics-server">;

/** Declares them. */
export function addonIdentities(
  name: string,
  args: AddonIdentitiesArgs,
  parent: pulumi.ComponentResource,
): Readonly<Record<ChartWithRights, PodIdentity>> {
  const secretsPolicy = pulumi
    .output(args.secretsKeyArn)
    .apply((secretsKeyArn) => platformSecretsPolicy({ ...args, secretsKeyArn }));
  const policies: Readonly<Record<ChartWithRights, pulumi.Input<PolicyDocument>>> = {
    "cluster-autoscaler": clusterAutoscalerPolicy(args.clusterName, args),
    "aws-load-balancer-controller": pulumi.output(args.targetGroupArn).apply(loadBalancerControllerPolicy),
    "external-secrets": secretsPolicy,
  };
  const identity = (chart: ChartWithRights): PodIdentity =>
    new PodIdentity(
      `${name}-${chart}-identity`,
      {
        clusterName: args.clusterNameForPods,
        namespace: args.charts[chart].namespace,
        serviceAccount: chart,
        policy: pulumi.output(policies[chart]).apply((document) => JSON.stringify(document)),
        tags: args.tags,
      },
      { parent },
    );
  return {
    "cluster-autoscaler": identity("cluster-autoscaler"),
    "aws-load-balancer-controller": identity("aws-load-balancer-controller"),
    "external-secrets": identity("external-secrets"),
  };
}
