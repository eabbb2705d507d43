/** Names that lead nowhere: only their owner knows what was meant. */
import { deployment, template } from "../support/fixtures";
import { object } from "../support/spec";
import { around, both, edit, less, more, type Worded } from "./worded";

const named = (token: string, name: string, props: Readonly<Record<string, unknown>> = {}) =>
  object(token, name, { metadata: { name, namespace: "shop" }, ...props });
const danglingReference = { rule: "references-resolve", reason: "fact" } as const;
const service = named("core/v1:Service", "none", {
  spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
});
const set = {
  ...deployment,
  type: "kubernetes:apps/v1:StatefulSet",
  props: {
    metadata: { name: "shop", namespace: "shop" },
    spec: { replicas: 3, selector: { matchLabels: { app: "shop" } }, serviceName: "shop", template },
  },
};
const istio = "spec.strategy.canary.trafficRouting.istio";
const routing = "spec.strategy.canary.trafficRouting";
const first = "spec.template.spec.containers.0";

/** Sentences of references-resolve. */
export const referenceWords: readonly Worded[] = [
  {
    ...danglingReference,
    words: "name a key that the ConfigMap has, or add the key to it",
    in: "a key that nobody can guess",
    ways: [
      edit("Deployment", {
        [`${first}.env`]: [{ name: "A", valueFrom: { configMapKeyRef: { name: "settings", key: "MODE" } } }],
      }),
      edit("ConfigMap", { data: { LEVEL: "info", MODE: "fast", colour: "red" } }),
    ],
  },
  {
    ...danglingReference,
    words: "name a host that a listener takes, or give the Gateway a listener for these",
    in: "hosts of which no listener takes one",
    ways: [
      edit("HTTPRoute", { "spec.hostnames": ["shop.example.com"] }),
      edit("Gateway", {
        "spec.listeners": [
          {
            name: "https",
            port: 443,
            protocol: "HTTPS",
            hostname: "*.example.org",
            allowedRoutes: { namespaces: { from: "All" } },
          },
        ],
      }),
    ],
  },
  {
    ...danglingReference,
    words: "copy the labels of the workload's template",
    in: "a Service that may mean either of two workloads",
    ways: [edit("Service", { "spec.selector": { app: "shop" } })],
  },
  {
    ...danglingReference,
    words: "give the template the labels that are selected: the selector of an existing workload cannot change",
    in: "an expression that its template does not satisfy",
    ways: [edit("Deployment", { "spec.template.metadata.labels": { app: "shop", tier: "web" } })],
  },
  {
    ...danglingReference,
    words: "correct the name, or declare the ConfigMap",
    in: "a ConfigMap that is not declared, in a namespace that is",
    ways: [
      both(
        more(named("core/v1:ConfigMap", "settings-5t9hk2m7gd")),
        edit("Deployment", { [`${first}.envFrom`]: [{ configMapRef: { name: "settings-5t9hk2m7gd" } }] }),
      ),
      more(named("core/v1:ConfigMap", "none", { immutable: true, data: { LEVEL: "info" } })),
    ],
  },
  {
    ...danglingReference,
    words: "correct the name, or declare the Secret",
    in: "a Secret that no controller makes",
    ways: [
      edit("Deployment", { [`${first}.envFrom`]: [{ secretRef: { name: "db" } }] }),
      more(named("external-secrets.io/v1:ExternalSecret", "other", { spec: { target: { name: "other" } } })),
    ],
  },
  {
    ...danglingReference,
    words: "correct the name, or declare the PersistentVolumeClaim",
    in: "a claim",
    ways: ["shared", "none"].map((name) =>
      both(
        more(named("core/v1:PersistentVolumeClaim", name, { spec: { accessModes: ["ReadWriteMany"] } })),
        edit("Deployment", {
          "spec.template.spec.volumes": [{ name: "v", persistentVolumeClaim: { claimName: name } }],
        }),
      ),
    ),
  },
  {
    ...danglingReference,
    words: "correct the name, or declare the StatefulSet",
    in: "a target of another kind",
    ways: [
      edit("HorizontalPodAutoscaler", { "spec.scaleTargetRef": { kind: "Rollout", name: "elsewhere" } }),
      both(
        less("Deployment"),
        more(set, ...around),
        edit("StatefulSet", { "spec.replicas": undefined, "spec.serviceName": undefined }),
      ),
    ],
  },
  {
    ...danglingReference,
    words: "correct the name, or declare the Service",
    in: "a VirtualService's host",
    ways: [edit("VirtualService", { "spec.http.0.route.0.destination.host": "shop" }), more(service)].map((way) =>
      both(way, edit("Deployment", { "spec.minReadySeconds": 10 })),
    ),
  },
  {
    ...danglingReference,
    words: "name a subset of the DestinationRule, or declare it there",
    in: "a subset of a rule that has none",
    ways: [
      edit("VirtualService", { "spec.http.0.route.0.destination.subset": undefined }),
      edit("DestinationRule", { "spec.subsets": [{ name: "stable" }] }),
    ],
  },
  {
    ...danglingReference,
    words: "give the rules of the VirtualService names, and name those that lead to both versions",
    in: "a name among routes without one",
    ways: [edit("VirtualService", { "spec.http.0.name": "primary" })],
  },
  {
    ...danglingReference,
    words: "correct the name, or declare the VirtualService",
    in: "a Rollout's VirtualService, by its name in full",
    ways: [
      edit("Rollout", { [`${istio}.virtualService.name`]: "shop" }),
      more(
        named("networking.istio.io/v1:VirtualService", "none", {
          spec: { hosts: ["shop.example.com"], gateways: ["istio-ingress/public"], http: [] },
        }),
      ),
    ],
  },
  {
    ...danglingReference,
    words: "correct the name, or declare the DestinationRule",
    in: "one of a Rollout's VirtualServices, and its rule",
    ways: [
      edit("Rollout", { [`${istio}.destinationRule.name`]: "shop" }),
      more(named("networking.istio.io/v1:DestinationRule", "none", { spec: { host: "shop" } })),
    ],
  },
  {
    ...danglingReference,
    words: "route through the gateway (trafficRouting.istio), which needs no Ingress",
    reason: "design",
    in: "a Rollout's Ingress",
    ways: [
      both(
        edit("Rollout", { [routing]: { istio: { virtualService: { name: "shop" } } } }),
        edit("VirtualService", {
          "spec.http.0.route": [
            { destination: { host: "shop" }, weight: 100 },
            { destination: { host: "shop-canary" }, weight: 0 },
          ],
        }),
      ),
    ],
  },
];
