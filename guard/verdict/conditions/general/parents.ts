/** The resource that the changed one is a part of: whether it is new, or is deleted too. */
import { isAbsent, valueAt } from "../../plans/values";
import { type Conditions, type Context, type Outcome, safe, unknown } from "../core/condition";
import { isDeleted, named } from "../core/related";

/** Types that hold permissions. */
const HOLDER = /^aws:iam\/(role|user|group):/;

/** A permission that is deleted together with its only holders. */
function ownerGoes(context: Context): Outcome {
  const owners = context.index.usedBy(context.resource.address).filter(({ type }) => HOLDER.test(type));
  if (owners.length > 0 && owners.every(isDeleted)) return safe(`${named(owners)} is deleted too; see its own verdict`);
  return unknown(context.row.when);
}

function isNewParent(property: string): (context: Context) => Outcome {
  return ({ index, resource, row }) =>
    index.isNew(resource, property) ? safe("its parent is new: nothing uses it yet") : unknown(row.when);
}

/** Properties that refer to the parent, the one that takes traffic first. */
const PARENT_PROPERTIES = [
  ...["domainName", "restApi", "restApiId", "apiId", "serviceNetworkIdentifier", "serviceIdentifier", "resourceArn"],
  ...["clusterName", "clusterArn", "clusterNames", "fileSystemId", "userPoolId", "identityPoolId", "dbProxyName"],
  ...["autoscalingGroupName", "instanceId", "networkInterfaceId", "vpcId", "routeTableId", "vpnGatewayId"],
  ...["transitGatewayRouteTableId", "transitGatewayId", "backupVaultName", "identity", "ruleSetName", "resourceId"],
  ...["targetId", "zoneId", "hostedZoneId", "logGroupName", "tableName", "projectName", "targetPipeline", "arn"],
  ...["configRuleName", "webAclArn", "functionName", "appId", "serviceArn", "serviceId", "queueUrl", "bucket"],
  ...["resourceIdentifier", "vpcEndpointId"],
];

/** A part of a resource that this plan creates has no effect yet. */
function ownerIsNew({ index, resource, row }: Context): Outcome {
  const owner = PARENT_PROPERTIES.find((property) => !isAbsent(valueAt(resource.after, property)));
  return owner !== undefined && index.isNew(resource, owner) ? safe(`its parent is new (${owner})`) : unknown(row.when);
}

/** Conditions about parents. */
export const parents: Conditions = {
  ownerGoes,
  ownerIsNew,
  subnetIsNew: isNewParent("subnetId"),
  tableIsNew: isNewParent("routeTableId"),
  networkIsNew: isNewParent("vpcId"),
  instanceIsNew: isNewParent("instanceId"),
  groupIsNew: isNewParent("autoscalingGroupName"),
  guardedIsNew: isNewParent("resourceArn"),
  scaledIsNew: isNewParent("resourceId"),
  bucketIsNew: isNewParent("bucket"),
  domainIsNew: isNewParent("domainName"),
  attachmentIsNew: isNewParent("transitGatewayAttachmentId"),
  transitTableIsNew: isNewParent("transitGatewayRouteTableId"),
  defaultTableIsNew: isNewParent("defaultRouteTableId"),
};
