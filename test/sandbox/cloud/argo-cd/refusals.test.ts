/** Every kind of thing that Argo CD, the API server or nobody at all would make work, is refused with a sentence. */
import { beforeAll, expect, test } from "vitest";
import { Account } from "../../../../sandbox/cloud/account/account";
import { smallest } from "../../../components/delivery/app/spec-fixture";
import { Standing } from "../../../support/change";
import {
  changed,
  drop,
  environment,
  file,
  folder,
  quota,
  repository,
  synced,
  withoutChart,
  yaml,
} from "./sync-fixture";

let standing: Account;
beforeAll(async () => {
  standing = (await Standing.of({ environment })).graph.account;
}, 120_000);

const account = (): Account => new Account(standing.accountId, standing.all());

/** One refusal: what is wrong with the repository or the account, and the sentences. */
interface Refusal {
  readonly what: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly spoil?: (of: Account) => void;
  readonly problems: readonly string[];
}

const rollouts = (kind: string): string =>
  `no matches for kind "${kind}" in version "argoproj.io/v1alpha1": release argo-rollouts first.`;

const refusals: readonly Refusal[] = [
  {
    what: "a name that Kubernetes refuses",
    files: yaml("v1", "ConfigMap", "Shop_Config"),
    problems: [
      `extra.yaml: configmaps "Shop_Config" is invalid: metadata.name: Invalid value: "Shop_Config": must be lower case letters, digits, '-' and '.', start and end with a letter or digit.`,
    ],
  },
  {
    what: "a kind whose chart is not released",
    spoil: withoutChart("argo-rollouts"),
    problems: [
      ...Array.from({ length: 4 }, () => `analysistemplate.yaml: ${rollouts("AnalysisTemplate")}`),
      `rollout.yaml: ${rollouts("Rollout")}`,
    ],
  },
  {
    what: "a namespace that is not there",
    spoil: drop("kubernetes:core/v1:Namespace", "shop"),
    problems: ['namespaces "shop" not found.'],
  },
  {
    what: "an application without a project",
    spoil: drop("kubernetes:argoproj.io/v1alpha1:AppProject", "argocd/applications-shop"),
    problems: [
      'it names project "applications-shop", which does not exist: name the application in gitOps.applications.',
    ],
  },
  {
    what: "another application's namespace",
    files: { [file("extra.yaml")]: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: cart}\n" },
    problems: ['namespace "cart" does not match any of the allowed destinations in project "applications-shop".'],
  },
  {
    what: "a kind that Git may not bring",
    files: yaml("apps/v1", "StatefulSet", "shop"),
    problems: ["extra.yaml: resource apps:StatefulSet is not permitted in project applications-shop."],
  },
  {
    what: "a kind of the whole cluster",
    files: yaml("rbac.authorization.k8s.io/v1", "ClusterRole", "shop"),
    problems: [
      "extra.yaml: resource rbac.authorization.k8s.io:ClusterRole is not permitted in project applications-shop.",
    ],
  },
  {
    what: "an object that Pulumi has",
    files: yaml("networking.k8s.io/v1", "NetworkPolicy", "platform-default-deny"),
    problems: ['extra.yaml: networkpolicies.networking.k8s.io "shop/platform-default-deny" already exists.'],
  },
  {
    what: "an autoscaler of nothing",
    files: changed("horizontalpodautoscaler.yaml", "kind: Rollout", "kind: Deployment"),
    problems: [
      'horizontalpodautoscaler.yaml: HorizontalPodAutoscaler "shop/shop": spec.scaleTargetRef names Deployment "shop", which is not there.',
    ],
  },
  {
    what: "a budget that selects nothing",
    files: yaml(
      "policy/v1",
      "PodDisruptionBudget",
      "other",
      "spec: {maxUnavailable: 1, selector: {matchLabels: {a: b}}}",
    ),
    problems: ['extra.yaml: PodDisruptionBudget "shop/other": spec.selector selects no pods of any workload.'],
  },
  {
    what: "a budget with both bounds",
    files: changed("poddisruptionbudget.yaml", "  maxUnavailable: 1", "  maxUnavailable: 1\n  minAvailable: 1"),
    problems: [
      'poddisruptionbudget.yaml: PodDisruptionBudget.policy "shop" is invalid: spec: minAvailable and maxUnavailable cannot be both set.',
    ],
  },
  {
    what: "a Service, a route, a gate and an account that are not there",
    files: {
      ...changed("rollout.yaml", "canaryService: shop-canary", "canaryService: shop-next"),
      [file("virtualservice.yaml")]: "",
      [file("serviceaccount.yaml")]: "",
    },
    spoil: drop("kubernetes:argoproj.io/v1alpha1:ClusterAnalysisTemplate", "error-ratio"),
    problems: [
      'spec.strategy.canary.canaryService names Service "shop-next", which is not there.',
      'spec.strategy.canary.trafficRouting.istio.virtualService.name names VirtualService "shop", which is not there.',
      'spec.strategy.canary.steps.analysis.templates.templateName names ClusterAnalysisTemplate "error-ratio", which is not there.',
      'spec.template.spec.serviceAccountName names ServiceAccount "shop", which is not there.',
    ].map((problem) => `rollout.yaml: Rollout "shop/shop": ${problem}`),
  },
  {
    what: "pods, memory and objects beyond a quota",
    spoil: quota({
      pods: "5",
      "requests.memory": "1Gi",
      "limits.memory": "2Gi",
      cpu: "1500m",
      "count/services": 1,
      "count/rollouts.argoproj.io": 1,
      secrets: "0",
    }),
    problems: [
      'ResourceQuota "shop/team" allows pods 5, and a release needs 6.',
      'ResourceQuota "shop/team" allows requests.memory 1Gi, and a release needs 1610612736.',
      'ResourceQuota "shop/team" allows count/services 1, and a release needs 2.',
    ],
  },
  {
    what: "text that is no YAML, no object, nameless or there twice",
    files: {
      [file("a.yaml")]: "a: [",
      [file("b.yaml")]: "- text",
      [file("c.yaml")]: "apiVersion: v1\nkind: ConfigMap\n",
      [file("z.yml")]: "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: shop}\n",
    },
    problems: [
      "a.yaml: Flow sequence in block collection must be sufficiently indented and end with a ] at line 1, column 5.",
      "b.yaml: holds a value that is no object.",
      "c.yaml: an object without apiVersion, kind or metadata.name.",
      'z.yml: ServiceAccount "shop/shop" stands twice; the later one would win.',
    ],
  },
];

test.each(refusals)(
  "$what is refused, and nothing of the application is changed",
  ({ files = {}, spoil, problems }) => {
    const of = account();
    spoil?.(of);
    const before = JSON.stringify(of.all());
    const root = repository({ ...folder(smallest), ...files });
    const [row] = synced(of, "dev", root);
    expect(row?.problems).toEqual(problems);
    expect(row).toMatchObject({ application: "shop", created: 0, updated: 0, removed: 0 });
    expect(JSON.stringify(of.all())).toBe(before);
  },
);
