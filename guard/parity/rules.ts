/** What may differ between a stack and its replica, what must, and what must not: one table. */

/** Types that follow the primary by name: a replica of them that has a name of its own brings other manifests. */
export const ONE_FOR_BOTH: readonly string[] = ["kubernetes:argoproj.io/v1alpha1:ApplicationSet"];

/** Folders whose next part is the primary's name in both: its manifests in Git, its secrets in Secrets Manager. */
export const SHARED_FOLDERS: readonly string[] = ["gitops/", "fridayproof/"];

/** A value that both stacks having makes the copy worthless or wrong. */
export interface MustDiffer {
  readonly type: RegExp;
  /** Of the inputs, lists without their numbers. */
  readonly path: RegExp;
  /** Of the logical name. */
  readonly name?: RegExp;
  readonly reason: string;
}

/** Checked beside the comparison: equal values here are a difference. */
export const MUST_DIFFER: readonly MustDiffer[] = [
  {
    type: /^pulumi:providers:aws$/,
    path: /^region$/,
    reason: "a copy in the same region is lost with it",
  },
  {
    type: /^aws:ec2\/vpc:Vpc$/,
    path: /^cidrBlock$/,
    reason: "networks with the same addresses can never be joined",
  },
  {
    type: /^aws:route53\/record:Record$/,
    path: /^(?:setIdentifier|failoverRoutingPolicies\[\]\.type)$/,
    reason: "Route 53 takes one record of each role for a name",
  },
  {
    type: /^kubernetes:helm\.sh\/v3:Release$/,
    path: /^values\.global\.domain$/,
    name: /argo-cd/,
    reason: "a host name that follows the failover leads to the other Argo CD until then",
  },
];

/** Values of which each stack has one, and which count as equal; that both have the same is checked above. */
export const COUNTERPARTS: readonly {
  readonly type: RegExp;
  readonly path: RegExp;
  readonly values: readonly string[];
}[] = [
  {
    type: /^aws:route53\/record:Record$/,
    path: /^failoverRoutingPolicies\[\]\.type$/,
    values: ["PRIMARY", "SECONDARY"],
  },
];

/** Things that are looked up, drawn, or another stack's: which one it is, is not in the state. @source the ARN forms of AWS */
export const LOOKED_UP: readonly { readonly pattern: RegExp; readonly placeholder: string }[] = [
  {
    pattern: /^arn:aws[a-z-]*:acm:<region>:<account>:certificate\/[0-9a-f-]{32,36}$/,
    placeholder: "<a certificate of the region>",
  },
  {
    // One in its own region would be lost with what it is a copy of.
    pattern: /^arn:aws[a-z-]*:backup:(?!<region>)[a-z0-9-]+:<account>:backup-vault:[\w-]*<environment>$/,
    placeholder: "<the vault of copies in another region>",
  },
  {
    // Drawn at random, so that no earlier snapshot has it.
    pattern: /^[\w-]*<environment>-last-[0-9a-f]{8}$/,
    placeholder: "<the name of the last snapshot>",
  },
];

/** Hosted zone of Application Load Balancers by region. @source https://docs.aws.amazon.com/general/latest/gr/elb.html */
export const BALANCER_ZONES: Readonly<Record<string, string>> = {
  "ap-southeast-2": "Z1GM3OXH4ZPM65",
  "eu-central-1": "Z215JYRZR1TBD5",
  "eu-west-1": "Z32O12XQLNTSW2",
  "us-east-1": "Z35SXDOTRQ7X7K",
  "us-east-2": "Z3AADJGX6KTTL2",
  "us-west-2": "Z1H1FL5HABSF5",
};

/** Lists whose order means nothing to whoever reads them; any other list is compared in order. */
export const SETS: ReadonlySet<string> = new Set([
  "Action",
  "AWS",
  "Federated",
  "NotAction",
  "NotResource",
  "Resource",
  "Service",
  "Statement",
  "__defaults",
  "alarmActions",
  "allowedAccountIds",
  "availabilityZones",
  "cidrBlocks",
  "enabledClusterLogTypes",
  "insufficientDataActions",
  "ipv6CidrBlocks",
  "managedPolicyArns",
  "namespaces",
  "okActions",
  "publicAccessCidrs",
  "routeTableIds",
  "securityGroupIds",
  "securityGroups",
  "subnetIds",
  "subnets",
  "tagSpecifications",
  "vpcSecurityGroupIds",
]);

/**
 * Types whose resources of one parent wait for each other in an update and not when they are made: such an edge says
 * how often a stack was updated, and nothing of what stands.
 */
export const ONE_AFTER_ANOTHER: ReadonlySet<string> = new Set([
  // Node groups of a pool roll one after another; new ones start together.
  "aws:eks/nodeGroup:NodeGroup",
]);

/** What stands in no state, and so in no comparison of states. */
export const NOT_LOOKED_AT: readonly string[] = [
  "what AWS returned (outputs): platform versions, zone names, certificates' names, quotas",
  "images: whether each digest is in the registry of both regions",
  "secrets in Secrets Manager: their values and their copies",
  "which key opens the secrets of each state: its alias has no region",
  "service-linked roles of the account",
  "Argo CD: the revision that it has synced, and what runs of it",
  "objects changed by hand since the last refresh",
  "the order in which node groups of one pool roll",
  "rows of databases",
];
