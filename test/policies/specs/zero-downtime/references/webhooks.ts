/** Cases of references-resolve: Services that the API server calls. */
import { but, deployment, namespace } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, type Spec, UNKNOWN, previewed } from "../../../support/spec";

const service = object("core/v1:Service", "hook", {
  metadata: { name: "hook", namespace: "shop" },
  spec: { selector: { app: "shop" }, ports: [{ name: "https", port: 443, targetPort: 8080 }] },
});
const called = (name: unknown, more: object = {}) => ({ service: { name, namespace: "shop", ...more } });
const admission = (kind: string, ...webhooks: readonly object[]): Given =>
  object(`admissionregistration.k8s.io/v1:${kind}`, "hooks", { webhooks });
const validating = (...webhooks: readonly object[]): Given => admission("ValidatingWebhookConfiguration", ...webhooks);
const definition = (strategy: string, name: string): Given =>
  object("apiextensions.k8s.io/v1:CustomResourceDefinition", "widgets.example.com", {
    spec: {
      group: "example.com",
      names: { kind: "Widget", plural: "widgets" },
      conversion: { strategy, webhook: { clientConfig: called(name), conversionReviewVersions: ["v1"] } },
    },
  });
const api = (name: string): Given =>
  object("apiregistration.k8s.io/v1:APIService", "v1.example.com", { spec: called(name) });
const around = [namespace, deployment, service] as const;

/** Cases of what the API server calls. */
export const calledCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "webhooks, versions and an API of a Service that is there": given(
      ...around,
      validating({ clientConfig: called("hook") }, { clientConfig: called("hook", { port: 443 }) }),
      admission("MutatingWebhookConfiguration", { clientConfig: called("hook"), failurePolicy: "Ignore" }),
      definition("Webhook", "hook"),
      api("hook"),
    ),
    "a webhook outside of the cluster": given(...around, validating({ clientConfig: { url: "https://example.com" } })),
    "a webhook that is left from another strategy": given(...around, definition("None", "none")),
    "a webhook of a namespace that is not in sight": given(
      ...around,
      validating({ clientConfig: { service: { name: "hook", namespace: "policies" } } }),
    ),
    "a webhook whose Service a chart or an operator may bring": given(
      namespace,
      deployment,
      object("example.com/v1:Operator", "more", { metadata: { name: "more", namespace: "shop" } }),
      validating({ clientConfig: called("hook") }),
    ),
  },
  bad: {
    "a webhook of a Service that nobody declares": given(
      ...around,
      validating({ clientConfig: called("hook") }, { clientConfig: called("webhook-of-policies") }),
    ),
    "a webhook of a Service by a slip": given(
      ...around,
      admission("MutatingWebhookConfiguration", { clientConfig: called("hooks"), failurePolicy: "Fail" }),
    ),
    "a webhook that may fail, of a Service that nobody declares": given(
      ...around,
      validating({ clientConfig: called("webhook-of-policies"), failurePolicy: "Ignore" }),
    ),
    "versions of a Service that nobody declares": given(...around, definition("Webhook", "conversion-of-widgets")),
    "an API of a Service that nobody declares": given(...around, api("server-of-widgets")),
    "a webhook at the usual port of a Service that has another": given(
      namespace,
      deployment,
      but(service, { "spec.ports.0.port": 8443 }),
      validating({ clientConfig: called("hook") }),
    ),
    "a webhook at a port that the Service has not": given(
      ...around,
      validating({ clientConfig: called("hook", { port: 9443 }) }),
    ),
    "a webhook whose Service a preview hides": previewed(
      ...around,
      validating({ clientConfig: called(UNKNOWN), failurePolicy: "Ignore" }),
    ),
  },
};
