/** Cases of the rules about probes, draining, webhooks and the mesh. */
import { graceCoversDrain, prestopDelay } from "../../../policies/zero-downtime/draining";
import { gatewayOnlyMesh } from "../../../policies/zero-downtime/gateway-only-mesh";
import { keepaliveExceedsIdle } from "../../../policies/zero-downtime/keepalive-exceeds-idle";
import { probesDistinct, readinessProbe } from "../../../policies/zero-downtime/probes";
import { webhookBlastRadius } from "../../../policies/zero-downtime/webhook-blast-radius";
import { balancer, but, container, deployment, gateway, namespace, rollout, targetGroup } from "../support/fixtures";
import { given, object, type Spec } from "../support/spec";
import type { Given } from "../support/rule";

const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const destination = object("networking.istio.io/v1:DestinationRule", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { host: "shop", trafficPolicy: { connectionPool: { http: { idleTimeout: "30s" } } } },
});
const gatewayPods: Given = but(
  { ...deployment, name: "istio-ingress" },
  {
    "metadata.namespace": "istio-ingress",
    "spec.template.metadata": {
      labels: { istio: "ingress", "sidecar.istio.io/inject": "true" },
      annotations: { "inject.istio.io/templates": "gateway", "proxy.istio.io/config": "terminationDrainDuration: 30s" },
    },
    [`${pod}.terminationGracePeriodSeconds`]: 90,
    [`${first}.lifecycle.preStop.sleep.seconds`]: 40,
  },
);
const helper = { name: "helper", lifecycle: { preStop: { sleep: { seconds: 300 } } } };
const serving = [container];
const sleep = (command: readonly string[]): Given =>
  but(deployment, { [`${first}.lifecycle.preStop`]: { exec: { command } } });
const webhooks = (webhook: Readonly<Record<string, unknown>>): Given =>
  object("admissionregistration.k8s.io/v1:MutatingWebhookConfiguration", "hooks", {
    webhooks: [{ name: "h", ...webhook }],
  });
const everything = [{ apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*/*"] }];

/** Cases of the rules about probes, draining, webhooks and the mesh. */
export const podSpecs: readonly Spec[] = [
  {
    rule: readinessProbe,
    good: {
      "it says when it is ready": given(deployment),
      "it does not listen": given(but(deployment, { [`${first}.ports`]: [], [`${first}.readinessProbe`]: undefined })),
    },
    bad: {
      unset: given(but(deployment, { [`${first}.readinessProbe`]: undefined })),
      "checks nothing": given(but(deployment, { [`${first}.readinessProbe`]: { periodSeconds: 5 } })),
      "the second container": given(
        but(rollout, { [`${pod}.containers`]: [container, { name: "side", ports: [{ containerPort: 9 }] }] }),
      ),
    },
  },
  {
    rule: probesDistinct,
    good: {
      "two questions": given(deployment),
      "no liveness": given(but(deployment, { [`${first}.livenessProbe`]: undefined })),
    },
    bad: {
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
    },
  },
  {
    rule: prestopDelay,
    good: {
      "application and gateway wait": given(deployment, gateway, targetGroup),
      "rendered gateway pods": given(gatewayPods),
      "a command that sleeps": given(sleep(["sh", "-c", "sleep 20; nginx -s quit"])),
      "an add-on": given(but(deployment, { "metadata.namespace": "argocd", [`${first}.lifecycle`]: undefined })),
    },
    bad: {
      "no hook": given(but(deployment, { [`${first}.lifecycle`]: undefined })),
      "too short": given(sleep(["sleep", "5"])),
      "of unknown length": given(
        but(deployment, { [`${first}.lifecycle.preStop`]: { httpGet: { path: "/stop", port: 1 } } }),
      ),
      "the gateway leaves before the target group lets go": given(
        but(gateway, { "values.lifecycle.preStop.sleep.seconds": 20 }),
        but(targetGroup, { deregistrationDelay: 45 }),
      ),
      "the gateway has no hook": given(but(gateway, { "values.lifecycle": undefined })),
      "rendered gateway pods": given(but(gatewayPods, { [`${first}.lifecycle.preStop.sleep.seconds`]: 10 })),
    },
  },
  {
    rule: graceCoversDrain,
    good: {
      "application and gateway have time": given(deployment, gateway),
      "just enough": given(but(deployment, { [`${pod}.terminationGracePeriodSeconds`]: 45 })),
      "a helper that serves nobody may take its time": given(
        but(deployment, { [`${pod}.containers`]: [helper, ...serving] }),
      ),
      "no container serves": given(but(deployment, { [`${pod}.containers`]: [helper] })),
      "rendered gateway pods": given(gatewayPods),
    },
    bad: {
      "a long sleep and no grace": given(
        but(sleep(["sh", "-c", "sleep 60"]), { [`${pod}.terminationGracePeriodSeconds`]: undefined }),
      ),
      "the longest wait of several containers counts": given(
        but(deployment, { [`${pod}.containers`]: [...serving, { ...helper, ports: [{ containerPort: 9000 }] }] }),
      ),
      "a second less than needed": given(but(deployment, { [`${pod}.terminationGracePeriodSeconds`]: 44 })),
      "the gateway's sum": given(but(gateway, { "values.terminationGracePeriodSeconds": 60 })),
      "the gateway's default drain": given(
        but(gateway, { "values.terminationGracePeriodSeconds": 44, "values.podAnnotations": undefined }),
      ),
      "rendered gateway pods": given(but(gatewayPods, { [`${pod}.terminationGracePeriodSeconds`]: undefined })),
    },
  },
  {
    rule: keepaliveExceedsIdle,
    good: {
      "each server outlives its client": given(deployment, destination, gateway, balancer),
      "an hour by default": given(gatewayPods),
    },
    bad: {
      "no promise": given(but(deployment, { "spec.template.metadata.annotations": undefined }), destination),
      "equal is too short": given(
        but(deployment, { "spec.template.metadata.annotations": { "fridayproof.dev/keep-alive-seconds": "30" } }),
        destination,
      ),
      "no destination rule means an hour": given(deployment),
      "the gateway gives up first": given(but(gateway, { "values.env": { ISTIO_META_IDLE_TIMEOUT: "60s" } }), balancer),
      "the balancer waits longer": given(
        but(gateway, { "values.env": { ISTIO_META_IDLE_TIMEOUT: "2m" } }),
        but(balancer, { idleTimeout: 120 }),
      ),
      "rendered gateway pods": given(
        but(gatewayPods, { [`${first}.env`]: [{ name: "ISTIO_META_IDLE_TIMEOUT", value: "30s" }] }),
      ),
    },
  },
  {
    rule: webhookBlastRadius,
    good: {
      "fails closed for its own pods": given(
        webhooks({
          rules: everything,
          failurePolicy: "Fail",
          timeoutSeconds: 5,
          objectSelector: { matchLabels: { istio: "ingress" } },
        }),
      ),
      "fails open": given(webhooks({ rules: everything, failurePolicy: "Ignore" })),
      "custom resources only": given(
        webhooks({ rules: [{ apiGroups: ["elbv2.k8s.aws"], resources: ["targetgroupbindings"] }] }),
      ),
    },
    bad: {
      "fails closed for everything": given(webhooks({ rules: everything, failurePolicy: "Fail" })),
      "closed by default": given(webhooks({ rules: [{ apiGroups: [""], resources: ["pods"] }] })),
      "an empty selector": given(
        webhooks({ rules: everything, objectSelector: {}, namespaceSelector: { matchLabels: {} } }),
      ),
      "hangs for half a minute": given(webhooks({ rules: [], timeoutSeconds: 30 })),
    },
  },
  {
    rule: gatewayOnlyMesh,
    good: { "no injection": given(deployment, namespace), "the gateway itself": given(gatewayPods) },
    bad: {
      label: given(
        but(deployment, { "spec.template.metadata.labels": { app: "shop", "sidecar.istio.io/inject": "true" } }),
      ),
      annotation: given(but(deployment, { "spec.template.metadata.annotations": { "sidecar.istio.io/inject": true } })),
      revision: given(but(deployment, { "spec.template.metadata.labels": { "istio.io/rev": "default" } })),
      namespace: given(but(namespace, { "metadata.labels": { "istio-injection": "enabled" } })),
      "namespace by revision": given(but(namespace, { "metadata.labels": { "istio.io/rev": "stable" } })),
    },
  },
];
