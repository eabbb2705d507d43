/** Networks that the cloud refuses. */
import { describe, expect, it } from "vitest";
import type { PropertyMap } from "../../../../../../sandbox/property/values";
import { Cloud, errorOf } from "../../cloud";

/** Registers the tests. */
export function networks(): void {
  describe("networks", () => {
    const subnet = (cidrBlock: string, more: PropertyMap = {}) => {
      const cloud = new Cloud();
      const { vpc } = cloud.network("use1-az1");
      return errorOf(() => cloud.make("aws:ec2/subnet:Subnet", "new", { vpcId: vpc.id, cidrBlock, ...more }));
    };

    it.each([
      ["10.0.0.128/25", "InvalidSubnet.Conflict: The CIDR '10.0.0.128/25' conflicts with another subnet"],
      ["10.0.0.0/16", "InvalidSubnet.Conflict: The CIDR '10.0.0.0/16' conflicts with another subnet"],
      ["10.1.0.0/24", "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid."],
      ["10.0.1.0/29", "InvalidSubnet.Range: The CIDR '10.0.1.0/29' is invalid."],
      ["10.0.1.5/24", "InvalidSubnet.Range: The CIDR '10.0.1.5/24' is invalid."],
      ["10.0.1.0/24", "not refused"],
    ])("subnet %s beside 10.0.0.0/24 in 10.0.0.0/16: %s", (cidr, message) => expect(subnet(cidr)).toBe(message));

    it("have only zones of their region", () => {
      expect(subnet("10.0.1.0/24", { availabilityZoneId: "usw2-az1" })).toBe(
        "InvalidParameterValue: Value (usw2-az1) for parameter availabilityZoneId is invalid. Subnets can currently only be created in the following availability zones: use1-az1, use1-az2, use1-az4, use1-az6, use1-az3, use1-az5.",
      );
    });

    it("are of /16 to /28", () => {
      expect(errorOf(() => new Cloud().make("aws:ec2/vpc:Vpc", "v", { cidrBlock: "10.0.0.0/8" }))).toBe(
        "InvalidVpc.Range: The CIDR '10.0.0.0/8' is invalid.",
      );
    });

    it("have one internet gateway, and public NAT needs it", () => {
      const cloud = new Cloud();
      const { vpc, gateway, subnets } = cloud.network("use1-az1");
      expect(errorOf(() => cloud.make("aws:ec2/internetGateway:InternetGateway", "two", { vpcId: vpc.id }))).toBe(
        `InvalidParameterValue: Network ${vpc.id} already has an internet gateway attached`,
      );
      cloud.drop(gateway);
      const address = cloud.make("aws:ec2/eip:Eip", "ip", {});
      expect(
        errorOf(() =>
          cloud.make("aws:ec2/natGateway:NatGateway", "nat", {
            subnetId: subnets[0]?.id ?? "",
            allocationId: address.id,
          }),
        ),
      ).toBe(`Gateway.NotAttached: Network ${vpc.id} has no Internet gateway attached`);
    });

    it("keep route tables to their own subnets", () => {
      const cloud = new Cloud();
      const { subnets } = cloud.network("use1-az1");
      const other = cloud.make("aws:ec2/vpc:Vpc", "other", { cidrBlock: "10.9.0.0/16" });
      const table = cloud.make("aws:ec2/routeTable:RouteTable", "t", { vpcId: other.id });
      const [subnetId = ""] = subnets.map(({ id }) => id);
      expect(
        errorOf(() =>
          cloud.make("aws:ec2/routeTableAssociation:RouteTableAssociation", "a", { routeTableId: table.id, subnetId }),
        ),
      ).toBe(`InvalidParameterValue: Route table ${table.id} and subnet ${subnetId} belong to different networks`);
    });
  });
}
