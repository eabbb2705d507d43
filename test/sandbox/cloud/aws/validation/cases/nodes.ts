/** Nodes that EKS refuses: of a type that EC2 has not, for another image, or not in that zone. */
import { describe, expect, it } from "vitest";
import { loadFacts } from "../../../../../../sandbox/cloud/aws/object/facts";
import { Cloud, DEPLOY_ROLE, errorOf } from "../../cloud";

/** Registers the tests. */
export function nodes(): void {
  describe("nodes", () => {
    const group = (
      instanceType: string,
      { amiType = "AL2023_x86_64_STANDARD", zone = "use1-az4", update = "", vcpus = 512 } = {},
    ) => {
      const facts = loadFacts();
      const standardVcpus = { default: vcpus, raised: vcpus, source: "a test" };
      const cloud = new Cloud("us-east-1", { ...facts, quotas: { ...facts.quotas, standardVcpus } });
      const ids = cloud.network("use1-az1", "use1-az2", zone).subnets.map(({ id }) => id);
      const cluster = cloud.make("aws:eks/cluster:Cluster", "c", {
        name: "c",
        roleArn: DEPLOY_ROLE,
        vpcConfig: { subnetIds: ids.slice(0, 2) },
        accessConfig: { authenticationMode: "API" },
      });
      const role = cloud.make("aws:iam/role:Role", "nodes", { name: "nodes", assumeRolePolicy: "{}" });
      const template = cloud.make("aws:ec2/launchTemplate:LaunchTemplate", "t", { instanceType });
      const inputs = {
        clusterName: cluster.id,
        nodeRoleArn: String(role.outputs.arn),
        subnetIds: ids,
        amiType,
        launchTemplate: { id: template.id, version: "1" },
        scalingConfig: { minSize: 2, desiredSize: 2, maxSize: 2 },
      };
      const make = () => cloud.make("aws:eks/nodeGroup:NodeGroup", "n", inputs);
      if (update === "") return errorOf(make);
      const made = make();
      cloud.change(template, { instanceType: update });
      return errorOf(() => cloud.change(made, { ...inputs, launchTemplate: { id: template.id, version: "2" } }));
    };

    it("are of a type that EC2 has", () => {
      expect(group("m9z.xlarge")).toBe(
        "Ec2LaunchTemplateInvalidConfiguration: The specified instance type m9z.xlarge is not valid",
      );
    });

    it("are of the architecture of their image, at the start and when the template changes", () => {
      const message = (type: string, image: string) =>
        `InvalidParameterException: [${type}] is not a valid instance type for requested amiType ${image}`;
      expect(group("m7g.xlarge")).toBe(message("m7g.xlarge", "AL2023_x86_64_STANDARD"));
      expect(group("t3.xlarge", { amiType: "AL2023_ARM_64_STANDARD" })).toBe(
        message("t3.xlarge", "AL2023_ARM_64_STANDARD"),
      );
      expect(group("t3.xlarge", { update: "m7g.xlarge" })).toBe(message("m7g.xlarge", "AL2023_x86_64_STANDARD"));
    });

    it("fit into the account's quota of virtual CPUs while they are made, all node groups of the region together", () => {
      const message = (limit: number) =>
        `AsgInstanceLaunchFailures: Could not launch On-Demand Instances. VcpuLimitExceeded - You have requested more vCPU capacity than your current vCPU limit of ${limit} allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit. Launching EC2 instance failed.`;
      // Two nodes each.
      const needs: readonly (readonly [string, number])[] = [
        ["t3.medium", 4],
        ["m7a.medium", 2],
        ["t3.xlarge", 8],
        ["m6i.4xlarge", 32],
      ];
      for (const [type, vcpus] of needs) {
        expect(group(type, { vcpus }), type).toBe("not refused");
        expect(group(type, { vcpus: vcpus - 1 }), type).toBe(message(vcpus - 1));
      }
      // Another bucket, and a group that stands already: its instances are there.
      expect(group("g5.xlarge", { vcpus: 1 })).toBe("not refused");
      expect(group("t3.large", { update: "t3.xlarge", vcpus: 4 })).toBe("not refused");
    });

    it("are of a type that their zones offer", () => {
      expect(group("t3.xlarge", { zone: "use1-az3" })).toBe(
        "InvalidRequestException: Your requested instance type (t3.xlarge) is not supported in your requested Availability Zone (us-east-1e). Please retry your request by not specifying an Availability Zone or choosing us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f.",
      );
    });
  });
}
