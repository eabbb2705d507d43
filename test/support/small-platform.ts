/** A small platform on the simulated cloud: names that Pulumi makes up, things inside others, users of users. */
import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";

const TRUST = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const ZONES = ["use1-az1", "use1-az2"];

/** The kubeconfig of a cluster, as pulumi-eks writes it. */
function kubeconfigOf({ endpoint, name, certificateAuthority }: aws.eks.Cluster): pulumi.Output<string> {
  const cluster = { server: endpoint, "certificate-authority-data": certificateAuthority.data };
  return pulumi.jsonStringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "kubernetes", cluster }],
    contexts: [{ name: "aws", context: { cluster: "kubernetes", user: "aws" } }],
    "current-context": "aws",
    users: [{ name: "aws", user: { exec: { args: ["eks", "get-token", "--cluster-name", name] } } }],
  });
}

function network(provider: aws.Provider) {
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.7.0.0/16" }, { provider });
  const gateway = new aws.ec2.InternetGateway("gateway", { vpcId: vpc.id }, { provider });
  const subnets = ZONES.map(
    (availabilityZoneId, index) =>
      new aws.ec2.Subnet(
        `subnet-${index}`,
        { vpcId: vpc.id, cidrBlock: `10.7.${index}.0/24`, availabilityZoneId },
        { provider },
      ),
  );
  const group = new aws.ec2.SecurityGroup("group", { vpcId: vpc.id }, { provider });
  return { vpc, gateway, subnetIds: subnets.map(({ id }) => id), group };
}

function entrance(provider: aws.Provider, { vpc, gateway, subnetIds, group }: ReturnType<typeof network>) {
  const balancer = new aws.lb.LoadBalancer(
    "balancer",
    { subnets: subnetIds, securityGroups: [group.id] },
    { provider, dependsOn: gateway },
  );
  const targets = new aws.lb.TargetGroup("targets", { vpcId: vpc.id, port: 80, protocol: "HTTP" }, { provider });
  const forward = { type: "forward", forward: { targetGroups: [{ arn: targets.arn, weight: 100 }] } };
  const listener = new aws.lb.Listener(
    "listener",
    { loadBalancerArn: balancer.arn, port: 80, protocol: "HTTP", defaultActions: [forward] },
    { provider },
  );
  new aws.lb.ListenerRule(
    "rule",
    {
      listenerArn: listener.arn,
      priority: 1,
      actions: [forward],
      conditions: [{ pathPattern: { values: ["/shop"] } }],
    },
    { provider },
  );
  return { balancer, targets, listener };
}

function cluster(provider: aws.Provider, { subnetIds }: ReturnType<typeof network>) {
  const role = new aws.iam.Role("role", { assumeRolePolicy: TRUST }, { provider });
  const policy = new aws.iam.Policy("policy", { policy: TRUST }, { provider });
  new aws.iam.RolePolicyAttachment("attachment", { role: role.name, policyArn: policy.arn }, { provider });
  const template = new aws.ec2.LaunchTemplate("template", { instanceType: "m6i.large" }, { provider });
  const nodes = new aws.iam.Role("nodes-role", { assumeRolePolicy: TRUST }, { provider });
  const control = new aws.eks.Cluster("cluster", { roleArn: role.arn, vpcConfig: { subnetIds } }, { provider });
  const group = new aws.eks.NodeGroup(
    "nodes",
    {
      clusterName: control.name,
      nodeRoleArn: nodes.arn,
      subnetIds,
      scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 4 },
      launchTemplate: { id: template.id, version: "$Latest" },
    },
    { provider },
  );
  const addon = new aws.eks.Addon("dns", { clusterName: control.name, addonName: "coredns" }, { provider });
  return { control, group, addon };
}

function inside({ control, group }: ReturnType<typeof cluster>): void {
  const inCluster = new kubernetes.Provider("inside", { kubeconfig: kubeconfigOf(control) }, { dependsOn: group });
  const options = { provider: inCluster };
  const namespace = new kubernetes.core.v1.Namespace("shop", {}, options);
  const password = new random.RandomPassword("password", { length: 24 });
  const metadata = { namespace: namespace.metadata.name };
  new kubernetes.core.v1.ConfigMap("settings", { metadata, data: { colour: "blue" } }, options);
  new kubernetes.core.v1.Secret("credentials", { metadata, stringData: { password: password.result } }, options);
}

/** The whole of it. @param withCluster whether there is a cluster, with nodes and objects inside. */
export function smallPlatform(withCluster = true): () => Record<string, unknown> {
  return () => {
    const provider = new aws.Provider("aws", { region: "us-east-1", allowedAccountIds: ["000000000000"] });
    const net = network(provider);
    const { balancer } = entrance(provider, net);
    new aws.cloudwatch.LogGroup("logs", { retentionInDays: 7 }, { provider });
    if (withCluster) inside(cluster(provider, net));
    return { dnsName: balancer.dnsName };
  };
}
