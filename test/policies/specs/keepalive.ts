/** Cases of the rule about idle connections. */
import { unknownSentinels } from "../../../policies/kit/value";
import { keepaliveExceedsIdle } from "../../../policies/zero-downtime/keepalive-exceeds-idle";
import { balancer, but, container, deployment, gateway, gatewayPods } from "../support/fixtures";
import type { Given } from "../support/rule";
import { given, object, type Spec } from "../support/spec";

const [UNKNOWN] = unknownSentinels;
const pod = "spec.template.spec";
const first = `${pod}.containers.0`;
const destination = object("networking.istio.io/v1:DestinationRule", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { host: "shop", trafficPolicy: { connectionPool: { http: { idleTimeout: "30s" } } } },
});
const idling = (name: string, changes: Readonly<Record<string, unknown>>): Given => ({
  ...but(destination, changes),
  name,
});

/** Cases of the rule about idle connections. */
export const keepaliveSpecs: readonly Spec[] = [
  {
    rule: keepaliveExceedsIdle,
    good: {
      "each server outlives its client": given(deployment, destination, gateway, balancer),
      "an hour by default": given(gatewayPods),
      "a balancer that says nothing waits for a minute": given(gateway, but(balancer, { idleTimeout: undefined })),
      "another variable of the gateway's": given(
        but(gatewayPods, { [`${first}.env`]: [{ name: "ISTIO_META_OTHER", value: "5s" }] }),
      ),
      "nobody calls what does not listen": given(
        but(deployment, { [`${first}.ports`]: undefined, "spec.template.metadata.annotations": undefined }),
      ),
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
      "one container of two listens": given(
        but(deployment, {
          "spec.template.metadata.annotations": undefined,
          [`${pod}.containers`]: [{ name: "helper" }, container],
        }),
        destination,
      ),
      "the longest of two destination rules counts": given(
        deployment,
        destination,
        idling("other", { "spec.trafficPolicy.connectionPool.http.idleTimeout": "70s" }),
      ),
      "a destination rule of another namespace": given(deployment, idling("other", { "metadata.namespace": "other" })),
      "an idle timeout that a preview hides": given(
        deployment,
        idling("shop", { "spec.trafficPolicy.connectionPool.http.idleTimeout": UNKNOWN }),
      ),
      "a destination rule of a namespace that a preview hides": given(
        deployment,
        idling("shop", { "metadata.namespace": UNKNOWN }),
      ),
      "a balancer's timeout that a preview hides": given(
        but(gateway, { "values.env": { ISTIO_META_IDLE_TIMEOUT: "60s" } }),
        but(balancer, { idleTimeout: UNKNOWN }),
      ),
      "the balancer waits longer than an hour": given(gatewayPods, but(balancer, { idleTimeout: 4000 })),
    },
  },
];
