/** VPCs, subnets, gateways, routes, endpoints, flow logs and launch templates. */
import { nameLimits } from "../../../../components/core/limits";
import type { PropertyMap, Value } from "../../../engine/values";
import type { Making } from "../making";
import type { AwsType } from "./entry";

const EC2_ARN = "arn:aws:ec2:{region}:{account}";
const EC2_ERRORS = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";

/** The zone of a subnet, given by name or by id, as `name` or `id`. */
function zone(made: Making, wanted: "name" | "id"): string {
  const zones = Object.entries(made.caller.facts.regions[made.region]?.zones ?? {});
  const given = zones.find(
    ([name, id]) => name === made.text("availabilityZone") || id === made.text("availabilityZoneId"),
  );
  const [name = "", id = ""] = given ?? zones[0] ?? [];
  return wanted === "name" ? name : id;
}

/** A stable address derived from the object. */
function address(made: Making, first: number): string {
  const digits = made.hash(6, "address");
  return [first, ...[0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16))].join(".");
}

function nextVersion(made: Making): Value {
  const before = made.old?.outputs.latestVersion;
  return typeof before === "number" ? before + 1 : 1;
}

function companion(
  made: Making,
  type: string,
  id: string,
  more: PropertyMap,
): ReturnType<NonNullable<AwsType["companions"]>>[number] {
  const inputs = { vpcId: made.id, ...more };
  return { type, id, inputs, outputs: { ...inputs, ownerId: made.caller.account.accountId } };
}

/** Entries. */
export const EC2: Readonly<Record<string, AwsType>> = {
  "aws:ec2/vpc:Vpc": {
    source: "ec2/vpc_.go",
    forceNew: ["cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    id: "vpc-{hash17}",
    arn: `${EC2_ARN}:vpc/{id}`,
    defaults: { enableDnsSupport: true, instanceTenancy: "default" },
    outputs: {
      ownerId: "{account}",
      mainRouteTableId: (made) => `rtb-${made.hash(17, "main")}`,
      defaultRouteTableId: (made) => `rtb-${made.hash(17, "main")}`,
      defaultSecurityGroupId: (made) => `sg-${made.hash(17, "default")}`,
      defaultNetworkAclId: (made) => `acl-${made.hash(17, "default")}`,
      dhcpOptionsId: (made) => `dopt-${made.hash(17, "dhcp")}`,
      enableDnsHostnames: (made) => made.inputs.enableDnsHostnames ?? false,
    },
    companions: (made) => [
      companion(made, "aws:ec2/securityGroup:SecurityGroup", `sg-${made.hash(17, "default")}`, { name: "default" }),
      companion(made, "aws:ec2/routeTable:RouteTable", `rtb-${made.hash(17, "main")}`, {}),
    ],
  },
  "aws:ec2/subnet:Subnet": {
    source: "ec2/vpc_subnet.go",
    forceNew: [
      "availabilityZone",
      "availabilityZoneId",
      "cidrBlock",
      "ipv4IpamPoolId",
      "ipv4NetmaskLength",
      "ipv6IpamPoolId",
      "ipv6Native",
      "ipv6NetmaskLength",
      "outpostArn",
      "vpcId",
    ],
    id: "subnet-{hash17}",
    arn: `${EC2_ARN}:subnet/{id}`,
    defaults: {
      assignIpv6AddressOnCreation: false,
      enableDns64: false,
      enableResourceNameDnsARecordOnLaunch: false,
      enableResourceNameDnsAaaaRecordOnLaunch: false,
      ipv6Native: false,
      mapPublicIpOnLaunch: false,
    },
    references: { vpcId: "vpc" },
    outputs: {
      ownerId: "{account}",
      availabilityZone: (made) => zone(made, "name"),
      availabilityZoneId: (made) => zone(made, "id"),
      privateDnsHostnameTypeOnLaunch: "ip-name",
    },
  },
  "aws:ec2/internetGateway:InternetGateway": {
    source: "ec2/vpc_internet_gateway.go",
    forceNew: [],
    id: "igw-{hash17}",
    arn: `${EC2_ARN}:internet-gateway/{id}`,
    references: { vpcId: "vpc" },
    outputs: { ownerId: "{account}" },
  },
  "aws:ec2/eip:Eip": {
    source: "ec2/ec2_eip.go",
    forceNew: ["address", "customerOwnedIpv4Pool", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"],
    id: "eipalloc-{hash17}",
    arn: `${EC2_ARN}:elastic-ip/{id}`,
    outputs: {
      allocationId: "{id}",
      domain: "vpc",
      publicIp: (made) => address(made, 54),
      publicDns: (made) => `ec2-${address(made, 54).replaceAll(".", "-")}.compute-1.amazonaws.com`,
      networkBorderGroup: "{region}",
      publicIpv4Pool: "amazon",
    },
  },
  "aws:ec2/natGateway:NatGateway": {
    source: "ec2/vpc_nat_gateway.go",
    forceNew: ["allocationId", "availabilityMode", "connectivityType", "privateIp", "subnetId", "vpcId"],
    id: "nat-{hash17}",
    defaults: { connectivityType: "public" },
    references: { allocationId: "address", subnetId: "subnet" },
    outputs: {
      publicIp: (made) => made.find("aws:ec2/eip:Eip", made.text("allocationId"))?.outputs.publicIp,
      privateIp: (made) => address(made, 10),
      networkInterfaceId: (made) => `eni-${made.hash(17, "eni")}`,
      associationId: (made) => `eipassoc-${made.hash(17, "eip")}`,
    },
  },
  "aws:ec2/routeTable:RouteTable": {
    source: "ec2/vpc_route_table.go",
    forceNew: ["vpcId"],
    id: "rtb-{hash17}",
    arn: `${EC2_ARN}:route-table/{id}`,
    references: { vpcId: "vpc", "routes.gatewayId": "gateway", "routes.natGatewayId": "nat" },
    outputs: { ownerId: "{account}" },
  },
  "aws:ec2/route:Route": {
    source: "ec2/vpc_route.go",
    forceNew: ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId", "routeTableId"],
    id: "r-{routeTableId}{hash10}",
    references: { routeTableId: "routeTable", gatewayId: "gateway", natGatewayId: "nat", vpcEndpointId: "endpoint" },
    unique: {
      by: ["routeTableId", "destinationCidrBlock"],
      code: "RouteAlreadyExists",
      message: "The route identified by {destinationCidrBlock} already exists.",
      source: EC2_ERRORS,
    },
    outputs: { origin: "CreateRoute", state: "active" },
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    source: "ec2/vpc_route_table_association.go",
    forceNew: ["gatewayId", "subnetId"],
    id: "rtbassoc-{hash17}",
    references: { routeTableId: "routeTable", subnetId: "subnet", gatewayId: "gateway" },
    unique: {
      by: ["subnetId"],
      code: "Resource.AlreadyAssociated",
      message: "the specified association for route table {routeTableId} conflicts with an existing association",
      source: EC2_ERRORS,
    },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    source: "ec2/vpc_endpoint.go",
    forceNew: [
      "resourceConfigurationArn",
      "serviceName",
      "serviceNetworkArn",
      "serviceRegion",
      "vpcEndpointType",
      "vpcId",
    ],
    id: "vpce-{hash17}",
    arn: `${EC2_ARN}:vpc-endpoint/{id}`,
    defaults: { vpcEndpointType: "Gateway" },
    references: { vpcId: "vpc", subnetIds: "subnet", routeTableIds: "routeTable", securityGroupIds: "group" },
    outputs: {
      ownerId: "{account}",
      state: "available",
      prefixListId: (made) => (made.text("vpcEndpointType") === "Interface" ? "" : `pl-${made.hash(8, "prefix")}`),
      ipAddressType: (made) => (made.text("vpcEndpointType") === "Interface" ? "ipv4" : ""),
      privateDnsEnabled: (made) => made.inputs.privateDnsEnabled ?? false,
    },
  },
  "aws:ec2/flowLog:FlowLog": {
    source: "ec2/vpc_flow_log.go",
    forceNew: [
      "deliverCrossAccountRole",
      "destinationOptions",
      "eniId",
      "iamRoleArn",
      "logDestination",
      "logDestinationType",
      "logFormat",
      "maxAggregationInterval",
      "regionalNatGatewayId",
      "subnetId",
      "trafficType",
      "transitGatewayAttachmentId",
      "transitGatewayId",
      "vpcId",
    ],
    id: "fl-{hash17}",
    arn: `${EC2_ARN}:vpc-flow-log/{id}`,
    defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
    references: { vpcId: "vpc", subnetId: "subnet", iamRoleArn: "roleArn", logDestination: "logDestination" },
    outputs: {
      logFormat: () =>
        "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
    },
  },
  "aws:ec2/launchTemplate:LaunchTemplate": {
    source: "ec2/ec2_launch_template.go",
    forceNew: ["name", "namePrefix"],
    id: "lt-{hash17}",
    arn: `${EC2_ARN}:launch-template/{id}`,
    autoname: { max: nameLimits.launchTemplate.value },
    naming: {
      min: 3,
      max: nameLimits.launchTemplate.value,
      pattern: /^[A-Za-z0-9().\-/_]+$/,
      code: "InvalidLaunchTemplateName.MalformedException",
      message: "Launch template name '{name}' must be 3 to {max} characters of letters, digits and ( ) . - / _",
      source: nameLimits.launchTemplate.source,
    },
    unique: {
      by: ["name"],
      code: "InvalidLaunchTemplateName.AlreadyExistsException",
      message: "Launch template name already in use.",
      source: EC2_ERRORS,
    },
    references: { vpcSecurityGroupIds: "group", "networkInterfaces.securityGroups": "group" },
    volatile: ["latestVersion"],
    outputs: {
      latestVersion: nextVersion,
      defaultVersion: (made) =>
        made.inputs.defaultVersion ?? (made.inputs.updateDefaultVersion === true ? nextVersion(made) : 1),
    },
  },
};
