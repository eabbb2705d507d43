/** Clusters and access entries that the cloud refuses. */
import { describe, expect, it } from "vitest";
import { Cloud, DEPLOY_ROLE, clusterInputs, refusal } from "../../cloud/aws/cloud";

/** Registers the tests. */
export function clusters(): void {
  describe("clusters", () => {
    const cluster = (...zones: string[]) => {
      const cloud = new Cloud();
      return refusal(() => cloud.make("aws:eks/cluster:Cluster", "c", clusterInputs(cloud, zones)));
    };

    it("stand in two zones, none of them refused by EKS", () => {
      expect(cluster("use1-az1")).toBe(
        "InvalidParameterException: Subnets specified must be in at least two different AZs",
      );
      expect(cluster("use1-az1", "use1-az3")).toBe(
        "UnsupportedAvailabilityZoneException: Cannot create cluster 'c' because us-east-1e, the targeted availability zone, does not currently have sufficient capacity to support the cluster. Retry and choose from these availability zones: us-east-1a, us-east-1b, us-east-1c, us-east-1d, us-east-1f",
      );
    });

    it("keep the zones of their control plane", () => {
      const cloud = new Cloud();
      const inputs = clusterInputs(cloud, ["use1-az1", "use1-az2", "use1-az4"]);
      const ids = (inputs.vpcConfig as { subnetIds: string[] }).subnetIds;
      const made = cloud.make("aws:eks/cluster:Cluster", "c", { ...inputs, vpcConfig: { subnetIds: ids.slice(0, 2) } });
      expect(refusal(() => cloud.change(made, inputs))).toBe(
        "InvalidParameterException: Provided subnets belong to use1-az4; the subnets must be in the set of zones provided during cluster creation: use1-az1, use1-az2",
      );
    });

    it("go one minor at a time, up and back", () => {
      const cloud = new Cloud();
      const inputs = clusterInputs(cloud);
      const made = cloud.make("aws:eks/cluster:Cluster", "c", { ...inputs, version: "1.35" });
      const to = (version: string) => refusal(() => cloud.change(made, { ...inputs, version }));
      expect([to("1.36"), to("1.35"), to("1.34"), to("1.35")]).toEqual(Array(4).fill("not refused"));
      expect(to("1.37")).toBe(
        "InvalidParameterException: Unsupported Kubernetes minor version update from 1.35 to 1.37",
      );
      expect(to("1.33")).toBe(
        "InvalidParameterException: Unsupported Kubernetes minor version update from 1.35 to 1.33",
      );
    });

    it("give their creator an access entry, so that a second one is refused", () => {
      const cloud = new Cloud();
      const made = cloud.make("aws:eks/cluster:Cluster", "c", clusterInputs(cloud));
      const entry = () =>
        cloud.make("aws:eks/accessEntry:AccessEntry", "e", { clusterName: made.id, principalArn: DEPLOY_ROLE });
      expect(refusal(entry)).toBe(
        "ResourceInUseException: The specified access entry resource is already in use on this cluster.",
      );
      cloud.drop(made);
      const left = cloud.account.all("aws:eks/accessEntry:AccessEntry");
      expect(left).toEqual([]);
    });

    it("take access entries only with API authentication", () => {
      const cloud = new Cloud();
      const made = cloud.make("aws:eks/cluster:Cluster", "c", {
        ...clusterInputs(cloud),
        accessConfig: { authenticationMode: "CONFIG_MAP" },
      });
      const role = cloud.make("aws:iam/role:Role", "r", { name: "r", assumeRolePolicy: "{}" });
      expect(
        refusal(() =>
          cloud.make("aws:eks/accessEntry:AccessEntry", "e", {
            clusterName: made.id,
            principalArn: role.outputs.arn ?? "",
          }),
        ),
      ).toBe(
        "InvalidRequestException: The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
      );
    });
  });
}
