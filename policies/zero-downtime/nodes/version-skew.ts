/** Rule version-skew. */
import { nodeLimits } from "../../limits/nodes";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, valueText, violation } from "../../kit/finding/finding";
import type { Resource, Stack } from "../../kit/reading/resource";
import { eachResource, stackRule } from "../../kit/rule/rule";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";

/** Nodes and their proxies run the control plane's minor or a little less. */
export const versionSkew = stackRule({
  id: "version-skew",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "Nodes, or a kube-proxy, newer than their control plane, or too many minors behind.",
  prevents: "Kubelets that the API server no longer supports, and Services whose addresses are not programmed.",
  source: "EKS best practices, Cluster upgrades, sequence; Kubernetes, version skew policy",
  settings: {
    behind: quantity(nodeLimits.minorSkewAtMost, "higher", { minimum: 0, maximum: 3 }),
    proxyBehind: quantity(nodeLimits.kubeProxyBehindAtMost, "higher", { minimum: 0, maximum: 3 }),
  },
  limits:
    "A node group that names neither version nor release gets the control plane's own at creation. Versions of other add-ons are their own and say no minor.",
  examples: { bad: "cluster 1.36, node group 1.33", good: "cluster 1.36, node group 1.35 while the upgrade runs" },
  *check(stack, { behind, proxyBehind }) {
    yield* eachResource(stack.of(types.nodeGroup), (group) => {
      const version = group.at("version");
      return version.isSet()
        ? checkSkew(stack, group, { field: version, form: minor, like: "1.36", behind })
        : checkSkew(stack, group, {
            field: group.at("releaseVersion"),
            form: release,
            like: "1.36.1-20261101",
            behind,
          });
    });
    yield* eachResource(stack.of(types.addon), (addon) =>
      isProxy(addon)
        ? checkSkew(stack, addon, {
            field: addon.at("addonVersion"),
            form: proxyRelease,
            like: "v1.36.1-eksbuild.1",
            behind: proxyBehind,
          })
        : [],
    );
  },
});

function isProxy(addon: Resource): boolean {
  return addon.at("addonName").text() === "kube-proxy";
}

const minor = /^1\.(\d+)$/;
const release = /^1\.(\d+)\.\d+-\d+$/;
const proxyRelease = /^v1\.(\d+)\.\d+-/;

interface Version {
  readonly field: Field;
  readonly form: RegExp;
  /** An example of the form. */
  readonly like: string;
  readonly behind: number;
}

function* checkSkew(stack: Stack, subject: Resource, { field, form, like, behind }: Version): Iterable<Finding> {
  if (!field.isSet()) return;
  const own = minorOf(field, form);
  const fix = "upgrade the control plane first, then the nodes and their proxy, one minor at a time";
  if (own === undefined) {
    yield violation(subject, {
      at: field.path,
      got: valueText(field.text()),
      expected: `a version such as ${like}`,
      fix,
    });
    return;
  }
  const cluster = clusterOf(stack, subject);
  if (cluster === undefined) {
    yield unknownVersion(subject, "a cluster that this stack does not declare");
    return;
  }
  const plane = minorOf(cluster.at("version"), minor);
  if (plane === undefined) {
    yield unknownVersion(subject, "a cluster without a version");
    return;
  }
  if (own <= plane && plane - own <= behind) return;
  const expected = `1.${Math.max(0, plane - behind)} to 1.${plane}, beside ${cluster.name}`;
  yield violation(subject, { at: field.path, got: valueText(field.text()), expected, fix });
}

function minorOf(version: Field, form: RegExp): number | undefined {
  const match = form.exec(version.textOrEmpty());
  return match === null ? undefined : Number(match[1]);
}

function unknownVersion(group: Resource, got: string): Finding {
  return violation(group, {
    at: "clusterName",
    got,
    expected: "one whose version is known",
    fix: "pass the name of a cluster of this stack, with its version",
  });
}

/** By what the name was made from; by the name itself where it was written out. */
function clusterOf(stack: Stack, group: Resource): Resource | undefined {
  const linked = stack.linked(group, "clusterName").find((resource) => resource.is(types.cluster));
  if (linked !== undefined) return linked;
  const name = group.at("clusterName").text();
  const clusters = stack.of(types.cluster);
  const named = clusters.find((cluster) => valueOr(() => cluster.at("name").text() === name, false));
  // Reading a name that is unknown leaves open whose cluster it is.
  return named ?? clusters.find((cluster) => cluster.at("name").text() === name);
}
