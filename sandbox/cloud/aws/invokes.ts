/** Results of the data sources that the platform uses. */
import { CloudError } from "../../protocol/provider";
import { equal, isObject, type PropertyMap } from "../../property/values";
import type { CloudObject } from "../account/account";
import { hashHex } from "../account/hash-hex";
import { limitOf } from "./object/facts";
import { isIssued } from "./object/side-effects";
import type { Caller } from "./object/resource-context";

type DataSource = (caller: Caller, args: PropertyMap) => PropertyMap;

/** The single object that fits, as the data source would find it. */
function only(objects: readonly CloudObject[], what: string): CloudObject {
  const [first, ...more] = objects;
  if (first === undefined) throw new CloudError("NotFound", `no ${what} in this account`);
  if (more.length > 0) throw new CloudError("TooManyResults", `${objects.length} match: ${what}; narrow the search`);
  return first;
}

function here(caller: Caller, type: string, args: PropertyMap): CloudObject[] {
  const region = args.region ?? caller.region;
  return caller.account.all(type).filter(({ scope }) => scope === region || scope === "global");
}

function callerIdentity({ account: { accountId }, principal }: Caller): PropertyMap {
  const role = /:role\/(.*)$/.exec(principal)?.[1];
  const arn = role === undefined ? principal : `arn:aws:sts::${accountId}:assumed-role/${role}/sandbox`;
  return { accountId, arn, userId: `AIDA${hashHex(arn, 17).toUpperCase()}` };
}

function region({ region }: Caller, args: PropertyMap): PropertyMap {
  const name = args.region ?? args.name ?? region;
  return { id: name, name, region: name, description: name, endpoint: `ec2.${String(name)}.amazonaws.com` };
}

const CLUSTER = "aws:eks/cluster:Cluster";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

function clusters(caller: Caller, args: PropertyMap): PropertyMap {
  return { names: here(caller, CLUSTER, args).map(({ id }) => id) };
}

function nodeGroupsOf(caller: Caller, args: PropertyMap): CloudObject[] {
  const { clusterName = "" } = args;
  if (here(caller, CLUSTER, args).some(({ id }) => id === clusterName))
    return here(caller, NODE_GROUP, args).filter(({ outputs }) => outputs.clusterName === clusterName);
  throw new CloudError("ResourceNotFoundException", `No cluster found for name: ${String(clusterName)}.`);
}

function nodeGroups(caller: Caller, args: PropertyMap): PropertyMap {
  const names = nodeGroupsOf(caller, args).map(({ outputs }) => outputs.nodeGroupName ?? "");
  return { clusterName: args.clusterName ?? "", names };
}

function nodeGroup(caller: Caller, args: PropertyMap): PropertyMap {
  const found = nodeGroupsOf(caller, args).find(({ outputs }) => outputs.nodeGroupName === args.nodeGroupName);
  if (found !== undefined) return { ...found.outputs, scalingConfigs: [found.outputs.scalingConfig ?? {}] };
  throw new CloudError("ResourceNotFoundException", `No node group found for name: ${String(args.nodeGroupName)}.`);
}

function isPrivate({ inputs: { vpcs } }: CloudObject): boolean {
  return Array.isArray(vpcs) && vpcs.length > 0;
}

function zone(caller: Caller, args: PropertyMap): PropertyMap {
  const zones = here(caller, "aws:route53/zone:Zone", args);
  const name = String(args.name ?? "").replace(/\.$/, "");
  const named = zones.filter((one) => one.outputs.name === name && isPrivate(one) === (args.privateZone === true));
  const expected = args.zoneId === undefined ? named : zones.filter(({ id }) => id === args.zoneId);
  const found = only(expected, `hosted zone ${String(args.zoneId ?? name)}`);
  return { ...args, ...found.outputs, zoneId: found.id, privateZone: isPrivate(found), resourceRecordSetCount: 2 };
}

function certificate(caller: Caller, args: PropertyMap): PropertyMap {
  const { domain, statuses = ["ISSUED"], tags = {} } = args;
  const statusOf = (arn: string): string => (isIssued(caller.account, arn) ? "ISSUED" : "PENDING_VALIDATION");
  // AWS compares a domain with the certificate's first name only.
  const found = here(caller, "aws:acm/certificate:Certificate", args).filter(
    ({ id, outputs: { domainName, tagsAll } }) =>
      (domain === undefined || domainName === domain) &&
      hasAll(tagsAll, tags) &&
      (statuses as readonly string[]).includes(statusOf(id)),
  );
  const what = `certificate for ${String(domain ?? JSON.stringify(tags))} with status ${(statuses as string[]).join(" or ")}`;
  const { id, outputs } = only(
    args.mostRecent === true ? found.slice(-1) : found,
    `${what} in ${String(args.region ?? caller.region)}`,
  );
  const { domainName = "", tagsAll = {} } = outputs;
  return { ...args, id, arn: id, domain: domainName, status: statusOf(id), tags: tagsAll };
}

/** A quota as Service Quotas returns it: the account's own value, and the default. */
function serviceQuota({ facts, account, region }: Caller, args: PropertyMap): PropertyMap {
  const { serviceCode, quotaCode } = args;
  const quotas = Object.values(facts.quotas);
  const found = quotas.find(({ service, quota }) => service === serviceCode && quota === quotaCode);
  const what = `${String(serviceCode)} ${String(quotaCode)}`;
  if (found === undefined)
    throw new CloudError("NoSuchResourceException", `no quota ${what} in sandbox/cloud/quotas.yaml`);
  const where = String(args.region ?? region);
  const arn = `arn:aws:servicequotas:${where}:${account.accountId}:${what.replace(" ", "/")}`;
  const value = limitOf(facts, found, serviceCode === "iam" ? "global" : where);
  return { ...args, arn, adjustable: true, defaultValue: found.default, value };
}

function hasAll(members: PropertyMap[string] = {}, expected: PropertyMap[string]): boolean {
  return (
    isObject(members) && isObject(expected) && Object.keys(expected).every((key) => equal(members[key], expected[key]))
  );
}

/** Token to result; a new data source is one row. */
const DATA_SOURCES: Readonly<Record<string, DataSource>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": callerIdentity,
  "aws:index/getRegion:getRegion": region,
  "aws:route53/getZone:getZone": zone,
  "aws:acm/getCertificate:getCertificate": certificate,
  "aws:servicequotas/getServiceQuota:getServiceQuota": serviceQuota,
  "aws:eks/getClusters:getClusters": clusters,
  "aws:eks/getNodeGroups:getNodeGroups": nodeGroups,
  "aws:eks/getNodeGroup:getNodeGroup": nodeGroup,
};

/**
 * Invokes a data source.
 * @throws CloudError when nothing matches, or the data source is not known.
 */
export function invokeFunction(caller: Caller, token: string, args: PropertyMap): PropertyMap {
  const source = DATA_SOURCES[token];
  if (source !== undefined)
    return { id: hashHex(token + JSON.stringify(args), 10), region: caller.region, ...source(caller, args) };
  throw new CloudError(
    "UnknownDataSource",
    `the sandbox does not support ${token}. Add one row to DATA_SOURCES in sandbox/cloud/aws/invokes.ts.`,
  );
}
