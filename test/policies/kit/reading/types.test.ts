/** Every spelling of a kind folds to one name. */
import { describe, expect, it } from "vitest";
import { isPatchToken, typeOfToken, tokenOf, types } from "../../../../policies/kit/reading/types";

describe("kindOfToken", () => {
  it.each([
    ["aws:alb/loadBalancer:LoadBalancer", "aws:lb/loadBalancer:LoadBalancer"],
    ["aws:s3/bucketV2:BucketV2", "aws:s3/bucket:Bucket"],
    ["aws:sqs/queue:Queue", "aws:sqs/queue:Queue"],
    ["kubernetes:apps/v1:Deployment", "kubernetes:apps:Deployment"],
    ["kubernetes:apps/v1beta2:Deployment", "kubernetes:apps:Deployment"],
    ["kubernetes:extensions/v1beta1:Deployment", "kubernetes:apps:Deployment"],
    ["kubernetes:extensions/v1beta1:DaemonSet", "kubernetes:apps:DaemonSet"],
    ["kubernetes:extensions/v1beta1:ReplicaSet", "kubernetes:apps:ReplicaSet"],
    ["kubernetes:extensions/v1beta1:NetworkPolicy", "kubernetes:networking.k8s.io:NetworkPolicy"],
    ["kubernetes:extensions/v1beta1:Ingress", "kubernetes:networking.k8s.io:Ingress"],
    ["kubernetes:apps/v1:DeploymentPatch", "kubernetes:apps:Deployment"],
    ["kubernetes:example.com/v1:Patch", "kubernetes:example.com:Patch"],
    ["kubernetes:example.com/v1:Patchwork", "kubernetes:example.com:Patchwork"],
    ["kubernetes:core:Pod", "kubernetes:core:Pod"],
    ["my-kubernetes:apps/v1:Deployment", "my-kubernetes:apps/v1:Deployment"],
    ["kubernetes:apps/v1:Deployment:more", "kubernetes:apps/v1:Deployment:more"],
    ["kubernetes:yaml:", "kubernetes:yaml:"],
  ])("%s is %s", (token, kind) => expect(typeOfToken(token)).toBe(kind));

  it("gives each declared kind its own name back", () => {
    for (const kind of Object.values(types)) expect(typeOfToken(kind)).toBe(kind);
  });
});

describe("isPatchToken", () => {
  it.each([
    ["kubernetes:apps/v1:DeploymentPatch", true],
    ["kubernetes:autoscaling/v2:HorizontalPodAutoscalerPatch", true],
    ["kubernetes:example.com/v1:Patch", false],
    ["kubernetes:example.com/v1:DeploymentPatchwork", false],
    ["aws:ssm/basePatch:BasePatch", false],
    ["my:kubernetes:apps/v1:DeploymentPatch", false],
  ])("%s: %s", (token, is) => expect(isPatchToken(token)).toBe(is));
});

describe("tokenOf", () => {
  it("puts the core group in front of a bare version", () => {
    expect([tokenOf("v1", "Pod"), tokenOf("apps/v1", "Deployment")]).toEqual([
      "kubernetes:core/v1:Pod",
      "kubernetes:apps/v1:Deployment",
    ]);
  });
});
