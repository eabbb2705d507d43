/** Cases of the rule about what Argo Rollouts accepts of a rollout. */
import { rolloutProceeds } from "../../../../../policies/zero-downtime/rollout/rollout-proceeds";
import { autoscaler, budget, but, deployment, rollout } from "../../../support/fixtures";
import { deny, dns, entrance } from "../../../support/network-policies";
import type { Case, Given } from "../../../support/rule";
import { given, type Spec } from "../../../support/spec";

const canary = "spec.strategy.canary";
const routing = `${canary}.trafficRouting`;
const changed = (changes: Readonly<Record<string, unknown>>): Case => given(but(rollout, changes));
const walking = (...steps: readonly object[]): Case => changed({ [`${canary}.steps`]: steps });
const routed = (trafficRouting: object | undefined, ...steps: readonly object[]): Given =>
  but(rollout, { [routing]: trafficRouting, [`${canary}.steps`]: steps });
const header = { setHeaderRoute: { name: "preview", match: [{ headerName: "x", headerValue: { exact: "1" } }] } };
const mirror = (match?: readonly object[]): object => ({ setMirrorRoute: { name: "preview", percentage: 10, match } });
const managed = { istio: { virtualService: { name: "shop" } }, managedRoutes: [{ name: "preview" }] };
const reading = { method: { exact: "GET" } };
const experiment = (template: object): object => ({
  experiment: { duration: "5m", templates: [{ name: "a", ...template }] },
});
const referringTo = (scaleDown?: string): Given =>
  but(rollout, { "spec.template": undefined, "spec.workloadRef": { kind: "Deployment", name: "shop", scaleDown } });
const affinity = (antiAffinity: object): Case => changed({ [`${canary}.antiAffinity`]: antiAffinity });
const [preferred, required] = [
  { preferredDuringSchedulingIgnoredDuringExecution: { weight: 100 } },
  { requiredDuringSchedulingIgnoredDuringExecution: {} },
];

const updated = (kind: string, updateStrategy: object): Given =>
  but(
    { ...deployment, type: `kubernetes:apps/v1:${kind}` },
    { "spec.strategy": undefined, "spec.updateStrategy": updateStrategy },
  );
const stateful = (updateStrategy: object): Given => updated("StatefulSet", updateStrategy);
const daemonSet = (updateStrategy: object): Given => updated("DaemonSet", updateStrategy);

/** Cases of the rule about what Argo Rollouts accepts of a rollout. */
export const rolloutFormSpecs: readonly Spec[] = [
  {
    rule: rolloutProceeds,
    good: {
      "a canary": given(rollout),
      "blue and green alone, which another rule refuses": changed({ "spec.strategy": { blueGreen: {} } }),
      "pods of a Deployment that goes": given(referringTo("onsuccess"), deployment),
      "pods of a Deployment that has none": given(referringTo(), but(deployment, { "spec.replicas": 0 })),
      "pods of a Deployment out of sight": given(referringTo()),
      "a label of the canary's own": changed({ [`${canary}.canaryMetadata`]: { labels: { role: "canary" } } }),
      "a label of the canary's with the template's value": changed({
        [`${canary}.canaryMetadata`]: { labels: { app: "shop" } },
      }),
      "a basic canary": given(but(routed(undefined, { setWeight: 20 }), { [`${canary}.canaryService`]: undefined })),
      subsets: changed({
        [`${routing}.istio.destinationRule`]: { name: "shop" },
        [`${canary}.canaryService`]: undefined,
        [`${canary}.stableService`]: undefined,
      }),
      "ping and pong": changed({
        [`${canary}.pingPong`]: { pingService: "ping", pongService: "pong" },
        [`${canary}.canaryService`]: undefined,
        [`${canary}.stableService`]: undefined,
      }),
      "weights to a thousand": given(
        routed({ nginx: { stableIngress: "shop" }, maxTrafficWeight: 1000 }, { setWeight: 1000 }),
      ),
      "a header route and a mirror of what reads": given(routed(managed, header, mirror([reading]))),
      "a mirror that ends": given(routed(managed, { setMirrorRoute: { name: "preview", percentage: 0 } })),
      "an experiment with a weight": walking(experiment({ specRef: "canary", weight: 5 })),
      "a patch, which states no pods": given(
        but(routed({ istio: {} }), { "spec.template": undefined, "spec.strategy": {} }),
      ),
      "a patch of the routing": changed({
        "spec.template": undefined,
        [`${canary}.canaryService`]: undefined,
        [`${canary}.pingPong`]: { pingService: "ping" },
        [routing]: { nginx: {} },
      }),
      "preferred anti-affinity": affinity(preferred),
      "required anti-affinity": affinity(required),
      "a plugin routes": given(routed({ plugins: { "acme/router": {} } }, { setCanaryScale: { weight: 100 } })),
      "a Deployment, a StatefulSet and a DaemonSet that go on": given(
        but(deployment, { "spec.paused": false }),
        stateful({ type: "RollingUpdate", rollingUpdate: { partition: 0 } }),
        daemonSet({}),
      ),
      "a paused Deployment that only lends its template": given(
        referringTo("onsuccess"),
        but(deployment, { "spec.paused": true }),
      ),
    },
    bad: {
      "no strategy": changed({ "spec.strategy": {} }),
      "two strategies": changed({ "spec.strategy.blueGreen": {} }),
      "paused in Git": changed({ "spec.paused": true }),
      "a deadline before pods count as ready": changed({ "spec.minReadySeconds": 600 }),
      "a template beside workloadRef": given(
        but(rollout, { "spec.workloadRef": { kind: "Deployment", name: "gone" } }),
        budget,
        deny,
        dns,
        entrance,
      ),
      "pods of a Deployment that stays": given(referringTo("never"), deployment),
      "a label by which Services find the pods": changed({ [`${canary}.stableMetadata`]: { labels: { app: "old" } } }),
      "a label by which Services find the pods of the canary": changed({
        [`${canary}.canaryMetadata`]: { labels: { app: "new" } },
      }),
      "one Ingress and several of an ALB": changed({ [routing]: { alb: { ingress: "a", ingresses: ["b"] } } }),
      "one Service for both": changed({ [`${canary}.canaryService`]: "shop" }),
      "no Service for the canary": changed({ [`${canary}.canaryService`]: undefined }),
      "ping without pong": changed({ [`${canary}.pingPong`]: { pingService: "ping" } }),
      "ping and pong of a router that has none": changed({
        [`${canary}.pingPong`]: { pingService: "ping", pongService: "pong" },
        [routing]: { nginx: { stableIngress: "shop" } },
      }),
      "ping and pong without a root": changed({
        [`${canary}.pingPong`]: { pingService: "ping", pongService: "pong" },
        [routing]: { alb: { ingress: "shop" } },
      }),
      "a largest weight of Istio": changed({ [`${routing}.maxTrafficWeight`]: 1000 }),
      "no VirtualService": changed({ [routing]: { istio: {} } }),
      "one Ingress and several": changed({ [routing]: { nginx: { stableIngress: "a", stableIngresses: ["a"] } } }),
      "anti-affinity of no kind": affinity({}),
      "anti-affinity of both kinds": affinity({ ...preferred, ...required }),
      "anti-affinity without weight": affinity({ preferredDuringSchedulingIgnoredDuringExecution: { weight: 0 } }),
      "an empty step": walking({}),
      "two things in one step": walking({ setWeight: 5, pause: { duration: "2m" } }),
      "more than everybody": walking({ setWeight: 5 }, { pause: { duration: "2m" } }, { setWeight: 101 }),
      "less than nobody": walking({ setWeight: -1 }, { pause: { duration: "2m" } }),
      "old pods that outlive the deadline": given(but(rollout, { [`${canary}.scaleDownDelaySeconds`]: 900 })),
      "old pods that go at the deadline": given(
        but(rollout, { [`${canary}.scaleDownDelaySeconds`]: undefined, "spec.progressDeadlineSeconds": 30 }),
      ),
      "a scale without routing": given(routed(undefined, { setCanaryScale: { weight: 100 } })),
      "a header route that nobody manages": walking(header),
      "a header route of a router that cannot": given(
        routed({ nginx: { stableIngress: "shop" }, managedRoutes: [{ name: "preview" }] }, header),
      ),
      "a mirror of everything": given(routed(managed, mirror())),
      "a mirror of writes": given(routed(managed, mirror([reading, { method: { exact: "POST" } }]))),
      "an experiment of nobody's pods": walking(experiment({ specRef: "new" })),
      "an experiment whose weight nobody gives": given(
        routed({ nginx: { stableIngress: "shop" } }, experiment({ specRef: "canary", weight: 5 })),
      ),
      "a paused Deployment": given(but(deployment, { "spec.paused": true })),
      "a partition of all pods": given(stateful({ rollingUpdate: { partition: 3 } })),
      "a partition of all of an autoscaler's": given(
        stateful({ rollingUpdate: { partition: 3 } }),
        but(autoscaler, { "spec.scaleTargetRef": { kind: "StatefulSet", name: "shop" } }),
      ),
      "a partition of some": given(stateful({ rollingUpdate: { partition: 1 } })),
      "a StatefulSet and a DaemonSet that wait for somebody": given(
        stateful({ type: "OnDelete" }),
        daemonSet({ type: "OnDelete" }),
      ),
    },
  },
];
