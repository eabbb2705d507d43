/** Outputs and ids that no text with places can say: called from entries as `=name`. */
import type { Value } from "../../../property/values";
import { asUuid, hashHex } from "../../account/hash-hex";
import type { ComputedOutputs, ResourceContext } from "./resource-context";

/** Digits of the tokens that ACM asks for in DNS. */
const TOKEN_LENGTH = 32;

const FLOW_LOG_FORMAT =
  "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

const ENTRY = "aws:eks/accessEntry:AccessEntry";

function zone(ctx: ResourceContext, part: 0 | 1): string | undefined {
  const zones = Object.entries(ctx.caller.facts.regions[ctx.region]?.zones ?? {});
  const wanted = [ctx.text("availabilityZone"), ctx.text("availabilityZoneId")];
  return (zones.find((pair) => pair.some((name) => wanted.includes(name))) ?? zones[0])?.[part];
}

/** A stable address derived from the object. */
function address(ctx: ResourceContext, first: number): string {
  return [first, ...Buffer.from(ctx.hash(6, "address"), "hex")].join(".");
}

function nextVersion(ctx: ResourceContext): number {
  const before = ctx.old?.outputs.latestVersion;
  return typeof before === "number" ? before + 1 : 1;
}

/** ARN below a parent's: a listener of a load balancer, a rule of a listener. */
function below(ctx: ResourceContext, kind: string, parent: string): string {
  return `${ctx.text(parent).replace(/:(loadbalancer|listener)\//, `:${kind}/`)}/${ctx.hash(16)}`;
}

function outputOf(ctx: ResourceContext, type: string, id: string, output: string): Value | undefined {
  return ctx.find(type, id)?.outputs[output];
}

/** VPC of the first subnet that the inputs name at one of the paths. */
function vpcOfSubnet(ctx: ResourceContext, ...paths: string[]): Value | undefined {
  return outputOf(ctx, "aws:ec2/subnet:Subnet", paths.map((path) => ctx.text(path)).find(Boolean) ?? "", "vpcId");
}

/** Whole record name: names outside the zone are relative to it. */
function fqdn(ctx: ResourceContext): string {
  const zoneObject = ctx.caller.account.find("aws:route53/zone:Zone", ctx.text("zoneId"), "global");
  const domain = String(zoneObject?.outputs.name ?? "");
  const name = ctx.text("name").replace(/\.$/, "");
  return name === "" || name === domain || name.endsWith(`.${domain}`) ? name || domain : `${name}.${domain}`;
}

/** One record per distinct name of an account: a wildcard shares its parent's, and so does a certificate elsewhere. */
function validationOptions(ctx: ResourceContext): Value {
  const token = (text: string): string => hashHex(`${ctx.caller.account.accountId}/${text}`, TOKEN_LENGTH);
  return certificateNames(ctx).map((domainName) => {
    const name = domainName.replace(/^\*\./, "");
    return {
      domainName,
      resourceRecordName: `_${token(name)}.${name}.`,
      resourceRecordType: "CNAME",
      resourceRecordValue: `_${token(`to ${name}`)}.acm-validations.aws.`,
    };
  });
}

function certificateNames(ctx: ResourceContext): string[] {
  return [...new Set([ctx.text("domainName"), ...ctx.texts("subjectAlternativeNames")])];
}

/** Who made the cluster: its access entry says so, whoever takes the cluster down. */
function creator(ctx: ResourceContext): Value {
  const entry = ctx.near(ENTRY).find(({ outputs }) => outputs.creatorOf === ctx.id);
  return entry?.inputs.principalArn ?? ctx.caller.principal;
}

/** Calculations, by name; undefined leaves the output out. */
export const COMPUTED_OUTPUTS: ComputedOutputs = {
  zoneName: (made) => zone(made, 0),
  zoneId: (made) => zone(made, 1),
  publicIp: (made) => address(made, 54),
  dashedIp: (made) => address(made, 54).replaceAll(".", "-"),
  privateIp: (made) => address(made, 10),
  natPublicIp: (made) => outputOf(made, "aws:ec2/eip:Eip", made.text("allocationId"), "publicIp"),
  prefixListId: (made) => (made.text("vpcEndpointType") === "Interface" ? "" : `pl-${made.hash(8, "prefix")}`),
  endpointAddressType: (made) => (made.text("vpcEndpointType") === "Interface" ? "ipv4" : ""),
  flowLogFormat: (made) => made.inputs.logFormat ?? FLOW_LOG_FORMAT,
  nextVersion,
  defaultVersion: (made) =>
    made.inputs.defaultVersion ??
    (made.inputs.updateDefaultVersion === true ? nextVersion(made) : (made.old?.outputs.defaultVersion ?? 1)),
  defaultGroup: (made) => outputOf(made, "aws:ec2/vpc:Vpc", made.text("vpcId"), "defaultSecurityGroupId"),
  uuid: (made) => asUuid(made.hash(32)),
  host: (made) => made.text("url").replace("https://", ""),
  keyId: (made) => (made.inputs.multiRegion === true ? `mrk-${made.hash(32)}` : asUuid(made.hash(32))),
  replicaKeyId: (made) => made.text("primaryKeyArn").split("/")[1],
  rotationPeriod: (made) => made.inputs.rotationPeriodInDays ?? (made.inputs.enableKeyRotation === true ? 365 : 0),
  targetKeyArn: (made) =>
    made.text("targetKeyId").replace(/^(?!arn:)/, made.fill("arn:aws:kms:{region}:{account}:key/")),
  arnSuffix: (made) => made.id.replace(/^(?:[^:]*:){5}(?:loadbalancer\/)?/, ""),
  lbScheme: (made) => (made.inputs.internal === true ? "internal-" : ""),
  lbNumber: (made) => Number.parseInt(made.hash(8, "dns"), 16),
  lbVpcId: (made) => vpcOfSubnet(made, "subnets", "subnetMappings.subnetId"),
  lbZoneId: (made) => made.caller.facts.regions[made.region]?.albZoneId,
  listenerArn: (made) => below(made, "listener", "loadBalancerArn"),
  listenerRuleArn: (made) => below(made, "listener-rule", "listenerArn"),
  sslPolicy: (made) => made.inputs.sslPolicy ?? (made.text("protocol") === "HTTPS" ? "ELBSecurityPolicy-2016-08" : ""),
  clusterVpcId: (made) => vpcOfSubnet(made, "vpcConfig.subnetIds") ?? "",
  creator,
  clusterVersion: (made) =>
    made.inputs.version ??
    // Nodes keep their version until somebody moves them, whatever the control plane does.
    made.old?.outputs.version ??
    outputOf(made, "aws:eks/cluster:Cluster", made.text("clusterName"), "version"),
  s3ZoneId: (made) => made.caller.facts.regions[made.region]?.s3ZoneId,
  recordId: (made) =>
    [made.text("zoneId"), made.text("name").replace(/\.$/, ""), made.text("type"), ...made.texts("setIdentifier")].join(
      "_",
    ),
  fqdn,
  enableSni: (made) => made.inputs.enableSni ?? made.text("type").startsWith("HTTPS"),
  validationOptions,
  certificateNames,
  eventTargetName: (made) => made.text("targetId") || made.id.split("-").pop(),
  eventTargetId: (made) => `${made.text("rule")}-${made.text("targetId") || made.hash(10)}`,
  pendingConfirmation: (made) => made.text("protocol").startsWith("email"),
  beforeColon: (made) => made.id.split(":")[0],
  hostedVersionId: (made) => made.fill("{applicationId}/{configurationProfileId}/") + Number.parseInt(made.hash(2), 16),
  hostedVersionNumber: (made) => Number(made.id.split("/").pop()),
};
