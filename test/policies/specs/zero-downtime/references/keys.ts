/** Cases of references-resolve: keys that pods read, how they find Services, and what they pull images with. */
import { unknownSentinels } from "../../../../../policies/kit/reading/value";
import { but, digest, namespace } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, type Spec } from "../../../support/spec";

const [UNKNOWN] = unknownSentinels;
const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
/** As little as a container and a workload can say: each property is changed in each case. */
const container = {
  name: "shop",
  image: `example.com/shop:1.4.2@${digest}`,
  ports: [{ name: "http", containerPort: 8080 }],
};
const deployment: Given = {
  type: "kubernetes:apps/v1:Deployment",
  name: "shop",
  props: {
    metadata: { name: "shop", namespace: "shop" },
    spec: {
      selector: { matchLabels: { app: "shop" } },
      template: { metadata: { labels: { app: "shop" } }, spec: { containers: [container] } },
    },
  },
};
const named = (token: string, name: string, props: Readonly<Record<string, unknown>> = {}) =>
  object(token, name, { metadata: { name, namespace: "shop" }, ...props });
const config = (data: object | undefined) => named("core/v1:ConfigMap", "settings", { data, immutable: true });
const reading = (key: string, more: object = {}) =>
  but(deployment, {
    [`${first}.env`]: [{ name: "A", valueFrom: { configMapKeyRef: { name: "settings", key, ...more } } }],
  });
const secretly = (key: string) =>
  but(deployment, { [`${first}.env`]: [{ name: "A", valueFrom: { secretKeyRef: { name: "db", key } } }] });
const mounting = (volume: object) =>
  but(deployment, { [`${pod}.volumes`]: [{ name: "v", ...volume }], [`${first}.env`]: [] });
const item = (key: string) => ({ items: [{ key, path: "a" }] });
const external = (spec: object) =>
  named("external-secrets.io/v1:ExternalSecret", "db", { spec: { target: { name: "db" }, ...spec } });
const read = { data: [{ secretKey: "password", remoteRef: { key: "shop/db" } }] };
const pulling = (name: string) => but(deployment, { [`${pod}.imagePullSecrets`]: [{ name }] });
const service = (spec: object) =>
  named("core/v1:Service", "shop", {
    spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: "http" }], ...spec },
  });
const local = service({ internalTrafficPolicy: "Local" });
const agent = { ...but(deployment, { "spec.strategy": undefined }), type: "kubernetes:apps/v1:DaemonSet" };

/** Cases of references-resolve: keys, resolution and pulls. */
export const keyCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "keys that are there": given(
      namespace,
      but(reading("level"), {
        [`${pod}.volumes`]: [{ name: "v", configMap: { name: "settings", ...item("app.yaml") } }],
      }),
      config({ level: "info", "app.yaml": "a: 1" }),
    ),
    "a key that may be absent": given(reading("level", { optional: true }), config({ LEVEL: "info" })),
    "a ConfigMap that somebody fills in": given(reading("level"), config(undefined)),
    "a ConfigMap of a folder that does not hold it": given(reading("level")),
    "keys of Secrets that controllers make": given(secretly("password"), external(read)),
    "a key of a template, and of a template that adds some": given(
      secretly("url"),
      external({ ...read, target: { name: "db", template: { data: { url: "x" } } } }),
    ),
    "keys that only the store knows": given(secretly("user"), external({ ...read, dataFrom: [{ extract: {} }] })),
    "a Secret that others fill in too": given(
      secretly("user"),
      external({ ...read, target: { name: "db", creationPolicy: "Merge" } }),
    ),
    "a Secret of two objects": given(
      secretly("user"),
      external(read),
      named("core/v1:Secret", "db", { data: { a: "" } }),
    ),
    "the keys of a certificate": given(
      mounting({ secret: { secretName: "tls", ...item("tls.crt") } }),
      named("cert-manager.io/v1:Certificate", "c", { spec: { secretName: "tls" } }),
    ),
    "a sealed key": given(
      secretly("password"),
      named("bitnami.com/v1alpha1:SealedSecret", "db", { spec: { encryptedData: { password: "x" } } }),
    ),
    "credentials of the registry that are made": given(
      namespace,
      pulling("db"),
      external(read),
      named("core/v1:ServiceAccount", "shop", { imagePullSecrets: [{ name: "db" }] }),
    ),
    "credentials, where no Secret is in sight": given(namespace, pulling("registry")),
    "names of the node for an add-on, and for a pod of the node's network": given(
      but(deployment, { "metadata.namespace": "kube-system", [`${pod}.dnsPolicy`]: "Default" }),
      but(deployment, { [`${pod}.dnsPolicy`]: "Default", [`${pod}.hostNetwork`]: true }),
    ),
    "an agent that each node asks": given(namespace, agent, local),
    "a Service without an address": given(
      namespace,
      deployment,
      service({ internalTrafficPolicy: "Local", clusterIP: "None" }),
    ),
  },
  bad: {
    "a key in another case": given(namespace, reading("level"), config({ LEVEL: "info", MODE: "fast" })),
    "a key that nobody can guess": given(namespace, reading("colour"), config({ LEVEL: "info", MODE: "fast" })),
    "a file with another ending": given(
      mounting({ configMap: { name: "settings", ...item("app.yml") } }),
      config({ "app.yaml": "a: 1" }),
    ),
    "a key of a projected source, and of a native sidecar": given(
      but(mounting({ projected: { sources: [{ configMap: { name: "settings", ...item("a") } }] } }), {
        [`${pod}.initContainers`]: [
          {
            ...container,
            name: "tls",
            restartPolicy: "Always",
            env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "settings", key: "b" } } }],
          },
        ],
      }),
      config({ level: "info" }),
    ),
    "a key that a Secret has not": given(
      secretly("user"),
      named("core/v1:Secret", "db", { stringData: { password: "" }, immutable: true }),
    ),
    "a key that no controller makes": given(secretly("user"), external(read)),
    "a key that a template takes away": given(
      secretly("password"),
      external({ ...read, target: { name: "db", template: { data: { url: "x" } } } }),
    ),
    "a key that no certificate has": given(
      mounting({ secret: { secretName: "tls", ...item("tls.pem") } }),
      named("cert-manager.io/v1:Certificate", "c", { spec: { secretName: "tls" } }),
    ),
    "keys that a preview hides": given(
      reading("level"),
      named("core/v1:ConfigMap", "settings", { data: UNKNOWN, immutable: true }),
    ),
    "credentials of the registry that nobody makes": given(pulling("registry"), external(read)),
    "an account with such credentials": given(
      namespace,
      deployment,
      external(read),
      named("core/v1:ServiceAccount", "shop", { imagePullSecrets: [{ name: "registry" }] }),
    ),
    "names of the node": given(but(deployment, { [`${pod}.dnsPolicy`]: "Default" })),
    "pods that are not on every node": given(namespace, deployment, local),
  },
};
