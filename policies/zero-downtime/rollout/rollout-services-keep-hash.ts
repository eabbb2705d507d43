/** Rule rollout-services-keep-hash. */
import { valueOr } from "../../kit/reading/field";
import { type Finding, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { append, set } from "../../kit/finding/remedy";
import { perStack, type Resource } from "../../kit/reading/resource";
import { certain, eachResource, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { choice } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";
import { selectingServices } from "../references/rollout-names";

const annotation = "argocd.argoproj.io/sync-options";
const option = "ServerSideApply=false";

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
  limits: "How a folder is applied: a setting.",
  examples: {
    bad: "kind: Service   # named by a Rollout, without the annotation",
    good: `metadata: { annotations: { ${annotation}: ${option} } }`,
  },
  *check(stack, { serverSideApply }) {
    if (!serverSideApply) return;
    yield* reportUnreadable(stack.of(types.rollout), namesIn);
    yield* eachResource(stack.of(types.service), (service) =>
      named(stack).has(`${namespaceOf(service)}/${objectName(service)}`) ? certain(check(service)) : [],
    );
  },
});

function* check(service: Resource): Iterable<Finding> {
  const field = service.at("metadata", "annotations", annotation);
  const options = field
    .textOrEmpty()
    .split(",")
    .map((each) => each.trim());
  if (options.includes(option)) return;
  yield violation(service, {
    at: field.path,
    got: field.isSet() ? "other options" : "nothing",
    expected: option,
    fix: field.isSet() ? append(field, `,${option}`) : set(field, option),
  });
}

/** The Services that some Rollout of the stack names. */
const named = perStack((stack) => new Set(stack.of(types.rollout).flatMap((one) => valueOr(() => namesIn(one), []))));

function namesIn(rollout: Resource): readonly string[] {
  return selectingServices(rollout).map((field) => `${namespaceOf(rollout)}/${field.textOrEmpty()}`);
}
