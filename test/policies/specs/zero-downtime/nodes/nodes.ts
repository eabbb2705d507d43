/** Cases of the rules about nodes. */
import { unknownSentinels } from "../../../../../policies/kit/reading/value";
import { nodegroupKept, nodegroupUpdate } from "../../../../../policies/zero-downtime/nodes/nodes";
import { versionSkew } from "../../../../../policies/zero-downtime/nodes/version-skew";
import { but, cluster, from, nodeGroup } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, under, type Spec } from "../../../support/spec";

const [UNKNOWN] = unknownSentinels;
const older: Given = { ...but(cluster, { name: "old", version: "1.30" }), name: "old" };

/** A group of a pool that has one in each zone. */
const inZone = (zone: string, min: number, pool = "apps"): Given => ({
  ...but(nodeGroup, { labels: { pool }, "scalingConfig.minSize": min, subnetIds: [`subnet-${zone}`] }),
  name: `apps-${zone}`,
});

const spot = (instanceType: string, pool = "apps"): Given => ({
  ...but(nodeGroup, { labels: { pool }, capacityType: "SPOT", instanceTypes: [instanceType] }),
  name: instanceType,
});
const scaling = (minHealthyPercentage: number): Given => ({
  type: "aws:autoscaling/group:Group",
  name: "own",
  props: { instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage } } },
});
const template: Given = {
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  name: "apps",
  props: { instanceType: "m7i.large" },
};
const proxy = (addonVersion: string): Given => ({
  type: "aws:eks/addon:Addon",
  name: "kube-proxy",
  links: { clusterName: from(cluster) },
  props: { addonName: "kube-proxy", addonVersion, clusterName: "dev" },
});

const pool = (disruption: object, expireAfter?: string): Given =>
  object("karpenter.sh/v1:NodePool", "apps", { spec: { disruption, template: { spec: { expireAfter } } } });

/** Cases of the rules about nodes. */
export const nodeSpecs: readonly Spec[] = [
  {
    rule: nodegroupUpdate,
    good: {
      "one at a time": given(nodeGroup),
      "a third": given(but(nodeGroup, { updateConfig: { maxUnavailablePercentage: 33 } })),
      "one of two": given(but(nodeGroup, { "scalingConfig.minSize": 2 })),
      "one in each of two zones": given(inZone("a", 1), inZone("b", 1)),
      "none in a third zone": given(inZone("a", 1), inZone("b", 1), inZone("c", 0)),
      "the order that EKS has": given(but(nodeGroup, { "updateConfig.updateStrategy": "DEFAULT" })),
      "Spot of two types in one pool": given(spot("m7i.large"), spot("m7a.large")),
      "Spot of one type beside others": given(spot("m7i.large"), {
        ...but(nodeGroup, { labels: { pool: "apps" } }),
        name: "steady",
      }),
      "Spot whose type stands elsewhere": given(but(nodeGroup, { capacityType: "SPOT" })),
      "a refresh that keeps two thirds": given(scaling(67)),
      "a group that is refreshed as EC2 does by itself": given(but(scaling(67), { instanceRefresh: undefined })),
      "Spot of one type, beside another group of one type": given(spot("m7i.large"), {
        ...but(spot("m7i.large"), { capacityType: "ON_DEMAND" }),
        name: "steady",
      }),
      "three of ten": given(but(nodeGroup, { "scalingConfig.minSize": 10, "updateConfig.maxUnavailable": 3 })),
      "no node in some hours, and no node that is only idle": given(
        pool({
          budgets: [
            { nodes: "10%" },
            { nodes: "0", schedule: "0 8 * * *", duration: "10h" },
            { nodes: "0", reasons: ["Underutilized"] },
          ],
        }),
      ),
      "Karpenter's own tenth, and budgets that hold at any time": given(
        pool({}),
        pool({ budgets: [{ nodes: "20%" }, { nodes: "0", schedule: "0 9 * * *", duration: "8h" }] }),
        pool({ budgets: [{ nodes: "100%", reasons: ["Empty"] }, { nodes: "10%" }] }),
        pool({ budgets: [{ nodes: "5" }] }),
      ),
      "nodes of a month, and for ever": given(pool({}, "720h"), pool({}, "Never")),
    },
    bad: {
      "half of them": given(but(nodeGroup, { updateConfig: { maxUnavailablePercentage: 50 } })),
      "two of three": given(but(nodeGroup, { "updateConfig.maxUnavailable": 2 })),
      "a single node": given(but(nodeGroup, { "scalingConfig.minSize": 1 })),
      "a single node in two zones": given(inZone("a", 1), inZone("b", 0)),
      "one in each of two pools": given(inZone("a", 1), inZone("b", 1, "system")),
      "no size": given(but(nodeGroup, { scalingConfig: undefined })),
      forced: given(but(nodeGroup, { forceUpdateVersion: true })),
      "an order that EKS does not have": given(but(nodeGroup, { "updateConfig.updateStrategy": "SLOW" })),
      "old nodes first": given(but(nodeGroup, { "updateConfig.updateStrategy": "MINIMAL" })),
      "Spot of one type": given(spot("m7i.large")),
      "Spot of one type in small letters, by its template": given(template, {
        ...but(nodeGroup, { capacityType: "spot" }),
        links: { ...nodeGroup.links, launchTemplate: from(template) },
      }),
      "a refresh that keeps nothing": given(scaling(0)),
      "a refresh that keeps too little": given(scaling(66)),
      "four of ten": given(but(nodeGroup, { "scalingConfig.minSize": 10, "updateConfig.maxUnavailable": 4 })),
      "no node at any time": given(pool({ budgets: [{ nodes: "0" }] })),
      "no node at any time, and none ever": given(pool({ budgets: [{ nodes: "0%", reasons: ["Drifted"] }] }, "Never")),
      "all of Karpenter's at once": given(pool({ budgets: [{ nodes: "100%" }] })),
      "half of Karpenter's, and all that drifted": given(
        pool({ budgets: [{ nodes: "50%" }] }),
        pool({
          budgets: [
            { nodes: "10%", reasons: ["Underutilized"] },
            { nodes: "90%", reasons: ["Drifted"] },
          ],
        }),
      ),
      "budgets of the day alone": given(pool({ budgets: [{ nodes: "10%", schedule: "0 9 * * *", duration: "8h" }] })),
      "nodes of half an hour": given(pool({}, "30m")),
    },
  },
  {
    rule: nodegroupKept,
    good: {
      "in one zone": given(inZone("a", 1)),
      "in one subnet that a preview hides": given(but(nodeGroup, { subnetIds: [UNKNOWN] })),
      "with a role": given(but(nodeGroup, { nodeRoleArn: "arn:aws:iam::111122223333:role/nodes" })),
    },
    bad: {
      "in two zones": given(but(nodeGroup, { subnetIds: ["subnet-a", "subnet-b"] })),
      "instance types of its own": given(but(nodeGroup, { instanceTypes: ["t3.large"] })),
      "a disk of its own": given(but(nodeGroup, { diskSize: 50 })),
      "remote access": given(but(nodeGroup, { remoteAccess: { ec2SshKey: "key" } })),
      unprotected: given({ ...nodeGroup, options: {} }),
      "of an environment that protects nothing": under(
        { off: true },
        {
          ...but(nodeGroup, { diskSize: 50 }),
          options: {},
        },
      ),
      "subnets that a preview hides": given(but(nodeGroup, { subnetIds: UNKNOWN })),
    },
  },
  {
    rule: versionSkew,
    good: {
      equal: given(cluster, nodeGroup),
      "two behind": given(but(cluster, { version: "1.37" }), nodeGroup),
      "by the plain name": given(cluster, { ...nodeGroup, links: {} }),
      "no version": given(cluster, but(nodeGroup, { version: undefined })),
      "neither version nor release": given(cluster, but(nodeGroup, { version: undefined, releaseVersion: undefined })),
      "another add-on": given(cluster, but(proxy("latest"), { addonName: "coredns" })),
      "a proxy of the same minor, and of three before": given(
        cluster,
        proxy("v1.35.0-eksbuild.2"),
        proxy("v1.32.6-eksbuild.12"),
      ),
      "by the plain name, beside another": given(older, cluster, { ...nodeGroup, links: {} }),
      "by the plain name, beside one whose name a preview hides": given(but(older, { name: UNKNOWN }), cluster, {
        ...nodeGroup,
        links: {},
      }),
      "by link, where a preview hides the name": given(
        older,
        but(cluster, { name: UNKNOWN }),
        but(nodeGroup, { clusterName: UNKNOWN }),
      ),
    },
    bad: {
      "by a plain name, where a preview hides the cluster's": given(but(cluster, { name: UNKNOWN }), {
        ...nodeGroup,
        links: {},
      }),
      "an add-on whose name a preview hides": given(cluster, but(proxy("latest"), { addonName: UNKNOWN })),
      "a release that is none": given(cluster, but(nodeGroup, { version: undefined, releaseVersion: "latest" })),
      newer: given(but(cluster, { version: "1.34" }), nodeGroup),
      "three behind": given(but(cluster, { version: "1.38" }), nodeGroup),
      "a release that is behind": given(
        cluster,
        but(nodeGroup, { version: undefined, releaseVersion: "1.31.9-20250601" }),
      ),
      "a proxy that is behind": given(cluster, proxy("v1.31.10-eksbuild.3")),
      "a proxy that is ahead": given(cluster, proxy("v1.36.0-eksbuild.1")),
      "a proxy of no version": given(cluster, proxy("latest")),
      "no minor": given(cluster, but(nodeGroup, { version: "latest" })),
      "an unknown cluster": given({ ...nodeGroup, links: {} }),
      "a cluster without version": given(but(cluster, { version: undefined }), nodeGroup),
      "another major": given(cluster, but(nodeGroup, { version: "11.35" })),
      "a patch": given(cluster, but(nodeGroup, { version: "1.35.1" })),
    },
  },
];
