/** Parts of other resources: whether the owner is new, and whether its users drop the reference before it is deleted. */
import { isAbsent, valueAt } from "../plans/values";
import { named, usersOf } from "./common";
import { type Conditions, type Context, degrades, type Outcome, safe, unknown } from "./condition";

/** Properties that refer to the resource that is changed, the one that takes traffic first. */
const OWNERS = [
  ...["domainName", "restApi", "restApiId", "apiId", "serviceNetworkIdentifier", "serviceIdentifier", "resourceArn"],
  ...["clusterName", "clusterArn", "clusterNames", "fileSystemId", "userPoolId", "identityPoolId", "dbProxyName"],
  ...["autoscalingGroupName", "instanceId", "networkInterfaceId", "vpcId", "routeTableId", "vpnGatewayId"],
  ...["transitGatewayRouteTableId", "transitGatewayId", "backupVaultName", "identity", "ruleSetName", "resourceId"],
  ...["targetId", "zoneId", "hostedZoneId", "logGroupName", "tableName", "projectName", "targetPipeline", "arn"],
  ...["configRuleName", "webAclArn", "functionName", "appId", "serviceArn", "serviceId", "queueUrl", "bucket"],
  ...["resourceIdentifier", "vpcEndpointId"],
];

/** A part of a resource that this plan creates serves nobody yet. */
function ownerIsNew({ index, resource, row }: Context): Outcome {
  const owner = OWNERS.find((property) => !isAbsent(valueAt(resource.after, property)));
  return owner !== undefined && index.isNew(resource, owner)
    ? safe(`what it belongs to is new (${owner})`)
    : unknown(row.when);
}

/** A deletion that AWS refuses while the resource is in use: nothing is lost unless its users drop it first, which they say themselves. */
function released(context: Context): Outcome {
  const { index, resource, row } = context;
  const keepers = index.keepersOf(resource.address);
  if (keepers.length > 0) return degrades(`${named(keepers)} still refers to it: ${row.when}`);
  const users = usersOf(context);
  return users.length > 0
    ? safe(`${named(users)} no longer refers to it by then; see its own verdict`)
    : degrades(`${row.when} (its users are not in this plan)`);
}

/** Conditions about parts. */
export const owners: Conditions = { ownerIsNew, released };
