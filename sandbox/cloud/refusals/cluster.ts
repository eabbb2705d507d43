/** Rows: where a control plane may stand, who may enter it, and what a load balancer may forward to. */
import type { Making } from "../aws/making";
import { isIssued } from "../aws/aftermath";
import { subnetsOf } from "./network";
import { WRITES, type Operation, type Refusal } from "./row";
import { valuesAt } from "../aws/making";

const CLUSTER = "aws:eks/cluster:Cluster";
const NETWORK = "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html";
const LB_API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";

function zonesOf(made: Making): string[] {
  return [...new Set(subnetsOf(made, "vpcConfig.subnetIds").map(({ outputs }) => String(outputs.availabilityZoneId)))];
}

function rule(
  name: string,
  code: string,
  type: string,
  source: string,
  refuses: Refusal["refuses"],
  operations: readonly Operation[] = WRITES,
): Refusal {
  return {
    rule: name,
    code,
    service: type.split(":")[1]?.split("/")[0] ?? "",
    types: [type],
    operations,
    source,
    refuses,
  };
}

function unsupportedZone(made: Making): string | undefined {
  const { zones = {}, eksRefuses = [] } = made.caller.facts.regions[made.region] ?? {};
  const nameOf = (id: string): string => Object.entries(zones).find(([, zone]) => zone === id)?.[0] ?? id;
  const refused = zonesOf(made).find((id) => eksRefuses.includes(id));
  if (refused === undefined) return undefined;
  const supported = Object.values(zones)
    .filter((id) => !eksRefuses.includes(id))
    .map(nameOf);
  return (
    `Cannot create cluster '${made.text("name")}' because ${nameOf(refused)}, the targeted availability zone, does not currently have ` +
    `sufficient capacity to support the cluster. Retry and choose from these availability zones: ${supported.join(", ")}`
  );
}

/** EKS keeps the zones of its network interfaces for good. */
function newZone(made: Making): string | undefined {
  const before = new Set(
    valuesAt(made.old?.inputs, "vpcConfig.subnetIds").map((id) =>
      String(made.find("aws:ec2/subnet:Subnet", String(id))?.outputs.availabilityZoneId),
    ),
  );
  const added = zonesOf(made).filter((zone) => !before.has(zone));
  return added.length > 0
    ? `Provided subnets belong to ${added.join(", ")}; the subnets must be in the set of zones provided during cluster creation: ${[...before].join(", ")}`
    : undefined;
}

function entriesOff(made: Making): string | undefined {
  const cluster = made.find(CLUSTER, made.text("clusterName"));
  const mode = valuesAt(cluster?.outputs, "accessConfig.authenticationMode")[0];
  return mode === "CONFIG_MAP"
    ? "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation."
    : undefined;
}

function sharedTargets(made: Making): string | undefined {
  const targetsOf = (inputs: Making["inputs"]): unknown[] => [
    ...valuesAt(inputs, "defaultActions.targetGroupArn"),
    ...valuesAt(inputs, "defaultActions.forward.targetGroups.arn"),
  ];
  const others = made
    .near(made.type)
    .filter(({ inputs }) => inputs.loadBalancerArn !== made.inputs.loadBalancerArn)
    .flatMap(({ inputs }) => targetsOf(inputs));
  const shared = targetsOf(made.inputs).find((arn) => others.includes(arn));
  return shared === undefined
    ? undefined
    : `The following target groups cannot be associated with more than one load balancer: ${String(shared)}`;
}

function unusableCertificate(made: Making): string | undefined {
  const arn = made.text("certificateArn");
  return arn === "" || isIssued(made.caller.account, arn)
    ? undefined
    : `The certificate '${arn}' must have a fully-qualified domain name, a supported signature, and a supported key size.`;
}

function missingCertificate(made: Making): string | undefined {
  return made.text("protocol") === "HTTPS" && made.text("certificateArn") === ""
    ? "A certificate must be specified for HTTPS listeners"
    : undefined;
}

/** The names that prove the domain, without which the certificate waits until the provider's timeout. */
function unproven(made: Making): string | undefined {
  const certificate = made.find("aws:acm/certificate:Certificate", made.text("certificateArn"));
  const wanted = valuesAt(certificate?.outputs, "domainValidationOptions.resourceRecordName").map((name) =>
    String(name).replace(/\.$/, ""),
  );
  const records = new Set(made.caller.account.all("aws:route53/record:Record").map(({ outputs }) => outputs.fqdn));
  const missing = [...new Set(wanted)].find((name) => !records.has(name));
  return missing === undefined || isIssued(made.caller.account, made.text("certificateArn"))
    ? undefined
    : `timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION', timeout: 1h15m0s): no record ${missing}`;
}

/** Rows. */
export const CLUSTER_ROWS: readonly Refusal[] = [
  rule("control plane in two zones", "InvalidParameterException", CLUSTER, NETWORK, (made) =>
    zonesOf(made).length < 2 ? "Subnets specified must be in at least two different AZs" : undefined,
  ),
  rule("control plane zone", "UnsupportedAvailabilityZoneException", CLUSTER, NETWORK, unsupportedZone, ["create"]),
  rule("control plane zones frozen", "InvalidParameterException", CLUSTER, NETWORK, newZone, ["update"]),
  rule(
    "access entries off",
    "InvalidRequestException",
    "aws:eks/accessEntry:AccessEntry",
    "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html",
    entriesOff,
  ),
  rule(
    "certificate missing",
    "CertificateNotFound",
    "aws:lb/listener:Listener",
    `${LB_API}/API_CreateListener.html`,
    missingCertificate,
  ),
  rule(
    "certificate not issued",
    "UnsupportedCertificate",
    "aws:lb/listener:Listener",
    `${LB_API}/API_CreateListener.html`,
    unusableCertificate,
  ),
  rule(
    "certificate not issued",
    "UnsupportedCertificate",
    "aws:lb/listenerCertificate:ListenerCertificate",
    `${LB_API}/API_AddListenerCertificates.html`,
    unusableCertificate,
  ),
  rule(
    "targets of two load balancers",
    "TargetGroupAssociationLimit",
    "aws:lb/listener:Listener",
    `${LB_API}/API_CreateListener.html`,
    sharedTargets,
  ),
  rule(
    "validation record missing",
    "Timeout",
    "aws:acm/certificateValidation:CertificateValidation",
    "https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html",
    unproven,
  ),
];
