/** Type tokens: every spelling under which one type of resource can be declared, folded to one name. */

/** Types of AWS and Pulumi resources that rules read: the first token is the name, the others are its aliases in `@pulumi/aws`. */
const spellings = {
  accessEntry: ["aws:eks/accessEntry:AccessEntry"],
  acmCertificate: ["aws:acm/certificate:Certificate"],
  addon: ["aws:eks/addon:Addon"],
  autoscalingGroup: ["aws:autoscaling/group:Group"],
  bucket: ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"],
  bucketReplication: [
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    "aws:s3/bucketReplicationConfiguration:BucketReplicationConfiguration",
  ],
  bucketVersioning: ["aws:s3/bucketVersioning:BucketVersioning", "aws:s3/bucketVersioningV2:BucketVersioningV2"],
  cacheCluster: ["aws:elasticache/cluster:Cluster"],
  cacheGroup: ["aws:elasticache/replicationGroup:ReplicationGroup"],
  cloudFormationStack: ["aws:cloudformation/stack:Stack"],
  cluster: ["aws:eks/cluster:Cluster"],
  databaseCluster: ["aws:rds/cluster:Cluster"],
  databaseInstance: ["aws:rds/instance:Instance"],
  databaseMember: ["aws:rds/clusterInstance:ClusterInstance"],
  ecrLifecycle: ["aws:ecr/lifecyclePolicy:LifecyclePolicy"],
  ecrReplication: ["aws:ecr/replicationConfiguration:ReplicationConfiguration"],
  ecrRepository: ["aws:ecr/repository:Repository"],
  ecrTemplate: ["aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate"],
  elasticIp: ["aws:ec2/eip:Eip"],
  featureFlags: ["aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion"],
  flowLog: ["aws:ec2/flowLog:FlowLog"],
  iamPolicy: ["aws:iam/policy:Policy"],
  instance: ["aws:ec2/instance:Instance", "aws:ec2/spotInstanceRequest:SpotInstanceRequest"],
  kmsExternalKey: ["aws:kms/externalKey:ExternalKey"],
  kmsKey: ["aws:kms/key:Key"],
  kmsReplicaKey: ["aws:kms/replicaKey:ReplicaKey"],
  launchConfiguration: ["aws:ec2/launchConfiguration:LaunchConfiguration"],
  launchTemplate: ["aws:ec2/launchTemplate:LaunchTemplate"],
  listener: [
    "aws:lb/listener:Listener",
    "aws:alb/listener:Listener",
    "aws:elasticloadbalancingv2/listener:Listener",
    "aws:applicationloadbalancing/listener:Listener",
  ],
  listenerRule: [
    "aws:lb/listenerRule:ListenerRule",
    "aws:alb/listenerRule:ListenerRule",
    "aws:elasticloadbalancingv2/listenerRule:ListenerRule",
    "aws:applicationloadbalancing/listenerRule:ListenerRule",
  ],
  loadBalancer: [
    "aws:lb/loadBalancer:LoadBalancer",
    "aws:alb/loadBalancer:LoadBalancer",
    "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer",
    "aws:applicationloadbalancing/loadBalancer:LoadBalancer",
  ],
  logGroup: ["aws:cloudwatch/logGroup:LogGroup"],
  managedPrefixList: ["aws:ec2/managedPrefixList:ManagedPrefixList"],
  managedPrefixListEntry: ["aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry"],
  natGateway: ["aws:ec2/natGateway:NatGateway"],
  networkAcl: ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl"],
  networkAclRule: ["aws:ec2/networkAclRule:NetworkAclRule"],
  nodeGroup: ["aws:eks/nodeGroup:NodeGroup"],
  role: ["aws:iam/role:Role"],
  rolePolicy: ["aws:iam/rolePolicy:RolePolicy"],
  rolePolicyAttachment: ["aws:iam/rolePolicyAttachment:RolePolicyAttachment"],
  route: ["aws:ec2/route:Route"],
  routeTable: ["aws:ec2/routeTable:RouteTable", "aws:ec2/defaultRouteTable:DefaultRouteTable"],
  routeTableAssociation: ["aws:ec2/routeTableAssociation:RouteTableAssociation"],
  healthCheck: ["aws:route53/healthCheck:HealthCheck"],
  hostedZone: ["aws:route53/zone:Zone"],
  route53Record: ["aws:route53/record:Record"],
  secret: ["aws:secretsmanager/secret:Secret"],
  securityGroup: ["aws:ec2/securityGroup:SecurityGroup", "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
  securityGroupRule: ["aws:ec2/securityGroupRule:SecurityGroupRule"],
  ingressRule: ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"],
  egressRule: ["aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"],
  stack: ["pulumi:pulumi:Stack"],
  subnet: ["aws:ec2/subnet:Subnet", "aws:ec2/defaultSubnet:DefaultSubnet"],
  volume: ["aws:ebs/volume:Volume"],
  table: ["aws:dynamodb/table:Table"],
  targetGroup: [
    "aws:lb/targetGroup:TargetGroup",
    "aws:alb/targetGroup:TargetGroup",
    "aws:elasticloadbalancingv2/targetGroup:TargetGroup",
    "aws:applicationloadbalancing/targetGroup:TargetGroup",
  ],
  vpc: ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"],
} as const satisfies Record<string, readonly [string, ...string[]]>;

/** Kubernetes kinds, by group and kind: the version and the `Patch` ending of a token do not matter to a rule. */
const kinds = {
  analysisRun: "kubernetes:argoproj.io:AnalysisRun",
  analysisTemplate: "kubernetes:argoproj.io:AnalysisTemplate",
  appProject: "kubernetes:argoproj.io:AppProject",
  application: "kubernetes:argoproj.io:Application",
  applicationSet: "kubernetes:argoproj.io:ApplicationSet",
  clusterAnalysisTemplate: "kubernetes:argoproj.io:ClusterAnalysisTemplate",
  clusterWorkflowTemplate: "kubernetes:argoproj.io:ClusterWorkflowTemplate",
  clusterRole: "kubernetes:rbac.authorization.k8s.io:ClusterRole",
  clusterRoleBinding: "kubernetes:rbac.authorization.k8s.io:ClusterRoleBinding",
  authorizationPolicy: "kubernetes:security.istio.io:AuthorizationPolicy",
  certificate: "kubernetes:cert-manager.io:Certificate",
  clusterIssuer: "kubernetes:cert-manager.io:ClusterIssuer",
  issuer: "kubernetes:cert-manager.io:Issuer",
  clusterExternalSecret: "kubernetes:external-secrets.io:ClusterExternalSecret",
  configMap: "kubernetes:core:ConfigMap",
  ciliumClusterPolicy: "kubernetes:cilium.io:CiliumClusterwideNetworkPolicy",
  ciliumPolicy: "kubernetes:cilium.io:CiliumNetworkPolicy",
  apiService: "kubernetes:apiregistration.k8s.io:APIService",
  podMonitor: "kubernetes:monitoring.coreos.com:PodMonitor",
  probeMonitor: "kubernetes:monitoring.coreos.com:Probe",
  scrapeConfig: "kubernetes:monitoring.coreos.com:ScrapeConfig",
  serviceMonitor: "kubernetes:monitoring.coreos.com:ServiceMonitor",
  cronJob: "kubernetes:batch:CronJob",
  cronWorkflow: "kubernetes:argoproj.io:CronWorkflow",
  customResourceDefinition: "kubernetes:apiextensions.k8s.io:CustomResourceDefinition",
  daemonSet: "kubernetes:apps:DaemonSet",
  deployment: "kubernetes:apps:Deployment",
  destinationRule: "kubernetes:networking.istio.io:DestinationRule",
  envoyFilter: "kubernetes:networking.istio.io:EnvoyFilter",
  ec2NodeClass: "kubernetes:karpenter.k8s.aws:EC2NodeClass",
  experiment: "kubernetes:argoproj.io:Experiment",
  externalSecret: "kubernetes:external-secrets.io:ExternalSecret",
  fluxGitRepository: "kubernetes:source.toolkit.fluxcd.io:GitRepository",
  fluxHelmChart: "kubernetes:source.toolkit.fluxcd.io:HelmChart",
  fluxHelmRelease: "kubernetes:helm.toolkit.fluxcd.io:HelmRelease",
  fluxKustomization: "kubernetes:kustomize.toolkit.fluxcd.io:Kustomization",
  fluxOciRepository: "kubernetes:source.toolkit.fluxcd.io:OCIRepository",
  helmChart: "kubernetes:helm.sh:Chart",
  helmRelease: "kubernetes:helm.sh:Release",
  gatewayApiGateway: "kubernetes:gateway.networking.k8s.io:Gateway",
  grpcRoute: "kubernetes:gateway.networking.k8s.io:GRPCRoute",
  httpRoute: "kubernetes:gateway.networking.k8s.io:HTTPRoute",
  referenceGrant: "kubernetes:gateway.networking.k8s.io:ReferenceGrant",
  istioGateway: "kubernetes:networking.istio.io:Gateway",
  horizontalPodAutoscaler: "kubernetes:autoscaling:HorizontalPodAutoscaler",
  ingress: "kubernetes:networking.k8s.io:Ingress",
  kustomization: "kubernetes:kustomize.config.k8s.io:Kustomization",
  job: "kubernetes:batch:Job",
  limitRange: "kubernetes:core:LimitRange",
  kustomizeComponent: "kubernetes:kustomize.config.k8s.io:Component",
  kustomizeDirectory: "kubernetes:kustomize:Directory",
  mutatingWebhook: "kubernetes:admissionregistration.k8s.io:MutatingWebhookConfiguration",
  namespace: "kubernetes:core:Namespace",
  networkPolicy: "kubernetes:networking.k8s.io:NetworkPolicy",
  nodePool: "kubernetes:karpenter.sh:NodePool",
  opaqueSecret: "kubernetes:core:Secret",
  persistentVolume: "kubernetes:core:PersistentVolume",
  persistentVolumeClaim: "kubernetes:core:PersistentVolumeClaim",
  peerAuthentication: "kubernetes:security.istio.io:PeerAuthentication",
  requestAuthentication: "kubernetes:security.istio.io:RequestAuthentication",
  pod: "kubernetes:core:Pod",
  podDisruptionBudget: "kubernetes:policy:PodDisruptionBudget",
  podTemplate: "kubernetes:core:PodTemplate",
  resourceQuota: "kubernetes:core:ResourceQuota",
  priorityClass: "kubernetes:scheduling.k8s.io:PriorityClass",
  pushSecret: "kubernetes:external-secrets.io:PushSecret",
  replicaSet: "kubernetes:apps:ReplicaSet",
  replicationController: "kubernetes:core:ReplicationController",
  kubernetesRole: "kubernetes:rbac.authorization.k8s.io:Role",
  roleBinding: "kubernetes:rbac.authorization.k8s.io:RoleBinding",
  rollout: "kubernetes:argoproj.io:Rollout",
  scaledJob: "kubernetes:keda.sh:ScaledJob",
  scaledObject: "kubernetes:keda.sh:ScaledObject",
  sealedSecret: "kubernetes:bitnami.com:SealedSecret",
  secretStore: "kubernetes:external-secrets.io:SecretStore",
  clusterSecretStore: "kubernetes:external-secrets.io:ClusterSecretStore",
  secretProviderClass: "kubernetes:secrets-store.csi.x-k8s.io:SecretProviderClass",
  service: "kubernetes:core:Service",
  serviceAccount: "kubernetes:core:ServiceAccount",
  serviceEntry: "kubernetes:networking.istio.io:ServiceEntry",
  statefulSet: "kubernetes:apps:StatefulSet",
  storageClass: "kubernetes:storage.k8s.io:StorageClass",
  targetGroupBinding: "kubernetes:elbv2.k8s.aws:TargetGroupBinding",
  virtualService: "kubernetes:networking.istio.io:VirtualService",
  validatingWebhook: "kubernetes:admissionregistration.k8s.io:ValidatingWebhookConfiguration",
  verticalPodAutoscaler: "kubernetes:autoscaling.k8s.io:VerticalPodAutoscaler",
  workflow: "kubernetes:argoproj.io:Workflow",
  workflowTemplate: "kubernetes:argoproj.io:WorkflowTemplate",
  yamlFile: "kubernetes:yaml:ConfigFile",
  yamlGroup: "kubernetes:yaml:ConfigGroup",
} as const;

type AwsType = keyof typeof spellings;
/** A type of resources, by the first of its spellings. */
export type ResourceType = string;

/** Folded names by short name. */
export const types: Readonly<Record<AwsType | keyof typeof kinds, ResourceType>> = {
  ...(Object.fromEntries(Object.entries(spellings).map(([key, tokens]) => [key, tokens[0]])) as Record<
    AwsType,
    ResourceType
  >),
  ...kinds,
};

const folded: ReadonlyMap<string, ResourceType> = new Map(
  Object.values(spellings).flatMap((tokens) => tokens.map((token) => [token, tokens[0]] as const)),
);

const kubernetesToken = /^kubernetes:([^/:]+)(?:\/[^:]+)?:([A-Za-z0-9]+)$/;
/** Former groups of a kind. */
const formerGroups: Readonly<Record<string, string>> = {
  "extensions/Deployment": "apps",
  "extensions/DaemonSet": "apps",
  "extensions/ReplicaSet": "apps",
  "extensions/NetworkPolicy": "networking.k8s.io",
  "extensions/Ingress": "networking.k8s.io",
};

/** The type of a token: aliases, API versions and `Patch` tokens give the type that they declare. */
export function typeOfToken(token: string): ResourceType {
  const alias = folded.get(token);
  if (alias !== undefined) return alias;
  return token.replace(kubernetesToken, (_token, group: string, given: string) => {
    const kind = given.length > "Patch".length && given.endsWith("Patch") ? given.slice(0, -"Patch".length) : given;
    return `kubernetes:${formerGroups[`${group}/${kind}`] ?? group}:${kind}`;
  });
}

/** The kind as manifests spell it: the last part of a type. */
export function manifestKind(type: ResourceType): string {
  return type.slice(type.lastIndexOf(":") + 1);
}

/** Groups of Pulumi's own resources: they create objects, and are not objects of a cluster. */
const makers = ["helm.sh", "kustomize", "yaml"];

/** Group and kind of every Kubernetes kind that rules read, without Pulumi's own resources. */
export function knownKinds(): readonly (readonly [group: string, kind: string])[] {
  return Object.values(kinds).flatMap((folded) => {
    const [, group = "", kind = ""] = folded.split(":");
    return makers.includes(group) ? [] : [[group, kind] as const];
  });
}

/** Whether the token declares part of an object that someone else owns (server-side apply under a `Patch` token). */
export function isPatchToken(token: string): boolean {
  return /^kubernetes:.*[a-z0-9]Patch$/.test(token);
}

/** The token under which a manifest's object would be declared in a program. */
export function tokenOf(apiVersion: string, kind: string): string {
  return apiVersion.includes("/") ? `kubernetes:${apiVersion}:${kind}` : `kubernetes:core/${apiVersion}:${kind}`;
}
