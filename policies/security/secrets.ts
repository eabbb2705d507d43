/** Rules about secrets and keys: no credential in a manifest, and every KMS key rotates. */
import { identityLimits } from "../limits/identity";
import { type Finding, violation } from "../kit/finding/finding";
import { anyPods } from "../kit/kubernetes/pods";
import { remove, set } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { eachPart, resourceRule } from "../kit/rule/rule";
import { types } from "../kit/reading/types";
import { checkConfigMap, checkSecret } from "./credentials/stored";
import { type Manner, walk } from "./credentials/walk";

/** API groups whose objects reference keys of secret stores: a name alone is no finding there. */
const stores =
  /^kubernetes:(external-secrets\.io|generators\.external-secrets\.io|bitnami\.com|secrets-store\.csi\.x-k8s\.io|secrets\.hashicorp\.com|cert-manager\.io):/;

/** No manifest contains a credential. */
export const noPlainSecrets = resourceRule({
  id: "no-plain-secrets",
  group: "security",
  level: "mandatory",
  forbids:
    "A credential written into an object of the cluster, or into a chart's values: in a Secret of a manifest, a ConfigMap's file, the environment, an argument, a header or an annotation.",
  prevents: "Whoever may read manifests, or their history, has the credential for good.",
  source: "EKS best practices, Data encryption and secrets management, use volume mounts",
  settings: {},
  resourceTypes: [
    anyPods,
    types.configMap,
    types.opaqueSecret,
    types.kustomization,
    types.ingress,
    types.service,
    types.application,
    types.applicationSet,
    types.helmRelease,
    types.helmChart,
  ],
  limits:
    "Credentials are known by their form, or by the name under which they stand; the value is never printed. A Secret that a program declares is left out: its data comes from encrypted configuration, which rules cannot distinguish from a literal.",
  examples: {
    bad: "env: [{ name: DB_PASSWORD, value: hunter22 }]",
    good: "env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { … } } }]",
  },
  *check(resource) {
    if (resource.is(types.opaqueSecret) && isManifest(resource)) yield* checkSecret(resource);
    if (resource.is(types.configMap)) yield* checkConfigMap(resource);
    if (resource.is(types.configMap, types.opaqueSecret)) return;
    yield* checkObject(resource);
  },
});

function isManifest({ urn }: Resource): boolean {
  return !urn.startsWith("urn:");
}

function* checkObject(resource: Resource): Iterable<Finding> {
  const manner: Manner = { byName: !stores.test(resource.type) };
  const members = resource.props.members().filter(([key]) => !unread.has(key));
  yield* eachPart(resource, members, ([key, member]) =>
    walk(resource, key === "metadata" ? member.at("annotations") : member, key, manner),
  );
}

/** Fields that the API server or Pulumi writes, which repeat other fields. */
const unread = new Set(["status", "apiVersion", "kind", "manifest", "resourceNames"]);

/** Every KMS key rotates at least once a year. */
export const kmsRotation = resourceRule({
  id: "kms-rotation",
  group: "security",
  level: "mandatory",
  forbids: "A symmetric KMS key that is never rotated, or more seldom than once a year.",
  prevents: "One leaked key opens everything that was ever encrypted.",
  source: "Security Hub KMS.4",
  settings: {},
  resourceTypes: [types.kmsKey, types.kmsExternalKey],
  limits: "Asymmetric and HMAC keys cannot rotate and are left out.",
  examples: { bad: "new aws.kms.Key('secrets', {})", good: "new aws.kms.Key('secrets', { enableKeyRotation: true })" },
  *check(key) {
    if (key.is(types.kmsExternalKey)) {
      const got = "a key of imported material, which KMS cannot rotate";
      yield violation(key, {
        got,
        expected: "a key that KMS rotates",
        fix: "declare aws.kms.Key with enableKeyRotation: true",
      });
      return;
    }
    const period = key.at("rotationPeriodInDays");
    const most = identityLimits.rotationAtMost.value;
    if ((period.number() ?? 0) > most) {
      const got = `${period.number() ?? 0} days`;
      yield violation(key, { at: period.path, got, expected: `at most ${most} days`, fix: remove(period) });
    }
    const spec = key.at("customerMasterKeySpec").text() ?? "SYMMETRIC_DEFAULT";
    const field = key.at("enableKeyRotation");
    if (spec !== "SYMMETRIC_DEFAULT" || field.flag() === true) return;
    const got = field.isSet() ? "false" : "nothing, which means false";
    yield violation(key, { at: field.path, got, expected: "true", fix: set(field, true) });
  },
  remedy: (key) => {
    if (key.is(types.kmsExternalKey)) return [];
    const often = { path: ["rotationPeriodInDays"], value: identityLimits.rotationAtMost.value };
    const seldom = (key.at("rotationPeriodInDays").number() ?? 0) > often.value;
    return [{ path: ["enableKeyRotation"], value: true }, ...(seldom ? [often] : [])];
  },
});
