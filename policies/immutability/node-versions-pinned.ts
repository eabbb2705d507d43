/** Rule node-versions-pinned. */
import type { Field } from "../kit/reading/field";
import { type Finding, valueText, violation } from "../kit/finding/finding";
import { example, set, fix } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { eachPart, resourceRule } from "../kit/rule/rule";
import { types } from "../kit/reading/types";

/** Add-ons and nodes run the versions that were reviewed. */
export const nodeVersionsPinned = resourceRule({
  id: "node-versions-pinned",
  group: "immutability",
  level: "mandatory",
  forbids: "An add-on, a node group or an image of nodes at whatever version AWS recommends today.",
  prevents: "A difference in every plan, and a replica that is not the primary of last month.",
  source: "Our design, replica section 2: pulumi-eks and AWS pick the newest",
  settings: {},
  resourceTypes: [types.addon, types.nodeGroup, types.launchTemplate, types.autoscalingGroup, types.ec2NodeClass],
  // An unknown version is a number that AWS assigns. Only a literal can be $Latest or $Default.
  quietAt: /^launchTemplate\.version$/,
  examples: {
    bad: "new aws.eks.Addon('dns', { addonName: 'coredns', clusterName })",
    good: "addonVersion: 'v1.12.4-eksbuild.1'",
  },
  check(resource) {
    if (resource.is(types.addon)) return check(resource, "addonVersion");
    if (resource.is(types.launchTemplate)) return checkImage(resource);
    if (resource.is(types.ec2NodeClass)) return checkTerms(resource);
    return resource.is(types.nodeGroup) ? checkGroup(resource) : checkTemplateVersion(resource);
  },
});

function* check(resource: Resource, key: string): Iterable<Finding> {
  const field = resource.at(key);
  const version = field.text()?.trim() ?? "";
  if (/^v?\d/.test(version)) return;
  yield violation(resource, {
    at: field.path,
    got: version === "" ? "nothing, which means AWS chooses" : valueText(version),
    expected: "a version",
    fix: example(set(field, "v1.20.1-eksbuild.1"), "the release in env.lock.json"),
  });
}

/** Images that Karpenter starts nodes from. Source: karpenter-provider-aws, ec2nodeclass.go, AMISelectorTerm. */
function checkTerms(nodeClass: Resource): Iterable<Finding> {
  return eachPart(nodeClass, nodeClass.at("spec", "amiSelectorTerms").list(), function* (term) {
    const [alias, name, parameter] = ["alias", "name", "ssmParameter"].map((key) => term.at(key)) as [
      Field,
      Field,
      Field,
    ];
    const stated = alias.text();
    const pinned = fix`${set(alias, "al2023@v20261101")}, with the release that was tested`;
    if (stated !== undefined && !/@v\d/.test(stated))
      yield violation(nodeClass, {
        at: alias.path,
        got: "an alias of whatever is newest",
        expected: "the alias of one release",
        fix: pinned,
      });
    if (/[*?]/.test(name.textOrEmpty()))
      yield violation(nodeClass, {
        at: name.path,
        got: "a pattern of names, of which the newest is taken",
        expected: "one image",
        fix: "name the image's id",
      });
    if (!parameter.isSet() || /:\d+$/.test(parameter.textOrEmpty())) return;
    yield violation(nodeClass, {
      at: parameter.path,
      got: "a parameter of Systems Manager without its version",
      expected: "one image",
      fix: "name the image's id",
    });
  });
}

function* checkGroup(group: Resource): Iterable<Finding> {
  // A custom AMI has no AWS release version.
  if (group.at("amiType").text() !== "CUSTOM") yield* check(group, "releaseVersion");
  yield* checkTemplateVersion(group);
}

/** An image by parameter moves with the parameter, unless it names the parameter's version. Source: EC2 user guide, launch templates, Systems Manager parameter. */
function* checkImage(template: Resource): Iterable<Finding> {
  const field = template.at("imageId");
  const image = field.text();
  if (image?.startsWith("resolve:ssm:") !== true || /:\d+$/.test(image)) return;
  yield violation(template, {
    at: field.path,
    got: "a parameter of Systems Manager without its version",
    expected: "an image's id, or the parameter with :<version>",
    fix: "take the image's id from env.lock.json",
  });
}

function* checkTemplateVersion(group: Resource): Iterable<Finding> {
  const field = group.at("launchTemplate", "version");
  const version = field.text();
  if (version?.startsWith("$") !== true) return;
  yield violation(group, {
    at: field.path,
    got: valueText(version),
    expected: "a number",
    fix: "pass launchTemplate.latestVersion",
  });
}
