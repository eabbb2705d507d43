/** Kubernetes objects that every rule accepts; with the AWS ones and what changes them, for tests to import. */
import { but } from "./change";
import type { Given } from "./rule";

export * from "./change";
export * from "./fixtures-aws";

type Props = Readonly<Record<string, unknown>>;

/** A digest of the right form. */
export const digest = `sha256:${"a".repeat(64)}`;

const labels = { app: "shop" };

/** A container that every rule accepts. */
export const container = {
  name: "shop",
  image: `example.com/shop:1.4.2@${digest}`,
  ports: [{ name: "http", containerPort: 8080 }],
  readinessProbe: { httpGet: { path: "/ready", port: "http" } },
  livenessProbe: { httpGet: { path: "/alive", port: 8080 } },
  lifecycle: { preStop: { sleep: { seconds: 15 } } },
  resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { memory: "256Mi" } },
  env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }],
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
};

/** A pod template that every rule accepts. */
export const template = {
  metadata: { labels, annotations: { "fridayproof.dev/keep-alive-seconds": "65" } },
  spec: {
    terminationGracePeriodSeconds: 60,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: { matchLabels: labels },
      },
    ],
    containers: [container],
  },
};

const metadata = { name: "shop", namespace: "shop" };

/** An application's Deployment. */
export const deployment: Given = {
  type: "kubernetes:apps/v1:Deployment",
  name: "shop",
  props: {
    metadata,
    spec: {
      replicas: 3,
      selector: { matchLabels: labels },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
      template,
    },
  },
};

/** An application's Rollout. */
export const rollout: Given = {
  type: "kubernetes:argoproj.io/v1alpha1:Rollout",
  name: "shop",
  props: {
    metadata,
    spec: {
      replicas: 3,
      selector: { matchLabels: labels },
      progressDeadlineAbort: true,
      strategy: {
        canary: {
          canaryService: "shop-canary",
          stableService: "shop",
          trafficRouting: { istio: { virtualService: { name: "shop" } } },
          scaleDownDelaySeconds: 540,
          analysis: { templates: [{ templateName: "slo" }] },
          steps: [
            { setWeight: 5 },
            { pause: { duration: "2m" } },
            { analysis: { templates: [{ templateName: "slo" }] } },
            { setWeight: 50 },
            { pause: { duration: 120 } },
          ],
        },
      },
      template,
    },
  },
};

/** Its analysis. */
export const analysisTemplate: Given = {
  type: "kubernetes:argoproj.io/v1alpha1:AnalysisTemplate",
  name: "slo",
  props: {
    metadata: { name: "slo", namespace: "shop" },
    spec: {
      metrics: [
        {
          name: "success",
          initialDelay: "30s",
          failureLimit: 0,
          successCondition: "len(result) > 0 && !isNaN(result[0]) && result[0] >= 0.99",
          failureCondition: "len(result) > 0 && !isNaN(result[0]) && result[0] < 0.99",
          provider: { prometheus: { address: "http://prometheus", query: "ratio" } },
        },
      ],
    },
  },
};

/** Its disruption budget. */
export const budget: Given = {
  type: "kubernetes:policy/v1:PodDisruptionBudget",
  name: "shop",
  props: {
    metadata,
    spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow", selector: { matchLabels: labels } },
  },
};

/** Its autoscaler. */
export const autoscaler: Given = {
  type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  name: "shop",
  props: { metadata, spec: { minReplicas: 3, maxReplicas: 10, scaleTargetRef: { kind: "Deployment", name: "shop" } } },
};

/** The release of the gateway chart. */
export const gateway: Given = {
  type: "kubernetes:helm.sh/v3:Release",
  name: "istio-ingress",
  options: { protect: true },
  props: {
    chart: "gateway",
    version: "1.30.3",
    values: {
      terminationGracePeriodSeconds: 90,
      lifecycle: { preStop: { sleep: { seconds: 40 } } },
      podAnnotations: { "proxy.istio.io/config": "terminationDrainDuration: 30s\ndrainDuration: 45s\n" },
    },
  },
};

/** An application of Argo CD. */
export const application: Given = {
  type: "kubernetes:argoproj.io/v1alpha1:Application",
  name: "shop",
  props: {
    metadata: { name: "shop", namespace: "argocd" },
    spec: {
      project: "shop",
      source: { repoURL: "https://github.com/acme/manifests.git", path: "shop", targetRevision: "b".repeat(40) },
      syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: ["ServerSideApply=true"] },
      ignoreDifferences: [{ group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] }],
    },
  },
};

/** A set of applications. */
export const applicationSet: Given = {
  type: "kubernetes:argoproj.io/v1alpha1:ApplicationSet",
  name: "apps",
  props: {
    metadata: { name: "apps", namespace: "argocd" },
    spec: {
      generators: [{ git: { repoURL: "https://github.com/acme/manifests.git", revision: "b".repeat(40) } }],
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        metadata: { name: "{{.path.basename}}" },
        spec: (application.props as { readonly spec: Props }).spec,
      },
    },
  },
};

/** An application's namespace. */
export const namespace: Given = {
  type: "kubernetes:core/v1:Namespace",
  name: "shop",
  props: { metadata: { name: "shop", labels: { "pod-security.kubernetes.io/enforce": "restricted" } } },
};

/** The gateway as its chart renders it. */
export const gatewayPods: Given = but(
  { ...deployment, name: "istio-ingress" },
  {
    "metadata.namespace": "istio-ingress",
    "spec.template.metadata": {
      labels: { istio: "ingress", "sidecar.istio.io/inject": "true" },
      annotations: { "inject.istio.io/templates": "gateway", "proxy.istio.io/config": "terminationDrainDuration: 30s" },
    },
    "spec.template.spec.terminationGracePeriodSeconds": 90,
    "spec.template.spec.containers.0.lifecycle.preStop.sleep.seconds": 40,
  },
);
