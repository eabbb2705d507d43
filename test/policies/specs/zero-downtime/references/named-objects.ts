/** Cases of references-resolve: what pods and autoscalers name. */
import { unknownSentinels } from "../../../../../policies/kit/reading/value";
import { autoscaler, budget, but, deployment, namespace } from "../../../support/fixtures";
import { given, object, type Spec } from "../../../support/spec";
import { calledCases } from "./webhooks";
import { controlledCases } from "./controller-references";
import { projectCases } from "./projects";
import { selectedCases } from "./service-targets";
import { solverCases } from "./solvers";

const [UNKNOWN] = unknownSentinels;
const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const named = (token: string, name: string, props: Readonly<Record<string, unknown>> = {}) =>
  object(token, name, { metadata: { name, namespace: "shop" }, ...props });
const config = named("core/v1:ConfigMap", "shop");
const claim = named("core/v1:PersistentVolumeClaim", "data");
const account = named("core/v1:ServiceAccount", "shop");
const reading = (name: string, more: object = {}) =>
  but(deployment, { [`${first}.envFrom`]: [{ configMapRef: { name, ...more } }] });
const secretly = (name: string) =>
  but(deployment, { [`${first}.envFrom`]: [{ secretRef: { name } }], [`${first}.env`]: [] });
const mounting = (volume: object) => but(deployment, { [`${pod}.volumes`]: [{ name: "v", ...volume }] });
const external = named("external-secrets.io/v1:ExternalSecret", "db-remote", { spec: { target: { name: "db" } } });
const set = {
  ...but(deployment, { [`${pod}.volumes`]: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }] }),
  type: "kubernetes:apps/v1:StatefulSet",
};
const scaling = (kind: string, name: string) => but(autoscaler, { "spec.scaleTargetRef": { kind, name } });
const keda = named("keda.sh/v1alpha1:ScaledObject", "shop", { spec: { scaleTargetRef: { name: "web" } } });
const vertical = named("autoscaling.k8s.io/v1:VerticalPodAutoscaler", "shop", {
  spec: { targetRef: { kind: "Deployment", name: "web" } },
});
const api = { app: "api" };
const headless = (name: string, selector: object) =>
  named("core/v1:Service", name, {
    spec: { clusterIP: "None", selector, ports: [{ name: "http", port: 80, targetPort: "http" }] },
  });

/** Cases of references-resolve: what pods and autoscalers name. */
export const nameCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a ConfigMap that is declared": given(namespace, reading("shop"), config),
    "a ConfigMap of a folder that shows no other, nor the namespace": given(reading("shop")),
    "a ConfigMap that may be absent": given(namespace, reading("none", { optional: true })),
    "a ConfigMap that every namespace has": given(namespace, reading("kube-root-ca.crt")),
    "a Secret, where none is in sight": given(namespace, secretly("db")),
    "a Secret beside one, in part of a namespace": given(secretly("db"), named("core/v1:Secret", "tls")),
    "Secrets of the controllers that make them": given(
      namespace,
      secretly("db"),
      external,
      mounting({
        projected: {
          sources: [
            { secret: { name: "cert" } },
            { secret: { name: "sealed" } },
            { secret: { name: "everywhere" } },
            { secret: { name: "mounted" } },
          ],
        },
      }),
      named("cert-manager.io/v1:Certificate", "c", { spec: { secretName: "cert" } }),
      named("bitnami.com/v1alpha1:SealedSecret", "sealed"),
      object("external-secrets.io/v1:ClusterExternalSecret", "everywhere", {}),
      named("secrets-store.csi.x-k8s.io/v1:SecretProviderClass", "p", {
        spec: { secretObjects: [{ secretName: "mounted" }] },
      }),
    ),
    "a claim that is declared": given(namespace, mounting({ persistentVolumeClaim: { claimName: "data" } }), claim),
    "a claim of the StatefulSet's own template": given(
      namespace,
      but(set, { "spec.volumeClaimTemplates": [{ metadata: { name: "data" } }] }),
    ),
    "a Service's name where no StatefulSet reads it": given(namespace, but(deployment, { "spec.serviceName": "none" })),
    "the account that every namespace has": given(
      namespace,
      account,
      but(deployment, { [`${pod}.serviceAccountName`]: "default" }),
    ),
    "a target of a kind that nobody knows": given(namespace, deployment, scaling("Fleet", "web")),
    "a target among workloads that a preview hides": given(namespace, deployment, scaling("Deployment", "shop")),
    ...controlledCases.good,
    ...selectedCases.good,
    ...calledCases.good,
    ...solverCases.good,
    ...projectCases.good,
  },
  bad: {
    "a ConfigMap that is not declared, in a namespace that is": given(namespace, reading("none")),
    "a ConfigMap that is not declared, beside others": given(reading("none"), config),
    "a key of a ConfigMap, and the same one again": given(
      namespace,
      but(mounting({ configMap: { name: "none" } }), {
        [`${first}.env`]: [{ name: "A", valueFrom: { configMapKeyRef: { name: "none", key: "a" } } }],
      }),
    ),
    "a Secret that no controller makes": given(secretly("other"), external),
    "a key of a Secret": given(namespace, deployment, named("core/v1:Secret", "tls")),
    "a volume of a Secret, and a projected ConfigMap": given(
      namespace,
      external,
      but(deployment, {
        [`${pod}.volumes`]: [
          { name: "a", secret: { secretName: "none" } },
          { name: "b", projected: { sources: [{ configMap: { name: "none" } }] } },
        ],
      }),
    ),
    "a claim": given(namespace, mounting({ persistentVolumeClaim: { claimName: "none" } })),
    "a claim beside no template": given(namespace, set),
    "a StatefulSet's configuration beside its templates": given(
      namespace,
      but(set, {
        "spec.volumeClaimTemplates": [{ metadata: { name: "data" } }],
        [`${first}.envFrom`]: [{ configMapRef: { name: "none" } }],
      }),
    ),
    "a claim of a Deployment, which makes none": given(namespace, {
      ...but(set, { "spec.volumeClaimTemplates": [{ metadata: { name: "data" } }] }),
      type: deployment.type,
    }),
    "an account": given(account, but(deployment, { [`${pod}.serviceAccountName`]: "none" })),
    "a job's ConfigMap": given(namespace, deployment, {
      ...reading("none"),
      type: "kubernetes:batch/v1:Job",
      name: "job",
    }),
    "a StatefulSet's Service": given(namespace, {
      ...but(deployment, { "spec.serviceName": "none" }),
      type: "kubernetes:apps/v1:StatefulSet",
    }),
    "a mistyped Service of a StatefulSet, and one of a like name that has other pods": given(
      namespace,
      { ...but(deployment, { "spec.serviceName": "shup" }), type: "kubernetes:apps/v1:StatefulSet" },
      {
        ...but(deployment, {
          "metadata.name": "api",
          "spec.serviceName": "shap",
          "spec.selector.matchLabels": api,
          "spec.template.metadata.labels": api,
        }),
        type: "kubernetes:apps/v1:StatefulSet",
        name: "api",
      },
      headless("shop", { app: "shop" }),
      headless("unrelated", api),
    ),
    "an autoscaler's target": given(deployment, scaling("Deployment", "web")),
    "a mistyped target, among workloads of other names and namespaces": given(
      but({ ...deployment, name: "elsewhere" }, { "metadata.namespace": "web" }),
      but({ ...deployment, name: "admin" }, { "metadata.name": "admin" }),
      deployment,
      scaling("Deployment", "shup"),
    ),
    "a mistyped target whose number of pods nobody states": given(
      but(deployment, { "spec.replicas": undefined }),
      budget,
      scaling("Deployment", "shup"),
    ),
    "a target of another kind": given(deployment, scaling("StatefulSet", "shop")),
    "KEDA's target": given(deployment, keda),
    "a vertical autoscaler's target": given(deployment, vertical),
    "a name that a preview hides": given(namespace, reading("shop"), but(config, { "metadata.name": UNKNOWN })),
    "a broken object beside it": given(namespace, reading("none"), but(config, { metadata: 7 })),
    ...controlledCases.bad,
    ...selectedCases.bad,
    ...calledCases.bad,
    ...solverCases.bad,
    ...projectCases.bad,
  },
};
