/** Cases of way-back. */
import { wayBack } from "../../../../../policies/zero-downtime/data/way-back";
import type { Given } from "../../../support/rule";
import { given, type Spec, under } from "../../../support/spec";

const protectedOne = { options: { protect: true } };
const secret = (props: object): Given => ({
  type: "aws:secretsmanager/secret:Secret",
  name: "db",
  props: { name: "db", ...props },
});
const key = (props: object, type = "aws:kms/key:Key"): Given => ({
  type,
  name: "data",
  ...protectedOne,
  props: { enableKeyRotation: true, ...props },
});
const versioning = (status: string): Given => ({
  type: "aws:s3/bucketVersioning:BucketVersioning",
  name: "state",
  props: { bucket: "state", versioningConfiguration: { status } },
});
const release = (props: object): Given => ({
  type: "kubernetes:helm.sh/v3:Release",
  name: "argo-rollouts",
  props: { chart: "argo-rollouts", version: "2.40.5", ...props },
});
const lifecycle = (...rules: readonly object[]): Given => ({
  type: "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  name: "data",
  props: { bucket: "data", rules: rules.map((rule, place) => ({ id: `rule-${place}`, status: "Enabled", ...rule })) },
});
const day = { expiration: { days: 1 } };

/** Cases of way-back. */
export const wayBackSpecs: readonly Spec[] = [
  {
    rule: wayBack,
    good: {
      "a week to change one's mind": given(secret({ recoveryWindowInDays: 7 })),
      "AWS's own thirty days": given(secret({})),
      "keys that are on": given(key({ isEnabled: true }), key({}, "aws:kms/replicaKey:ReplicaKey")),
      "versions that are kept, or never were": given(versioning("Enabled"), versioning("Disabled")),
      "a release and the one before, or all": given(
        release({ maxHistory: 2 }),
        release({ maxHistory: 0 }),
        release({}),
      ),
      "what may go early": given(
        lifecycle(
          { ...day, filter: { prefix: "tmp/" } },
          { ...day, filter: { and: { prefix: "", tags: { cache: "yes" } } } },
          { ...day, prefix: "logs/" },
          { ...day, status: "Disabled" },
          { expiration: { days: 30 } },
          { noncurrentVersionExpiration: { noncurrentDays: 1 } },
        ),
      ),
      "a day, where the environment allows it": under({ days: 1 }, lifecycle(day)),
    },
    bad: {
      "a secret that is gone at once": given(secret({ recoveryWindowInDays: 0 })),
      "a key that is off": given(key({ isEnabled: false })),
      "a replica's key that is off": given(key({ enabled: false }, "aws:kms/replicaKey:ReplicaKey")),
      "versions that are kept no more": given(versioning("Suspended")),
      "a release without the one before": given(release({ maxHistory: 1 })),
      "a bucket that is emptied every day": given(lifecycle(day, { ...day, filter: { prefix: "" } })),
    },
  },
];
