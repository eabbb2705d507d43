/** Deletions that the cloud refuses. */
import { describe, expect, it } from "vitest";
import type { PropertyMap } from "../../../../../../sandbox/property/values";
import { Cloud, clusterInputs, object, errorOf } from "../../cloud";

/** Registers the tests. */
export function deletions(): void {
  describe("deletion", () => {
    it("waits for what is protected", () => {
      const cloud = new Cloud();
      const inputs = clusterInputs(cloud);
      const subnets = (inputs.vpcConfig as { subnetIds: string[] }).subnetIds;
      const cluster = cloud.make("aws:eks/cluster:Cluster", "c", { ...inputs, deletionProtection: true });
      const balancer = cloud.make("aws:lb/loadBalancer:LoadBalancer", "front", {
        subnets,
        enableDeletionProtection: true,
      });
      expect(errorOf(() => cloud.drop(cluster))).toBe(
        "InvalidRequestException: Cluster c cannot be deleted because deletion protection is enabled",
      );
      expect(errorOf(() => cloud.drop(balancer))).toBe(
        `OperationNotPermitted: Load balancer '${balancer.id}' cannot be deleted because deletion protection is enabled`,
      );
    });

    /** Type, then who still uses it: inputs that refer to the id `it`. */
    const USERS: readonly [string, string, PropertyMap, string][] = [
      [
        "aws:ec2/vpc:Vpc",
        "aws:ec2/subnet:Subnet",
        { vpcId: "it" },
        "DependencyViolation: The vpc 'it' has dependencies and cannot be deleted (still there: Subnet user)",
      ],
      [
        "aws:ec2/vpc:Vpc",
        "aws:ec2/securityGroup:SecurityGroup",
        { vpcId: "it" },
        "DependencyViolation: The vpc 'it' has dependencies and cannot be deleted (still there: SecurityGroup user)",
      ],
      [
        "aws:ec2/subnet:Subnet",
        "aws:lb/loadBalancer:LoadBalancer",
        { subnets: ["it"] },
        "DependencyViolation: The subnet 'it' has dependencies and cannot be deleted (network interfaces of LoadBalancer user)",
      ],
      [
        "aws:ec2/subnet:Subnet",
        "aws:eks/cluster:Cluster",
        { vpcConfig: { subnetIds: ["it"] } },
        "DependencyViolation: The subnet 'it' has dependencies and cannot be deleted (network interfaces of Cluster user)",
      ],
      [
        "aws:ec2/internetGateway:InternetGateway",
        "aws:lb/loadBalancer:LoadBalancer",
        { vpcId: "v" },
        "DependencyViolation: Network v has some mapped public address(es). Please unmap those public address(es) before detaching the gateway. (still there: LoadBalancer user)",
      ],
      [
        "aws:ec2/subnet:Subnet",
        "aws:rds/subnetGroup:SubnetGroup",
        { subnetIds: ["it"] },
        "DependencyViolation: The subnet 'it' has dependencies and cannot be deleted (network interfaces of SubnetGroup user)",
      ],
      [
        "aws:rds/subnetGroup:SubnetGroup",
        "aws:rds/cluster:Cluster",
        { dbSubnetGroupName: "it" },
        "InvalidDBSubnetGroupStateFault: Cannot delete the subnet group it because at least one database instance: Cluster user is still using it.",
      ],
      [
        "aws:rds/globalCluster:GlobalCluster",
        "aws:rds/cluster:Cluster",
        { globalClusterIdentifier: "it" },
        "InvalidGlobalClusterStateFault: Global Cluster it is not empty (Cluster user)",
      ],
      [
        "aws:backup/vault:Vault",
        "aws:backup/plan:Plan",
        { rules: [{ targetVaultName: "it" }] },
        "InvalidRequestException: Backup vault cannot be deleted because it contains recovery points, or plans still use it (Plan user)",
      ],
      [
        "aws:backup/plan:Plan",
        "aws:backup/selection:Selection",
        { planId: "it" },
        "InvalidRequestException: Related backup plan selections must be deleted prior to backup plan deletion (still there: Selection user)",
      ],
      [
        "aws:ec2/eip:Eip",
        "aws:ec2/natGateway:NatGateway",
        { allocationId: "it" },
        "InvalidIPAddress.InUse: Address 'it' is in use (by NatGateway user)",
      ],
      [
        "aws:ec2/routeTable:RouteTable",
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        { routeTableId: "it" },
        "DependencyViolation: The routeTable 'it' has dependencies and cannot be deleted (still there: RouteTableAssociation user)",
      ],
      [
        "aws:ec2/securityGroup:SecurityGroup",
        "aws:lb/loadBalancer:LoadBalancer",
        { securityGroups: ["it"] },
        "DependencyViolation: resource it has a dependent object (LoadBalancer user)",
      ],
      [
        "aws:lb/targetGroup:TargetGroup",
        "aws:lb/listener:Listener",
        { defaultActions: [{ forward: { targetGroups: [{ arn: "it" }] } }] },
        "ResourceInUse: Target group 'it' is currently in use by a listener or a rule (Listener user)",
      ],
      [
        "aws:acm/certificate:Certificate",
        "aws:lb/listener:Listener",
        { certificateArn: "it" },
        "ResourceInUseException: Certificate it is in use. (by Listener user)",
      ],
      [
        "aws:iam/role:Role",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        { role: "it" },
        "DeleteConflict: Cannot delete entity, must detach all policies and instance profiles first. (still there: RolePolicyAttachment user)",
      ],
      [
        "aws:iam/role:Role",
        "aws:iam/instanceProfile:InstanceProfile",
        { role: "it" },
        "DeleteConflict: Cannot delete entity, must detach all policies and instance profiles first. (still there: InstanceProfile user)",
      ],
      [
        "aws:iam/policy:Policy",
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
        { policyArn: "it" },
        "DeleteConflict: Cannot delete a policy attached to entities. (attached by RolePolicyAttachment user)",
      ],
      [
        "aws:eks/cluster:Cluster",
        "aws:eks/nodeGroup:NodeGroup",
        { clusterName: "it" },
        "ResourceInUseException: Cluster has nodegroups attached (NodeGroup user)",
      ],
      [
        "aws:route53/zone:Zone",
        "aws:route53/record:Record",
        { zoneId: "it" },
        "HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted. (Record user)",
      ],
      [
        "aws:s3/bucket:Bucket",
        "aws:lb/loadBalancer:LoadBalancer",
        { accessLogs: { bucket: "it" } },
        "BucketNotEmpty: The bucket you tried to delete is not empty. You must delete all versions in the bucket. (written by LoadBalancer user)",
      ],
      [
        "aws:ecr/repository:Repository",
        "sandbox:index:Image",
        { repository: "it" },
        "RepositoryNotEmptyException: The repository with name 'it' in registry with id '000000000000' cannot be deleted because it still contains images (user)",
      ],
    ];

    it.each(USERS)("of a %s waits for its %s", (type, by, inputs, message) => {
      const cloud = new Cloud();
      const thing = object(type, "it", { vpcId: "v", name: "it" });
      cloud.account.put(thing);
      const user = object(by, "user", inputs);
      cloud.account.put(user);
      const drop = () => cloud.provider.delete({ type, name: "x", urn: "" }, thing);
      expect(errorOf(drop)).toBe(message);
      cloud.account.remove(user);
      expect(errorOf(drop)).toBe("not refused");
    });

    it.each([
      ["aws:s3/bucket:Bucket", "forceDestroy", "aws:cloudtrail/trail:Trail", { s3BucketName: "it" }],
      ["aws:ecr/repository:Repository", "forceDelete", "sandbox:index:Image", { repository: "it" }],
    ])("of a full %s passes with %s", (type, flag, by, inputs) => {
      const cloud = new Cloud();
      const thing = object(type, "it", { name: "it", [flag]: true });
      cloud.account.put(thing);
      cloud.account.put(object(by, "user", inputs));
      expect(errorOf(() => cloud.provider.delete({ type, name: "x", urn: "" }, thing))).toBe("not refused");
    });
  });
}
