/** Rule rollout-services-keep-hash. */
import { violation } from "../kit/finding";
import { namespaceOf, objectName } from "../kit/kubernetes";
import { append, set } from "../kit/remedy";
import type { Resource, Stack } from "../kit/resource";
import { each, stackRule } from "../kit/rule";
import { choice } from "../kit/settings";
import { types } from "../kit/types";

const annotation = "argocd.argoproj.io/sync-options";
const option = "ServerSideApply=false";

/** Where a Rollout names a Service whose selector it writes. */
const named = [
  ["canary", "canaryService"],
  ["canary", "stableService"],
  ["blueGreen", "activeService"],
  ["blueGreen", "previewService"],
] as const;

/** A sync of a release's Services leaves alone which version they select. */
export const rolloutServicesKeepHash = stackRule({
  id: "rollout-services-keep-hash",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A Rollout's Service that Argo CD applies on the server's side.",
  prevents:
    "A changed Service loses rollouts-pod-template-hash from its selector: stable and canary both select all pods, for up to 46 s.",
  source: "Kubernetes, Service spec.selector is an atomic map; recorded with Argo Rollouts 1.9.0 (decision 35)",
  settings: {
    serverSideApply: choice(false, "Whether Argo CD applies the folder on the server's side.", "none"),
  },
  limits: "How a folder is applied: the setting says it.",
  examples: {
    bad: "kind: Service   # named by a Rollout, without the annotation",
    good: `metadata: { annotations: { ${annotation}: ${option} } }`,
  },
  check: (stack, { serverSideApply }) =>
    each(
      serverSideApply ? servicesOf(stack) : [],
      (service) => service,
      function* (service) {
        const field = service.at("metadata", "annotations", annotation);
        const options = field
          .textOrEmpty()
          .split(",")
          .map((each) => each.trim());
        if (options.includes(option)) return;
        const got = field.isSet() ? "other options" : "nothing";
        yield violation(service, {
          at: field.path,
          got,
          wanted: option,
          fix: field.isSet() ? append(field, `,${option}`) : set(field, option),
        });
      },
    ),
});

/** The Services that a Rollout of the stack names, each once. */
function servicesOf(stack: Stack): readonly Resource[] {
  const names = new Set(stack.of(types.rollout).flatMap(namesIn));
  return stack.of(types.service).filter((service) => names.has(`${namespaceOf(service)}/${objectName(service)}`));
}

function namesIn(rollout: Resource): readonly string[] {
  return named.flatMap(([strategy, key]) => {
    const service = rollout.at("spec", "strategy", strategy, key).text();
    return service === undefined ? [] : [`${namespaceOf(rollout)}/${service}`];
  });
}
