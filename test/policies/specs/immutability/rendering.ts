/** Cases of app-self-heals: what is rendered and applied without anybody being told. */
import { application, applicationSet, but } from "../../support/fixtures";
import type { Given } from "../../support/rule";
import { given, object, type Spec } from "../../support/spec";

const helm = (one: Given, path: string, helm: object): Given => but(one, { [`${path}.source.helm`]: helm });
const options = (...syncOptions: readonly string[]): Given =>
  but(application, { "spec.syncPolicy.syncOptions": syncOptions });
const keyed = (elements: readonly object[], more: object = {}): Given =>
  but(applicationSet, {
    "spec.goTemplate": true,
    "spec.generators": [{ list: { elements } }],
    "spec.template.metadata.name": "{{ .name }}",
    "spec.template.spec.destination": { server: "https://kubernetes.default.svc", namespace: "{{.namespace}}" },
    ...more,
  });
const shop = { name: "shop", namespace: "shop" };
const rolling = (expressions: readonly object[], labels?: object): Given =>
  but(applicationSet, {
    "spec.strategy": { type: "RollingSync", rollingSync: { steps: [{ matchExpressions: expressions }] } },
    ...(labels === undefined ? {} : { "spec.template.metadata.labels": labels }),
  });
const dev = [{ key: "env", operator: "In", values: ["dev"] }];
const argocd = (data: object): Given => object("core/v1:ConfigMap", "argocd-cm", { data });

/** Cases of app-self-heals: what is rendered and applied without anybody being told. */
export const renderedCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "value files that are there": given(
      helm(application, "spec", { valueFiles: ["prod.yaml"], ignoreMissingValueFiles: false }),
    ),
    "value files of which a set makes the names": given(
      helm(applicationSet, "spec.template.spec", {
        valueFiles: ["values.yaml", "values-{{ .path.basename }}.yaml"],
        ignoreMissingValueFiles: true,
      }),
    ),
    "objects that are validated": given(options("ServerSideApply=true", "Validate=true")),
    "a set that fails on a missing key": given(
      keyed([{ name: "shop" }], { "spec.goTemplateOptions": ["missingkey=error"] }),
      keyed([{ name: "shop" }], { "spec.goTemplate": false }),
    ),
    "keys that each element has, and keys of a generator that is not seen": given(
      keyed([shop]),
      keyed([], { "spec.generators": [{ clusters: {} }] }),
    ),
    "keys that an element has not, beside a generator that is not seen": given(
      keyed([shop], { "spec.generators": [{ list: { elements: [{ name: "cart" }] } }, { clusters: {} }] }),
    ),
    "a set that syncs all at once": given(but(applicationSet, { "spec.strategy": { type: "AllAtOnce" } })),
    "a look at Git every ten minutes": given(
      argocd({ "timeout.reconciliation": "10m" }),
      argocd({ "timeout.reconciliation": "" }),
    ),
  },
  bad: {
    "value files that may be missing": given(
      helm(application, "spec", { valueFiles: ["values-prod.yaml"], ignoreMissingValueFiles: true }),
    ),
    "value files of a set that may be missing": given(
      helm(applicationSet, "spec.template.spec", { valueFiles: ["prod.yaml"], ignoreMissingValueFiles: true }),
    ),
    "objects that nobody validates": given(options("ServerSideApply=true", "Validate=false")),
    "a key that an element has not": given(keyed([shop, { name: "cart" }])),
    "a key that an element has not, with spaces around it": given(
      keyed([{ namespace: "shop" }], {
        "spec.template.metadata.name": "{{- .name -}}",
        "spec.template.spec.project": "{{  .name  }}",
      }),
    ),
    "objects that nobody validates, with a space": given(options(" Validate=false ")),
    "an order without steps": given(
      but(applicationSet, { "spec.strategy": { type: "RollingSync", rollingSync: { steps: [] } } }),
    ),
    "steps of which one picks some": given(
      but(applicationSet, {
        "spec.strategy": {
          type: "RollingSync",
          rollingSync: {
            steps: [{ matchExpressions: dev }, { matchExpressions: [{ key: "tier", operator: "In", values: ["a"] }] }],
          },
        },
        "spec.template.metadata.labels": { env: "dev" },
      }),
    ),
    "a key that an element has not, by another option": given(
      keyed([shop, { name: "cart" }], { "spec.goTemplateOptions": ["missingkey=default"] }),
    ),
    "steps that pick none": given(rolling(dev)),
    "steps that pick one, and all but one": given(
      rolling(dev, { env: "dev" }),
      rolling([{ key: "env", operator: "NotIn", values: ["dev"] }]),
    ),
    "nobody looks at Git": given(argocd({ "timeout.reconciliation": "0s" })),
  },
};
