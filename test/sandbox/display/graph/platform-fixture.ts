/** A platform of some sixty resources in the shape of dev, for pictures that are drawn without an engine. */
import type { GraphResource } from "../../../../sandbox/display/graph/source";

const URN = "urn:pulumi:dev::fridayproof::";
const STACK = `${URN}pulumi:pulumi:Stack::fridayproof-dev`;
const urnOf = (type: string, name: string): string => `${URN}${type}::${name}`;

/** Collects resources; `needs` and `parent` are URNs that earlier calls returned. */
class Builder {
  readonly resources: GraphResource[] = [{ urn: STACK, type: "pulumi:pulumi:Stack", custom: false, dependencies: [] }];

  component(type: string, name: string, parent = STACK): string {
    this.resources.push({ urn: urnOf(type, name), type, custom: false, parent, dependencies: [] });
    return urnOf(type, name);
  }

  make(parent: string, type: string, name: string, needs: readonly string[] = [], provider?: string): string {
    this.resources.push({ urn: urnOf(type, name), type, custom: true, parent, dependencies: needs, provider });
    return urnOf(type, name);
  }
}

function network(b: Builder, aws: string): { vpc: string; subnets: string[]; privates: string[] } {
  const c = b.component("fridayproof:network:Vpc", "network");
  const vpc = b.make(c, "aws:ec2/vpc:Vpc", "network", [], aws);
  const igw = b.make(c, "aws:ec2/internetGateway:InternetGateway", "network", [vpc], aws);
  const zones = ["use1-az1", "use1-az2"];
  const subnet = (tier: string) =>
    zones.map((zone) => b.make(c, "aws:ec2/subnet:Subnet", `network-${tier}-${zone}`, [vpc], aws));
  const [publics, privates, intra] = [subnet("public"), subnet("private"), subnet("intra")];
  const eip = b.make(c, "aws:ec2/eip:Eip", "network-nat-use1-az1", [igw], aws);
  const nat = b.make(c, "aws:ec2/natGateway:NatGateway", "network-nat-use1-az1", [publics[0]!, eip, igw], aws);
  const route = (tier: string, subnets: string[], target?: string): void => {
    const table = b.make(c, "aws:ec2/routeTable:RouteTable", `network-${tier}`, [vpc], aws);
    if (target !== undefined) b.make(c, "aws:ec2/route:Route", `network-${tier}-default`, [table, target], aws);
    subnets.forEach((id, index) =>
      b.make(
        c,
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        `network-${tier}-${zones[index]}`,
        [table, id],
        aws,
      ),
    );
  };
  route("public", publics, igw);
  route("private", privates, nat);
  route("intra", intra);
  b.make(c, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "network-default-closed", [vpc], aws);
  b.make(
    c,
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "network-s3",
    [urnOf("aws:ec2/routeTable:RouteTable", "network-private"), vpc],
    aws,
  );
  return { vpc, subnets: intra, privates };
}

function cluster(b: Builder, aws: string, intra: string[], vpc: string): { eks: string; all: string; entry: string } {
  const c = b.component("fridayproof:cluster:Cluster", "blue");
  const logs = b.make(c, "aws:cloudwatch/logGroup:LogGroup", "blue-control-plane", [], aws);
  const key = b.make(c, "aws:kms/key:Key", "blue-secrets", [], aws);
  const remote = b.component("eks:index:Cluster", "blue", c);
  const role = b.make(remote, "aws:iam/role:Role", "blue-eksRole-role", [], aws);
  const attach = b.make(
    remote,
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "blue-eksRole-4b490823",
    [role],
    aws,
  );
  const sg = b.make(remote, "aws:ec2/securityGroup:SecurityGroup", "blue-eksClusterSecurityGroup", [vpc], aws);
  const eks = b.make(
    remote,
    "aws:eks/cluster:Cluster",
    "blue-eksCluster",
    [role, attach, sg, logs, key, ...intra],
    aws,
  );
  const entry = b.make(c, "aws:eks/accessEntry:AccessEntry", "blue-break-glass", [eks], aws);
  b.make(c, "aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "blue-break-glass-admin", [entry, eks], aws);
  b.make(c, "aws:eks/addon:Addon", "blue-eks-pod-identity-agent", [eks], aws);
  b.make(c, "aws:eks/addon:Addon", "blue-kube-proxy", [eks], aws);
  b.make(c, "aws:eks/addon:Addon", "blue-vpc-cni", [eks], aws);
  return { eks, all: c, entry };
}

function nodes(b: Builder, aws: string, eks: string, privates: string[]): string {
  const c = b.component("fridayproof:cluster:NodePool", "blue-system");
  const role = b.make(c, "aws:iam/role:Role", "blue-system-node", [], aws);
  const attached = [
    "AmazonEKSWorkerNodePolicy",
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonSSMManagedInstanceCore",
  ].map((name) => b.make(c, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", `blue-system-${name}`, [role], aws));
  const template = b.make(c, "aws:ec2/launchTemplate:LaunchTemplate", "blue-system", [eks], aws);
  const cni = urnOf("aws:eks/addon:Addon", "blue-vpc-cni");
  return b.make(
    c,
    "aws:eks/nodeGroup:NodeGroup",
    "blue-system",
    [eks, role, template, cni, ...attached, ...privates],
    aws,
  );
}

function frontDoor(b: Builder, aws: string, vpc: string): void {
  const c = b.component("fridayproof:traffic:FrontDoor", "front-door");
  const sg = b.make(c, "aws:ec2/securityGroup:SecurityGroup", "front-door", [vpc], aws);
  for (const rule of ["http", "https"]) {
    b.make(c, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", `front-door-${rule}`, [sg], aws);
  }
  const bucket = b.make(c, "aws:s3/bucket:Bucket", "front-door-logs", [], aws);
  const policy = b.make(c, "aws:s3/bucketPolicy:BucketPolicy", "front-door-logs", [bucket], aws);
  const publics = ["use1-az1", "use1-az2"].map((zone) => urnOf("aws:ec2/subnet:Subnet", `network-public-${zone}`));
  const alb = b.make(c, "aws:lb/loadBalancer:LoadBalancer", "front-door", [sg, policy, bucket, ...publics], aws);
  const groups = ["blue", "green"].map((colour) =>
    b.make(c, "aws:lb/targetGroup:TargetGroup", `front-door-${colour}`, [vpc], aws),
  );
  b.make(c, "aws:lb/listener:Listener", "front-door-https", [alb, ...groups], aws);
  b.make(c, "aws:lb/listener:Listener", "front-door-redirect", [alb], aws);
  b.make(c, "aws:route53/record:Record", "front-door-apex", [alb], aws);
}

function delivery(b: Builder, k8s: string, pool: string): void {
  const crds = b.component("fridayproof:observability:Crds", "blue-crds");
  const release = (parent: string, name: string, needs: string[]) =>
    b.make(parent, "kubernetes:helm.sh/v3:Release", name, needs, k8s);
  const prometheus = release(crds, "blue-prometheus-operator-crds", []);
  for (const name of ["argo-cd", "argo-rollouts"]) {
    const c = b.component(`fridayproof:delivery:${name}`, `blue-${name}`);
    const namespace = b.make(c, "kubernetes:core/v1:Namespace", `blue-${name}`, [], k8s);
    release(c, `blue-${name}`, [namespace, prometheus, pool]);
  }
}

/** The resources of a made-up dev. */
export function platform(): GraphResource[] {
  const b = new Builder();
  const aws = b.make(STACK, "pulumi:providers:aws", "aws");
  b.make(STACK, "random:index/randomId:RandomId", "suffix");
  const { vpc, subnets, privates } = network(b, aws);
  const { eks, entry } = cluster(b, aws, subnets, vpc);
  const pool = nodes(b, aws, eks, privates);
  frontDoor(b, aws, vpc);
  const k8s = b.make(STACK, "pulumi:providers:kubernetes", "blue", [eks, entry]);
  delivery(b, k8s, pool);
  return b.resources;
}
