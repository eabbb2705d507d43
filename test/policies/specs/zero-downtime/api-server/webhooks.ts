/** Cases of the rule about admission webhooks. */
import { unknownSentinels } from "../../../../../policies/kit/reading/value";
import { webhookBlastRadius } from "../../../../../policies/zero-downtime/api-server/webhook-blast-radius";
import type { Given } from "../../../support/rule";
import { given, object, type Spec } from "../../../support/spec";

const [UNKNOWN] = unknownSentinels;
const webhooks = (webhook: Readonly<Record<string, unknown>>): Given =>
  object("admissionregistration.k8s.io/v1:MutatingWebhookConfiguration", "hooks", {
    webhooks: [{ name: "h", ...webhook }],
  });
const everything = [{ apiGroups: ["*"], apiVersions: ["*"], operations: ["*"], resources: ["*/*"] }];
const pods = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] };
const own = {
  clientConfig: { service: { name: "hook", namespace: "policy" } },
  failurePolicy: "Fail",
  timeoutSeconds: 5,
};
const catching = (...rules: readonly object[]): Given => webhooks({ ...own, rules });
const named = (operator: string, ...values: readonly string[]): object => ({
  matchExpressions: [{ key: "kubernetes.io/metadata.name", operator, values }],
});
const spaced = (namespaceSelector: object, rule: object = pods): Given =>
  webhooks({ ...own, rules: [rule], namespaceSelector });
const when = (...expressions: readonly string[]): Given =>
  webhooks({ ...own, rules: [pods], matchConditions: expressions.map((expression) => ({ name: "a", expression })) });
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
      "deletions, changes and other scopes": given(
        catching({ ...pods, operations: ["DELETE", "UPDATE"] }, { ...pods, scope: "Cluster" }),
      ),
      "everything but subresources of pods, outside of the cluster's own and its own": given(
        spaced(named("NotIn", "kube-system", "policy"), { ...pods, apiGroups: ["", "apps"], resources: ["*"] }),
      ),
      "namespaces by a list": given(spaced(named("In", "shop", "tills"))),
      "namespaces that leave themselves out by a label": given(
        spaced({ matchExpressions: [{ key: "policy/ignore", operator: "DoesNotExist" }] }),
      ),
      "its own pods by a label, the cluster's by name": given(
        webhooks({
          ...own,
          rules: [pods],
          namespaceSelector: named("NotIn", "kube-system"),
          objectSelector: { matchExpressions: [{ key: "app", operator: "NotIn", values: ["hook"] }] },
        }),
      ),
      "conditions that leave both out": given(
        when("!(request.namespace in ['kube-system', 'policy'])"),
        when("request.namespace != 'kube-system'", 'request.namespace != "policy"'),
        when("!request.namespace.startsWith('kube-') && namespaceObject.metadata.name != 'policy'"),
        when("object.metadata.labels['policy'] == 'on'"),
        when("has(object.metadata.labels.policy) && request.userInfo.username == 'me'"),
        when("!has(object.metadata.labels.ignore)"),
        when("'policy' == request.namespace || false in []", "object.metadata.namespace.endsWith('-apps')"),
      ),
      "leases of others": given(
        spaced(named("NotIn", "kube-node-lease"), {
          apiGroups: ["coordination.k8s.io"],
          operations: ["UPDATE"],
          resources: ["leases"],
        }),
      ),
      "evictions of pods that ask for it": given(
        spaced({ matchLabels: { policy: "on" } }, { ...pods, resources: ["pods/eviction"] }),
      ),
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
      "its own namespace": given(spaced(named("NotIn", "kube-system"))),
      "its own namespace alone": given(spaced(named("In", "policy"))),
      "the cluster's namespace": given(spaced(named("NotIn", "policy"))),
      "a label that every namespace has": given(spaced(named("Exists"))),
      "an operator that nobody knows": given(spaced(named("Unlike", "kube-system"))),
      "the cluster's pods, which have no label of the webhook's": given(
        webhooks({
          ...own,
          rules: [pods],
          objectSelector: { matchExpressions: [{ key: "app", operator: "DoesNotExist" }] },
        }),
      ),
      "conditions that leave out too little": given(
        when("request.namespace != 'kube-system'"),
        when("!(request.namespace in ['policy'])"),
      ),
      "conditions that leave nobody out": given(
        when("true"),
        when("request.userInfo.username != 'system:serviceaccount:a:b'"),
        when("!('system:nodes' in request.userInfo.groups)"),
        when("object.spec.containers.all(c, c.image != '')"),
        when("request.namespace != 'kube-system' &&"),
        when("request.namespace.matches('^shop')"),
        when(""),
      ),
      evictions: given(catching({ ...pods, resources: ["pods/eviction"] })),
      "evictions, whatever the namespace is called": given(
        spaced(named("NotIn", "kube-system", "policy"), { ...pods, resources: ["*/*"] }),
      ),
      bindings: given(catching({ ...pods, resources: ["*/binding"] })),
      leases: given(catching({ apiGroups: ["*"], operations: ["*"], resources: ["leases"] })),
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
