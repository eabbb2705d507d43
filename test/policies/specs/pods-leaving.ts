/** Cases of the rules about draining and the mesh. */
import { graceCoversDrain, prestopDelay } from "../../../policies/zero-downtime/draining";
import { gatewayOnlyMesh } from "../../../policies/zero-downtime/gateway-only-mesh";
import { but, container, deployment, gateway, gatewayPods, namespace, targetGroup } from "../support/fixtures";
import { given, type Spec } from "../support/spec";
import type { Given } from "../support/rule";

const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const helper = { name: "helper", lifecycle: { preStop: { sleep: { seconds: 300 } } } };
const serving = [container];
const sleep = (command: readonly string[]): Given =>
  but(deployment, { [`${first}.lifecycle.preStop`]: { exec: { command } } });

/** Cases of the rules about draining and the mesh. */
export const podSpecs: readonly Spec[] = [
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
