/** Rules about images: the tested digest is the one that runs. */
import { retentionLimits } from "../limits/retention";
import { applications } from "../kit/argo-cd/applications";
import { counted } from "@fridayproof/components/core";
import type { Field } from "../kit/reading/field";
import { nameOr, valueText, type Finding, violation } from "../kit/finding/finding";
import { anyPods, isKnown, mayBringPods, podsOf } from "../kit/kubernetes/pods";
import { append, either, fix, type Remedy, remove, set } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { createsObjects } from "../kit/kubernetes/inventory";
import { eachPart, resourceRule } from "../kit/rule/rule";
import { types } from "../kit/reading/types";
import { looseImages } from "./source-images";

const pinned = /@sha256:[0-9a-f]{64}$/;

/** Every image is referenced by its digest. */
export const imageDigest = resourceRule({
  id: "image-digest",
  group: "immutability",
  level: "mandatory",
  forbids: "An image without a digest, or one that is never pulled.",
  prevents: "A moved tag deploys what nobody tested, on the next restart of a pod.",
  source: "checkov CKV_K8S_43",
  settings: {},
  resourceTypes: [anyPods, ...applications],
  limits:
    "Of an application, only the images that it names beside its source are seen. The gateway's image is the literal `auto`, which the injector of the pinned istiod fills in: that one is allowed.",
  examples: { bad: "image: shop:1.4.2", good: "image: shop:1.4.2@sha256:<64 hex>" },
  *check(resource) {
    if (resource.is(...applications)) yield* checkApplication(resource);
    const all = podsOf(resource);
    const containers = all.flatMap((pods) => pods.containers);
    yield* eachPart(resource, containers, ({ field }) =>
      check(resource, field.at("image"), `container ${nameOr(field.at("name").text(), "(unnamed)")}`),
    );
    yield* eachPart(resource, containers, ({ field }) => checkPull(resource, field.at("imagePullPolicy")));
    const volumes = all.flatMap(({ levels }) => levels.flatMap((level) => level.at("volumes").list()));
    yield* eachPart(resource, volumes, (volume) => checkVolume(resource, volume));
    if (!keepsImages(resource.type)) return;
    const images = imagesIn(resource.at("spec"), createsObjects(resource.type));
    yield* eachPart(resource, images, (field) => check(resource, field, field.path));
  },
});

const expected = "an image that ends in @sha256: and 64 hex digits";
const hexDigits = 64;
const printed = "the digest that the release workflow printed";

/** Adds a digest to the tag. For a malformed digest the intended one is unknown. */
function pin(field: Field): Remedy | string {
  const image = field.textOrEmpty();
  const isPlain = /^[\w./:-]+$/.test(image);
  return isPlain ? fix`${append(field, `@sha256:${"0".repeat(hexDigits)}`)}, with ${printed}` : `append ${printed}`;
}

function* checkApplication(resource: Resource): Iterable<Finding> {
  for (const field of looseImages(resource))
    yield violation(resource, { at: field.path, got: "an image without a digest", expected, fix: `append ${printed}` });
}

function* check(resource: Resource, field: Field, location: string): Iterable<Finding> {
  const image = field.textOrEmpty();
  if (pinned.test(image) || image === "auto") return;
  yield violation(resource, {
    at: field.path,
    got: image === "" ? "nothing" : `no digest in ${location}`,
    expected,
    fix: pin(field),
  });
}

/** `imagePullPolicy: Never` needs a preloaded image on each node. Pods on a new node fail without it. */
function* checkPull(resource: Resource, policy: Field): Iterable<Finding> {
  if (policy.text() !== "Never") return;
  yield violation(resource, {
    at: policy.path,
    got: "Never: a new node cannot start it, and an old one runs what lies there",
    expected: "IfNotPresent, beside a digest",
    fix: remove(policy),
  });
}

/** A volume may be an image as well (Kubernetes 1.33). */
function* checkVolume(resource: Resource, volume: Field): Iterable<Finding> {
  const image = volume.at("image");
  if (!image.isSet()) return;
  yield* check(resource, image.at("reference"), `volume ${nameOr(volume.at("name").text(), "(unnamed)")}`);
}

/** Whether an operator may create pods from the object: a custom kind whose pods the policies do not read. */
function keepsImages(type: string): boolean {
  return mayBringPods(type) && !isKnown(type);
}

const names = /^(image|imageName|baseImage|[a-z][A-Za-z]*Image)$/;
/** The form of an image reference: a registry or a path, and a tag or a digest. */
const form = /^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9][a-z0-9._-]*)+(:[\w][\w.-]{0,127})?(@sha256:.*)?$/;

/** Keys of names and identifiers, whose values are no images. */
const references = /^(id|arn|name|namespace)$|(Ids?|Arns?|ARNs?|Names?|Namespace)$/;

/**
 * Fields of a custom object that reference an image. Containers are checked as containers. The schema is not available:
 * where an operator may create pods from the object, any unknown value may be or contain an image.
 */
function imagesIn(field: Field, makesPods: boolean): readonly Field[] {
  const shape = field.shape();
  if (shape === "unknown") return makesPods ? [field] : [];
  if (shape === "list") return field.list().flatMap((item) => imagesIn(item, makesPods));
  if (shape !== "object") return [];
  return field.members().flatMap(([key, member]) => {
    if (/[cC]ontainers$/.test(key)) return [];
    if (names.test(key) && (member.shape() === "unknown" || isImage(member))) return [member];
    return member.shape() === "unknown" && references.test(key) ? [] : imagesIn(member, makesPods);
  });
}

function isImage(field: Field): boolean {
  return field.shape() === "scalar" && form.test(field.textOrEmpty());
}

/** Tags of a repository are immutable. */
export const ecrImmutable = resourceRule({
  id: "ecr-immutable",
  group: "immutability",
  level: "mandatory",
  forbids: "An ECR repository whose tags can be overwritten, or whose images go with it or are deleted while they run.",
  prevents: "A second push under the same tag replaces a release in place.",
  source: "EKS best practices, Image security, immutable tags; Security Hub ECR.2",
  settings: {},
  resourceTypes: [types.ecrRepository, types.ecrTemplate, types.ecrLifecycle],
  examples: { bad: "new aws.ecr.Repository('shop', {})   # MUTABLE", good: "imageTagMutability: 'IMMUTABLE'" },
  *check(resource, _, { teardown }) {
    if (resource.is(types.ecrLifecycle)) {
      yield* checkLifecycle(resource);
      return;
    }
    yield* eachPart(resource, ["imageTagMutability", "forceDelete"], (key) =>
      key === "forceDelete" ? (teardown ? [] : checkForce(resource, key)) : checkTags(resource, key),
    );
  },
});

function* checkTags(repository: Resource, key: string): Iterable<Finding> {
  const field = repository.at(key);
  const value = field.text();
  if (value === "IMMUTABLE") return;
  const got = value === undefined ? "nothing, which means MUTABLE" : tagsShown(value);
  yield violation(repository, { at: field.path, got, expected: "IMMUTABLE", fix: set(field, "IMMUTABLE") });
}

function tagsShown(value: string): string {
  return /^(IM)?MUTABLE(_WITH_EXCLUSION)?$/.test(value) ? value : valueText(value);
}

function* checkForce(repository: Resource, key: string): Iterable<Finding> {
  const field = repository.at(key);
  if (field.flag() !== true) return;
  const expected = "a repository that cannot go while it holds images";
  yield violation(repository, { at: field.path, got: "true", expected, fix: remove(field) });
}

/** Images that a lifecycle policy expires. A tag in use is never untagged. Source: ECR user guide, lifecycle policy properties. */
function* checkLifecycle(lifecycle: Resource): Iterable<Finding> {
  const policy = lifecycle.at("policy");
  yield* eachPart(lifecycle, policy.json().at("rules").list(), function* (rule) {
    const selection = rule.at("selection");
    if (selection.at("tagStatus").text()?.toLowerCase() === "untagged") return;
    const count = selection.at("countNumber");
    const byCount = selection.at("countType").text() === "imageCountMoreThan";
    const least = byCount ? retentionLimits.imagesKeptAtLeast : retentionLimits.imagesKeptDays;
    const kept = count.number() ?? 0;
    if (kept >= least.value) return;
    yield violation(lifecycle, {
      at: count.path,
      got: `${counted(kept, byCount ? "image" : "day")}, tagged ones too`,
      expected: `at least ${least.value}, or untagged images alone`,
      fix: either(fix`${set(count, least.value)} or more`, set(selection.at("tagStatus"), "untagged")),
    });
  });
}
