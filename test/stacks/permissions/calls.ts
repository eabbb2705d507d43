/** What the provider calls in the life of each type that environments declare: to make it, and to change and delete it. */
import { DATA_CALLS } from "./data-calls";
import { FLAG_CALLS } from "./flag-calls";
import type { Calls } from "./row";

const ec2 = (is: string, rest: Omit<Calls, "is" | "arn"> & { readonly arn?: string }): Calls => ({
  is,
  arn: `arn:aws:ec2:{region}:{account}:${is}/{id}`,
  ...rest,
});

/** Every resource of EC2 that a call names beside its own; AWS gives their ids at random. */
const anyOf = (...types: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(types.map((type) => [type, `arn:aws:ec2:{region}:{account}:${type}/x`]));

const ofCluster = (is: string, tail: string, rest: Omit<Calls, "is" | "arn">): Calls => ({
  is,
  arn: `arn:aws:eks:{region}:{account}:${is}/{clusterName}/${tail}`,
  on: { cluster: "arn:aws:eks:{region}:{account}:cluster/{clusterName}" },
  ...rest,
});

const ofBucket = (live: string): Calls => ({ is: "bucket", arn: "arn:aws:s3:::{bucket}", live });

const ruleOfGroup = (direction: "Ingress" | "Egress"): Calls =>
  ec2("security-group-rule", {
    create: `ec2:AuthorizeSecurityGroup${direction} CreateTags`,
    live: `ec2:RevokeSecurityGroup${direction} ModifySecurityGroupRules CreateTags DeleteTags`,
    on: anyOf("security-group"),
  });

/**
 * A role of AWS's own that the type's first use in an account makes: CreateServiceLinkedRole, by the name of the service.
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/using-service-linked-roles.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html
 */
export const SERVICE_LINKED: Readonly<Record<string, readonly string[]>> = {
  "aws:backup/selection:Selection": ["backup.amazonaws.com"],
  "aws:eks/cluster:Cluster": ["eks.amazonaws.com"],
  "aws:eks/nodeGroup:NodeGroup": ["eks-nodegroup.amazonaws.com", "autoscaling.amazonaws.com"],
  "aws:lb/loadBalancer:LoadBalancer": ["elasticloadbalancing.amazonaws.com"],
  "aws:rds/cluster:Cluster": ["rds.amazonaws.com"],
};

/** One row per type. Source: the create, update and delete functions of the type in terraform-provider-aws 6. */
export const CALLS: Readonly<Record<string, Calls>> = {
  ...DATA_CALLS,
  ...FLAG_CALLS,
  "aws:cloudwatch/logGroup:LogGroup": {
    is: "log-group",
    create: "logs:CreateLogGroup TagResource",
    live: "logs:PutRetentionPolicy DeleteRetentionPolicy AssociateKmsKey TagResource UntagResource DeleteLogGroup",
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    is: "alarm",
    create: "cloudwatch:PutMetricAlarm TagResource",
    live: "cloudwatch:PutMetricAlarm TagResource UntagResource DeleteAlarms",
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ec2("security-group", {
    live: "ec2:RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateTags",
  }),
  "aws:ec2/eip:Eip": ec2("elastic-ip", {
    create: "ec2:AllocateAddress CreateTags",
    live: "ec2:DisassociateAddress ReleaseAddress CreateTags DeleteTags",
  }),
  "aws:ec2/flowLog:FlowLog": ec2("vpc-flow-log", {
    create: "ec2:CreateFlowLogs CreateTags",
    live: "ec2:DeleteFlowLogs CreateTags DeleteTags",
    on: anyOf("vpc"),
  }),
  "aws:ec2/internetGateway:InternetGateway": ec2("internet-gateway", {
    create: "ec2:CreateInternetGateway CreateTags",
    live: "ec2:AttachInternetGateway DetachInternetGateway DeleteInternetGateway CreateTags DeleteTags",
    on: anyOf("vpc"),
  }),
  "aws:ec2/launchTemplate:LaunchTemplate": ec2("launch-template", {
    create: "ec2:CreateLaunchTemplate CreateTags",
    // RunInstances: EKS refuses a node group whose creator could not start the template.
    live: "ec2:CreateLaunchTemplateVersion ModifyLaunchTemplate DeleteLaunchTemplate CreateTags DeleteTags RunInstances",
    on: {
      ...anyOf("instance", "network-interface", "security-group", "subnet", "volume"),
      image: "arn:aws:ec2:{region}::image/x",
    },
  }),
  "aws:ec2/natGateway:NatGateway": ec2("natgateway", {
    create: "ec2:CreateNatGateway CreateTags",
    live: "ec2:DeleteNatGateway CreateTags DeleteTags",
    on: anyOf("subnet", "elastic-ip"),
  }),
  "aws:ec2/route:Route": ec2("route-table", {
    arn: "arn:aws:ec2:{region}:{account}:route-table/{routeTableId}",
    live: "ec2:CreateRoute ReplaceRoute DeleteRoute",
  }),
  "aws:ec2/routeTable:RouteTable": ec2("route-table", {
    create: "ec2:CreateRouteTable CreateTags",
    live: "ec2:DeleteRouteTable CreateTags DeleteTags",
    on: anyOf("vpc"),
  }),
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ec2("route-table", {
    arn: "arn:aws:ec2:{region}:{account}:route-table/{routeTableId}",
    live: "ec2:AssociateRouteTable ReplaceRouteTableAssociation DisassociateRouteTable",
    on: anyOf("subnet"),
  }),
  "aws:ec2/securityGroup:SecurityGroup": ec2("security-group", {
    create: "ec2:CreateSecurityGroup CreateTags",
    // A new group lets everything out; the provider takes that rule away.
    live: "ec2:RevokeSecurityGroupEgress DeleteSecurityGroup CreateTags DeleteTags",
    on: anyOf("vpc"),
  }),
  "aws:ec2/securityGroupRule:SecurityGroupRule": ec2("security-group", {
    arn: "arn:aws:ec2:{region}:{account}:security-group/{securityGroupId}",
    live: "ec2:AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress UpdateSecurityGroupRuleDescriptionsIngress UpdateSecurityGroupRuleDescriptionsEgress",
    on: anyOf("security-group-rule"),
  }),
  "aws:ec2/subnet:Subnet": ec2("subnet", {
    create: "ec2:CreateSubnet CreateTags",
    live: "ec2:ModifySubnetAttribute DetachNetworkInterface DeleteNetworkInterface DeleteSubnet CreateTags DeleteTags",
    on: anyOf("vpc", "network-interface", "instance"),
  }),
  "aws:ec2/vpc:Vpc": ec2("vpc", {
    create: "ec2:CreateVpc CreateTags",
    live: "ec2:ModifyVpcAttribute DeleteVpc CreateTags DeleteTags",
  }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2("vpc-endpoint", {
    // An interface endpoint with private names brings a hosted zone of AWS's own.
    create: "ec2:CreateVpcEndpoint CreateTags route53:AssociateVPCWithHostedZone",
    live: "ec2:ModifyVpcEndpoint DeleteVpcEndpoints CreateTags DeleteTags",
    on: { ...anyOf("vpc", "route-table", "security-group", "subnet"), hostedzone: "arn:aws:route53:::hostedzone/x" },
  }),
  "aws:eks/accessEntry:AccessEntry": ofCluster("access-entry", "role/{account}/x/x", {
    create: "eks:CreateAccessEntry TagResource",
    live: "eks:UpdateAccessEntry DeleteAccessEntry TagResource UntagResource",
  }),
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": ofCluster("access-entry", "role/{account}/x/x", {
    live: "eks:AssociateAccessPolicy DisassociateAccessPolicy",
  }),
  "aws:eks/addon:Addon": ofCluster("addon", "{addonName}/x", {
    create: "eks:CreateAddon TagResource",
    live: "eks:UpdateAddon DeleteAddon TagResource UntagResource",
  }),
  "aws:eks/cluster:Cluster": {
    is: "cluster",
    // EKS makes its grant in the caller's name, without saying that it is for a service; by then the key has no tags that
    // count. Sources: https://docs.aws.amazon.com/controltower/latest/controlreference/eks-rules.html (CT.EKS.PR.2),
    // https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html
    create: "eks:CreateCluster TagResource kms:CreateGrant DescribeKey",
    on: { key: "{encryptionConfig.provider.keyArn}" },
    live: "eks:UpdateClusterConfig UpdateClusterVersion DeleteCluster TagResource UntagResource AccessKubernetesApi",
  },
  "aws:eks/nodeGroup:NodeGroup": ofCluster("nodegroup", "x/x", {
    create: "eks:CreateNodegroup TagResource",
    live: "eks:UpdateNodegroupConfig UpdateNodegroupVersion DeleteNodegroup TagResource UntagResource",
  }),
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": ofCluster("podidentityassociation", "x", {
    create: "eks:CreatePodIdentityAssociation TagResource",
    live: "eks:UpdatePodIdentityAssociation DeletePodIdentityAssociation TagResource UntagResource",
  }),
  "aws:iam/role:Role": {
    is: "role",
    create: "iam:CreateRole TagRole",
    live: "iam:UpdateAssumeRolePolicy UpdateRole UpdateRoleDescription DeleteRole TagRole UntagRole PassRole",
  },
  "aws:iam/rolePolicy:RolePolicy": {
    is: "role",
    arn: "arn:aws:iam::{account}:role/{role}",
    live: "iam:PutRolePolicy DeleteRolePolicy",
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    is: "role",
    arn: "arn:aws:iam::{account}:role/{role}",
    live: "iam:AttachRolePolicy DetachRolePolicy",
  },
  "aws:kms/alias:Alias": {
    is: "alias",
    live: "kms:CreateAlias UpdateAlias DeleteAlias",
    on: { key: "arn:aws:kms:{region}:{account}:key/{targetKeyId}" },
  },
  "aws:kms/key:Key": {
    is: "key",
    create: "kms:CreateKey TagResource",
    live: "kms:EnableKeyRotation PutKeyPolicy UpdateKeyDescription EnableKey DisableKey ScheduleKeyDeletion CancelKeyDeletion TagResource UntagResource",
  },
  "aws:lb/listener:Listener": {
    is: "listener/app",
    create: "elasticloadbalancing:CreateListener AddTags",
    live: "elasticloadbalancing:ModifyListener ModifyListenerAttributes AddListenerCertificates RemoveListenerCertificates DeleteListener AddTags RemoveTags",
    on: { "loadbalancer/app": "{loadBalancerArn}" },
  },
  "aws:lb/listenerRule:ListenerRule": {
    is: "listener-rule/app",
    create: "elasticloadbalancing:CreateRule AddTags",
    live: "elasticloadbalancing:ModifyRule SetRulePriorities DeleteRule AddTags RemoveTags",
    on: { "listener/app": "{listenerArn}" },
  },
  "aws:lb/loadBalancer:LoadBalancer": {
    is: "loadbalancer/app",
    create: "elasticloadbalancing:CreateLoadBalancer AddTags",
    live: "elasticloadbalancing:ModifyLoadBalancerAttributes SetSubnets SetSecurityGroups SetIpAddressType DeleteLoadBalancer AddTags RemoveTags",
  },
  "aws:lb/targetGroup:TargetGroup": {
    is: "targetgroup",
    create: "elasticloadbalancing:CreateTargetGroup AddTags",
    live: "elasticloadbalancing:ModifyTargetGroup ModifyTargetGroupAttributes DeleteTargetGroup AddTags RemoveTags",
  },
  "aws:route53/healthCheck:HealthCheck": {
    is: "healthcheck",
    create: "route53:CreateHealthCheck",
    live: "route53:UpdateHealthCheck DeleteHealthCheck ChangeTagsForResource",
  },
  "aws:route53/record:Record": {
    is: "hostedzone",
    arn: "arn:aws:route53:::hostedzone/{zoneId}",
    live: "route53:ChangeResourceRecordSets",
  },
  "aws:s3/bucket:Bucket": {
    is: "bucket",
    arn: "arn:aws:s3:::{bucket}",
    create: "s3:CreateBucket TagResource",
    // forceDestroy empties it first.
    live: "s3:PutBucketTagging TagResource UntagResource ListBucketVersions DeleteObject DeleteObjectVersion DeleteBucket",
    on: { object: "arn:aws:s3:::{bucket}/x" },
  },
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": ofBucket("s3:PutLifecycleConfiguration"),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": ofBucket("s3:PutBucketOwnershipControls"),
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket("s3:PutBucketPolicy DeleteBucketPolicy"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket("s3:PutBucketPublicAccessBlock"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": ofBucket(
    "s3:PutEncryptionConfiguration",
  ),
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket("s3:PutBucketVersioning"),
  "aws:sns/topic:Topic": {
    is: "topic",
    create: "sns:CreateTopic TagResource",
    live: "sns:SetTopicAttributes DeleteTopic TagResource UntagResource",
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ruleOfGroup("Egress"),
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ruleOfGroup("Ingress"),
};
