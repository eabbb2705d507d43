/** Cases of the rule about admission webhooks. */
import { unknownSentinels } from "../../../policies/kit/value";
import { webhookBlastRadius } from "../../../policies/zero-downtime/webhook-blast-radius";
import type { Given } from "../support/rule";
import { given, object, type Spec } from "../support/spec";

const [UNKNOWN] = unknownSentinels;
const webhooks = (webhook: Readonly<Record<string, unknown>>): Given =>
  object("admissionregistration.k8s.io/v1:MutatingWebhookConfiguration", "hooks", {
    webhooks: [{ name: "h", ...webhook }],
  });
const everything = [{ apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*/*"] }];
const exists = { key: "mesh", operator: "Exists" };

/** Cases of the rule about admission webhooks. */
export const webhookSpecs: readonly Spec[] = [
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
      "closed for some namespaces": given(
        webhooks({ rules: everything, namespaceSelector: { matchLabels: { mesh: "on" } } }),
      ),
      "closed for some pods by a label and an expression": given(
        webhooks({ rules: everything, objectSelector: { matchLabels: { a: "b" }, matchExpressions: [exists] } }),
      ),
      "closed for some pods by an expression": given(
        webhooks({ rules: everything, objectSelector: { matchExpressions: [exists] } }),
      ),
      "everything of a group without pods": given(webhooks({ rules: [{ apiGroups: ["apps"], resources: ["*"] }] })),
      "something else of the pods' group": given(webhooks({ rules: [{ apiGroups: [""], resources: ["configmaps"] }] })),
    },
    bad: {
      "fails closed for everything": given(webhooks({ rules: everything, failurePolicy: "Fail" })),
      "closed by default": given(webhooks({ rules: [{ apiGroups: [""], resources: ["pods"] }] })),
      "an empty selector": given(
        webhooks({ rules: everything, objectSelector: {}, namespaceSelector: { matchLabels: {} } }),
      ),
      "hangs for half a minute": given(webhooks({ rules: [], timeoutSeconds: 30 })),
      "every resource": given(webhooks({ rules: [{ apiGroups: ["*"], resources: ["*"] }] })),
      "pods among other resources and groups": given(
        webhooks({ rules: [{ apiGroups: ["apps", ""], resources: ["configmaps", "pods"] }] }),
      ),
      "what belongs to pods": given(webhooks({ rules: [{ apiGroups: [""], resources: ["pods/*"] }] })),
      "pods in the second rule": given(
        webhooks({
          rules: [
            { apiGroups: ["apps"], resources: ["deployments"] },
            { apiGroups: [""], resources: ["pods"] },
          ],
        }),
      ),
      "an operator that a preview hides": given(
        webhooks({ rules: everything, objectSelector: { matchExpressions: [{ ...exists, operator: UNKNOWN }] } }),
      ),
      "values that a preview hides": given(
        webhooks({
          rules: everything,
          objectSelector: { matchExpressions: [{ key: "a", operator: "In", values: UNKNOWN }] },
        }),
      ),
    },
  },
];
