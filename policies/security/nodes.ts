/** Rules about nodes: pods cannot read the instance's credentials, and no node has a public IP address. */
import { nodeLimits } from "../limits/nodes";
import type { Field } from "../kit/reading/field";
import { type Finding, valueText, violation } from "../kit/finding/finding";
import { fix, remove, set } from "../kit/finding/remedy";
import type { Resource, Stack } from "../kit/reading/resource";
import { eachPart, eachResource, resourceRule, stackRule } from "../kit/rule/rule";
import { quantity } from "../kit/rule/settings";
import { types } from "../kit/reading/types";

/** A container cannot get its node's credentials from the instance metadata service. */
export const imdsv2 = resourceRule({
  id: "imdsv2",
  group: "security",
  level: "mandatory",
  forbids: "Nodes or instances whose metadata service needs no session token, or is open to containers.",
  prevents: "One request forged through an application steals the node's role.",
  source:
    "Security Hub EC2.8; Control Tower CT.EC2.PR.1 and PR.2; EKS best practices, Identity, restrict instance metadata",
  settings: { hops: quantity(nodeLimits.metadataHopsAtMost, "higher", { minimum: 1, maximum: 2 }) },
  resourceTypes: [types.launchTemplate, types.nodeGroup, types.instance, types.launchConfiguration, types.ec2NodeClass],
  limits: "A node group without a launch template cannot be repaired here: it gets whatever its AMI sets.",
  examples: {
    bad: "metadataOptions: {}   # tokens optional",
    good: "metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 }",
  },
  check: (resource, { hops }) => {
    if (resource.is(types.ec2NodeClass)) return checkNodeClass(resource, hops);
    return resource.is(types.nodeGroup) ? checkGroup(resource) : checkTemplate(resource, hops);
  },
  remedy: (resource, { hops }) =>
    resource.is(types.nodeGroup, types.ec2NodeClass)
      ? []
      : [
          { path: ["metadataOptions", "httpTokens"], value: "required" },
          { path: ["metadataOptions", "httpPutResponseHopLimit"], value: hops },
        ],
});

/** Karpenter's defaults: tokens required, a hop limit of 1. */
function* checkNodeClass(nodeClass: Resource, hops: number): Iterable<Finding> {
  const options = nodeClass.at("spec", "metadataOptions");
  if (options.at("httpEndpoint").text() === "disabled") return;
  const [tokens, hop] = [options.at("httpTokens"), options.at("httpPutResponseHopLimit")];
  if ((tokens.text() ?? "required") !== "required")
    yield violation(nodeClass, {
      at: tokens.path,
      got: valueText(tokens.text()),
      expected: '"required"',
      fix: fix`${remove(tokens)}`,
    });
  const limit = hop.number() ?? hops;
  if (limit > hops)
    yield violation(nodeClass, {
      at: hop.path,
      got: String(limit),
      expected: `at most ${hops}`,
      fix: fix`${set(hop, hops)}`,
    });
}

function* checkGroup(group: Resource): Iterable<Finding> {
  const field = group.at("launchTemplate");
  if (field.isSet()) return;
  yield violation(group, {
    at: field.path,
    got: "nothing, so the AMI decides how metadata is served",
    expected: "a launch template",
    fix: "give the node group a launch template with httpTokens: required",
  });
}

function* checkTemplate(template: Resource, hops: number): Iterable<Finding> {
  const options = template.at("metadataOptions");
  if (options.at("httpEndpoint").text() === "disabled") return;
  const [tokens, hop] = [options.at("httpTokens"), options.at("httpPutResponseHopLimit")];
  if (tokens.text() !== "required") {
    yield violation(template, {
      at: tokens.path,
      got: valueText(tokens.text()),
      expected: '"required"',
      fix: set(tokens, "required"),
    });
  }
  const limit = hop.number();
  if (limit !== undefined && limit <= hops) return;
  // Outside of a launch template EC2's default hop limit is 1.
  if (limit === undefined && !template.is(types.launchTemplate)) return;
  yield violation(template, {
    at: hop.path,
    got: limit === undefined ? "nothing, so the AMI decides (2 on Amazon Linux 2023)" : String(limit),
    expected: `at most ${hops}`,
    fix: set(hop, hops),
  });
}

/** No node has a public address. */
export const nodesPrivate = stackRule({
  id: "nodes-private",
  group: "security",
  level: "mandatory",
  forbids: "Nodes or instances with public addresses, or with SSH open to the internet.",
  prevents: "Every kubelet bug is reachable from the internet.",
  source: "EKS best practices, Infrastructure security, deploy workers onto private subnets",
  settings: {},
  examples: {
    bad: "subnetIds of subnets with mapPublicIpOnLaunch: true",
    good: "subnetIds of private subnets, no remoteAccess",
  },
  *check(stack) {
    yield* eachResource(stack.of(types.nodeGroup), (group) => checkNodes(stack, group));
    yield* eachResource(stack.of(types.launchTemplate), (template) =>
      eachPart(template, template.at("networkInterfaces").list(), (face) => checkAddress(template, face)),
    );
    yield* eachResource(stack.of(types.instance, types.launchConfiguration), (one) => checkAddress(one, one.props));
  },
});

function* checkAddress(resource: Resource, owner: Field): Iterable<Finding> {
  const field = owner.at("associatePublicIpAddress");
  if (field.flag() !== true) return;
  yield violation(resource, {
    at: field.path,
    got: "true",
    expected: "false",
    fix: fix`${remove(field)}, and reach it through Session Manager`,
  });
}

function* checkNodes(stack: Stack, group: Resource): Iterable<Finding> {
  const subnets = stack.linked(group, "subnetIds").filter((subnet) => subnet.is(types.subnet));
  yield* eachResource(subnets, function* (subnet) {
    const field = subnet.at("mapPublicIpOnLaunch");
    if (field.flag() !== true) return;
    yield violation(group, {
      at: "subnetIds",
      got: `subnet ${subnet.name}, which gives public addresses`,
      expected: "private subnets",
      fix: remove(field, subnet),
    });
  });
  const access = group.at("remoteAccess");
  if (!access.at("ec2SshKey").isSet() || access.at("sourceSecurityGroupIds").list().length > 0) return;
  yield violation(group, {
    at: access.path,
    got: "SSH from anywhere",
    expected: "no SSH",
    fix: fix`${remove(access)}, and use Session Manager`,
  });
}
