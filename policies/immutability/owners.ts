/** Rules about ownership: one program or controller writes each field. */
import { counted } from "@fridayproof/components/core";
import { type Finding, violation } from "../kit/finding/finding";
import { fix, remove } from "../kit/finding/remedy";
import type { Resource, Stack } from "../kit/reading/resource";
import { eachResource, stackRule, reportUnreadable } from "../kit/rule/rule";
import { autoscalerOf, readAutoscaler, scalers } from "../kit/kubernetes/scaling";
import { isPatchToken, types } from "../kit/reading/types";
import { replicated } from "../kit/kubernetes/workloads";
import { checkSecondAutoscalers, checkVerticals } from "./autoscaler-owners";
import { checkLists } from "./list-owners";
import { checkSecretOwners } from "./secret-owners";
import { checkTwin, readDelivery } from "./twin-applications";

const trackingId = "argocd.argoproj.io/tracking-id";

/** Each object and each list has one owner. */
export const singleOwner = stackRule({
  id: "single-owner",
  group: "immutability",
  level: "mandatory",
  forbids:
    "What two owners write: an object of Pulumi and Argo CD, a patch, two applications, autoscalers or ExternalSecrets, or inline and standalone rules together.",
  prevents: "Two controllers that undo each other for ever, and a security group that flaps.",
  source:
    "AWSGuard, security group and policy conflicts; our design: Pulumi installs add-ons, Argo CD owns applications",
  settings: {},
  limits: "Security-group rules and role policies belong to the resource that their property was made from.",
  examples: { bad: "new k8s.apps.v1.DeploymentPatch(…)", good: "one resource that declares the whole object" },
  *check(stack) {
    const objects = stack.resources.filter((resource) => resource.type.startsWith("kubernetes:"));
    yield* eachResource(objects, checkObject);
    yield* checkVerticals(stack);
    yield* checkSecondAutoscalers(stack);
    yield* checkSecretOwners(stack);
    const rules = stack.of(types.securityGroupRule, types.ingressRule, types.egressRule);
    yield* eachResource(stack.of(types.securityGroup), (group) =>
      checkInline(stack, group, ["ingress", "egress"], rules, "securityGroupId", "rule"),
    );
    const policies = stack.of(types.rolePolicy);
    yield* eachResource(stack.of(types.role), (role) =>
      checkInline(stack, role, ["inlinePolicies"], policies, "role", "policy"),
    );
    yield* checkLists(stack);
    yield* eachResource(stack.of(types.route53Record), (record) => checkRecord(stack, record));
    yield* reportUnreadable(stack.of(types.application), readDelivery);
    yield* eachResource(stack.of(types.application), (one) => checkTwin(stack, one));
    const attachments = stack.of(types.rolePolicyAttachment);
    yield* eachResource(stack.of(types.role), (role) =>
      checkInline(stack, role, ["managedPolicyArns"], attachments, "role", "attachment"),
    );
  },
});

/**
 * A record with `allowOverwrite` replaces an existing record, and destroying the stack deletes it. ACM's validation record
 * is the same for every certificate of a name, so overwriting it changes nothing. Source: terraform-provider-aws,
 * route53/record.go.
 */
function* checkRecord(stack: Stack, record: Resource): Iterable<Finding> {
  const field = record.at("allowOverwrite");
  if (field.flag() !== true) return;
  const certificates = new Set(stack.of(types.acmCertificate).map(({ urn }) => urn));
  if (stack.linked(record, "records").some(({ urn }) => certificates.has(urn))) return;
  yield violation(record, {
    at: field.path,
    got: "true: it takes a record that somebody else owns, and deletes it in the end",
    expected: "false",
    fix: fix`${remove(field)}, and import a record that stands already`,
  });
}

function* checkObject(object: Resource): Iterable<Finding> {
  if (isPatchToken(object.token)) {
    yield violation(object, {
      got: "a patch of an object that somebody else owns",
      expected: "one owner",
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
      expected: "one owner",
      fix: remove(field),
    });
  }
}

function* checkInline(
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
      got: `${field.list().length} inline beside ${counted(others.length, `standalone ${word}`)}`,
      expected: "one of the two",
      fix: fix`${remove(field)}, and declare every ${word} as a resource of its own`,
    });
  }
}

/** Only the autoscaler sets `replicas`. */
export const hpaOwnsReplicas = stackRule({
  id: "hpa-owns-replicas",
  group: "immutability",
  level: "mandatory",
  forbids: "A workload with an autoscaler that also sets its replicas.",
  prevents: "Every sync scales the service back to a number of last year, at peak.",
  source: "Argo CD, best practices, leaving room for imperativeness",
  settings: {},
  examples: {
    bad: "spec: { replicas: 3 } beside a HorizontalPodAutoscaler",
    good: "no replicas; minReplicas: 3 in the autoscaler",
  },
  *check(stack) {
    yield* reportUnreadable(stack.of(...scalers), readAutoscaler);
    yield* eachResource(stack.of(...replicated), function* (workload) {
      const field = workload.at("spec", "replicas");
      if (!field.isSet()) return;
      const autoscaler = autoscalerOf(stack, workload);
      if (autoscaler === undefined) return;
      const got = `${field.number() ?? 0} beside the autoscaler ${autoscaler.name}`;
      yield violation(workload, {
        at: field.path,
        got,
        expected: "nothing",
        fix: fix`${remove(field)}; the autoscaler's minReplicas decides`,
      });
    });
  },
});
