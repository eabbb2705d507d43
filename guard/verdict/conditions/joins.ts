/** What joins two others, or is a part of one: subscriptions, targets, routes, policies, labels of a secret. */
import { isAbsent, isUnknown, listAt, textAt, valueAt } from "../plans/values";
import { named, withOwner } from "./common";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "./condition";

/**
 * Properties that refer to what a resource joins, or is a part of. A type whose own deletion refers to the verdicts of its users
 * must not be among them: both would then refer to each other, and neither would say what is lost.
 */
const JOINED = [
  ...["topic", "topicArn", "endpoint", "rule", "arn", "eventBusName", "apiId", "domainName", "bucket"],
  ...["transitGatewayRouteTableId", "transitGatewayAttachmentId", "vpcId", "vpnConnectionId"],
  ...["instanceId", "volumeId", "networkInterfaceId", "fileSystemId", "restApi", "restApiId", "usagePlanId", "keyId"],
  ...["userPoolId", "identityPoolId", "serverId", "resourceShareArn", "permissionSetArn", "targetId"],
  ...["autoscalingGroupName", "dbProxyName", "clusterName", "clusterArn", "clusterArnOrId", "serviceId", "tableName"],
  ...["serviceIdentifier", "serviceNetworkIdentifier", "listenerIdentifier", "projectName"],
  ...["routeTableId", "dxGatewayId", "appId", "streamArn", "identity", "ruleSetName", "zoneId"],
  ...["configurationSetName", "groupName", "userId", "serviceArn"],
];

/** A join that goes: whoever is behind it gets nothing more. */
function joinGoes(context: Context): Outcome {
  return withOwner(context, JOINED) ?? downtime(context.row.when);
}

/** A part that goes: what it belongs to works on with less. */
function partGoes(context: Context): Outcome {
  return withOwner(context, JOINED) ?? degrades(context.row.when);
}

/** Protocols whose owner must confirm before the first message comes. */
const CONFIRMED = /^(email|https?)/;

/** Another subscription in place of the old one. */
function subscriptionMoves({ resource, row }: Context): Outcome {
  const { after } = resource;
  const protocol = valueAt(after, "protocol");
  if (typeof protocol !== "string" || isUnknown(protocol))
    return unknown(`${row.when} (the plan does not say by which protocol)`);
  return CONFIRMED.test(protocol) && valueAt(after, "endpointAutoConfirms") !== true
    ? downtime(`the owner of the endpoint must confirm it first (${protocol}), and until then gets nothing`)
    : degrades(row.when);
}

const CURRENT = "AWSCURRENT";

/** A version of a secret that goes: the label that readers ask for stays on it. */
function currentStays(context: Context): Outcome {
  const { resource, row } = context;
  const owned = withOwner(context, ["secretId"]);
  if (owned !== undefined) return owned;
  return listAt(resource.before, "versionStages").includes(CURRENT)
    ? safe(`the label ${CURRENT} cannot be taken from it: readers still get its value`)
    : unknown(row.when);
}

/** Whether a request of one route's key is also one of another's: `ANY /{proxy+}` has all of `GET /orders`. */
function hasRequestsOf(wide: string, narrow: string): boolean {
  if (wide === "$default") return true;
  const [[method, path], [ownMethod, ownPath]] = [wide.split(" "), narrow.split(" ")];
  if (path === undefined || ownPath === undefined) return wide === narrow;
  if (method !== "ANY" && method !== ownMethod) return false;
  const [outer, own] = [path.split("/"), ownPath.split("/")];
  const at = outer.findIndex((part) => /^\{.*\+\}$/.test(part));
  const fixed = at < 0 ? outer : outer.slice(0, at);
  return (
    (at < 0 ? outer.length === own.length : own.length > at) &&
    fixed.every((part, index) => part === own[index] || /^\{.*\}$/.test(part))
  );
}

/** A route that comes: whether another one of its API answers its requests today. */
function routeTakes({ index, resource, row }: Context): Outcome {
  if (index.isNew(resource, "apiId")) return safe("its API is new: nobody calls it yet");
  const key = textAt(resource.after, "routeKey");
  if (key === "$default") return safe("it answers only what no other route answers");
  const apis = index.usedBy(resource.address, "apiId");
  const isWhole = index.plan.hasUnchanged && apis.length > 0;
  if (key === undefined || !isWhole || apis.some(({ after }) => !isAbsent(valueAt(after, "body"))))
    return unknown(`${row.when} (which ones there are, the plan does not say)`);
  const api = textAt(resource.after, "apiId");
  const others = index
    .ofType(resource.type)
    .filter(
      ({ address, operation, before }) =>
        address !== resource.address &&
        operation !== "create" &&
        (textAt(before, "apiId") === api || index.usedBy(address, "apiId").some((one) => apis.includes(one))) &&
        hasRequestsOf(textAt(before, "routeKey") ?? "$default", key),
    );
  return others.length > 0
    ? unknown(`${named(others)} answers its requests today: ${row.when}`)
    : safe("no other route of its API answers its requests today");
}

/** Conditions about what joins others. */
export const joins: Conditions = { joinGoes, partGoes, subscriptionMoves, currentStays, routeTakes };
