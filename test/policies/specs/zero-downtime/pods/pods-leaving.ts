/** Cases of the rules about draining. */
import { graceCoversDrain, prestopDelay } from "../../../../../policies/zero-downtime/pods/draining";
import { but, container, deployment, gateway, gatewayPods, targetGroup } from "../../../support/fixtures";
import { given, object, type Spec, UNKNOWN } from "../../../support/spec";
import type { Given } from "../../../support/rule";

const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const waiting = (seconds: number): object => ({ name: "helper", lifecycle: { preStop: { sleep: { seconds } } } });
const serving = [container];
const sleep = (command: readonly string[]): Given =>
  but(deployment, { [`${first}.lifecycle.preStop`]: { exec: { command } } });

const karpenter = (terminationGracePeriod: unknown) =>
  object("karpenter.sh/v1:NodePool", "default", { spec: { template: { spec: { terminationGracePeriod } } } });

const hiddenGrace = but(deployment, {
  "metadata.namespace": "kube-system",
  "spec.template.spec.terminationGracePeriodSeconds": UNKNOWN,
});

/** Cases of the rules about draining. */
export const podSpecs: readonly Spec[] = [
  {
    rule: prestopDelay,
    good: {
      "application and gateway wait": given(deployment, gateway, targetGroup),
      "rendered gateway pods": given(gatewayPods),
      "an endpoint of the application that drains": given(
        but(deployment, { [`${first}.lifecycle.preStop`]: { httpGet: { path: "/drain?seconds=15", port: 8080 } } }),
      ),
      "a script that waits by its name": given(sleep(["/wait-shutdown"])),
      "sleeps before and after a script": given(sleep(["sh", "-c", "sleep 5; /app/drain; sleep 10"])),
      "no Service leads to it": given(
        object("core/v1:Service", "other", {
          metadata: { name: "other", namespace: "shop" },
          spec: { selector: { app: "other" }, ports: [{ port: 80 }] },
        }),
        but(deployment, { [`${first}.lifecycle`]: undefined }),
      ),
      "a native sidecar stays until the main container has waited": given(
        but(deployment, {
          [`${pod}.initContainers`]: [{ name: "proxy", restartPolicy: "Always", ports: [{ containerPort: 8443 }] }],
        }),
      ),
      "a command that sleeps": given(sleep(["sh", "-c", "sleep 20; nginx -s quit"])),
      "an add-on": given(but(deployment, { "metadata.namespace": "argocd", [`${first}.lifecycle`]: undefined })),
    },
    bad: {
      "no hook": given(but(deployment, { [`${first}.lifecycle`]: undefined })),
      "too short": given(sleep(["sleep", "5"])),
      "it stops listening before it waits": given(sleep(["sh", "-c", "nginx -s quit; sleep 15"])),
      "a DaemonSet behind a Service": given(
        object("core/v1:Service", "shop", {
          metadata: { name: "shop", namespace: "shop" },
          spec: { selector: { app: "shop" }, ports: [{ port: 80, targetPort: "http" }] },
        }),
        but({ ...deployment, type: "kubernetes:apps/v1:DaemonSet" }, { [`${first}.lifecycle`]: undefined }),
      ),
      "a native sidecar alone serves, and nobody waits": given(
        but(deployment, {
          [`${pod}.containers`]: [{ name: "main" }],
          [`${pod}.initContainers`]: [{ name: "proxy", restartPolicy: "Always", ports: [{ containerPort: 8443 }] }],
        }),
      ),
      "the gateway as istioctl labels it": given(
        but(gatewayPods, {
          "spec.template.metadata": { labels: { istio: "ingressgateway" } },
          [`${first}.lifecycle`]: undefined,
        }),
      ),
      "of unknown length": given(
        but(deployment, { [`${first}.lifecycle.preStop`]: { exec: { command: ["/app/notify"] } } }),
      ),
      "an endpoint that ends the process": given(
        but(deployment, { [`${first}.lifecycle.preStop`]: { httpGet: { path: "/stop", port: 8080 } } }),
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
      "a grace that a preview hides, of an add-on where no node has a deadline": given(hiddenGrace),
      "application and gateway have time": given(deployment, gateway),
      "just enough": given(but(deployment, { [`${pod}.terminationGracePeriodSeconds`]: 45 })),
      "a helper that serves nobody needs no drain": given(
        but(deployment, { [`${pod}.containers`]: [waiting(60), ...serving] }),
      ),
      "no container serves": given(but(deployment, { [`${pod}.containers`]: [waiting(60)] })),
      "nodes that wait for their pods, and for ever": given(deployment, karpenter("4h"), karpenter(undefined)),
      "nobody waits and nobody serves": given(but(deployment, { [`${pod}.containers`]: [{ name: "worker" }] })),
      "rendered gateway pods": given(gatewayPods),
      "a probe that gives what a pod gets": given(
        but(deployment, { [`${first}.livenessProbe.terminationGracePeriodSeconds`]: 45 }),
      ),
      "a process that never started, and waits for its hook": given(
        but(deployment, {
          [`${first}.startupProbe`]: { httpGet: { path: "/alive", port: 8080 }, terminationGracePeriodSeconds: 15 },
        }),
      ),
      "a helper that nobody calls": given(
        but(deployment, {
          [`${pod}.containers`]: [
            ...serving,
            { name: "helper", livenessProbe: { exec: { command: ["ask"] }, terminationGracePeriodSeconds: 1 } },
          ],
        }),
      ),
    },
    bad: {
      "a grace that a preview hides, of an add-on on nodes with a deadline": given(hiddenGrace, karpenter("1h")),
      "nodes that end every pod after half a minute": given(deployment, karpenter("30s")),
      "nodes that end before the longest grace": given(
        but(deployment, { [`${pod}.terminationGracePeriodSeconds`]: 600 }),
        karpenter("5m"),
      ),
      "a long sleep and no grace": given(
        but(sleep(["sh", "-c", "sleep 60"]), { [`${pod}.terminationGracePeriodSeconds`]: undefined }),
      ),
      "the longest wait of several containers counts": given(
        but(deployment, { [`${pod}.containers`]: [...serving, { ...waiting(300), ports: [{ containerPort: 9000 }] }] }),
      ),
      "a helper's hook is longer than the pod's grace": given(
        but(deployment, { [`${pod}.containers`]: [waiting(61), ...serving] }),
      ),
      "a second less than needed": given(but(deployment, { [`${pod}.terminationGracePeriodSeconds`]: 44 })),
      "the gateway's sum": given(but(gateway, { "values.terminationGracePeriodSeconds": 60 })),
      "the gateway's default drain": given(
        but(gateway, { "values.terminationGracePeriodSeconds": 44, "values.podAnnotations": undefined }),
      ),
      "rendered gateway pods": given(but(gatewayPods, { [`${pod}.terminationGracePeriodSeconds`]: undefined })),
      "a probe that kills at once": given(
        but(deployment, { [`${first}.livenessProbe.terminationGracePeriodSeconds`]: 1 }),
      ),
      "a probe that leaves no drain": given(
        but(deployment, { [`${first}.livenessProbe.terminationGracePeriodSeconds`]: 20 }),
      ),
      "a native sidecar's startup probe that cuts its hook": given(
        but(deployment, {
          [`${pod}.initContainers`]: [
            {
              ...waiting(20),
              restartPolicy: "Always",
              startupProbe: { exec: { command: ["ask"] }, terminationGracePeriodSeconds: 5 },
            },
          ],
        }),
      ),
    },
  },
];
