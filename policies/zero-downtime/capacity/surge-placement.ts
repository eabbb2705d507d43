/** Where a release's new pods may stand beside the old ones: claims that one node holds, and pods that keep apart. */
import { labelsOf, namespaceOf, objectName, selects } from "../../kit/kubernetes/kubernetes";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, nameOr, violation } from "../../kit/finding/finding";
import { add } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { surgeOf, takesNone } from "../../kit/kubernetes/surge";
import { types } from "../../kit/reading/types";
import { floorOf, runTemplate } from "../../kit/kubernetes/workloads";

const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;

/** Claims that pods of one node only can mount. */
const narrow = perStack(
  (stack) =>
    new Set(
      stack
        .of(types.persistentVolumeClaim)
        .flatMap((claim) => valueOr(() => (isNarrow(claim) ? [keyOf(namespaceOf(claim), objectName(claim))] : []), [])),
    ),
);

/** Whether every way to mount the claim is for one node.
 * @throws UnknownRead @throws MalformedRead */
export function isNarrow(claim: Resource): boolean {
  keyOf(namespaceOf(claim), objectName(claim));
  const modes = claim.at("spec", "accessModes").texts();
  return modes.length > 0 && modes.every((mode) => mode === "ReadWriteOnce" || mode === "ReadWriteOncePod");
}

/** A claim that one node holds is mounted by one pod at a time. */
export function* checkClaims(stack: Stack, workload: Resource): Iterable<Finding> {
  const pods = floorOf(stack, workload);
  const most = pods + surgeOf(workload, pods);
  if (most <= 1) return;
  for (const volume of runTemplate(stack, workload).at("spec", "volumes").list()) {
    const field = volume.at("persistentVolumeClaim", "claimName");
    const name = field.text();
    if (name === undefined || !narrow(stack).has(keyOf(namespaceOf(workload), name))) continue;
    yield violation(workload, {
      at: field.path,
      got: `the claim ${nameOr(name, "that it names")}, which one node holds, for ${most} pods of a release`,
      expected: "a volume for each pod, or a claim that several nodes can mount",
      fix: "give each pod its volume (volumeClaimTemplates of a StatefulSet), or name a claim with accessModes: [ReadWriteMany] whose storage class has it, such as EFS",
    });
  }
}

const zone = "topology.kubernetes.io/zone";
const host = "kubernetes.io/hostname";

/** Pods that must keep apart leave a place for one more, where a release takes none away first. */
export function* checkApart(stack: Stack, workload: Resource, zones: number): Iterable<Finding> {
  if (!takesNone(workload)) return;
  const pods = floorOf(stack, workload);
  const needed = pods + 1;
  const template = runTemplate(stack, workload);
  const terms = template.at("spec", "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  for (const term of terms.list().filter((one) => keepsOwnApart(one, template))) {
    const field = term.at("topologyKey");
    const byZone = field.text() === zone;
    if (byZone ? needed <= zones : field.text() !== host) continue;
    yield violation(workload, {
      at: field.path,
      got: `${pods} pods that must keep apart by ${byZone ? "zone" : "host"}, in a release that takes none away first`,
      expected: byZone ? `a place for ${needed} of them; nodes stand in ${zones} zones` : `${needed} nodes that fit`,
      fix: add(term.at("matchLabelKeys"), hashOf(workload)),
      ...(byZone ? {} : { advisory: true }),
    });
  }
}

/** The label that each version of the workload gives its pods. Sources: Kubernetes, well-known labels; Argo Rollouts, DefaultRolloutUniqueLabelKey. */
function hashOf(workload: Resource): string {
  return workload.is(types.rollout) ? "rollouts-pod-template-hash" : "pod-template-hash";
}

/** Whether the term keeps the pods of all versions apart from each other. */
function keepsOwnApart(term: Field, template: Field): boolean {
  const versioned = [...term.at("matchLabelKeys").texts(), ...term.at("mismatchLabelKeys").texts()];
  return versioned.length === 0 && selects(term.at("labelSelector"), labelsOf(template));
}
