/** What stands around the compliant Deployment: who reaches it, and whom it reaches. */
import { but, deployment } from "./fixtures";
import { object } from "./spec";

/** The Service that leads to the compliant Deployment. */
export const service = object("core/v1:Service", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] },
});
/** The route of the gateway to that Service. */
export const route = object("networking.istio.io/v1:VirtualService", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { http: [{ route: [{ destination: { host: "shop" } }] }] },
});
/** Rights of the ServiceAccount that {@link caller} runs as. */
export const binding = object("rbac.authorization.k8s.io/v1:RoleBinding", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  subjects: [
    { kind: "User", name: "shop" },
    { kind: "ServiceAccount", name: "shop" },
  ],
});
/** The Deployment, calling the API server. */
export const caller = but(deployment, { "spec.template.spec.serviceAccountName": "shop" });
