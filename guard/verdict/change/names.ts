/** Create-before-delete replacements whose unique name does not change: the service refuses the second one. */
import type { Resource } from "../plans/change";
import type { Finding } from "./finding";
import { isAbsent, isUnknown, valueAt } from "../plans/values";

/** Unique properties by type; of other types it is the name. */
const UNIQUE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "aws:lb/listenerRule:ListenerRule": [["listenerArn", "priority"]],
  "aws:lb/listener:Listener": [["loadBalancerArn", "port"]],
  "aws:ec2/route:Route": [
    ["routeTableId", "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"],
  ],
  "aws:ec2/subnet:Subnet": [["vpcId", "cidrBlock"]],
  "aws:efs/mountTarget:MountTarget": [["fileSystemId", "subnetId"]],
  "aws:ec2/networkAclRule:NetworkAclRule": [["networkAclId", "ruleNumber", "egress"]],
  "aws:eks/addon:Addon": [["clusterName", "addonName"]],
  "aws:eks/accessEntry:AccessEntry": [["clusterName", "principalArn"]],
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": [["clusterName", "namespace", "serviceAccount"]],
  "aws:lambda/permission:Permission": [["function", "functionName", "statementId"]],
  "aws:s3/bucket:Bucket": [["bucket"]],
  "aws:rds/instance:Instance": [["identifier"]],
  "aws:rds/cluster:Cluster": [["clusterIdentifier"]],
  "aws:rds/clusterInstance:ClusterInstance": [["identifier"]],
  "aws:elasticache/replicationGroup:ReplicationGroup": [["replicationGroupId"]],
  "aws:elasticache/cluster:Cluster": [["clusterId"]],
  "aws:eks/nodeGroup:NodeGroup": [["clusterName", "nodeGroupName"]],
  "aws:eks/fargateProfile:FargateProfile": [["clusterName", "fargateProfileName"]],
  "aws:lambda/function:Function": [["name"], ["functionName"]],
  "aws:ecs/service:Service": [["cluster", "name"]],
  "aws:opensearch/domain:Domain": [["domainName"]],
  "aws:msk/cluster:Cluster": [["clusterName"]],
};

/** Types whose `name` need not be unique: records, numbered revisions, rules. */
const NOT_UNIQUE =
  /^(aws:(ecs\/taskDefinition|route53\/(record|zone)|ec2\/(instance|vpc)|acm\/|apigateway\/|secretsmanager\/secretVersion|iam\/rolePolicyAttachment|iam\/policyAttachment|cloudfront\/distribution|cognito\/)|helm|.*_)/;

const KUBERNETES_NAME = [["metadata.namespace", "metadata.name"]];

function keysOf(type: string): readonly (readonly string[])[] {
  const own = UNIQUE[type];
  if (own !== undefined) return own;
  if (type === "kubernetes:helm.sh/v3:Release") return [["namespace", "name"]];
  if (type.startsWith("kubernetes:")) return KUBERNETES_NAME;
  return NOT_UNIQUE.test(type) ? [] : [["name"]];
}

function isSame(resource: Resource, path: string): boolean {
  const [before, after] = [valueAt(resource.before, path), valueAt(resource.after, path)];
  if (isAbsent(before) && isAbsent(after)) return true;
  return !isUnknown(after) && String(before) === String(after);
}

/** The conflict of a create-before-delete with an unchanged key; undefined where the key changes or the provider generates it. */
export function clashOf(resource: Resource): Finding | undefined {
  const key = keysOf(resource.type).find(
    (paths) => paths.every((path) => isSame(resource, path)) && !isAbsent(valueAt(resource.after, paths.at(-1) ?? "")),
  );
  if (key === undefined) return undefined;
  return {
    verdict: "DEGRADES",
    reason: `the run fails half way: ${key.join(", ")} does not change, and the service refuses the new one while the old one uses it. Steps before it are not rolled back.`,
    who: "the deployment run",
    safer: "Give the new one another name, or let it be deleted first in a window.",
    seconds: [0, 0],
  };
}
