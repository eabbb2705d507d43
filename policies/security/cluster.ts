/** Rules about the cluster itself: encrypted Secrets, access entries, enforced network policies, a supported minor version. */
import { counted, dayOf, isDay } from "@fridayproof/components/core";
import { installs } from "../kit/network/draining";
import type { Field } from "../kit/reading/field";
import { type Finding, valueText, violation } from "../kit/finding/finding";
import { drop, fix, remove, set } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { resourceRule } from "../kit/rule/rule";
import { rows, text } from "../kit/rule/settings";
import { types } from "../kit/reading/types";

/** Secrets in etcd are encrypted with a customer managed KMS key. */
export const secretsKms = resourceRule({
  id: "secrets-kms",
  group: "security",
  level: "mandatory",
  forbids: "A cluster whose Kubernetes Secrets are not encrypted with a key of ours.",
  prevents: "A copy of etcd discloses every Secret.",
  source: "EKS best practices, Data encryption and secrets; Security Hub EKS.3",
  settings: {},
  resourceTypes: [types.cluster],
  // An unknown ARN is that of a key created in the same update, never empty.
  quietAt: /^encryptionConfig\.provider\.keyArn$/,
  examples: {
    bad: "encryptionConfig: { resources: [], provider: { keyArn } }",
    good: "encryptionConfig: { resources: ['secrets'], provider: { keyArn } }",
  },
  *check(cluster) {
    const config = cluster.at("encryptionConfig");
    const resources = config.at("resources");
    if (!resources.texts().includes("secrets")) {
      const got = resources.isSet() ? `${counted(resources.list().length, "kind")} without secrets` : "nothing";
      yield violation(cluster, { at: resources.path, got, expected: "secrets", fix: set(resources, ["secrets"]) });
    }
    const key = config.at("provider", "keyArn");
    if (key.textOrEmpty() === "")
      yield violation(cluster, {
        at: key.path,
        got: "nothing",
        expected: "a KMS key",
        fix: fix`${set(key, "arn:aws:kms:us-east-1:111122223333:key/example")}, with the ARN of the platform's key`,
      });
  },
});

/** Only access entries grant access to the cluster, one for each principal. */
export const accessEntries = resourceRule({
  id: "access-entries",
  group: "security",
  level: "mandatory",
  forbids: "A cluster that still honours aws-auth, or an access entry for the role that creates clusters.",
  prevents: "A broken ConfigMap locks everyone out; a second entry for the creator fails the creation with a 409.",
  source: "EKS best practices, Identity, cluster access management; pulumi-eks makes the creator an administrator",
  settings: { creator: text("", "Name of the role that creates clusters: it is an administrator already.") },
  resourceTypes: [types.cluster, types.accessEntry],
  examples: { bad: "accessConfig: {}   # unset means CONFIG_MAP", good: "accessConfig: { authenticationMode: 'API' }" },
  limits: "`--config fridayproof:role=caller`: then the caller is the creator, and the deploy role needs its entry.",
  check: (resource, { creator }, { callerCreates }) =>
    resource.is(types.cluster) ? checkMode(resource) : checkEntry(resource, callerCreates === true ? "" : creator),
});

function* checkMode(cluster: Resource): Iterable<Finding> {
  const field = cluster.at("accessConfig", "authenticationMode");
  const mode = field.text();
  if (mode === "API") return;
  yield violation(cluster, {
    at: field.path,
    got: mode === undefined ? "nothing, which means CONFIG_MAP" : valueText(mode),
    expected: "API",
    fix: set(field, "API"),
  });
}

function* checkEntry(entry: Resource, creator: string): Iterable<Finding> {
  const field = entry.at("principalArn");
  if (creator === "" || field.text()?.split("/").at(-1) !== creator) return;
  yield violation(entry, {
    at: field.path,
    got: "the role that created the cluster",
    expected: "another principal",
    fix: fix`${drop(entry)}: the creator is an administrator already`,
  });
}

/** Network policies are enforced. */
export const networkPolicyEnforced = resourceRule({
  id: "network-policy-enforced",
  group: "security",
  level: "mandatory",
  forbids: "The VPC CNI, as an add-on or a chart, without its network policy agent.",
  prevents: "NetworkPolicies that exist and do nothing.",
  source:
    "EKS best practices, Network security, network policy; EKS user guide, configure the VPC CNI for network policies",
  settings: {},
  resourceTypes: [types.addon, types.helmRelease, types.helmChart],
  examples: {
    bad: "addonName: 'vpc-cni'   # off by default",
    good: "configurationValues: JSON.stringify({ enableNetworkPolicy: 'true' })",
  },
  *check(resource) {
    if (resource.is(types.addon)) {
      if (resource.at("addonName").text()?.trim() !== "vpc-cni") return;
      const field = resource.at("configurationValues");
      yield* checkAgent(resource, field.json(), field.path);
    } else if (installs(resource, "aws-vpc-cni")) {
      yield* checkAgent(resource, resource.at("values"), "values");
    }
  },
});

/**
 * Both settings are needed: one enables network policies in the plugin, the other starts the agent that enforces
 * them. Source: amazon-vpc-cni-k8s, charts/aws-vpc-cni/values.yaml.
 */
function* checkAgent(resource: Resource, values: Field, at: string): Iterable<Finding> {
  const [enabled, agent] = [values.at("enableNetworkPolicy"), values.at("nodeAgent", "enabled")];
  if (agent.flag() === false) {
    const expected = "the agent that enforces policies";
    yield violation(resource, { at, got: "nodeAgent.enabled: false", expected, fix: remove(agent) });
  }
  if (enabled.flag() === true) return;
  const got = enabled.isSet() ? "enableNetworkPolicy: false" : "no enableNetworkPolicy";
  yield violation(resource, { at, got, expected: 'enableNetworkPolicy: "true"', fix: set(enabled, "true") });
}

/** The cluster's minor version is in standard support. */
export const kubernetesSupported = resourceRule({
  id: "kubernetes-supported",
  group: "security",
  level: "mandatory",
  forbids: "A Kubernetes minor that is not named, or out of standard support.",
  prevents: "Six times the price for extended support, then an upgrade that AWS forces.",
  source: "EKS best practices, Cluster upgrades; EKS user guide, Kubernetes release calendar",
  settings: {
    calendar: rows(["minor", "standardSupportEnds"], "Last day of standard support by minor, from env.lock.json."),
  },
  resourceTypes: [types.cluster],
  examples: { bad: "version: '1.29'", good: "version: '1.35'   # standard support ends 2027-03-27" },
  *check(cluster, { calendar }, { now }) {
    const field = cluster.at("version");
    const version = field.text();
    if (version === undefined) {
      yield violation(cluster, {
        at: field.path,
        got: "nothing, which means AWS chooses",
        expected: "a minor",
        fix: "take it from env.lock.json",
      });
      return;
    }
    // Without a calendar (outside of the environments) the rule only requires a stated version.
    if (calendar.length === 0) return;
    const row = calendar.find(({ minor }) => minor === version);
    if (row === undefined) {
      yield violation(cluster, {
        at: field.path,
        got: valueText(version),
        expected: "a minor of env.lock.json",
        fix: "add the minor with its dates and run `make policy-files`, or correct it",
      });
      return;
    }
    if (!isDay(row.standardSupportEnds)) {
      const got = `${valueText(version)}, whose end of support is not proven`;
      yield violation(cluster, {
        at: field.path,
        got,
        expected: "a minor with a dated end of support",
        fix: "resolve the row in env.lock.json (`npx fridayproof lock --update` prints how) and run `make policy-files`, or use another minor",
      });
      return;
    }
    if (dayOf(now) <= row.standardSupportEnds) return;
    const got = `${valueText(version)}, whose standard support ended ${row.standardSupportEnds}`;
    yield violation(cluster, {
      at: field.path,
      got,
      expected: "a minor in standard support",
      fix: "upgrade through the second slot",
    });
  },
});
