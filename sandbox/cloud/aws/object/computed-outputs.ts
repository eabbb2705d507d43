/** Outputs and ids that no template with placeholders can express: called from entries as `=name`. */
import type { Value } from "../../../property/values";
import { asUuid, hashHex } from "../../account/hash-hex";
import { DATABASE_OUTPUTS } from "./database-outputs";
import { deploymentsOf, minutesOf } from "./deployments";
import type { ComputedOutputs, ResourceContext } from "./resource-context";

/** Digits of the tokens that ACM requires in DNS. */
const TOKEN_LENGTH = 32;

const FLOW_LOG_FORMAT =
  "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

const ENTRY = "aws:eks/accessEntry:AccessEntry";

function zone(ctx: ResourceContext, part: 0 | 1): string | undefined {
  const zones = Object.entries(ctx.caller.facts.regions[ctx.region]?.zones ?? {});
  const expected = [ctx.text("availabilityZone"), ctx.text("availabilityZoneId")];
  return (zones.find((pair) => pair.some((name) => expected.includes(name))) ?? zones[0])?.[part];
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

/** Who made the cluster: its access entry names them, also for those who delete the cluster. */
function creator(ctx: ResourceContext): Value {
  const entry = ctx.near(ENTRY).find(({ outputs }) => outputs.creatorOf === ctx.id);
  return entry?.inputs.principalArn ?? ctx.caller.principal;
}

/** Calculations, by name; undefined leaves the output out. */
export const COMPUTED_OUTPUTS: ComputedOutputs = {
  ...DATABASE_OUTPUTS,
  zoneName: (ctx) => zone(ctx, 0),
  zoneId: (ctx) => zone(ctx, 1),
  publicIp: (ctx) => address(ctx, 54),
  dashedIp: (ctx) => address(ctx, 54).replaceAll(".", "-"),
  privateIp: (ctx) => address(ctx, 10),
  natPublicIp: (ctx) => outputOf(ctx, "aws:ec2/eip:Eip", ctx.text("allocationId"), "publicIp"),
  prefixListId: (ctx) => (ctx.text("vpcEndpointType") === "Interface" ? "" : `pl-${ctx.hash(8, "prefix")}`),
  endpointAddressType: (ctx) => (ctx.text("vpcEndpointType") === "Interface" ? "ipv4" : ""),
  flowLogFormat: (ctx) => ctx.inputs.logFormat ?? FLOW_LOG_FORMAT,
  nextVersion,
  defaultVersion: (ctx) =>
    ctx.inputs.defaultVersion ??
    (ctx.inputs.updateDefaultVersion === true ? nextVersion(ctx) : (ctx.old?.outputs.defaultVersion ?? 1)),
  defaultGroup: (ctx) => outputOf(ctx, "aws:ec2/vpc:Vpc", ctx.text("vpcId"), "defaultSecurityGroupId"),
  uuid: (ctx) => asUuid(ctx.hash(32)),
  host: (ctx) => ctx.text("url").replace("https://", ""),
  keyId: (ctx) => (ctx.inputs.multiRegion === true ? `mrk-${ctx.hash(32)}` : asUuid(ctx.hash(32))),
  replicaKeyId: (ctx) => ctx.text("primaryKeyArn").split("/")[1],
  rotationPeriod: (ctx) => ctx.inputs.rotationPeriodInDays ?? (ctx.inputs.enableKeyRotation === true ? 365 : 0),
  targetKeyArn: (ctx) => ctx.text("targetKeyId").replace(/^(?!arn:)/, ctx.fill("arn:aws:kms:{region}:{account}:key/")),
  arnSuffix: (ctx) => ctx.id.replace(/^(?:[^:]*:){5}(?:loadbalancer\/)?/, ""),
  lbScheme: (ctx) => (ctx.inputs.internal === true ? "internal-" : ""),
  lbNumber: (ctx) => Number.parseInt(ctx.hash(8, "dns"), 16),
  lbVpcId: (ctx) => vpcOfSubnet(ctx, "subnets", "subnetMappings.subnetId"),
  lbZoneId: (ctx) => ctx.caller.facts.regions[ctx.region]?.albZoneId,
  listenerArn: (ctx) => below(ctx, "listener", "loadBalancerArn"),
  listenerRuleArn: (ctx) => below(ctx, "listener-rule", "listenerArn"),
  sslPolicy: (ctx) => ctx.inputs.sslPolicy ?? (ctx.text("protocol") === "HTTPS" ? "ELBSecurityPolicy-2016-08" : ""),
  clusterVpcId: (ctx) => vpcOfSubnet(ctx, "vpcConfig.subnetIds") ?? "",
  creator,
  clusterVersion: (ctx) =>
    ctx.inputs.version ??
    // Nodes keep their version until an update of their group, whatever the control plane does.
    ctx.old?.outputs.version ??
    outputOf(ctx, "aws:eks/cluster:Cluster", ctx.text("clusterName"), "version"),
  s3ZoneId: (ctx) => ctx.caller.facts.regions[ctx.region]?.s3ZoneId,
  recordId: (ctx) =>
    [ctx.text("zoneId"), ctx.text("name").replace(/\.$/, ""), ctx.text("type"), ...ctx.texts("setIdentifier")].join(
      "_",
    ),
  fqdn,
  enableSni: (ctx) => ctx.inputs.enableSni ?? ctx.text("type").startsWith("HTTPS"),
  validationOptions,
  certificateNames,
  eventTargetName: (ctx) => ctx.text("targetId") || ctx.id.split("-").pop(),
  eventTargetId: (ctx) => `${ctx.text("rule")}-${ctx.text("targetId") || ctx.hash(10)}`,
  pendingConfirmation: (ctx) => ctx.text("protocol").startsWith("email"),
  beforeColon: (ctx) => ctx.id.split(":")[0],
  hostedVersionId: (ctx) => ctx.fill("{applicationId}/{configurationProfileId}/") + Number.parseInt(ctx.hash(2), 16),
  hostedVersionNumber: (ctx) => Number(ctx.id.split("/").pop()),
  deploymentNumber: (ctx) => (ctx.id === "" ? deploymentsOf(ctx) + 1 : Number(ctx.id.split("/").pop())),
  deploymentState: (ctx) => (minutesOf(ctx) === 0 ? "COMPLETE" : "BAKING"),
};
