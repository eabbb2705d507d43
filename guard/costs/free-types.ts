/** What costs nothing by itself, type by type with the reason: whatever is not here and has no rule is an error. */

interface FreeTypes {
  /** Why nothing is billed, or where it is billed instead. */
  readonly because: string;
  readonly types: readonly string[];
}

const FREE: readonly FreeTypes[] = [
  {
    because: "AppConfig bills its agents' requests and responses, listed at the environment",
    types: [
      "aws:appconfig/application:Application",
      "aws:appconfig/configurationProfile:ConfigurationProfile",
      "aws:appconfig/deployment:Deployment",
      "aws:appconfig/deploymentStrategy:DeploymentStrategy",
      "aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion",
    ],
  },
  {
    because: "the VPC's own parts are free; what is attached to them is billed there",
    types: [
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
      "aws:ec2/internetGateway:InternetGateway",
      "aws:ec2/route:Route",
      "aws:ec2/routeTable:RouteTable",
      "aws:ec2/routeTableAssociation:RouteTableAssociation",
      "aws:ec2/securityGroup:SecurityGroup",
      "aws:ec2/securityGroupRule:SecurityGroupRule",
      "aws:ec2/subnet:Subnet",
      "aws:ec2/vpc:Vpc",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ],
  },
  {
    because: "a flow log is billed as the bytes of its log group",
    types: ["aws:ec2/flowLog:FlowLog"],
  },
  {
    because: "a template is billed as the nodes made from it",
    types: ["aws:ec2/launchTemplate:LaunchTemplate"],
  },
  {
    because: "part of the control plane's price; add-ons of AWS run on our nodes",
    types: [
      "aws:eks/accessEntry:AccessEntry",
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
      "aws:eks/addon:Addon",
      "aws:eks/podIdentityAssociation:PodIdentityAssociation",
    ],
  },
  {
    because: "IAM is free",
    types: [
      "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
      "aws:iam/policy:Policy",
      "aws:iam/role:Role",
      "aws:iam/rolePolicy:RolePolicy",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    ],
  },
  {
    because: "public certificates that stay inside AWS are free",
    types: ["aws:acm/certificate:Certificate", "aws:acm/certificateValidation:CertificateValidation"],
  },
  {
    because: "settings of a key, a load balancer, a bucket, a repository or a project: billed there",
    types: [
      "aws:codebuild/webhook:Webhook",
      "aws:ecr/lifecyclePolicy:LifecyclePolicy",
      "aws:kms/alias:Alias",
      "aws:lb/listener:Listener",
      "aws:lb/listenerRule:ListenerRule",
      "aws:lb/targetGroup:TargetGroup",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
      "aws:s3/bucketPolicy:BucketPolicy",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      "aws:s3/bucketVersioning:BucketVersioning",
    ],
  },
  {
    because: "parts of a database, a secret or a plan of backups: billed there, and replicated writes with the cluster",
    types: [
      "aws:backup/selection:Selection",
      "aws:rds/clusterParameterGroup:ClusterParameterGroup",
      "aws:rds/globalCluster:GlobalCluster",
      "aws:rds/subnetGroup:SubnetGroup",
      "aws:secretsmanager/secretVersion:SecretVersion",
    ],
  },
  {
    because: "records are part of their hosted zone, and queries of aliases to AWS are free",
    types: ["aws:route53/record:Record"],
  },
  {
    because: "the first copy of management events is free; its bucket is billed",
    types: ["aws:cloudtrail/trail:Trail"],
  },
  {
    because: "objects of a cluster run on nodes that are billed; the volumes of charts are read from their values",
    types: [
      "kubernetes:argoproj.io/v1alpha1:AppProject",
      "kubernetes:argoproj.io/v1alpha1:ApplicationSet",
      "kubernetes:argoproj.io/v1alpha1:ClusterAnalysisTemplate",
      "kubernetes:core/v1:ConfigMap",
      "kubernetes:core/v1:Namespace",
      "kubernetes:core/v1:Secret",
      "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding",
      "kubernetes:external-secrets.io/v1:ClusterSecretStore",
      "kubernetes:monitoring.coreos.com/v1:PodMonitor",
      "kubernetes:monitoring.coreos.com/v1:PrometheusRule",
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      "kubernetes:networking.istio.io/v1:Gateway",
      "kubernetes:networking.istio.io/v1:VirtualService",
      "kubernetes:storage.k8s.io/v1:StorageClass",
    ],
  },
  {
    because: "it exists in Pulumi alone",
    types: [
      "pulumi:providers:aws",
      "pulumi:providers:eks",
      "pulumi:providers:kubernetes",
      "pulumi:providers:pulumi",
      "pulumi:providers:random",
      "random:index/randomId:RandomId",
      "random:index/randomPassword:RandomPassword",
    ],
  },
];

/** Type token to the reason why nothing is billed for it. */
export const freeTypes: ReadonlyMap<string, string> = new Map(
  FREE.flatMap(({ because, types }) => types.map((type) => [type, because] as const)),
);
