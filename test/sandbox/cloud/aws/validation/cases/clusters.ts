/** Clusters and access entries that the cloud refuses. */
import { describe, expect, it } from "vitest";
import type { PropertyMap } from "../../../../../../sandbox/property/values";
import { Cloud, DEPLOY_ROLE, clusterInputs, errorOf, type Thing } from "../../cloud";

const CLUSTER = "aws:eks/cluster:Cluster";

/** Registers the tests. */
export function clusters(): void {
  describe("clusters", () => {
    const cluster = (...zones: string[]) => {
      const cloud = new Cloud();
      return errorOf(() => cloud.make("aws:eks/cluster:Cluster", "c", clusterInputs(cloud, zones)));
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
      expect(errorOf(() => cloud.change(made, inputs))).toBe(
        "InvalidParameterException: Provided subnets belong to use1-az4; the subnets must be in the set of zones provided during cluster creation: use1-az1, use1-az2",
      );
    });

    it("stay in their VPC", () => {
      const cloud = new Cloud();
      const inputs = clusterInputs(cloud);
      const made = cloud.make(CLUSTER, "c", inputs);
      const { vpcConfig } = clusterInputs(cloud, ["use1-az1", "use1-az2"]);
      const [subnet = ""] = (vpcConfig as { subnetIds: string[] }).subnetIds;
      const vpcOf = (id: string) => cloud.account.find("aws:ec2/subnet:Subnet", id, "us-east-1")?.inputs.vpcId;
      expect(errorOf(() => cloud.change(made, { ...inputs, vpcConfig: vpcConfig ?? {} }))).toBe(
        `InvalidParameterException: Provided subnet ${subnet} belongs to ${String(vpcOf(subnet))}; the subnets must be in the VPC that was provided during cluster creation: ${(made.outputs["vpcConfig"] as { vpcId: string }).vpcId}`,
      );
    });

    describe("move by minors as EKS moves them", () => {
      const start = (version: string) => {
        const cloud = new Cloud();
        const inputs = clusterInputs(cloud);
        const made = cloud.make(CLUSTER, "c", { ...inputs, version });
        const to = (thing: Thing, next: string): Thing => cloud.change(thing, { ...inputs, version: next });
        const role = cloud.make("aws:iam/role:Role", "nodes", { name: "nodes", assumeRolePolicy: "{}" });
        const nodes = (version: string) =>
          cloud.make("aws:eks/nodeGroup:NodeGroup", "g", {
            clusterName: made.id,
            nodeGroupName: "apps",
            nodeRoleArn: role.outputs.arn ?? "",
            subnetIds: (inputs.vpcConfig as { subnetIds: string[] }).subnetIds,
            scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 1 },
            version,
          });
        return { cloud, made, to, nodes };
      };
      const unsupported = (from: string, to: string) =>
        `InvalidParameterException: Unsupported Kubernetes minor version update from ${from} to ${to}`;

      it("one up, never two, and back by one after an upgrade", () => {
        const { made, to } = start("1.34");
        expect(errorOf(() => to(made, "1.36"))).toBe(unsupported("1.34", "1.36"));
        const up = to(made, "1.35");
        expect(up.outputs["version"]).toBe("1.35");
        expect(to(up, "1.34").outputs["version"]).toBe("1.34");
      });

      it("not below the minor that they were made with, nor back twice", () => {
        const { made, to } = start("1.34");
        expect(errorOf(() => to(made, "1.33"))).toBe(unsupported("1.34", "1.33"));
        const back = to(to(to(made, "1.35"), "1.36"), "1.35");
        expect(errorOf(() => to(back, "1.34"))).toBe(unsupported("1.35", "1.34"));
      });

      it("back within seven days, and not after them", () => {
        const { cloud, made, to } = start("1.34");
        const up = to(made, "1.35");
        const [rule] = cloud.account.all("sandbox:index:ClusterUpgrade");
        if (rule === undefined) throw new Error("no upgrade is remembered");
        const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
        cloud.account.put({ ...rule, outputs: { ...rule.outputs, at: daysAgo(7.01) } });
        expect(errorOf(() => to(up, "1.34"))).toBe(unsupported("1.35", "1.34"));
        cloud.account.put({ ...rule, outputs: { ...rule.outputs, at: daysAgo(6.9) } });
        expect(to(up, "1.34").outputs["version"]).toBe("1.34");
      });

      it("back only after their nodes", () => {
        const { cloud, made, to, nodes } = start("1.34");
        const up = to(made, "1.35");
        const group = nodes("1.35");
        expect(errorOf(() => to(up, "1.34"))).toBe(
          "InvalidParameterException: Nodegroups apps must be updated to match cluster version 1.34 before updating cluster version",
        );
        cloud.change(group, { ...group.inputs, version: "1.34" });
        expect(to(up, "1.34").outputs["version"]).toBe("1.34");
      });

      it("up to three minors ahead of their nodes, which never go ahead of them", () => {
        const { made, to, nodes } = start("1.32");
        nodes("1.32");
        const ahead = ["1.33", "1.34", "1.35"].reduce(to, made);
        expect(errorOf(() => to(ahead, "1.36"))).toBe(
          "InvalidParameterException: Nodegroups apps must be updated to match cluster version 1.35 before updating cluster version",
        );
        const other = start("1.34");
        expect(errorOf(() => other.nodes("1.35"))).toBe(
          "InvalidParameterException: Nodegroup Kubernetes version 1.35 is not supported by cluster c of version 1.34: it may be the same or an older minor",
        );
      });
    });

    it("give their creator an access entry, so that a second one is refused", () => {
      const cloud = new Cloud();
      const made = cloud.make("aws:eks/cluster:Cluster", "c", clusterInputs(cloud));
      const entry = () =>
        cloud.make("aws:eks/accessEntry:AccessEntry", "e", { clusterName: made.id, principalArn: DEPLOY_ROLE });
      expect(errorOf(entry)).toBe(
        "ResourceInUseException: The specified access entry resource is already in use on this cluster.",
      );
      cloud.drop(made);
      const left = cloud.account.all("aws:eks/accessEntry:AccessEntry");
      expect(left).toEqual([]);
    });

    it("take a node group whose desired size lies within its bounds, and an update that keeps it there", () => {
      const cloud = new Cloud();
      const { vpcConfig, ...rest } = clusterInputs(cloud);
      const cluster = cloud.make("aws:eks/cluster:Cluster", "c", { ...rest, vpcConfig: vpcConfig ?? {} });
      const group = (minSize: number, desiredSize: number, maxSize: number): PropertyMap => ({
        clusterName: cluster.id,
        nodeRoleArn: DEPLOY_ROLE,
        subnetIds: (vpcConfig as { subnetIds: string[] }).subnetIds,
        scalingConfig: { minSize, desiredSize, maxSize },
      });
      const made = cloud.make("aws:eks/nodeGroup:NodeGroup", "n", group(3, 5, 10));
      expect(errorOf(() => cloud.change(made, group(6, 5, 12)))).toBe(
        "InvalidParameterException: Minimum capacity 6 can't be greater than desired size 5",
      );
      expect(errorOf(() => cloud.change(made, group(1, 5, 4)))).toBe(
        "InvalidParameterException: desired capacity 5 can't be greater than max size 4",
      );
    });

    it("take access entries only with API authentication", () => {
      const cloud = new Cloud();
      const made = cloud.make("aws:eks/cluster:Cluster", "c", {
        ...clusterInputs(cloud),
        accessConfig: { authenticationMode: "CONFIG_MAP" },
      });
      const role = cloud.make("aws:iam/role:Role", "r", { name: "r", assumeRolePolicy: "{}" });
      expect(
        errorOf(() =>
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
