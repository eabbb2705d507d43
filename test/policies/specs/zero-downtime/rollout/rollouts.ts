/** Cases of the rules about rollouts. */
import { noSelectorSwitch } from "../../../../../policies/zero-downtime/rollout/no-selector-switch";
import { scaledownAfterDrain } from "../../../../../policies/zero-downtime/rollout/scaledown-after-drain";
import { but, deployment, digest, rollout, targetGroup } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, type Spec, previewed, UNKNOWN } from "../../../support/spec";
import { versionCases } from "./version-selectors";

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
const image = "spec.template.spec.containers.0.image";
const ports = "spec.template.spec.containers.0.ports";
const hiddenService = service({ app: "shop", slot: UNKNOWN }, "hidden");
/** A Rollout that runs a slot's template. */
const running = (name: string): Given =>
  but(
    { ...rollout, name: `run-${name}` },
    {
      "metadata.name": `run-${name}`,
      "spec.template": undefined,
      "spec.workloadRef": { apiVersion: "apps/v1", kind: "Deployment", name: `shop-${name}`, scaleDown: "onsuccess" },
    },
  );
/** A slot whose labels stand in another order. */
const reordered = (name: string): Given =>
  but(slot(name), { "spec.template.metadata.labels": { tier: "web", slot: name, app: "shop" } });

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
      "a worker of the same image, neither of which declares a port": given(
        service({ app: "shop", slot: "web" }),
        but(slot("web"), { [ports]: undefined }),
        but(slot("worker"), { [ports]: undefined }),
      ),
      "one image with two ports": given(
        service({ app: "shop", slot: "web" }),
        slot("web"),
        but(slot("admin"), { [ports]: [{ containerPort: 9090 }] }),
      ),
      "Deployments that differ in another label as well": given(
        service({ app: "shop", slot: "blue" }),
        blue,
        but(green, { "spec.template.metadata.labels.tier": "batch" }),
      ),
      "a shard that is called blue beside one that is not called after it": given(
        service({ app: "shop", slot: "blue" }),
        service({ app: "shop", slot: "archive" }, "shop-archive"),
        blue,
        slot("archive"),
      ),
      "a Service that a preview hides beside a single workload": previewed(hiddenService, blue),
      "workloads that a preview hides without a Service": previewed(
        blue,
        but(green, { "spec.template.metadata.labels": UNKNOWN }),
      ),
      "equal Deployments of two namespaces": given(
        service({ app: "shop", slot: "blue" }),
        blue,
        but(green, { "metadata.namespace": "other" }),
      ),
      ...versionCases.good,
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
      "blue and green that declare no port": given(
        service({ app: "shop", slot: "blue" }),
        but(blue, { [ports]: undefined }),
        but(green, { [ports]: undefined }),
      ),
      "blue and green whose labels stand in another order": given(
        service({ app: "shop", slot: "blue" }),
        but(blue, { "spec.template.metadata.labels.tier": "web" }),
        reordered("green"),
      ),
      "green prepares itself by an image of its own": given(
        service({ app: "shop", slot: "blue" }),
        blue,
        but(green, { "spec.template.spec.initContainers": [{ name: "warm", image: "example.com/warm:1.0.0" }] }),
      ),
      "a digest beside a tag": given(
        service({ app: "shop", slot: "blue" }),
        but(blue, { [image]: `example.com:5000/shop@${digest}` }),
        but(green, { [image]: "example.com:5000/shop:1.5.0" }),
      ),
      "a tag beside none": given(
        service({ app: "shop", slot: "blue" }),
        but(blue, { [image]: `example.com:5000/shop:1.5.0@${digest}` }),
        but(green, { [image]: "example.com:5000/shop" }),
      ),
      "blue and green that Rollouts run": given(
        service({ app: "shop", slot: "blue" }),
        but(blue, { "spec.replicas": 0 }),
        but(green, { "spec.replicas": 0 }),
        running("blue"),
        running("green"),
      ),
      "blue and green beside a Service that a preview hides": previewed(
        hiddenService,
        service({ app: "shop", slot: "blue" }),
        blue,
        green,
      ),
      "blue and green beside labels that a preview hides": previewed(
        service({ app: "shop", slot: "blue" }),
        blue,
        green,
        but(slot("third"), { "spec.template.metadata.labels": UNKNOWN }),
      ),
      "blue and green beside a workload whose namespace a preview hides": previewed(
        service({ app: "shop", slot: "blue" }),
        blue,
        green,
        but(slot("third"), { "metadata.namespace": UNKNOWN }),
      ),
      "a Rollout's blueGreen, whatever a preview hides of a Service": previewed(
        hiddenService,
        blue,
        but(rollout, { "spec.strategy": { blueGreen: { activeService: "shop" } } }),
      ),
      "a version of which nobody serves the other": given(
        service({ app: "shop", slot: "v1" }),
        slot("v1"),
        but(slot("v2"), { "spec.template.spec.containers.0.image": "example.com/shop:2.0.0" }),
      ),
      ...versionCases.bad,
    },
  },
  {
    rule: scaledownAfterDrain,
    good: {
      "9 minutes": given(rollout, targetGroup),
      "15 minutes, which only a release by deadline must not outlive": given(
        but(rollout, { [`${canary}.scaleDownDelaySeconds`]: 900 }),
        targetGroup,
      ),
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
      "too early, beside a deadline of five minutes": given(
        but(rollout, { [`${canary}.scaleDownDelaySeconds`]: 29, "spec.progressDeadlineSeconds": 300 }),
      ),
      "too early, beside a deadline that is sooner than the load balancer": given(
        but(rollout, { [`${canary}.scaleDownDelaySeconds`]: 10, "spec.progressDeadlineSeconds": 20 }),
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
];
