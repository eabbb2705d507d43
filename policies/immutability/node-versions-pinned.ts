/** Rule node-versions-pinned. */
import { type Finding, shown, violation } from "../kit/finding";
import type { Resource } from "../kit/resource";
import { resourceRule } from "../kit/rule";
import { types } from "../kit/types";

/** Add-ons and nodes run the versions that were reviewed. */
export const nodeVersionsPinned = resourceRule({
  id: "node-versions-pinned",
  group: "immutability",
  level: "mandatory",
  forbids: "An add-on or a node group at whatever version AWS recommends today.",
  prevents: "A difference in every plan, and a replica that is not the primary of last month.",
  source: "Our design, replica section 2: pulumi-eks and AWS pick the newest",
  settings: {},
  kinds: [types.addon, types.nodeGroup],
  // The launch template's version is unknown until the template exists; the update reads it before the nodes are made.
  quietAboutUnknown: true,
  examples: {
    bad: "new aws.eks.Addon('dns', { addonName: 'coredns', clusterName })",
    good: "addonVersion: 'v1.12.4-eksbuild.1'",
  },
  check: (resource) => (resource.is(types.addon) ? judge(resource, "addonVersion") : judgeGroup(resource)),
});

function* judge(resource: Resource, key: string): Iterable<Finding> {
  const field = resource.at(key);
  if ((field.text() ?? "") !== "") return;
  yield violation(resource, {
    at: field.path,
    got: "nothing, which means AWS chooses",
    wanted: "a version",
    fix: `take ${key} from env.lock.json`,
  });
}

function* judgeGroup(group: Resource): Iterable<Finding> {
  // With an AMI of one's own there is no release of AWS's to name.
  if (group.at("amiType").text() !== "CUSTOM") yield* judge(group, "releaseVersion");
  const field = group.at("launchTemplate", "version");
  const version = field.text();
  if (version?.startsWith("$") !== true) return;
  yield violation(group, {
    at: field.path,
    got: shown(version),
    wanted: "a number",
    fix: "pass launchTemplate.latestVersion",
  });
}
