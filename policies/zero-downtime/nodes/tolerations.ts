/** Tolerations by which pods stay where they should leave, come where they should not, or leave at each blip. */
import type { Field } from "../../kit/reading/field";
import { type Violation, type Finding, violation } from "../../kit/finding/finding";
import { isAddOn, addOnNamespaces } from "../../kit/kubernetes/kubernetes";
import { type Pods, podSetting } from "../../kit/kubernetes/pods";
import { example, fix, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";
import { workloadLimits } from "../../limits/workloads";

/** Taints of nodes that no longer answer: Kubernetes adds a toleration of 300 s to every pod (DefaultTolerationSeconds). */
const lost: readonly string[] = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];
/** Taints of nodes that are being emptied. */
const leaving: readonly string[] = [
  "node.kubernetes.io/unschedulable",
  "node.kubernetes.io/out-of-service",
  "karpenter.sh/disrupted",
  "karpenter.sh/disruption",
];

/** What the pods tolerate; agents that run on every node, and add-ons without which no node is ready, tolerate more. */
export function* checkTolerations(resource: Resource, pods: Pods): Iterable<Finding> {
  if (resource.is(types.daemonSet) || isAddOn(resource, addOnNamespaces)) return;
  for (const one of podSetting(pods, "tolerations").list())
    for (const problem of violationsOf(one)) yield violation(resource, problem);
}

function* violationsOf(one: Field): Iterable<Violation> {
  const [key, effect, seconds] = [
    one.at("key").textOrEmpty(),
    one.at("effect").textOrEmpty(),
    one.at("tolerationSeconds"),
  ];
  if (key === "" && one.at("operator").text() === "Exists") {
    yield {
      at: one.path,
      got: "every taint, those of nodes that are broken or being emptied among them",
      expected: "named taints",
      fix: example(remove(one), "name the key of the taint that is meant"),
    };
    return;
  }
  if (leaving.includes(key) && effect !== "NoExecute")
    yield {
      at: one.at("key").path,
      got: "a taint of nodes that are being emptied",
      expected: "pods that leave with their node",
      fix: remove(one),
    };
  if (!lost.includes(key) || (effect !== "" && effect !== "NoExecute")) return;
  yield* timing(seconds);
}

function* timing(seconds: Field): Iterable<Violation> {
  const stated = seconds.number();
  const { lostForAtLeast, lostForAtMost } = workloadLimits;
  const usual = 300;
  if (stated !== undefined && stated >= lostForAtLeast.value && stated <= lostForAtMost.value) return;
  const short = stated !== undefined && stated < lostForAtLeast.value;
  yield {
    at: seconds.path,
    got:
      stated === undefined
        ? "nothing, which means for ever: pods of a dead node are never replaced"
        : `${stated} s${short ? ": one blip of the network ends every pod" : " until pods of a dead node are replaced"}`,
    expected: `${lostForAtLeast.value} to ${lostForAtMost.value} s`,
    fix: fix`${set(seconds, usual)}, which is what Kubernetes adds by itself`,
  };
}
