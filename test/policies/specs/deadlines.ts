/** Cases of the rule about deadlines of releases. */
import { abortOnDeadline } from "../../../policies/zero-downtime/abort-on-deadline";
import { but, deployment, rollout } from "../support/fixtures";
import type { Given } from "../support/rule";
import { given, type Spec } from "../support/spec";

const canary = "spec.strategy.canary";
const helm: Given = { type: "kubernetes:helm.sh/v3:Release", name: "argo-cd", props: { chart: "argo-cd" } };

/** Cases of the rule about deadlines of releases. */
export const deadlineSpecs: readonly Spec[] = [
  {
    rule: abortOnDeadline,
    good: {
      aborts: given(rollout),
      "the longest deadline": given(but(rollout, { "spec.progressDeadlineSeconds": 1800 })),
      "a Deployment, which waits ten minutes by itself": given(deployment),
      "a release that waits for its pods": given(helm),
      "a release that does not wait but goes back": given(but(helm, { skipAwait: true, atomic: true })),
    },
    bad: {
      "a day": given(but(rollout, { "spec.progressDeadlineSeconds": 86_400 })),
      "a Deployment of which nobody hears for an hour": given(
        but(deployment, { "spec.progressDeadlineSeconds": 3600 }),
      ),
      "a release that nobody waits for": given(but(helm, { skipAwait: true })),
      "a chart that nobody waits for": given(
        but({ ...helm, type: "kubernetes:helm.sh/v4:Chart" }, { skipAwait: true }),
      ),
      "a release that nobody waits for, said twice": given(but(helm, { skipAwait: "true", atomic: false })),
      unset: given(but(rollout, { "spec.progressDeadlineAbort": undefined })),
      off: given(but(rollout, { "spec.progressDeadlineAbort": false })),
      "unset, where old pods outlive the deadline": given(
        but(rollout, { "spec.progressDeadlineAbort": undefined, [`${canary}.scaleDownDelaySeconds`]: 900 }),
      ),
      "a day, beside old pods that stay for a quarter of an hour": given(
        but(rollout, { "spec.progressDeadlineSeconds": 86_400, [`${canary}.scaleDownDelaySeconds`]: 900 }),
      ),
    },
  },
];
