/** Cases of the rule about what the API server accepts. */
import { apiAccepts } from "../../../../../policies/zero-downtime/api-server/api-accepts";
import { but, digest, rollout } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, type Spec } from "../../../support/spec";
import { jobCases } from "./accepted-jobs";
import { serviceCases } from "./accepted-services";

const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const metadata = { name: "shop", namespace: "shop" };
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
    metadata,
    spec: {
      selector: { matchLabels: { app: "shop" } },
      template: { metadata: { labels: { app: "shop" } }, spec: { containers: [container] } },
    },
  },
};
const of = (one: Given, changes: Readonly<Record<string, unknown>>) => given(but(one, changes));
const mounted = (...mounts: readonly object[]) => ({ [`${first}.volumeMounts`]: mounts });
const cache = { name: "cache", mountPath: "/cache" };
const statefulSet = but(
  { ...deployment, type: "kubernetes:apps/v1:StatefulSet" },
  { "spec.strategy": undefined, "spec.serviceName": "shop" },
);
const service = (spec: object) =>
  object("core/v1:Service", "shop", { metadata, spec: { selector: { app: "shop" }, ...spec } });
const http = { name: "http", port: 80, targetPort: "http" };
const configMap = (props: object) => object("core/v1:ConfigMap", "settings", { metadata, ...props });
const secret = (props: object) => object("core/v1:Secret", "stored", { metadata, ...props });
const tolerating = (toleration: object) => ({ [`${pod}.tolerations`]: [toleration] });
const mebibyte = 1_048_576;
const zone = {
  maxSkew: 1,
  topologyKey: "topology.kubernetes.io/zone",
  whenUnsatisfiable: "DoNotSchedule",
  labelSelector: { matchLabels: { app: "shop" } },
};
const probeOf = (path: string) => ({ httpGet: { path, port: "http" } });

const token = (expirationSeconds: number | undefined) => ({
  name: "token",
  projected: { sources: [{ serviceAccountToken: { path: "token", expirationSeconds } }] },
});

/** Cases of the rule about what the API server accepts. */
export const acceptedSpecs: readonly Spec[] = [
  {
    rule: apiAccepts,
    good: {
      ...jobCases.good,
      ...serviceCases.good,
      "devices that the pod claims": of(deployment, {
        [`${pod}.resourceClaims`]: [{ name: "gpu", resourceClaimTemplateName: "gpu" }],
        [`${first}.resources.claims`]: [{ name: "gpu" }],
      }),
      "a container that comes back, as it says": of(deployment, { [`${first}.restartPolicy`]: "Always" }),
      "a token for ten minutes, and one for an hour": of(deployment, {
        [`${pod}.volumes`]: [token(600), { ...token(undefined), name: "second" }],
      }),
      "domains that must be there": of(deployment, {
        [`${pod}.topologySpreadConstraints`]: [{ ...zone, minDomains: 3, nodeTaintsPolicy: "Honor" }],
      }),
      "a deployment whose mounts have volumes": of(deployment, {
        ...mounted(cache, { name: "cache", mountPath: "/tmp", subPath: "tmp" }),
        [`${pod}.volumes`]: [{ name: "cache", emptyDir: {} }],
      }),
      "a StatefulSet that mounts its claims": of(statefulSet, {
        ...mounted({ name: "data", mountPath: "/data" }),
        "spec.volumeClaimTemplates": [{ metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"] } }],
      }),
      "a rollout, and one with another's pods": given(
        rollout,
        but(rollout, { "spec.template": undefined, "spec.workloadRef": { kind: "Deployment", name: "shop" } }),
      ),
      "a volume of which nothing is said, which is an empty folder": of(deployment, {
        ...mounted(cache),
        [`${pod}.volumes`]: [{ name: "cache" }],
      }),
      "ports without names, and the longest name": of(deployment, {
        [`${first}.ports`]: [
          { containerPort: 1 },
          { containerPort: 65_535 },
          { name: "http-metrics-15", containerPort: 80 },
        ],
      }),
      "one port over TCP and UDP": of(
        service({
          ports: [
            { ...http, name: "dns" },
            { ...http, name: "udp", protocol: "UDP" },
          ],
        }),
        {},
      ),
      "a Service of one port without a name": given(service({ ports: [{ port: 80 }] })),
      "a Service without an address, and one that is only a name": given(
        service({ clusterIP: "None" }),
        but(service({ type: "ExternalName", externalName: "db.example.com" }), { "spec.selector": undefined }),
      ),
      "a name server of its own": of(deployment, {
        [`${pod}.dnsPolicy`]: "None",
        [`${pod}.dnsConfig`]: { nameservers: ["10.100.0.10"] },
      }),
      "always restarted, where that is said": of(deployment, { [`${pod}.restartPolicy`]: "Always" }),
      "a mebibyte of settings": given(configMap({ data: { a: "x".repeat(mebibyte) } })),
      "as much in base64": given(secret({ data: { a: "A".repeat((mebibyte * 4) / 3) } })),
      "tolerations of all forms": given(
        but(deployment, tolerating({ key: "spot", operator: "Exists", effect: "NoSchedule" })),
        but(deployment, tolerating({ key: "spot", value: "true" })),
        but(deployment, tolerating({ key: "spot", operator: "Exists", effect: "NoExecute", tolerationSeconds: 30 })),
        but(deployment, tolerating({ operator: "Exists" })),
      ),
      "two spreads by zone, one of them a wish": of(deployment, {
        [`${pod}.topologySpreadConstraints`]: [zone, { ...zone, whenUnsatisfiable: "ScheduleAnyway" }],
      }),
      "an empty value beside a reference": of(deployment, {
        [`${first}.env`]: [{ name: "A", value: "", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
      }),
      "a workflow, which its own controller validates": given(
        object("argoproj.io/v1alpha1:Workflow", "build", {
          metadata,
          spec: { templates: [{ name: "a", container: { image: "a", volumeMounts: [cache] } }] },
        }),
      ),
    },
    bad: {
      ...serviceCases.bad,
      "a device that the pod does not claim": of(deployment, {
        [`${pod}.resourceClaims`]: [{ name: "gpu", resourceClaimTemplateName: "gpu" }],
        [`${first}.resources.claims`]: [{ name: "gpu" }, { name: "nic" }],
      }),
      "a container that is never started again": of(deployment, { [`${first}.restartPolicy`]: "OnFailure" }),
      "a token for a minute": of(deployment, { [`${pod}.volumes`]: [token(60)] }),
      "domains beside a spread that may fail": of(deployment, {
        [`${pod}.topologySpreadConstraints`]: [{ ...zone, minDomains: 3, whenUnsatisfiable: "ScheduleAnyway" }],
      }),
      "a spread that honors nodes in small letters": of(deployment, {
        [`${pod}.topologySpreadConstraints`]: [{ ...zone, nodeTaintsPolicy: "honor", nodeAffinityPolicy: "ignore" }],
      }),
      ...jobCases.bad,
      "a mount without a volume": of(deployment, mounted(cache)),
      "a mount of a native sidecar, in a rollout": of(rollout, {
        [`${pod}.initContainers`]: [{ ...container, name: "tls", restartPolicy: "Always", volumeMounts: [cache] }],
      }),
      "a device without a claim": of(statefulSet, {
        [`${first}.volumeDevices`]: [{ name: "disk", devicePath: "/dev/x" }],
      }),
      "two mounts at one path": of(deployment, {
        ...mounted(cache, cache),
        [`${pod}.volumes`]: [{ name: "cache", emptyDir: {} }],
      }),
      "two volumes of one name": of(deployment, {
        [`${pod}.volumes`]: [
          { name: "a", emptyDir: {} },
          { name: "a", configMap: { name: "b" } },
        ],
      }),
      "a volume from two sources": of(deployment, {
        [`${pod}.volumes`]: [{ name: "a", emptyDir: {}, secret: { secretName: "b" } }],
      }),
      "two containers of one name": of(deployment, { [`${pod}.containers`]: [container, container] }),
      "an init container called as another one": of(deployment, {
        [`${pod}.initContainers`]: [container],
      }),
      "two ports of one name": of(deployment, {
        [`${first}.ports`]: [
          { name: "http", containerPort: 8080 },
          { name: "http", containerPort: 9090 },
        ],
      }),
      "a name that no port can have": of(deployment, {
        [`${first}.ports`]: [
          { name: "http", containerPort: 8080 },
          { name: "prometheus-metrics", containerPort: 9090 },
        ],
      }),
      "probes that count below zero": of(deployment, {
        [`${first}.readinessProbe.periodSeconds`]: -1,
        [`${first}.livenessProbe.initialDelaySeconds`]: -5,
      }),
      "a port beyond the last": of(deployment, {
        [`${first}.ports`]: [{ name: "http", containerPort: 8080 }, { containerPort: 80_808 }],
      }),
      "a variable twice": of(deployment, {
        [`${first}.env`]: [
          { name: "PORT", value: "8080" },
          { name: "PORT", value: "9090" },
        ],
      }),
      "a value and where it comes from": of(deployment, {
        [`${first}.env`]: [{ name: "A", value: "b", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
      }),
      "a probe that asks twice, and one that asks nothing": of(deployment, {
        [`${first}.livenessProbe`]: { ...probeOf("/alive"), tcpSocket: { port: "http" } },
        [`${first}.startupProbe`]: { periodSeconds: 5 },
      }),
      "a hook of two commands": of(deployment, {
        [`${first}.lifecycle`]: { preStop: { sleep: { seconds: 15 }, exec: { command: ["sleep", "15"] } } },
      }),
      "a readiness probe with a grace period": of(deployment, {
        [`${first}.readinessProbe`]: { ...probeOf("/ready"), terminationGracePeriodSeconds: 10 },
      }),
      "no name server": of(deployment, { [`${pod}.dnsPolicy`]: "None" }),
      "a deployment whose pods are not restarted": of(deployment, { [`${pod}.restartPolicy`]: "Never" }),
      "a deployment whose pods end": of(deployment, { [`${pod}.activeDeadlineSeconds`]: 60 }),
      "a toleration with too much, and with too little": given(
        but(deployment, tolerating({ key: "spot", operator: "Exists", value: "true", effect: "NoSchedule" })),
        but({ ...deployment, name: "keyless" }, tolerating({ operator: "Equal", value: "true", effect: "NoSchedule" })),
        but(
          { ...deployment, name: "timed" },
          tolerating({ key: "spot", operator: "Exists", effect: "NoSchedule", tolerationSeconds: 9 }),
        ),
      ),
      "two spreads by zone": of(deployment, { [`${pod}.topologySpreadConstraints`]: [zone, zone] }),
      "two ports of a Service without names": given(
        service({
          ports: [
            { port: 80, targetPort: "http" },
            { port: 8080, targetPort: "http" },
          ],
        }),
      ),
      "two ports of a Service of one name, and at one number": given(
        service({ ports: [http, { ...http, port: 8080 }, { ...http, name: "web" }] }),
      ),
      "a Service at a port beyond the last": given(service({ ports: [http, { ...http, name: "late", port: 80_808 }] })),
      "a Service with an address and no port": given(service({})),
      "a load balancer without an address": given(service({ type: "LoadBalancer", clusterIP: "None", ports: [http] })),
      "more than a mebibyte": given(
        configMap({ data: { a: "x".repeat(mebibyte) }, binaryData: { b: "AAAA" } }),
        secret({ stringData: { a: "x".repeat(mebibyte + 1) } }),
      ),
    },
  },
];
