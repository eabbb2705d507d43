/** Cases of the rule about deadlines of releases. */
import { abortOnDeadline } from "../../../../../policies/zero-downtime/rollout/abort-on-deadline";
import { but, deployment, rollout } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, under, type Spec } from "../../../support/spec";

const canary = "spec.strategy.canary";
const helm: Given = { type: "kubernetes:helm.sh/v3:Release", name: "argo-cd", props: { chart: "argo-cd" } };

const startup = "spec.template.spec.containers.0.startupProbe";
const alive = { httpGet: { path: "/alive", port: 8080 } };
const flux = (spec: object): Given =>
  object("helm.toolkit.fluxcd.io/v2:HelmRelease", "shop", {
    spec: { chart: { spec: { chart: "shop", version: "1.4.2" } }, ...spec },
  });

/** Cases of the rule about deadlines of releases. */
export const deadlineSpecs: readonly Spec[] = [
  {
    rule: abortOnDeadline,
    good: {
      aborts: given(rollout),
      "the longest deadline": given(but(rollout, { "spec.progressDeadlineSeconds": 1800 })),
      "a Deployment, which waits ten minutes by itself": given(deployment),
      "pods that may start for nearly as long": given(
        but(deployment, {
          "spec.progressDeadlineSeconds": 151,
          [startup]: { ...alive, failureThreshold: 30, periodSeconds: 5 },
        }),
        but(rollout, { [startup]: { ...alive, failureThreshold: 59 } }),
      ),
      "pods that may start for longer than any deadline": given(
        but(deployment, { [startup]: { ...alive, failureThreshold: 180 } }),
      ),
      "a release that waits for its pods": given(helm),
      "a release that waits as long as the project says, and one that says nothing by 0": under(
        { timeoutAtLeast: 30 },
        but(helm, { timeout: 30, disableWebhooks: false }),
        { ...but(helm, { timeout: 0 }), name: "other" },
      ),
      "a release of Flux that waits": given(flux({ timeout: "5m", upgrade: { timeout: "1m", disableHooks: false } })),
      "a release that does not wait but goes back": given(but(helm, { skipAwait: true, atomic: true })),
    },
    bad: {
      "a day": given(but(rollout, { "spec.progressDeadlineSeconds": 86_400 })),
      "a Deployment whose pods may start for longer": given(
        but(deployment, {
          "spec.progressDeadlineSeconds": 100,
          [startup]: { ...alive, failureThreshold: 30, periodSeconds: 5 },
        }),
      ),
      "a rollout whose pods may start, and then count, for longer": given(
        but(rollout, {
          "spec.minReadySeconds": 100,
          [startup]: { ...alive, initialDelaySeconds: 20, failureThreshold: 50 },
        }),
      ),
      "the slower of two containers": given(
        but(deployment, {
          "spec.progressDeadlineSeconds": 500,
          "spec.template.spec.containers": [
            { name: "shop", startupProbe: alive },
            { name: "slow", startupProbe: { ...alive, failureThreshold: 50 } },
          ],
        }),
      ),
      "a Deployment of which nobody hears for an hour": given(
        but(deployment, { "spec.progressDeadlineSeconds": 3600 }),
      ),
      "a release that gives its pods five seconds": given(but(helm, { timeout: 5, atomic: true })),
      "a release without its chart's hooks and checks": given(
        but(helm, { disableWebhooks: true, disableCRDHooks: true, disableOpenapiValidation: true }),
      ),
      "a release of Flux that waits for nothing": given(
        flux({ timeout: "5s", install: { disableWait: true }, upgrade: { timeout: "59s", disableHooks: true } }),
      ),
      "a release of Flux that waits for a while": given(flux({ timeout: "a while" })),
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
