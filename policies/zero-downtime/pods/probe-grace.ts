/** Grace periods of probes: they replace the pod's own where a probe ends the container. */
import type { Field } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { fix, remove } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { preStopWait } from "../../kit/kubernetes/pre-stop";

/**
 * Seconds that a container gets after a probe gave it up. The hook runs first, and the process gets its signal after it.
 * Source: Kubernetes, probe-level terminationGracePeriodSeconds; kubelet, killContainer.
 */
export function* checkProbeGrace(app: Resource, container: Field, drain: number): Iterable<Finding> {
  const wait = preStopWait(container)?.seconds ?? 0;
  for (const key of ["livenessProbe", "startupProbe"]) {
    const field = container.at(key, "terminationGracePeriodSeconds");
    const grace = field.number();
    // A container that never started serves no request: there the hook alone counts.
    const finishes = key === "livenessProbe" ? drain : 0;
    if (grace === undefined || grace >= wait + finishes) continue;
    yield violation(app, {
      at: field.path,
      got: `${grace} s`,
      expected: `at least ${wait + finishes} s: ${wait} s of preStop and ${finishes} s of drain`,
      fix: fix`${remove(field)}: the pod's own grace then holds`,
      ...(grace > wait ? { advisory: true } : {}),
    });
  }
}
