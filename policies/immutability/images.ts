/** Rules about images: what was tested is what runs. */
import type { Field } from "../kit/field";
import { nameOr, shown, type Finding, violation } from "../kit/finding";
import { anyPods, podsOf } from "../kit/pods";
import type { Resource } from "../kit/resource";
import { eachPart, resourceRule } from "../kit/rule";
import { types } from "../kit/types";

const pinned = /@sha256:[0-9a-f]{64}$/;

/** Every image is named by what it contains. */
export const imageDigest = resourceRule({
  id: "image-digest",
  group: "immutability",
  level: "mandatory",
  forbids: "An image without a digest.",
  prevents: "A moved tag deploys what nobody tested, on the next restart of a pod.",
  source: "checkov CKV_K8S_43",
  settings: {},
  kinds: [anyPods],
  limits:
    "The gateway's image is the literal `auto`, which the injector of the pinned istiod fills in: that one is allowed.",
  examples: { bad: "image: shop:1.4.2", good: "image: shop:1.4.2@sha256:<64 hex>" },
  check: (resource) =>
    eachPart(
      resource,
      podsOf(resource).flatMap(({ containers }) => containers),
      ({ field }) => judge(resource, field),
    ),
});

function* judge(resource: Resource, container: Field): Iterable<Finding> {
  const field = container.at("image");
  const image = field.text() ?? "";
  if (pinned.test(image) || image === "auto") return;
  yield violation(resource, {
    at: field.path,
    got: image === "" ? "nothing" : `no digest in container ${nameOr(container.at("name").text(), "(unnamed)")}`,
    wanted: "an image that ends in @sha256: and 64 hex digits",
    fix: "append the digest that the release workflow printed",
  });
}

/** A pushed tag never changes. */
export const ecrImmutable = resourceRule({
  id: "ecr-immutable",
  group: "immutability",
  level: "mandatory",
  forbids: "An ECR repository whose tags can be overwritten.",
  prevents: "A second push under the same tag replaces a release in place.",
  source: "EKS best practices, Image security, immutable tags; Security Hub ECR.2",
  settings: {},
  kinds: [types.ecrRepository],
  examples: { bad: "new aws.ecr.Repository('shop', {})   # MUTABLE", good: "imageTagMutability: 'IMMUTABLE'" },
  *check(repository) {
    const field = repository.at("imageTagMutability");
    const value = field.text();
    if (value === "IMMUTABLE") return;
    const got = value === undefined ? "nothing, which means MUTABLE" : shown(value);
    yield violation(repository, { at: field.path, got, wanted: "IMMUTABLE", fix: "set imageTagMutability: IMMUTABLE" });
  },
});
