/** References and names that the cloud refuses. */
import { describe, expect, it } from "vitest";
import { Cloud, clusterInputs, errorOf } from "../../cloud";

/** Registers the tests. */
export function referencesAndNames(): void {
  describe("references", () => {
    it("say where the object is when it is in another region", () => {
      const cloud = new Cloud();
      const west = new Cloud("us-west-2", cloud.facts, cloud.account);
      const vpc = cloud.make("aws:ec2/vpc:Vpc", "v", { cidrBlock: "10.0.0.0/16" });
      expect(errorOf(() => west.make("aws:ec2/subnet:Subnet", "s", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }))).toBe(
        `InvalidVpcID.NotFound: The vpc ID '${vpc.id}' does not exist (in us-west-2; it is in us-east-1)`,
      );
    });

    it("refuse work for a key that waits for its deletion, but leave its alias free", () => {
      const cloud = new Cloud();
      const key = cloud.make("aws:kms/key:Key", "k", {});
      const alias = cloud.make("aws:kms/alias:Alias", "a", { name: "alias/a", targetKeyId: key.id });
      cloud.drop(alias);
      cloud.drop(key);
      expect(errorOf(() => cloud.make("aws:kms/alias:Alias", "b", { name: "alias/b", targetKeyId: key.id }))).toBe(
        `KMSInvalidStateException: ${String(key.outputs.arn)} is pending deletion.`,
      );
      const other = cloud.make("aws:kms/key:Key", "k", {});
      expect(errorOf(() => cloud.make("aws:kms/alias:Alias", "a", { name: "alias/a", targetKeyId: other.id }))).toBe(
        "not refused",
      );
    });

    it("leave AWS's own policies and foreign accounts alone", () => {
      const cloud = new Cloud();
      const role = cloud.make("aws:iam/role:Role", "r", { name: "r", assumeRolePolicy: "{}" });
      const policyArn = "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy";
      expect(
        errorOf(() =>
          cloud.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", { role: role.id, policyArn }),
        ),
      ).toBe("not refused");
    });
  });

  describe("names", () => {
    it("of buckets are one space over all regions", () => {
      const cloud = new Cloud();
      cloud.make("aws:s3/bucket:Bucket", "b", { bucket: "logs" });
      const west = new Cloud("us-west-2", cloud.facts, cloud.account);
      expect(errorOf(() => west.make("aws:s3/bucket:Bucket", "b2", { bucket: "logs" }))).toBe(
        "BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it: logs",
      );
    });

    it("of roles are one space, of load balancers one for each region", () => {
      const cloud = new Cloud();
      const west = new Cloud("us-west-2", cloud.facts, cloud.account);
      const role = { name: "node", assumeRolePolicy: "{}" };
      cloud.make("aws:iam/role:Role", "r", role);
      expect(errorOf(() => west.make("aws:iam/role:Role", "r2", role))).toBe(
        "EntityAlreadyExists: Role with name node already exists.",
      );
      cloud.make("aws:cloudwatch/logGroup:LogGroup", "g", { name: "/x" });
      expect(errorOf(() => west.make("aws:cloudwatch/logGroup:LogGroup", "g2", { name: "/x" }))).toBe("not refused");
    });

    it("of records may exist once, unless the program may overwrite", () => {
      const cloud = new Cloud();
      const { zoneId } = cloud.provider.invoke("aws:route53/getZone:getZone", { name: "example.com" });
      const record = { zoneId: String(zoneId), name: "www", type: "A", ttl: 60, records: ["192.0.2.1"] };
      cloud.make("aws:route53/record:Record", "a", record);
      expect(errorOf(() => cloud.make("aws:route53/record:Record", "b", record))).toBe(
        "InvalidChangeBatch: [Tried to create resource record set [name='www.example.com.', type='A'] but it already exists]",
      );
      expect(errorOf(() => cloud.make("aws:route53/record:Record", "b", { ...record, allowOverwrite: true }))).toBe(
        "not refused",
      );
    });

    it("of deleted secrets stay taken for the recovery window", () => {
      const cloud = new Cloud();
      cloud.drop(cloud.make("aws:secretsmanager/secret:Secret", "s", { name: "token" }));
      expect(errorOf(() => cloud.make("aws:secretsmanager/secret:Secret", "s", { name: "token" }))).toBe(
        "InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    });

    it("of a log group stay taken when the group was deleted before its cluster", () => {
      const cloud = new Cloud();
      const name = "/aws/eks/c/cluster";
      const group = cloud.make("aws:cloudwatch/logGroup:LogGroup", "g", { name });
      const cluster = cloud.make("aws:eks/cluster:Cluster", "c", {
        ...clusterInputs(cloud),
        enabledClusterLogTypes: ["api"],
      });
      cloud.drop(group);
      cloud.drop(cluster);
      expect(errorOf(() => cloud.make("aws:cloudwatch/logGroup:LogGroup", "g", { name }))).toBe(
        "ResourceAlreadyExistsException: The specified log group already exists",
      );
    });

    it("of a log group are taken again after its deletion, by a cluster that logged until it was deleted", () => {
      const name = "/aws/eks/c/cluster";
      const again = (logTypes: string[]): string => {
        const cloud = new Cloud();
        const group = cloud.make("aws:cloudwatch/logGroup:LogGroup", "g", { name });
        const inputs = clusterInputs(cloud);
        const made = cloud.make("aws:eks/cluster:Cluster", "c", { ...inputs, enabledClusterLogTypes: ["api"] });
        cloud.drop(cloud.change(made, { ...inputs, enabledClusterLogTypes: logTypes }));
        cloud.drop(group);
        return errorOf(() => cloud.make("aws:cloudwatch/logGroup:LogGroup", "g", { name }));
      };
      expect(again(["api"])).toBe("ResourceAlreadyExistsException: The specified log group already exists");
      expect(again([])).toBe("not refused");
    });
  });
}
