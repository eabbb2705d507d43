/** Cases of the security rules about the cluster and its nodes. */
import {
  accessEntries,
  kubernetesSupported,
  networkPolicyEnforced,
  secretsKms,
} from "../../../../policies/security/cluster";
import { unknownSentinels } from "../../../../policies/kit/reading/value";
import { controlPlaneLogs } from "../../../../policies/security/control-plane-logs";
import { endpointNotOpen } from "../../../../policies/security/endpoint-not-open";
import { imdsv2, nodesPrivate } from "../../../../policies/security/nodes";
import { kmsRotation } from "../../../../policies/security/secrets";
import { but, cluster, nodeGroup, subnets } from "../../support/fixtures";
import type { Given } from "../../support/rule";
import { given, object, under, type Spec } from "../../support/spec";

const [UNKNOWN] = unknownSentinels;
const cidrs = (...blocks: readonly string[]): Given => but(cluster, { "vpcConfig.publicAccessCidrs": blocks });
const launchTemplate: Given = {
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  name: "apps",
  props: { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 } },
};
const instance = (props: Readonly<Record<string, unknown>>): Given => ({
  type: "aws:ec2/instance:Instance",
  name: "bastion",
  props,
});
const addon: Given = {
  type: "aws:eks/addon:Addon",
  name: "cni",
  props: {
    addonName: "vpc-cni",
    addonVersion: "v1.20.4-eksbuild.1",
    configurationValues: '{"enableNetworkPolicy":"true"}',
  },
};
const logs = (retentionInDays: number | undefined): Given => ({
  type: "aws:cloudwatch/logGroup:LogGroup",
  name: "control-plane",
  props: { retentionInDays },
});
const plugin = (values: Readonly<Record<string, unknown>>): Given => ({
  type: "kubernetes:helm.sh/v3:Release",
  name: "cni",
  props: { chart: "aws-vpc-cni", values },
});
const entry: Given = {
  type: "aws:eks/accessEntry:AccessEntry",
  name: "read",
  props: { principalArn: "arn:aws:iam::1:role/read" },
};
const key: Given = { type: "aws:kms/key:Key", name: "k", props: { enableKeyRotation: true } };
const calendar = [
  { minor: "1.35", standardSupportEnds: "2027-03-27" },
  { minor: "1.33", standardSupportEnds: "2026-07-29" },
];

const nodeClass = (metadataOptions: object) =>
  object("karpenter.k8s.aws/v1:EC2NodeClass", "default", { spec: { metadataOptions } });

/** Cases of the security rules about the cluster and its nodes. */
export const clusterSecuritySpecs: readonly Spec[] = [
  {
    rule: endpointNotOpen,
    good: {
      "one office": given(cluster),
      "private only, CIDRs unset": given(but(cluster, { vpcConfig: { endpointPublicAccess: false } })),
      "sixteen offices": given(cidrs(...Array.from({ length: 16 }, (_, index) => `10.${index}.0.0/16`))),
      "a /24 and an IPv6 site": given(cidrs("198.51.100.0/24", "2001:db8::/48")),
    },
    bad: {
      "nothing said": given(but(cluster, { vpcConfig: undefined })),
      "an empty list": given(cidrs()),
      "public by default": given(but(cluster, { vpcConfig: { subnetIds: ["a"] } })),
      "the world": given(cidrs("0.0.0.0/0")),
      "the world in halves": under({ widestPrefix: 1 }, cidrs("0.0.0.0/1", "128.0.0.0/1")),
      "halves one by one": given(cidrs("0.0.0.0/1", "128.0.0.0/1")),
      "the IPv6 world": given(cidrs("::/0")),
      "too wide for this environment": under({ widestPrefix: 28 }, cidrs("203.0.113.0/27")),
      "no block": given(cidrs("office")),
      "many networks that are narrow one by one": given(
        cidrs(...Array.from({ length: 17 }, (_, index) => `10.${index}.0.0/16`)),
      ),
      "a wide one behind one that a preview hides": given(cidrs(UNKNOWN ?? "", "10.0.0.0/8")),
    },
  },
  {
    rule: controlPlaneLogs,
    good: {
      "all five": given(cluster),
      "kept for a week, and for ever": given(logs(7), logs(undefined), logs(0)),
      "being taken down": { ...given(logs(1)), context: { teardown: true } },
    },
    bad: {
      "gone after a day": given(logs(1)),
      none: given(but(cluster, { enabledClusterLogTypes: undefined })),
      "four and a duplicate": given(
        but(cluster, { enabledClusterLogTypes: ["api", "audit", "authenticator", "scheduler", "api"] }),
      ),
      "no list": given(but(cluster, { enabledClusterLogTypes: "api" })),
    },
  },
  {
    rule: secretsKms,
    good: { "own key": given(cluster) },
    bad: {
      "no resources": given(but(cluster, { "encryptionConfig.resources": [] })),
      "no key": given(but(cluster, { "encryptionConfig.provider": {} })),
      nothing: given(but(cluster, { encryptionConfig: undefined })),
    },
  },
  {
    rule: imdsv2,
    good: {
      "tokens and one hop": given(launchTemplate, nodeGroup),
      "an instance with tokens": given(instance({ metadataOptions: { httpTokens: "required" } })),
      "no metadata at all": given(but(launchTemplate, { metadataOptions: { httpEndpoint: "disabled" } })),
      "Karpenter's own metadata, or none": given(
        nodeClass({}),
        nodeClass({ httpEndpoint: "disabled", httpTokens: "optional" }),
      ),
      "hop 2 with waiver": under(
        {
          exemptions: [
            {
              resource: "aws:ec2/launchTemplate:LaunchTemplate::apps",
              reason: "host-network agents",
              owner: "platform",
              expires: "2026-12-31",
            },
          ],
        },
        but(launchTemplate, { "metadataOptions.httpPutResponseHopLimit": 2 }),
      ),
    },
    bad: {
      "tokens optional": given(but(launchTemplate, { "metadataOptions.httpTokens": "optional" })),
      "an instance without tokens": given(instance({}), {
        type: "aws:ec2/launchConfiguration:LaunchConfiguration",
        name: "lc",
        props: { metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 2 } },
      }),
      "tokens that Karpenter leaves optional, and three hops": given(
        nodeClass({ httpTokens: "optional", httpPutResponseHopLimit: 3 }),
      ),
      "two hops": given(but(launchTemplate, { "metadataOptions.httpPutResponseHopLimit": 2 })),
      nothing: given(but(launchTemplate, { metadataOptions: undefined })),
      "a node group without template": given(but(nodeGroup, { launchTemplate: undefined })),
    },
  },
  {
    rule: nodesPrivate,
    good: {
      "private subnets": given(nodeGroup, launchTemplate, ...subnets),
      "SSH from one group": given(
        but(nodeGroup, { remoteAccess: { ec2SshKey: "k", sourceSecurityGroupIds: ["sg-1"] } }),
        ...subnets,
      ),
      "addresses of the subnet's choice": given(
        but(launchTemplate, { networkInterfaces: [{ associatePublicIpAddress: "false" }, {}] }),
      ),
    },
    bad: {
      "a public subnet": given(nodeGroup, subnets[0], but(subnets[1], { mapPublicIpOnLaunch: true })),
      "SSH from anywhere": given(but(nodeGroup, { remoteAccess: { ec2SshKey: "k" } }), ...subnets),
      "an instance with a public address": given(instance({ associatePublicIpAddress: true })),
      "public addresses by template": given(
        but(launchTemplate, { networkInterfaces: [{ associatePublicIpAddress: "true" }] }),
      ),
    },
  },
  {
    rule: kmsRotation,
    good: {
      rotates: given(key),
      "twice a year": given(but(key, { rotationPeriodInDays: 180 })),
      asymmetric: given(but(key, { enableKeyRotation: undefined, customerMasterKeySpec: "RSA_2048" })),
    },
    bad: {
      "imported material": given({ ...key, type: "aws:kms/externalKey:ExternalKey", props: {} }),
      "once in two years": given(but(key, { rotationPeriodInDays: 730 })),
      unset: given(but(key, { enableKeyRotation: undefined })),
      off: given(but(key, { enableKeyRotation: false })),
    },
  },
  {
    rule: accessEntries,
    good: {
      "entries alone": given(cluster),
      "another principal": under({ creator: "deploy" }, entry),
      "the deploy role, where a person creates the cluster": {
        ...under({ creator: "read" }, entry),
        context: { callerCreates: true },
      },
      "a role of nobody's, where no creator is named": given(but(entry, { principalArn: "arn:aws:iam::1:role/" })),
    },
    bad: {
      "the default": given(but(cluster, { accessConfig: undefined })),
      both: given(but(cluster, { "accessConfig.authenticationMode": "API_AND_CONFIG_MAP" })),
      "the creator": under({ creator: "read" }, entry),
      "the creator below a path": under(
        { creator: "read" },
        but(entry, { principalArn: "arn:aws:iam::1:role/platform/read" }),
      ),
    },
  },
  {
    rule: networkPolicyEnforced,
    good: {
      enforced: given(addon),
      "a chart that enforces": given(plugin({ enableNetworkPolicy: true }), {
        ...plugin({}),
        props: { chart: "coredns" },
      }),
      "another add-on": given(but(addon, { addonName: "coredns", configurationValues: undefined })),
    },
    bad: {
      unset: given(but(addon, { configurationValues: undefined })),
      off: given(but(addon, { configurationValues: '{"enableNetworkPolicy":"false"}' })),
      "without the agent": given(
        but(addon, { configurationValues: '{"enableNetworkPolicy":"true","nodeAgent":{"enabled":"false"}}' }),
      ),
      "a chart of it": given(plugin({ enableNetworkPolicy: "false" }), plugin({})),
      "no JSON": given(but(addon, { configurationValues: "enableNetworkPolicy: true" })),
    },
  },
  {
    rule: kubernetesSupported,
    good: {
      supported: under({ calendar }, cluster),
      "on its last day": under({ calendar, asOf: "2027-03-27" }, cluster),
      "a minor where no calendar is given": given(cluster),
    },
    bad: {
      "no version": given(but(cluster, { version: undefined })),
      "not in the lock file": under({ calendar }, but(cluster, { version: "1.29" })),
      "an end that nobody has proven": under(
        { calendar: [{ minor: "1.35", standardSupportEnds: "unresolved" }] },
        cluster,
      ),
      "out of support": under({ calendar }, but(cluster, { version: "1.33" })),
      "the day after": under({ calendar, asOf: "2027-03-28" }, cluster),
    },
  },
];
