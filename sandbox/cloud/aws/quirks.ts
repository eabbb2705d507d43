/** Outputs and ids that no text with places can say: called from entries as `=name`. */
import { createHash } from "node:crypto";
import { isObject, type PropertyMap, type Value } from "../../values/values";
import type { CloudObject } from "../account";
import type { Making } from "./making";

/** An object without its place: what AWS makes beside another. */
export type Companion = Pick<CloudObject, "type" | "id" | "inputs" | "outputs">;

/** Digits of the tokens that ACM asks for in DNS. */
const TOKEN_LENGTH = 32;

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const ENTRY = "aws:eks/accessEntry:AccessEntry";

function zone(made: Making, part: 0 | 1): string | undefined {
  const zones = Object.entries(made.caller.facts.regions[made.region]?.zones ?? {});
  const wanted = [made.text("availabilityZone"), made.text("availabilityZoneId")];
  return (zones.find((pair) => pair.some((name) => wanted.includes(name))) ?? zones[0])?.[part];
}

/** A stable address derived from the object. */
function address(made: Making, first: number): string {
  return [first, ...Buffer.from(made.hash(6, "address"), "hex")].join(".");
}

function nextVersion(made: Making): number {
  const before = made.old?.outputs.latestVersion;
  return typeof before === "number" ? before + 1 : 1;
}

function uuid(made: Making): string {
  return made.hash(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** ARN below a parent's: a listener of a load balancer, a rule of a listener. */
function below(made: Making, kind: string, parent: string): string {
  return `${made.text(parent).replace(/:(loadbalancer|listener)\//, `:${kind}/`)}/${made.hash(16)}`;
}

function outputOf(made: Making, type: string, id: string, output: string): Value | undefined {
  return made.find(type, id)?.outputs[output];
}

/** VPC of the first subnet that the inputs name at one of the paths. */
function vpcOfSubnet(made: Making, ...paths: string[]): Value | undefined {
  return outputOf(made, "aws:ec2/subnet:Subnet", paths.map((path) => made.text(path)).find(Boolean) ?? "", "vpcId");
}

/** Whole record name: names outside the zone are relative to it. */
function fqdn(made: Making): string {
  const zoneObject = made.caller.account.find("aws:route53/zone:Zone", made.text("zoneId"), "global");
  const domain = String(zoneObject?.outputs.name ?? "");
  const name = made.text("name").replace(/\.$/, "");
  return name === "" || name === domain || name.endsWith(`.${domain}`) ? name || domain : `${name}.${domain}`;
}

/** One record per distinct name of an account: a wildcard shares its parent's, and so does a certificate elsewhere. */
function validationOptions(made: Making): Value {
  const { accountId } = made.caller.account;
  const token = (text: string): string =>
    createHash("sha256").update(`${accountId}/${text}`).digest("hex").slice(0, TOKEN_LENGTH);
  return certificateNames(made).map((domainName) => {
    const name = domainName.replace(/^\*\./, "");
    return {
      domainName,
      resourceRecordName: `_${token(name)}.${name}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: `_${token(`to ${name}`)}.acm-validations.aws.`,
    };
  });
}

function certificateNames(made: Making): string[] {
  return [...new Set([made.text("domainName"), ...made.texts("subjectAlternativeNames")])];
}

function clusterNetwork(made: Making): Value {
  const given = isObject(made.inputs.vpcConfig) ? made.inputs.vpcConfig : {};
  const open = { endpointPrivateAccess: false, endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] };
  const vpcId = vpcOfSubnet(made, "vpcConfig.subnetIds") ?? "";
  return { ...open, ...given, clusterSecurityGroupId: `sg-${made.hash(17, "cluster")}`, vpcId };
}

function vpcCompanions(made: Making): Companion[] {
  const companion = (type: string, id: string, more: PropertyMap): Companion => {
    const inputs = { vpcId: made.id, ...more };
    return { type, id, inputs, outputs: { ...inputs, ownerId: made.caller.account.accountId } };
  };
  return [
    companion(GROUP, `sg-${made.hash(17, "default")}`, { name: "default" }),
    companion("aws:ec2/routeTable:RouteTable", `rtb-${made.hash(17, "main")}`, {}),
  ];
}

/** The cluster's security group, and the access entry of whoever made the cluster. */
function clusterCompanions(made: Making): Companion[] {
  const inputs = { vpcId: vpcOfSubnet(made, "vpcConfig.subnetIds") ?? "", name: `eks-cluster-sg-${made.id}` };
  const group = { type: GROUP, id: `sg-${made.hash(17, "cluster")}`, inputs, outputs: { ...inputs, ownedBy: made.id } };
  const access = made.inputs.accessConfig;
  if (isObject(access) && access.bootstrapClusterCreatorAdminPermissions === false) return [group];
  const before = made.near(ENTRY).find((entry) => entry.outputs.creatorOf === made.id);
  const principalArn = before?.inputs.principalArn ?? made.caller.principal;
  const entry = { clusterName: made.id, principalArn, type: "STANDARD" };
  return [
    group,
    { type: ENTRY, id: `${made.id}:${String(principalArn)}`, inputs: entry, outputs: { ...entry, creatorOf: made.id } },
  ];
}

/** What comes or goes with an object, by name. */
export const COMPANIONS: Readonly<Record<string, (made: Making) => Companion[]>> = { vpcCompanions, clusterCompanions };

/** Calculations, by name; undefined leaves the output out. */
export const QUIRKS: Readonly<Record<string, (made: Making) => Value | undefined>> = {
  zoneName: (made) => zone(made, 0),
  zoneId: (made) => zone(made, 1),
  publicIp: (made) => address(made, 54),
  publicDns: (made) => `ec2-${address(made, 54).replaceAll(".", "-")}.${made.region}.compute.amazonaws.com`,
  privateIp: (made) => address(made, 10),
  natPublicIp: (made) => outputOf(made, "aws:ec2/eip:Eip", made.text("allocationId"), "publicIp"),
  prefixListId: (made) => (made.text("vpcEndpointType") === "Interface" ? "" : `pl-${made.hash(8, "prefix")}`),
  endpointAddressType: (made) => (made.text("vpcEndpointType") === "Interface" ? "ipv4" : ""),
  flowLogFormat: (made) =>
    made.inputs.logFormat ??
    "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
  nextVersion,
  defaultVersion: (made) =>
    made.inputs.defaultVersion ??
    (made.inputs.updateDefaultVersion === true ? nextVersion(made) : (made.old?.outputs.defaultVersion ?? 1)),
  defaultGroup: (made) => outputOf(made, "aws:ec2/vpc:Vpc", made.text("vpcId"), "defaultSecurityGroupId"),
  uuid,
  oidcProviderArn: (made) =>
    made.fill("arn:aws:iam::{account}:oidc-provider/") + made.text("url").replace("https://", ""),
  keyId: (made) => (made.inputs.multiRegion === true ? `mrk-${made.hash(32)}` : uuid(made)),
  replicaKeyId: (made) => made.text("primaryKeyArn").split("/")[1],
  rotationPeriod: (made) => made.inputs.rotationPeriodInDays ?? (made.inputs.enableKeyRotation === true ? 365 : 0),
  targetKeyArn: (made) =>
    made.text("targetKeyId").replace(/^(?!arn:)/, made.fill("arn:aws:kms:{region}:{account}:key/")),
  arnSuffix: (made) =>
    made.id
      .split(":")
      .slice(5)
      .join(":")
      .replace(/^loadbalancer\//, ""),
  lbDnsName: (made) =>
    made.fill(
      `${made.inputs.internal === true ? "internal-" : ""}{name}-${Number.parseInt(made.hash(8, "dns"), 16)}.{region}.elb.amazonaws.com`,
    ),
  lbVpcId: (made) => vpcOfSubnet(made, "subnets", "subnetMappings.subnetId"),
  lbZoneId: (made) => made.caller.facts.regions[made.region]?.albZoneId,
  listenerArn: (made) => below(made, "listener", "loadBalancerArn"),
  listenerRuleArn: (made) => below(made, "listener-rule", "listenerArn"),
  sslPolicy: (made) => made.inputs.sslPolicy ?? (made.text("protocol") === "HTTPS" ? "ELBSecurityPolicy-2016-08" : ""),
  clusterNetwork,
  clusterVersion: (made) =>
    made.inputs.version ?? outputOf(made, "aws:eks/cluster:Cluster", made.text("clusterName"), "version"),
  s3ZoneId: (made) => made.caller.facts.regions[made.region]?.s3ZoneId,
  recordId: (made) =>
    [made.text("zoneId"), made.text("name").replace(/\.$/, ""), made.text("type"), ...made.texts("setIdentifier")].join(
      "_",
    ),
  fqdn,
  enableSni: (made) => made.inputs.enableSni ?? made.text("type").startsWith("HTTPS"),
  validationOptions,
  certificateNames,
  certificateStatus: (made) => made.old?.outputs.status ?? "PENDING_VALIDATION",
  eventTargetName: (made) => made.text("targetId") || made.id.split("-").pop(),
  eventTargetId: (made) => `${made.text("rule")}-${made.text("targetId") || made.hash(10)}`,
  ownArn: (made) => made.text("arn"),
  pendingConfirmation: (made) => made.text("protocol").startsWith("email"),
  beforeColon: (made) => made.id.split(":")[0],
  hostedVersionId: (made) => made.fill("{applicationId}/{configurationProfileId}/") + Number.parseInt(made.hash(2), 16),
  hostedVersionNumber: (made) => Number(made.id.split("/").pop()),
};
