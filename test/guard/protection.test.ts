/** What holds a resource is told before anything is deleted. */
import { describe, expect, test } from "vitest";
import { holdLine, holdsOf, type StateResource } from "../../guard/protection";

const row = (type: string, name: string, more: Partial<StateResource> = {}): StateResource => ({
  urn: `urn:pulumi:prod::fridayproof::${type}::${name}`,
  type,
  ...more,
});

describe("a state", () => {
  test("tells each hold once, with who refuses and why", () => {
    const rows = [
      row("aws:ec2/vpc:Vpc", "network-vpc", { protect: true }),
      row("aws:lb/loadBalancer:LoadBalancer", "alb", { protect: true, inputs: { enableDeletionProtection: true } }),
      row("aws:eks/cluster:Cluster", "eks", {
        inputs: { deletionProtection: true, enabledClusterLogTypes: ["api"] },
      }),
      row("aws:s3/bucket:Bucket", "logs", { inputs: { forceDestroy: false } }),
      row("aws:ecr/repository:Repository", "images", { inputs: {} }),
      row("kubernetes:argoproj.io/v1alpha1:ApplicationSet", "root", {
        inputs: { spec: { syncPolicy: { preserveResourcesOnDeletion: true } } },
      }),
      row("kubernetes:helm.sh/v3:Release", "monitoring", {
        inputs: { values: { prometheus: { persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain" } } } },
      }),
    ];
    expect(holdsOf(rows).map(holdLine)).toEqual([
      "aws:ec2:Vpc network-vpc: Pulumi refuses, it is protected",
      "aws:lb:LoadBalancer alb: Pulumi refuses, it is protected",
      "aws:lb:LoadBalancer alb: AWS refuses, its deletion protection is on",
      "aws:eks:Cluster eks: AWS refuses, its deletion protection is on",
      "aws:eks:Cluster eks: EKS would make its log group again, for the last lines of its control plane",
      "aws:s3:Bucket logs: AWS refuses, a bucket with objects in it is not deleted without forceDestroy",
      "aws:ecr:Repository images: AWS refuses, a repository with images in it is not deleted without forceDelete",
      "kubernetes:argoproj.io:ApplicationSet root: what its applications made would stay in the cluster",
      "kubernetes:helm.sh:Release monitoring: its volumes would stay and cost",
    ]);
  });

  test("holds nothing once it was made ready", () => {
    const rows = [
      row("aws:ec2/vpc:Vpc", "network-vpc"),
      row("aws:lb/loadBalancer:LoadBalancer", "alb", { inputs: { enableDeletionProtection: false } }),
      row("aws:eks/cluster:Cluster", "eks", { inputs: { deletionProtection: false, enabledClusterLogTypes: [] } }),
      row("aws:s3/bucket:Bucket", "logs", { inputs: { forceDestroy: true } }),
      row("aws:ecr/repository:Repository", "images", { inputs: { forceDelete: true } }),
      row("kubernetes:argoproj.io/v1alpha1:ApplicationSet", "root", { inputs: { spec: {} } }),
      row("kubernetes:helm.sh/v3:Release", "monitoring", { inputs: { values: {} } }),
      row("pulumi:pulumi:Stack", "fridayproof-prod"),
    ];
    expect(holdsOf(rows)).toEqual([]);
    expect(holdsOf([])).toEqual([]);
  });
});
