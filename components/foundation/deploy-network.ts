/** The deploy role's permissions on networks, load balancers and names. */
import type { Statement } from "../aws/iam";
import { regional, type Scope } from "./scope";

/** What the deploy role's documents are made from. */
export interface DeployScope extends Scope {
  /** What the environments' physical names begin with: their top-level parts, such as `network` or `blue`. */
  readonly parts: readonly string[];
  /** Those of them that have load balancers, target groups and listeners. */
  readonly trafficParts: readonly string[];
  /** What names begin with that the platform gives itself, such as clusters'. */
  readonly platform: string;
  /** Names of the environments: the value of `environmentTag`. */
  readonly environments: readonly string[];
  /** Tag that every resource of an environment carries. */
  readonly environmentTag: string;
  /** Ids of the hosted zones of the environments' domains. */
  readonly zoneIds: readonly string[];
  /** Alias of the key that encrypts states. */
  readonly stateKeyAlias: string;
  /** AWS's own policies that environments attach to their roles. */
  readonly managedPolicies: readonly string[];
}

const NETWORK_RESOURCES = [
  "elastic-ip/*",
  // An interface that is detached belongs to one.
  "instance/*",
  "internet-gateway/*",
  "launch-template/*",
  "natgateway/*",
  "network-interface/*",
  "prefix-list/*",
  "route-table/*",
  "security-group-rule/*",
  "security-group/*",
  "subnet/*",
  "vpc-endpoint/*",
  "vpc-flow-log/*",
  "vpc/*",
] as const;

/** In the order of the resources: what create, update, tag and delete of the provider's `ec2` and `vpc` types call. */
const NETWORK_WRITES = [
  "ec2:AllocateAddress",
  "ec2:AssociateAddress",
  "ec2:AssociateRouteTable",
  "ec2:AttachInternetGateway",
  "ec2:AuthorizeSecurityGroupEgress",
  "ec2:AuthorizeSecurityGroupIngress",
  "ec2:CreateFlowLogs",
  "ec2:CreateInternetGateway",
  "ec2:CreateLaunchTemplate",
  "ec2:CreateLaunchTemplateVersion",
  "ec2:CreateNatGateway",
  "ec2:CreateRoute",
  "ec2:CreateRouteTable",
  "ec2:CreateSecurityGroup",
  "ec2:CreateSubnet",
  "ec2:CreateTags",
  "ec2:CreateVpc",
  "ec2:CreateVpcEndpoint",
  "ec2:DeleteFlowLogs",
  "ec2:DeleteInternetGateway",
  "ec2:DeleteLaunchTemplate",
  "ec2:DeleteNatGateway",
  "ec2:DeleteNetworkInterface",
  "ec2:DeleteRoute",
  "ec2:DeleteRouteTable",
  "ec2:DeleteSecurityGroup",
  "ec2:DeleteSubnet",
  "ec2:DeleteTags",
  "ec2:DeleteVpc",
  "ec2:DeleteVpcEndpoints",
  "ec2:DetachInternetGateway",
  "ec2:DetachNetworkInterface",
  "ec2:DisassociateAddress",
  "ec2:DisassociateRouteTable",
  "ec2:ModifyLaunchTemplate",
  "ec2:ModifySecurityGroupRules",
  "ec2:ModifySubnetAttribute",
  "ec2:ModifyVpcAttribute",
  "ec2:ModifyVpcEndpoint",
  "ec2:ReleaseAddress",
  "ec2:ReplaceRoute",
  "ec2:ReplaceRouteTableAssociation",
  "ec2:RevokeSecurityGroupEgress",
  "ec2:RevokeSecurityGroupIngress",
  "ec2:UpdateSecurityGroupRuleDescriptionsEgress",
  "ec2:UpdateSecurityGroupRuleDescriptionsIngress",
] as const;

/** Networks; AWS gives their ids at random, so only kind and region can be named. */
export function networkStatements(scope: DeployScope): Statement[] {
  return [
    { Sid: "Networks", Effect: "Allow", Action: NETWORK_WRITES, Resource: regional(scope, "ec2", NETWORK_RESOURCES) },
    {
      // An interface endpoint with private names brings a hosted zone of AWS's own, which EC2 ties to the VPC for us.
      Sid: "NamesOfEndpoints",
      Effect: "Allow",
      Action: ["route53:AssociateVPCWithHostedZone"],
      Resource: ["arn:aws:route53:::hostedzone/*"],
    },
    {
      // EKS refuses a node group whose creator could not start its launch template itself.
      Sid: "NodesOfLaunchTemplates",
      Effect: "Allow",
      Action: ["ec2:CreateTags", "ec2:RunInstances"],
      Resource: [
        ...regional(scope, "ec2", [
          "instance/*",
          "launch-template/*",
          "network-interface/*",
          "security-group/*",
          "subnet/*",
          "volume/*",
        ]),
        ...scope.regions.map((region) => `arn:aws:ec2:${region}::image/*`),
      ],
    },
  ];
}

/** Load balancers by name, records in the environments' own zones, their health checks. */
export function trafficStatements(scope: DeployScope): Statement[] {
  const kinds = ["loadbalancer/app", "targetgroup", "listener/app", "listener-rule/app"];
  const named = kinds.flatMap((kind) => scope.trafficParts.map((part) => `${kind}/${part}-*/*`));
  return [
    {
      Sid: "LoadBalancers",
      Effect: "Allow",
      Action: [
        "elasticloadbalancing:AddListenerCertificates",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:CreateLoadBalancer",
        "elasticloadbalancing:CreateRule",
        "elasticloadbalancing:CreateTargetGroup",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteRule",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyListenerAttributes",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RemoveListenerCertificates",
        "elasticloadbalancing:RemoveTags",
        "elasticloadbalancing:SetIpAddressType",
        "elasticloadbalancing:SetRulePriorities",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
      ],
      Resource: regional(scope, "elasticloadbalancing", named),
    },
    {
      Sid: "Records",
      Effect: "Allow",
      Action: ["route53:ChangeResourceRecordSets"],
      Resource: scope.zoneIds.map((zone) => `arn:aws:route53:::hostedzone/${zone}`),
    },
    {
      Sid: "HealthChecks",
      Effect: "Allow",
      Action: ["route53:ChangeTagsForResource", "route53:DeleteHealthCheck", "route53:UpdateHealthCheck"],
      Resource: ["arn:aws:route53:::healthcheck/*"],
    },
    // The one writing action here that AWS limits to no resource: the check has no id yet.
    { Sid: "NewHealthChecks", Effect: "Allow", Action: ["route53:CreateHealthCheck"], Resource: "*" },
  ];
}
