/** Cases of references-resolve: hosts of routes without their namespace. */
import { but, deployment, namespace } from "../../../support/fixtures";
import { given, object, previewed, type Spec, UNKNOWN } from "../../../support/spec";

const service = (space: string, name = "shop") =>
  object("core/v1:Service", name, {
    metadata: { name, namespace: space },
    spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
  });
const beside = (...hosts: readonly unknown[]) =>
  object("networking.istio.io/v1:VirtualService", "shop", {
    metadata: { name: "shop", namespace: "istio-ingress" },
    spec: { http: hosts.map((host) => ({ route: [{ destination: { host } }] })) },
  });
const running = but(deployment, { "spec.minReadySeconds": 10 });
const hidden = object("core/v1:Service", "hidden", {
  metadata: { name: UNKNOWN, namespace: "shop" },
  spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
});

/** Cases of references-resolve: hosts of routes without their namespace. */
export const shortCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a host with its namespace, and hosts of nobody in sight": given(
      namespace,
      running,
      service("shop"),
      beside("shop.shop", "shop.shop.svc.cluster.local", "api"),
    ),
    "a Service of that name on both sides": given(
      namespace,
      running,
      service("shop"),
      service("istio-ingress"),
      beside("shop"),
    ),
    "a host of a namespace whose Services are in sight": given(
      namespace,
      running,
      service("shop"),
      service("istio-ingress", "admin"),
      beside("shop"),
    ),
  },
  bad: {
    "a host without the namespace of its Service": given(namespace, running, service("shop"), beside("shop")),
    "a host without its namespace, of several Services": given(
      namespace,
      running,
      service("shop"),
      service("other"),
      beside("shop.shop", "shop"),
    ),
    "a host without its namespace beside a Service that a preview hides": previewed(
      namespace,
      running,
      service("shop"),
      hidden,
      beside("shop"),
    ),
  },
};
