/** Rules about secrets and keys: no literal in a manifest, and every key turns. */
import type { Field } from "../kit/field";
import { type Finding, violation } from "../kit/finding";
import { anyPods, podsOf } from "../kit/pods";
import type { Resource } from "../kit/resource";
import { eachPart, resourceRule } from "../kit/rule";
import { types } from "../kit/types";

/** Forms that only credentials have, whatever they are called. */
const forms: readonly RegExp[] = [
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}\b/,
  /\bglpat-[A-Za-z0-9_-]{20,}\b/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}\b/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\b/,
  /:\/\/[^/\s:@]+:[^/\s:@$]+@/,
];
/** Names under which a literal is a credential, unless they end in what only points to one. */
const secretName = /(passw(or)?d|secret|token|api[-_.]?key|private[-_.]?key|access[-_.]?key|credential)s?$/i;
const harmless = /^(|true|false|null|none|\d+(\.\d+)?[a-z]{0,2}|\$[({]?\w.*|\/.*)$/i;

/** No credential stands in a manifest. */
export const noPlainSecrets = resourceRule({
  id: "no-plain-secrets",
  group: "security",
  level: "mandatory",
  forbids: "A credential written into a workload or a ConfigMap.",
  prevents: "Whoever may read manifests, or their history, has the credential for good.",
  source: "EKS best practices, Data encryption and secrets management, use volume mounts",
  settings: {},
  kinds: [anyPods, types.configMap],
  limits: "Credentials are known by their form, or by the name of their variable; the value is never printed.",
  examples: {
    bad: "env: [{ name: DB_PASSWORD, value: hunter22 }]",
    good: "env: [{ name: DB_PASSWORD, valueFrom: { secretKeyRef: { … } } }]",
  },
  check: (resource) => (resource.is(types.configMap) ? judgeMap(resource) : judgePods(resource)),
});

function judgeMap(map: Resource): Iterable<Finding> {
  const entries = [...map.at("data").members(), ...map.at("binaryData").members()];
  return eachPart(map, entries, ([key, field]) => judge(map, key, field));
}

function judgePods(owner: Resource): Iterable<Finding> {
  const containers = podsOf(owner).flatMap((pods) => pods.containers);
  return eachPart(owner, containers, function* ({ field: container }) {
    yield* eachPart(owner, container.at("env").list(), (variable) =>
      judge(owner, variable.at("name").text() ?? "", variable.at("value")),
    );
    for (const part of [...container.at("command").list(), ...container.at("args").list()])
      yield* judge(owner, "", part);
  });
}

function* judge(resource: Resource, name: string, field: Field): Iterable<Finding> {
  const value = field.text();
  if (value === undefined) return;
  const suspicious = secretName.test(name) && !harmless.test(value.trim());
  if (!suspicious && !forms.some((form) => form.test(value))) return;
  yield violation(resource, {
    at: field.path,
    got: "what looks like a credential",
    wanted: "a reference",
    fix: "put it into Secrets Manager and mount it through an ExternalSecret; then change the credential, because it has been written down",
  });
}

/** Every key turns once a year. */
export const kmsRotation = resourceRule({
  id: "kms-rotation",
  group: "security",
  level: "remediate",
  forbids: "A symmetric KMS key that is never rotated.",
  prevents: "One leaked key opens everything that was ever encrypted.",
  source: "Security Hub KMS.4",
  settings: {},
  kinds: [types.kmsKey],
  limits: "Asymmetric and HMAC keys cannot rotate and are left out.",
  examples: { bad: "new aws.kms.Key('secrets', {})", good: "new aws.kms.Key('secrets', { enableKeyRotation: true })" },
  *check(key) {
    const spec = key.at("customerMasterKeySpec").text() ?? "SYMMETRIC_DEFAULT";
    const field = key.at("enableKeyRotation");
    if (spec !== "SYMMETRIC_DEFAULT" || field.flag() === true) return;
    const got = field.isSet() ? "false" : "nothing, which means false";
    yield violation(key, { at: field.path, got, wanted: "true", fix: "set enableKeyRotation: true" });
  },
  remedy: () => [{ path: ["enableKeyRotation"], value: true }],
});
