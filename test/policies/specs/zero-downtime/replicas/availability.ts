/** Cases of the rules about replicas. */
import { hpaMinTwo, minReplicas } from "../../../../../policies/zero-downtime/replicas/replicas";
import { everySource } from "../../../support/delivery";
import { application, autoscaler, but, deployment, rollout } from "../../../support/fixtures";
import { referring, scaled, target } from "../../../support/workload-ref";
import type { Given } from "../../../support/rule";
import { given, object, under, type Spec } from "../../../support/spec";

const pod = (spec: object, annotations = {}): Given =>
  object("core/v1:Pod", "alone", { metadata: { name: "alone", namespace: "shop", annotations }, spec });

const chart = (name: string, values: Readonly<Record<string, unknown>>): Given => ({
  type: "kubernetes:helm.sh/v3:Release",
  name: name.replace("/", "-"),
  props: { chart: name, values },
});

/** Cases of the rules about replicas. */
export const availabilitySpecs: readonly Spec[] = [
  {
    rule: minReplicas,
    good: {
      "three replicas": given(deployment),
      "replicas beside a source, stated or from a template": given(
        ...everySource,
        but(application, { "spec.source.kustomize": { replicas: [{ name: "shop", count: "{{.count}}" }] } }),
      ),
      "releases that run two": given(
        chart("istiod", { autoscaleMin: 2 }),
        chart("istiod", { autoscaleEnabled: false, replicaCount: "2" }),
        chart("istio/gateway", { autoscaling: { minReplicas: 3 } }),
        chart("aws-load-balancer-controller", {}),
        chart("metrics-server", {}),
        { ...chart("istiod", {}), props: { chart: "istiod", valueYamlFiles: [{}] } },
      ),
      "replicas unset with an autoscaler": given(but(deployment, { "spec.replicas": undefined }), autoscaler),
      "replicas left to KEDA": given(but(deployment, { "spec.replicas": undefined }), scaled),
      "a Deployment at none whose template a rollout runs": given(target, referring),
      "pods that run once or test a release": given(
        pod({ restartPolicy: "Never" }),
        pod({}, { "helm.sh/hook": "test" }),
        pod({}, { "argocd.argoproj.io/hook": "PostSync" }),
      ),
      "an add-on that says nothing, in an empty text or in none, and one that runs two": given(
        {
          type: "aws:eks/addon:Addon",
          name: "proxy",
          props: { addonName: "kube-proxy", addonVersion: "v1.35.0-eksbuild.2", configurationValues: "" },
        },
        {
          type: "aws:eks/addon:Addon",
          name: "dns",
          props: { addonName: "coredns", addonVersion: "v1.12.4-eksbuild.1" },
        },
        {
          type: "aws:eks/addon:Addon",
          name: "dns-2",
          props: {
            addonName: "coredns",
            addonVersion: "v1.12.4-eksbuild.1",
            configurationValues: '{"replicaCount":1,"autoScaling":{"enabled":true,"minReplicas":2}}',
          },
        },
      ),
    },
    bad: {
      "one replica beside a source": given(
        but(application, { "spec.source.kustomize": { replicas: [{ name: "shop", count: "1" }] } }),
      ),
      "releases that may run one": given(
        chart("istiod", {}),
        chart("istiod", { autoscaleEnabled: false, autoscaleMin: 3 }),
        chart("gateway", { autoscaling: { enabled: false }, replicaCount: 1 }),
        chart("gateway", { replicaCount: 3 }),
        chart("aws-load-balancer-controller", { replicaCount: 1 }),
      ),
      one: given(but(deployment, { "spec.replicas": 1 })),
      none: given(but(deployment, { "spec.replicas": 0 })),
      unset: given(but(deployment, { "spec.replicas": undefined })),
      "a rollout of one with another's template": given(target, but(referring, { "spec.replicas": 1 })),
      "a pod of its own": given(pod({})),
      "a patch that sets one": given({
        ...but(deployment, { "spec.replicas": 1 }),
        type: "kubernetes:apps/v1:DeploymentPatch",
      }),
      "an autoscaler of another workload": given(
        but(deployment, { "spec.replicas": 1 }),
        but(autoscaler, { "spec.scaleTargetRef.name": "other" }),
      ),
      "a threshold of three": under({ least: 3 }, but(rollout, { "spec.replicas": 2 })),
      "hidden in a list": given({
        type: "kubernetes:apps/v1:DeploymentList",
        name: "all",
        props: { items: [but(deployment, { "spec.replicas": 1 }).props] },
      }),
      "an add-on with one pod": given(
        ...[
          '{"replicaCount":1}',
          '{"autoScaling":{"enabled":true,"minReplicas":1}}',
          '{"controller":{"replicaCount":1}}',
          "replicaCount: 1\n",
          { replicaCount: 1 },
        ].map((configurationValues, index) => ({
          type: "aws:eks/addon:Addon",
          name: `addon-${index}`,
          props: { addonName: "coredns", addonVersion: "v1.12.4-eksbuild.1", configurationValues },
        })),
      ),
    },
  },
  {
    rule: hpaMinTwo,
    good: { "three at least": given(autoscaler), "three by KEDA": given(scaled) },
    bad: {
      one: given(but(autoscaler, { "spec.minReplicas": 1 })),
      unset: given(but(autoscaler, { "spec.minReplicas": undefined })),
      "one by KEDA": given(but(scaled, { "spec.minReplicaCount": 1 })),
      "none by KEDA, where nothing is set": given(but(scaled, { "spec.minReplicaCount": undefined })),
      "none while nothing happens": given(but(scaled, { "spec.idleReplicaCount": 0 })),
      "paused at one": given(but(scaled, { "metadata.annotations": { "autoscaling.keda.sh/paused-replicas": "1" } })),
      "an older version": given({
        ...but(autoscaler, { "spec.minReplicas": "1" }),
        type: "kubernetes:autoscaling/v1:HorizontalPodAutoscaler",
      }),
    },
  },
];
