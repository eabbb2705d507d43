/** Cases of the rules about rollouts. */
import { abortOnDeadline } from "../../../policies/zero-downtime/abort-on-deadline";
import { noSelectorSwitch } from "../../../policies/zero-downtime/no-selector-switch";
import { scaledownAfterDrain } from "../../../policies/zero-downtime/scaledown-after-drain";
import { but, deployment, rollout, targetGroup } from "../support/fixtures";
import type { Given } from "../support/rule";
import { given, type Spec } from "../support/spec";

const canary = "spec.strategy.canary";
const sticking = (stickinessConfig: object): Given =>
  but(rollout, { [`${canary}.trafficRouting`]: { alb: { ingress: "shop", stickinessConfig } } });
const service = (selector: object, name = "shop"): Given => ({
  type: "kubernetes:core/v1:Service",
  name,
  props: { metadata: { name, namespace: "shop" }, spec: { selector, ports: [{ port: 80, targetPort: "http" }] } },
});
const slot = (name: string): Given =>
  but(
    { ...deployment, name: `shop-${name}` },
    { "metadata.name": `shop-${name}`, "spec.template.metadata.labels.slot": name },
  );
const [blue, green] = [slot("blue"), slot("green")];
const helm: Given = { type: "kubernetes:helm.sh/v3:Release", name: "argo-cd", props: { chart: "argo-cd" } };

/** Cases of the rules about rollouts. */
export const rolloutSpecs: readonly Spec[] = [
  {
    rule: noSelectorSwitch,
    good: {
      canary: given(rollout),
      "one Service for all versions": given(service({ app: "shop" }), blue, green),
      "shards with Services of their own": given(
        service({ app: "shop", slot: "0" }),
        service({ app: "shop", slot: "1" }, "shop-1"),
        slot("0"),
        slot("1"),
      ),
      "a worker that nobody calls": given(
        service({ app: "shop", slot: "web" }),
        slot("web"),
        but(slot("worker"), { "spec.template.spec.containers.0.ports": undefined }),
      ),
      "two programs of one application": given(
        service({ app: "shop", slot: "web" }),
        slot("web"),
        but(slot("cache"), { "spec.template.spec.containers.0.image": "example.com/cache:1.0.0" }),
      ),
      "equal Deployments of two namespaces": given(
        service({ app: "shop", slot: "blue" }),
        blue,
        but(green, { "metadata.namespace": "other" }),
      ),
    },
    bad: {
      "blue and green": given(but(rollout, { "spec.strategy": { blueGreen: { activeService: "shop" } } })),
      "two equal Deployments, one of them picked by a colour": given(
        service({ app: "shop", slot: "blue" }),
        blue,
        green,
      ),
      "a Service for each colour": given(
        service({ app: "shop", slot: "blue" }),
        service({ app: "shop", slot: "green" }, "shop-preview"),
        blue,
        green,
      ),
      "a version of which nobody serves the other": given(
        service({ app: "shop", slot: "v1" }),
        slot("v1"),
        but(slot("v2"), { "spec.template.spec.containers.0.image": "example.com/shop:2.0.0" }),
      ),
    },
  },
  {
    rule: scaledownAfterDrain,
    good: {
      "15 minutes": given(rollout, targetGroup),
      "by default as long as 30 s": given(but(rollout, { [`${canary}.scaleDownDelaySeconds`]: undefined })),
      "no traffic is routed, where no delay is allowed": given(
        but(rollout, { [`${canary}.trafficRouting`]: undefined, [`${canary}.scaleDownDelaySeconds`]: undefined }),
        but(targetGroup, { deregistrationDelay: 60 }),
      ),
      "the stable size stays": given(but(rollout, { [`${canary}.dynamicStableScale`]: false })),
      "an aborted version that finishes": given(but(rollout, { [`${canary}.abortScaleDownDelaySeconds`]: 30 })),
      "sessions that end before the pods": given(sticking({ enabled: true, durationSeconds: 30 })),
      "sessions that do not stick": given(sticking({ enabled: false, durationSeconds: 3600 })),
      "one old version": given(but(rollout, { [`${canary}.scaleDownDelayRevisionLimit`]: 1 })),
      "the stable size stays, as it must without routing": given(
        but(rollout, { [canary]: { steps: [], dynamicStableScale: false } }),
      ),
    },
    bad: {
      "too early": given(but(rollout, { [`${canary}.scaleDownDelaySeconds`]: 29 })),
      "the default beside a longer delay": given(
        but(rollout, { [`${canary}.scaleDownDelaySeconds`]: undefined }),
        but(targetGroup, { deregistrationDelay: 60 }),
      ),
      "blue and green": given(but(rollout, { "spec.strategy": { blueGreen: { scaleDownDelaySeconds: 5 } } })),
      "a delay without routed traffic": given(but(rollout, { [`${canary}.trafficRouting`]: undefined })),
      "an aborted version that goes at once": given(but(rollout, { [`${canary}.abortScaleDownDelaySeconds`]: 1 })),
      "an aborted version that never goes": given(but(rollout, { [`${canary}.abortScaleDownDelaySeconds`]: 0 })),
      "sessions that outlive an aborted version": given(sticking({ enabled: true, durationSeconds: 3600 })),
      "sessions without end": given(sticking({ enabled: true })),
      "no old version is kept": given(but(rollout, { [`${canary}.scaleDownDelayRevisionLimit`]: 0 })),
      "no old version of blue and green is kept": given(
        but(rollout, { "spec.strategy": { blueGreen: { scaleDownDelaySeconds: 60, scaleDownDelayRevisionLimit: 0 } } }),
      ),
      "a stable size that moves without routed traffic": given(
        but(rollout, { [canary]: { steps: [], dynamicStableScale: true } }),
      ),
      "old pods go while traffic moves": given(
        but(rollout, { [`${canary}.dynamicStableScale`]: true, [`${canary}.scaleDownDelaySeconds`]: undefined }),
        but(targetGroup, { deregistrationDelay: 60 }),
      ),
    },
  },
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
    },
  },
];
