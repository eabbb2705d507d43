/** Rules about owners: every field has one. */
import { type Finding, violation } from "../kit/finding";
import { autoscalerOf, readAutoscaler, replicated } from "../kit/kubernetes";
import type { Resource, Stack } from "../kit/resource";
import { eachResource, stackRule, unreadable } from "../kit/rule";
import { isPatchToken, types } from "../kit/types";

const trackingId = "argocd.argoproj.io/tracking-id";

/** One controller, one owner. */
export const singleOwner = stackRule({
  id: "single-owner",
  group: "immutability",
  level: "mandatory",
  forbids: "An object that two owners write: Pulumi and Argo CD, a patch, or inline and standalone rules together.",
  prevents: "Two controllers that undo each other for ever, and a security group that flaps.",
  source:
    "AWSGuard, security group and policy conflicts; our design: Pulumi installs add-ons, Argo CD owns applications",
  settings: {},
  limits: "Security-group rules and role policies belong to the resource that their property was made from.",
  examples: { bad: "new k8s.apps.v1.DeploymentPatch(…)", good: "one resource that declares the whole object" },
  *check(stack) {
    const objects = stack.resources.filter((resource) => resource.kind.startsWith("kubernetes:"));
    yield* eachResource(objects, judgeObject);
    const rules = stack.of(types.securityGroupRule, types.ingressRule, types.egressRule);
    yield* eachResource(stack.of(types.securityGroup), (group) =>
      judgeInline(stack, group, ["ingress", "egress"], rules, "securityGroupId", "rule"),
    );
    const policies = stack.of(types.rolePolicy);
    yield* eachResource(stack.of(types.role), (role) =>
      judgeInline(stack, role, ["inlinePolicies"], policies, "role", "policy"),
    );
    const attachments = stack.of(types.rolePolicyAttachment);
    yield* eachResource(stack.of(types.role), (role) =>
      judgeInline(stack, role, ["managedPolicyArns"], attachments, "role", "attachment"),
    );
  },
});

function* judgeObject(object: Resource): Iterable<Finding> {
  if (isPatchToken(object.type)) {
    yield violation(object, {
      got: "a patch of an object that somebody else owns",
      wanted: "one owner",
      fix: "declare the whole object, or leave it to its owner",
    });
  }
  // Releases carry no metadata of their own.
  if (object.is(types.helmRelease, types.helmChart)) return;
  const annotations = object.at("metadata", "annotations");
  for (const key of [trackingId, "pulumi.com/patchForce"]) {
    const field = annotations.at(key);
    if (!field.isSet() || field.text() === "false") continue;
    const got = key === trackingId ? "an object that Argo CD tracks" : "a patch that takes fields by force";
    yield violation(object, {
      at: field.path,
      got,
      wanted: "one owner",
      fix: "remove the annotation, or let Argo CD alone declare the object",
    });
  }
}

function* judgeInline(
  stack: Stack,
  owner: Resource,
  inline: readonly string[],
  standalone: readonly Resource[],
  property: string,
  word: string,
): Iterable<Finding> {
  const others = standalone.filter((other) => stack.linked(other, property).includes(owner));
  if (others.length === 0) return;
  for (const key of inline) {
    const field = owner.at(key);
    if (field.list().length === 0) continue;
    yield violation(owner, {
      at: field.path,
      got: `${field.list().length} inline beside ${others.length} standalone ${word}(s)`,
      wanted: "one of the two",
      fix: `declare every ${word} as a resource of its own`,
    });
  }
}

/** The autoscaler alone decides how many. */
export const hpaOwnsReplicas = stackRule({
  id: "hpa-owns-replicas",
  group: "immutability",
  level: "mandatory",
  forbids: "A workload with an autoscaler that also says how many replicas it wants.",
  prevents: "Every sync scales the service back to a number of last year, at peak.",
  source: "Argo CD, best practices, leaving room for imperativeness",
  settings: {},
  examples: {
    bad: "spec: { replicas: 3 } beside a HorizontalPodAutoscaler",
    good: "no replicas; minReplicas: 3 in the autoscaler",
  },
  *check(stack) {
    yield* unreadable(stack.of(types.horizontalPodAutoscaler), readAutoscaler);
    yield* eachResource(stack.of(...replicated), function* (workload) {
      const field = workload.at("spec", "replicas");
      if (!field.isSet()) return;
      const autoscaler = autoscalerOf(stack, workload);
      if (autoscaler === undefined) return;
      const got = `${field.number() ?? 0} beside the autoscaler ${autoscaler.name}`;
      yield violation(workload, {
        at: field.path,
        got,
        wanted: "nothing",
        fix: "remove spec.replicas; the autoscaler's minReplicas decides",
      });
    });
  },
});
