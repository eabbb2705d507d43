/** Cases of the rules about probes. */
import { probesDistinct, readinessProbe } from "../../../../../policies/zero-downtime/pods/probes";
import { but, container, deployment, rollout } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, type Spec, UNKNOWN } from "../../../support/spec";

const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const probing = (liveness: unknown, readiness: unknown): Given =>
  but(deployment, { [`${first}.livenessProbe`]: liveness, [`${first}.readinessProbe`]: readiness });

const silent = but(deployment, { [`${first}.readinessProbe`]: undefined });
const service = (spec: object): Given =>
  object("core/v1:Service", "shop", {
    metadata: { name: "shop", namespace: "shop" },
    spec: { selector: { app: "shop" }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
  });

const exporter = but(service({ clusterIP: "None", ports: [{ name: "https", port: 8443, targetPort: 8080 }] }), {
  "metadata.labels": { app: "shop" },
});
const monitor = object("monitoring.coreos.com/v1:ServiceMonitor", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { selector: { matchLabels: { app: "shop" } }, endpoints: [{ port: "https" }] },
});

/** Cases of the rules about probes. */
export const probeSpecs: readonly Spec[] = [
  {
    rule: readinessProbe,
    good: {
      "it says when it is ready": given(deployment),
      "no Service leads to it": given(service({ selector: { app: "other" } }), silent),
      "only monitoring reads its port": given(
        but(silent, { [`${first}.ports`]: [{ name: "http-metrics", containerPort: 9090 }] }),
      ),
      "the port that its annotation names for Prometheus": given(
        but(silent, { "spec.template.metadata.annotations": { "prometheus.io/port": "8080" } }),
      ),
      "its delivery decides where it stands, and Services are out of sight": given(
        but(silent, { "metadata.namespace": undefined }),
      ),
      "only Prometheus reads a Service without an address": given(exporter, monitor, silent),
      "the injector fills in the proxy": given(but(silent, { [`${first}.image`]: "auto" })),
      "a minute until traffic stops": given(but(deployment, { [`${first}.readinessProbe.failureThreshold`]: 6 })),
      "a command that can fail": given(
        but(deployment, { [`${first}.readinessProbe`]: { exec: { command: ["sh", "-c", "test -f /ready"] } } }),
      ),
      "it does not listen": given(but(deployment, { [`${first}.ports`]: [], [`${first}.readinessProbe`]: undefined })),
      "peers that find each other before they are ready": given(
        service({ clusterIP: "None", publishNotReadyAddresses: true }),
        deployment,
      ),
      "a Service of nobody in sight": given(service({ selector: { app: "other" }, publishNotReadyAddresses: true })),
    },
    bad: {
      unset: given(but(deployment, { [`${first}.readinessProbe`]: undefined })),
      "Prometheus reads a Service with an address": given(
        but(exporter, { "spec.clusterIP": undefined }),
        monitor,
        silent,
      ),
      "Prometheus reads another Service": given(
        exporter,
        but(monitor, { "spec.selector.matchLabels.app": "other" }),
        silent,
      ),
      "Prometheus reads one of two ports": given(
        but(exporter, {
          "spec.ports": [
            { name: "https", port: 8443, targetPort: 8080 },
            { name: "http", port: 80, targetPort: 8080 },
          ],
        }),
        monitor,
        silent,
      ),
      "a Service leads to it, though it declares no port": given(
        service({}),
        but(silent, { [`${first}.ports`]: undefined }),
      ),
      "a Service leads to a DaemonSet": given(service({}), { ...silent, type: "kubernetes:apps/v1:DaemonSet" }),
      "a Service leads to a native sidecar by its port's name": given(
        service({ ports: [{ port: 443, targetPort: "tls" }] }),
        but(deployment, {
          [`${pod}.initContainers`]: [
            { name: "proxy", restartPolicy: "Always", ports: [{ name: "tls", containerPort: 8443 }] },
          ],
        }),
      ),
      "a Service whose ports a preview hides": given(service({ ports: UNKNOWN }), deployment),
      "always ready": given(but(deployment, { [`${first}.readinessProbe`]: { exec: { command: ["/bin/true"] } } })),
      "always ready at last": given(
        but(deployment, { [`${first}.readinessProbe`]: { exec: { command: ["sh", "-c", "cat /ready || true"] } } }),
      ),
      "an hour until traffic stops": given(
        but(deployment, {
          [`${first}.readinessProbe.failureThreshold`]: 60,
          [`${first}.readinessProbe.periodSeconds`]: 60,
        }),
      ),
      "hours until the first question": given(
        but(deployment, {
          [`${first}.readinessProbe.periodSeconds`]: 7200,
          [`${first}.readinessProbe.failureThreshold`]: 1,
        }),
      ),
      "a port for gRPC": given(but(silent, { [`${first}.ports.0.name`]: "grpc-shop" })),
      "a port for gRPC over the web": given(but(silent, { [`${first}.ports.0.name`]: "web-grpc" })),
      "checks nothing": given(but(deployment, { [`${first}.readinessProbe`]: { periodSeconds: 5 } })),
      "the second container": given(
        but(rollout, { [`${pod}.containers`]: [container, { name: "side", ports: [{ containerPort: 9 }] }] }),
      ),
      "a container without a name": given(
        but(deployment, { [`${first}.name`]: undefined, [`${first}.readinessProbe`]: undefined }),
      ),
      "a Service that sends to pods that are not ready": given(service({ publishNotReadyAddresses: true }), deployment),
    },
  },
  {
    rule: probesDistinct,
    good: {
      "two questions": given(deployment),
      "no liveness": given(but(deployment, { [`${first}.livenessProbe`]: undefined })),
      "no question at all": given(probing(undefined, undefined)),
      "no readiness": given(probing({ httpGet: { path: "/alive", port: 8080 } }, undefined)),
      "the same path of another port": given(
        probing({ httpGet: { path: "/ok", port: 8081 } }, { httpGet: { path: "/ok", port: 8080 } }),
      ),
      "the same letters in other parts": given(
        probing({ httpGet: { path: "/a/b", port: 8080 } }, { httpGet: { path: "/ab", port: 8080 } }),
      ),
      "another port": given(probing({ tcpSocket: { port: 8081 } }, { tcpSocket: { port: 8080 } })),
      "another port by its name": given(
        but(probing({ tcpSocket: { port: "admin" } }, { tcpSocket: { port: "http" } }), {
          [`${first}.ports`]: [
            { name: "http", containerPort: 8080 },
            { name: "admin", containerPort: 9090 },
          ],
        }),
      ),
      "another command": given(probing({ exec: { command: ["alive"] } }, { exec: { command: ["ready"] } })),
      "another port of gRPC": given(probing({ grpc: { port: 8081 } }, { grpc: { port: 8080 } })),
      "another service of gRPC": given(
        probing({ grpc: { port: 8080, service: "alive" } }, { grpc: { port: 8080, service: "ready" } }),
      ),
      "a port and a path on it": given(probing({ tcpSocket: { port: 8080 } }, { httpGet: { port: 8080 } })),
      "a port and a service on it": given(probing({ tcpSocket: { port: 8080 } }, { grpc: { port: 8080 } })),
    },
    bad: {
      "the same question of a DaemonSet": given({
        ...probing({ tcpSocket: { port: 1 } }, { tcpSocket: { port: 1 } }),
        type: "kubernetes:apps/v1:DaemonSet",
      }),
      "the same question of a native sidecar": given(
        but(deployment, {
          [`${pod}.initContainers`]: [
            { restartPolicy: "Always", livenessProbe: { grpc: { port: 1 } }, readinessProbe: { grpc: { port: 1 } } },
          ],
        }),
      ),
      "a trailing slash and a named port": given(
        but(deployment, { [`${first}.livenessProbe`]: { httpGet: { path: "/ready/", port: 8080 } } }),
      ),
      "the same port": given(
        but(deployment, {
          [`${first}.livenessProbe`]: { tcpSocket: { port: 8080 } },
          [`${first}.readinessProbe`]: { tcpSocket: { port: "http" } },
        }),
      ),
      "the same command": given(
        but(deployment, {
          [`${first}.livenessProbe`]: { exec: { command: ["ok"] } },
          [`${first}.readinessProbe`]: { exec: { command: ["ok"] } },
        }),
      ),
      "the same gRPC service": given(
        but(deployment, {
          [`${first}.livenessProbe`]: { grpc: { port: 8080 } },
          [`${first}.readinessProbe`]: { grpc: { port: "8080" } },
        }),
      ),
      "the path that would be proposed": given(
        probing({ httpGet: { path: "/alive/", port: 8080 } }, { httpGet: { path: "//alive", port: 8080 } }),
      ),
      "doubled slashes": given(
        probing({ httpGet: { path: "//a//b", port: 8080 } }, { httpGet: { path: "/a/b", port: 8080 } }),
      ),
      "no path is the root": given(probing({ httpGet: { port: 8080 } }, { httpGet: { path: "/", port: 8080 } })),
      "no service is the empty one": given(probing({ grpc: { port: 8080 } }, { grpc: { port: 8080, service: "" } })),
    },
  },
];
