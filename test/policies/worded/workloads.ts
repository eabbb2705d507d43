/** Workloads, their routes, images and credentials. */
import { analysisTemplate, container, deployment, digest, rollout } from "../support/fixtures";
import { object } from "../support/spec";
import { around, both, edit, less, more, type Worded } from "./worded";

const metadata = { name: "shop", namespace: "shop" };
const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const route = object("networking.istio.io/v1:VirtualService", "shop", {
  metadata,
  spec: {
    hosts: ["shop.example.com"],
    gateways: ["istio-ingress/public"],
    http: [{ route: [{ destination: { host: "shop" } }] }],
  },
});
const httpRoute = object("gateway.networking.k8s.io/v1:HTTPRoute", "shop", {
  metadata,
  spec: {
    parentRefs: [{ name: "public", namespace: "istio-ingress" }],
    hostnames: ["shop.example.com"],
    rules: [{ backendRefs: [{ name: "shop", port: 80 }] }],
  },
});
const external = object("external-secrets.io/v1:ExternalSecret", "db", {
  metadata: { name: "db", namespace: "shop" },
  spec: {
    secretStoreRef: { kind: "ClusterSecretStore", name: "aws" },
    target: { name: "db" },
    data: [{ secretKey: "password", remoteRef: { key: "shop/db", property: "password" } }],
  },
});
const claims = {
  metadata,
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: "shop" } },
    serviceName: "shop",
    volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"] } }],
    template: (deployment.props as { readonly spec: { readonly template: unknown } }).spec.template,
  },
};

const replicas: readonly Worded[] = [
  {
    rule: "pdb-exactly-one",
    words: "declare a PodDisruptionBudget with maxUnavailable: 1 and the selector of this workload",
    reason: "hidden",
    in: "no budget, and a label that no message may show",
    ways: [
      more(
        object("policy/v1:PodDisruptionBudget", "shop", {
          metadata,
          spec: {
            maxUnavailable: 1,
            unhealthyPodEvictionPolicy: "AlwaysAllow",
            selector: { matchLabels: { app: "shop", note: "of my own" } },
          },
        }),
      ),
    ],
  },
  {
    rule: "min-replicas",
    words: "declare a Deployment or a Rollout with this pod as its template",
    reason: "design",
    in: "a pod of its own",
    ways: [deployment, rollout].map((workload) => both(less("Pod"), more(workload, analysisTemplate, ...around))),
  },
  {
    rule: "release-has-room",
    words:
      "give each pod its volume (volumeClaimTemplates of a StatefulSet), or name a claim with accessModes: [ReadWriteMany] whose storage class has it, such as EFS",
    reason: "design",
    in: "a claim that one node holds",
    ways: [
      both(
        less("Deployment"),
        more({ type: "kubernetes:apps/v1:StatefulSet", name: "shop", props: claims }, ...around),
      ),
      edit("PersistentVolumeClaim", { "spec.accessModes": ["ReadWriteMany"], "spec.storageClassName": "efs" }),
    ],
  },
  {
    rule: "config-rolls",
    words: "make it a Job with argocd.argoproj.io/hook: PreSync, and keep the schema fit for both versions",
    reason: "design",
    in: "a migration in each of three pods",
    ways: [
      both(
        edit("Deployment", { [`${pod}.initContainers`]: undefined }),
        more(
          object("batch/v1:Job", "migrate", {
            metadata: { name: "migrate", namespace: "shop", annotations: { "argocd.argoproj.io/hook": "PreSync" } },
            spec: {
              backoffLimit: 1,
              activeDeadlineSeconds: 600,
              template: {
                spec: {
                  restartPolicy: "Never",
                  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
                  containers: [{ ...container, command: ["./migrate", "up"] }],
                },
              },
            },
          }),
        ),
      ),
    ],
  },
];

const stored: readonly Worded[] = [
  {
    rule: "api-accepts",
    words: "put it into the image or a volume, or split it into several objects",
    reason: "design",
    in: "more than a mebibyte",
    ways: [
      both(edit("ConfigMap", { data: {} }), edit("Secret", { stringData: {} })),
      both(
        edit("ConfigMap", { data: { a: "x" } }),
        edit("Secret", { stringData: { a: "x" } }),
        more(object("core/v1:ConfigMap", "more", { metadata: { name: "more", namespace: "shop" }, data: { b: "x" } })),
      ),
    ],
  },
  {
    rule: "keepalive-exceeds-idle",
    words: "raise the server's keep-alive to what the annotation states",
    reason: "hidden",
    in: "an option inside of a shell's text",
    ways: [edit("Deployment", { [`${first}.command`]: ["sh", "-c", "serve --keep-alive 65"] })],
  },
  {
    rule: "no-plain-secrets",
    words:
      "put it into Secrets Manager and mount it through an ExternalSecret; then change the credential, because it has been written down",
    reason: "hidden",
    in: "a password in env",
    ways: [
      both(
        more(external),
        edit("Deployment", {
          [`${first}.env`]: [],
          [`${pod}.volumes`]: [{ name: "db", secret: { secretName: "db" } }],
          [`${first}.volumeMounts`]: [{ name: "db", mountPath: "/var/run/db", readOnly: true }],
        }),
      ),
    ],
  },
  {
    rule: "image-digest",
    words: "append the digest that the release workflow printed",
    reason: "pin",
    in: "63 digits",
    ways: [edit("Deployment", { [`${first}.image`]: `example.com/shop:1.4.2@${digest}` })],
  },
];

const entrances: readonly Worded[] = [
  {
    rule: "routes-own-hosts",
    words: "route to the application's own Service",
    reason: "fact",
    in: "a namespace that the environment does not know",
    ways: [
      edit("VirtualService", {
        "metadata.namespace": "shop",
        "spec.http.1.route": [
          { destination: { host: "shop-stable" }, weight: 100 },
          { destination: { host: "shop-canary" } },
        ],
      }),
    ],
  },
  {
    rule: "entrance-only",
    words:
      "route through the gateway; until then set alb.ingress.kubernetes.io/listen-ports to '[{\"HTTPS\": 443}]', with a certificate",
    reason: "design",
    in: "plain HTTP to the internet",
    ways: [both(less("Ingress"), more(route))],
  },
  {
    rule: "entrance-only",
    words: "write it as a VirtualService or an HTTPRoute of the gateway",
    reason: "design",
    in: "TLS on a load balancer of its own",
    ways: [route, httpRoute].map((one) => both(less("Ingress"), more(one))),
  },
];

/** Sentences of rules about objects of the cluster. */
export const workloadWords: readonly Worded[] = [...replicas, ...stored, ...entrances];
