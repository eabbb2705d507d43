/** Answers of the data sources that the platform uses. */
import { createHash } from "node:crypto";
import { equal, isObject, type PropertyMap } from "../../values/values";
import type { CloudObject } from "../account";
import { CloudError } from "../../provider/provider";
import { isIssued } from "./aftermath";
import type { Caller } from "./making";

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

function callerIdentity(caller: Caller): PropertyMap {
  const role = /:role\/(.*)$/.exec(caller.principal)?.[1];
  const { accountId } = caller.account;
  const arn = role === undefined ? caller.principal : `arn:aws:sts::${accountId}:assumed-role/${role}/sandbox`;
  return { accountId, arn, userId: `AIDA${createHash("sha256").update(arn).digest("hex").slice(0, 17).toUpperCase()}` };
}

function zone(caller: Caller, args: PropertyMap): PropertyMap {
  const name = typeof args.name === "string" ? args.name.replace(/\.$/, "") : undefined;
  const wanted = (object: CloudObject): boolean =>
    args.zoneId === undefined
      ? object.outputs.name === name && isPrivate(object) === (args.privateZone === true)
      : object.id === args.zoneId;
  const found = only(
    here(caller, "aws:route53/zone:Zone", args).filter(wanted),
    `hosted zone ${String(args.zoneId ?? name)}`,
  );
  return { ...args, ...found.outputs, zoneId: found.id, privateZone: isPrivate(found), resourceRecordSetCount: 2 };
}

function isPrivate(object: CloudObject): boolean {
  return Array.isArray(object.inputs.vpcs) && object.inputs.vpcs.length > 0;
}

function certificate(caller: Caller, args: PropertyMap): PropertyMap {
  const statuses = Array.isArray(args.statuses) ? args.statuses : ["ISSUED"];
  const { domain } = args;
  const wanted = isObject(args.tags) ? args.tags : {};
  // AWS compares a domain with the certificate's first name only.
  const found = here(caller, "aws:acm/certificate:Certificate", args).filter(
    ({ id, outputs }) =>
      (domain === undefined || outputs.domainName === domain) &&
      isTagged(outputs, wanted) &&
      statuses.includes(statusOf(caller, id)),
  );
  const newest = args.mostRecent === true ? found.slice(-1) : found;
  const { id, outputs } = only(
    newest,
    `certificate for ${String(domain ?? JSON.stringify(wanted))} with status ${statuses.join(" or ")} in ${String(args.region ?? caller.region)}`,
  );
  return {
    ...args,
    id,
    arn: id,
    domain: outputs.domainName ?? "",
    status: statusOf(caller, id),
    tags: outputs.tagsAll ?? {},
  };
}

function isTagged(outputs: PropertyMap, wanted: PropertyMap): boolean {
  const tags = isObject(outputs.tagsAll) ? outputs.tagsAll : {};
  return Object.entries(wanted).every(([key, value]) => equal(tags[key], value));
}

function statusOf(caller: Caller, arn: string): string {
  return isIssued(caller.account, arn) ? "ISSUED" : "PENDING_VALIDATION";
}

/** Token to answer; a new data source is one row. */
const DATA_SOURCES: Readonly<Record<string, DataSource>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": callerIdentity,
  "aws:index/getRegion:getRegion": ({ region }, args) => {
    const name = args.region ?? args.name ?? region;
    return { id: name, name, region: name, description: name, endpoint: `ec2.${String(name)}.amazonaws.com` };
  },
  "aws:route53/getZone:getZone": zone,
  "aws:acm/getCertificate:getCertificate": certificate,
};

/**
 * Answers a data source.
 * @throws CloudError when nothing matches, or the data source is not known.
 */
export function answer(caller: Caller, token: string, args: PropertyMap): PropertyMap {
  const source = DATA_SOURCES[token];
  if (source === undefined) {
    throw new CloudError(
      "UnknownDataSource",
      `the sandbox does not know ${token}. Add one row to DATA_SOURCES in sandbox/cloud/aws/invokes.ts.`,
    );
  }
  const result = source(caller, args);
  return {
    id: createHash("sha256")
      .update(token + JSON.stringify(args))
      .digest("hex")
      .slice(0, 10),
    region: caller.region,
    ...result,
  };
}
