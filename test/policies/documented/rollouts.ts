/**
 * Forms in which the documentation of Argo Rollouts v1.9 (docs/, examples/) writes its kinds, each as the smallest manifest
 * of the form, in our words and with our values: no rule about releases blocks them.
 */
import { analysisTemplate, but, rollout } from "../support/fixtures";
import type { Given } from "../support/rule";
import { object } from "../support/spec";

const canary = "spec.strategy.canary";
const gate = { analysis: { templates: [{ templateName: "slo" }] } };
const stepping = (...steps: readonly object[]): Given =>
  but(rollout, { [`${canary}.steps`]: [{ setWeight: 10 }, ...steps, gate], [`${canary}.analysis`]: undefined });
const routed = (trafficRouting: object, more: Readonly<Record<string, unknown>> = {}): Given =>
  but(rollout, { [`${canary}.trafficRouting`]: trafficRouting, ...more });
const metric = (changes: Readonly<Record<string, unknown>>): Given =>
  but(
    analysisTemplate,
    Object.fromEntries(Object.entries(changes).map(([key, value]) => [`spec.metrics.0.${key}`, value])),
  );
const analysed = (analysis: object, ...args: readonly object[]): readonly Given[] => [
  but(rollout, {
    [`${canary}.analysis`]: analysis,
    [`${canary}.steps`]: [{ setWeight: 10 }, { pause: { duration: "5m" } }],
  }),
  but(analysisTemplate, { "spec.args": args }),
];
const services = { [`${canary}.canaryService`]: undefined, [`${canary}.stableService`]: undefined };
const alone = { failureCondition: undefined };

/** Manifests by the form that they show. */
export const documentedRollouts: Readonly<Record<string, readonly Given[]>> = {
  "a pause in seconds": [stepping({ pause: { duration: 10 } })],
  "a pause in seconds, as text": [stepping({ pause: { duration: "10" } })],
  "a pause in hours": [stepping({ pause: { duration: "1h" } })],
  "a pause that a person ends": [stepping({ pause: {} })],
  "a background analysis from a step on": [
    ...analysed(
      { templates: [{ templateName: "slo" }], startingStep: 1, args: [{ name: "service-name", value: "shop" }] },
      { name: "service-name" },
    ),
  ],
  "an argument by the pod hash": analysed(
    { templates: [{ templateName: "slo" }], args: [{ name: "hash", valueFrom: { podTemplateHashValue: "Latest" } }] },
    { name: "hash" },
  ),
  "an argument by a label of the rollout": analysed(
    {
      templates: [{ templateName: "slo" }],
      args: [{ name: "region", valueFrom: { fieldRef: { fieldPath: "metadata.labels['region']" } } }],
    },
    { name: "region" },
  ),
  "an argument by a Secret": analysed(
    { templates: [{ templateName: "slo" }] },
    { name: "token", valueFrom: { secretKeyRef: { name: "token", key: "apiToken" } } },
  ),
  "several templates at once": [
    but(rollout, { [`${canary}.analysis.templates`]: [{ templateName: "slo" }, { templateName: "errors" }] }),
    analysisTemplate,
    but(metric({ name: "errors" }), { "metadata.name": "errors" }),
  ],
  "a template of the cluster": [
    but(rollout, {
      [`${canary}.analysis.templates`]: [{ templateName: "slo", clusterScope: true }],
      [`${canary}.steps`]: [{ setWeight: 10 }, { pause: { duration: "5m" } }],
    }),
    object(
      "argoproj.io/v1alpha1:ClusterAnalysisTemplate",
      "slo",
      analysisTemplate.props as Readonly<Record<string, unknown>>,
    ),
  ],
  "a template made of others": [
    rollout,
    but(analysisTemplate, { "spec.metrics": undefined, "spec.templates": [{ templateName: "errors" }] }),
    but(analysisTemplate, { "metadata.name": "errors" }),
  ],
  "a delay before the first measurement": [metric({ initialDelay: "1m", interval: "5m", count: 10 })],
  "a limit with dots in its name": [
    but(metric({ failureLimit: "{{ args.restarts.most }}", interval: "1m" }), {
      "spec.args": [{ name: "restarts.most", value: "4" }],
    }),
  ],
  "successes in a row": [metric({ consecutiveSuccessLimit: 4, failureLimit: 2, count: 10, interval: "1m" })],
  "a range query": [
    metric({ "provider.prometheus.rangeQuery": { start: 'now() - duration("5m")', end: "now()", step: "1m" } }),
  ],
  "a web metric": [
    metric({
      ...alone,
      successCondition: "result.ok && result.successPercent >= 0.99",
      provider: { web: { url: "http://shop/status", jsonPath: "{$.data}" } },
    }),
  ],
  "a job": [
    metric({ ...alone, successCondition: undefined, provider: { job: { spec: { backoffLimit: 1, template: {} } } } }),
  ],
  Kayenta: [metric({ ...alone, successCondition: undefined, provider: { kayenta: { threshold: { pass: 90 } } } })],
  "a plugin measures": [metric({ provider: { plugin: { "acme/metric": { address: "http://a" } } } })],
  "a dry run beside a metric that decides": [
    but(analysisTemplate, {
      "spec.dryRun": [{ metricName: "trial.*" }],
      "spec.metrics": ["success", "trial"].map((name) => ({ ...first(), name })),
    }),
  ],
  "measurements that are kept": [
    but(analysisTemplate, { "spec.measurementRetention": [{ metricName: ".*", limit: 20 }] }),
  ],
  "an experiment with a duration": [
    stepping({
      experiment: {
        duration: "1h",
        templates: [
          { name: "baseline", specRef: "stable" },
          { name: "canary", specRef: "canary", weight: 10 },
        ],
      },
    }),
  ],
  "an experiment that its analysis ends": [
    stepping({
      experiment: {
        templates: [{ name: "canary", specRef: "canary" }],
        analyses: [{ name: "slo", templateName: "slo", requiredForCompletion: true }],
      },
    }),
  ],
  "a scale by weight, by count, and back": [
    stepping(
      { setCanaryScale: { weight: 50 } },
      { setCanaryScale: { replicas: 3 } },
      { setCanaryScale: { matchTrafficWeight: true } },
    ),
  ],
  "a header route": [
    but(
      stepping(
        { setHeaderRoute: { name: "preview", match: [{ headerName: "x", headerValue: { exact: "1" } }] } },
        { setHeaderRoute: { name: "preview" } },
      ),
      {
        [`${canary}.trafficRouting.managedRoutes`]: [{ name: "preview" }],
      },
    ),
  ],
  "a mirror": [
    but(stepping({ setMirrorRoute: { name: "copy", percentage: 35, match: [{ path: { prefix: "/" } }] } }), {
      [`${canary}.trafficRouting.managedRoutes`]: [{ name: "copy" }],
    }),
  ],
  "subsets of a DestinationRule": [
    but(rollout, {
      ...services,
      [`${canary}.trafficRouting.istio.destinationRule`]: {
        name: "shop",
        canarySubsetName: "canary",
        stableSubsetName: "stable",
      },
    }),
  ],
  "several VirtualServices": [
    routed({ istio: { virtualServices: [{ name: "a", routes: ["primary"] }, { name: "b" }] } }),
  ],
  "an Ingress of NGINX": [routed({ nginx: { stableIngress: "shop" } })],
  "several Ingresses of NGINX": [routed({ nginx: { stableIngresses: ["shop", "admin"] } })],
  "weights to a thousand": [
    routed(
      { plugins: { "acme/router": {} }, maxTrafficWeight: 1000 },
      { [`${canary}.steps`]: [{ setWeight: 100 }, { pause: { duration: "5m" } }] },
    ),
  ],
  "an ALB": [routed({ alb: { ingress: "shop", servicePort: 443, rootService: "root" } })],
  "sticky sessions of an ALB": [
    routed({ alb: { ingress: "shop", stickinessConfig: { enabled: true, durationSeconds: 3600 } } }),
  ],
  "ping and pong": [
    routed(
      { alb: { ingress: "shop", servicePort: 443, rootService: "root" } },
      { ...services, [`${canary}.pingPong`]: { pingService: "ping", pongService: "pong" } },
    ),
  ],
  SMI: [routed({ smi: { rootService: "root", trafficSplitName: "split" } })],
  Ambassador: [routed({ ambassador: { mappings: ["shop"] } })],
  Apisix: [routed({ apisix: { route: { name: "shop", rules: ["primary"] } } })],
  Traefik: [routed({ traefik: { weightedTraefikServiceName: "shop" } })],
  "App Mesh": [routed({ appMesh: { virtualService: { name: "shop" } } })],
  "labels that come and go": [
    but(rollout, {
      [`${canary}.canaryMetadata`]: { labels: { role: "canary" } },
      [`${canary}.stableMetadata`]: { labels: { role: "stable" } },
    }),
  ],
  "anti-affinity": [
    but(rollout, { [`${canary}.antiAffinity`]: { requiredDuringSchedulingIgnoredDuringExecution: {} } }),
  ],
  "a window for going back": [but(rollout, { "spec.rollbackWindow": { revisions: 3 } })],
  "most of the pods before the weight": [
    but(rollout, { [`${canary}.replicaProgressThreshold`]: { type: "Percent", value: 90 } }),
  ],
  "pods of a Deployment": [
    but(rollout, {
      "spec.template": undefined,
      "spec.workloadRef": { apiVersion: "apps/v1", kind: "Deployment", name: "shop", scaleDown: "progressively" },
    }),
  ],
  "a plugin as a step": [stepping({ plugin: { name: "acme/step", config: { key: "value" } } })],
};

function first(): object {
  return (analysisTemplate.props as { readonly spec: { readonly metrics: readonly object[] } }).spec.metrics[0] ?? {};
}
