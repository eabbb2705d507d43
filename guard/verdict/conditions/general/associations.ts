/** Associations of two resources, and parts of one: attachments, targets, subscriptions, settings. */
import { type Conditions, type Context, degrades, downtime, type Outcome } from "../core/condition";
import { safeWithOwner } from "../core/related";

/**
 * Properties that refer to the resources that an association connects. A type whose own deletion refers to the verdicts of its users
 * must not be among them: both would then refer to each other, and neither would state the effect.
 */
const OWNER_PROPERTIES = [
  ...["topic", "topicArn", "endpoint", "rule", "arn", "eventBusName", "apiId", "domainName", "bucket"],
  ...["transitGatewayRouteTableId", "transitGatewayAttachmentId", "vpcId", "vpnConnectionId"],
  ...["instanceId", "volumeId", "networkInterfaceId", "fileSystemId", "restApi", "restApiId", "usagePlanId", "keyId"],
  ...["userPoolId", "identityPoolId", "serverId", "resourceShareArn", "permissionSetArn", "targetId"],
  ...["autoscalingGroupName", "dbProxyName", "clusterName", "clusterArn", "clusterArnOrId", "serviceId", "tableName"],
  ...["serviceIdentifier", "serviceNetworkIdentifier", "listenerIdentifier", "projectName"],
  ...["routeTableId", "dxGatewayId", "appId", "streamArn", "identity", "ruleSetName", "zoneId"],
  ...["configurationSetName", "groupName", "userId", "serviceArn"],
];

/** A deleted association: the associated resource gets no traffic or events any more. */
function joinGoes(context: Context): Outcome {
  return safeWithOwner(context, OWNER_PROPERTIES) ?? downtime(context.row.when);
}

/** A deleted part: its parent continues without it. */
function partGoes(context: Context): Outcome {
  return safeWithOwner(context, OWNER_PROPERTIES) ?? degrades(context.row.when);
}

/** Conditions about associations. */
export const associations: Conditions = {
  joinGoes,
  partGoes,
};
