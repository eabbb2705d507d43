/** What controllers change in their own right: no drift, each row with its reason. */

/** A property that something else than the program owns. */
export interface ChurnRow {
  /** Types as Pulumi names them. */
  readonly type: RegExp;
  /** Path as it is written, names joined by dots. */
  readonly path: RegExp;
  readonly reason: string;
  /** Where the owner is documented. */
  readonly source: string;
}

/** Every row; the first that fits gives the reason. */
export const churnRows: readonly ChurnRow[] = [
  {
    type: /^aws:eks\/nodeGroup:NodeGroup$/,
    path: /^scalingConfig\.desiredSize$/,
    reason: "the Cluster Autoscaler sets how many nodes run, between the least and the most",
    source: "docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html",
  },
  {
    type: /^aws:autoscaling\/group:Group$/,
    path: /^desiredCapacity$/,
    reason: "scaling policies and EKS set how many machines run, between the least and the most",
    source: "docs.aws.amazon.com/autoscaling/ec2/userguide/asg-capacity-limits.html",
  },
  {
    type: /^aws:/,
    path: /^(tags|tagsAll)\.(aws:|eks:|elbv2\.k8s\.aws\/|k8s\.io\/cluster-autoscaler\/)/,
    reason: "AWS and controllers mark what they use with tags of their own",
    source: "docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
  },
  {
    type: /^aws:ec2\/subnet:Subnet$/,
    path: /^(tags|tagsAll)\.kubernetes\.io\/cluster\//,
    reason: "EKS of old marked the subnets of a cluster by itself",
    source: "docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
  },
  {
    type: /^kubernetes:/,
    path: /^status(\.|$)/,
    reason: "controllers write status",
    source: "github.com/kubernetes/community contributors/devel/sig-architecture/api-conventions.md",
  },
  {
    type: /^kubernetes:/,
    path: /^metadata\.(resourceVersion|generation|uid|creationTimestamp|selfLink|managedFields)(\.|$)/,
    reason: "the API server counts versions and notes who wrote which field",
    source: "github.com/kubernetes/community contributors/devel/sig-architecture/api-conventions.md",
  },
  {
    type: /^kubernetes:/,
    path: /^metadata\.annotations\.(deployment\.kubernetes\.io\/revision|kubectl\.kubernetes\.io\/last-applied-configuration|pv\.kubernetes\.io\/|volume\.kubernetes\.io\/|volume\.beta\.kubernetes\.io\/)/,
    reason: "controllers note the revision and the volume of an object there",
    source: "kubernetes.io/docs/reference/labels-annotations-taints",
  },
  {
    type: /^kubernetes:admissionregistration\.k8s\.io\//,
    path: /^webhooks\.clientConfig\.caBundle$/,
    reason: "the webhook's own controller renews the certificate that the API server trusts",
    source: "kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers",
  },
  {
    type: /^kubernetes:core\/v1:(ServiceAccount|PersistentVolumeClaim)$/,
    path: /^(secrets|spec\.volumeName)(\.|$)/,
    reason: "Kubernetes binds the volume, and gave tokens to service accounts",
    source: "kubernetes.io/docs/concepts/storage/persistent-volumes",
  },
];

/** Why a change of the property is no drift; undefined where it is. */
export function churnReason(type: string, path: string): string | undefined {
  return churnRows.find((row) => row.type.test(type) && row.path.test(path))?.reason;
}
