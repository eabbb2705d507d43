/** Cases of the rule about the API versions that a cluster serves. */
import { apisServed } from "../../../../../policies/zero-downtime/api-server/apis-served";
import { autoscaler, but, deployment } from "../../../support/fixtures";
import { given, object, previewed, type Spec, under, UNKNOWN } from "../../../support/spec";

const definition = (...versions: readonly object[]) =>
  object("apiextensions.k8s.io/v1:CustomResourceDefinition", "widgets.example.com", {
    spec: { group: "example.com", names: { kind: "Widget" }, versions },
  });
const widget = (version: string) => object(`example.com/${version}:Widget`, "w", {});
const budget = object("policy/v1beta1:PodDisruptionBudget", "shop", {});
const to = (apiVersion: string, kind = "Deployment") =>
  but(autoscaler, { "spec.scaleTargetRef": { apiVersion, kind, name: "shop" } });
const member = {
  type: "kubernetes:core/v1:List",
  name: "all",
  props: { items: [{ apiVersion: "batch/v1beta1", kind: "CronJob" }] },
};

/** Cases of the rule about the API versions that a cluster serves. */
export const servedSpecs: readonly Spec[] = [
  {
    rule: apisServed,
    good: {
      "stable versions": given(deployment, to("apps/v1"), object("core/v1:Service", "shop", {})),
      "an autoscaler in either stable version": given(autoscaler, {
        ...autoscaler,
        type: "kubernetes:autoscaling/v1:HorizontalPodAutoscaler",
      }),
      "every version that the mesh serves": given(
        object("networking.istio.io/v1beta1:VirtualService", "a", {}),
        object("networking.istio.io/v1alpha3:DestinationRule", "b", {}),
      ),
      "a kind that nobody knows": given(widget("v1alpha7"), object("argoproj.io/v1:EventSource", "e", {})),
      "a target of a kind that nobody knows": given(to("example.com/v1", "Fleet")),
      "a version that its definition serves": given(definition({ name: "v1", served: true }), widget("v1")),
      "a definition of an old form": given(definition(), widget("v2")),
      "what an old minor serves": under({ minor: "1.23" }, budget),
      "a kind of another provider that calls itself by a version": given({
        type: "command:local:Command",
        name: "apply",
        props: { apiVersion: "policy/v1beta1", kind: "PodDisruptionBudget" },
      }),
      "a kind that nobody knows, which names another": given(
        object("example.com/v1:Widget", "w", {
          spec: { targetRef: { apiVersion: "extensions/v1beta1", kind: "Ingress" } },
        }),
      ),
      "a kind that nobody knows, with versions of its own": given(
        object("example.com/v1:Widget", "w", { spec: { versions: "all" } }),
      ),
      "an object that a preview hides, by its type": previewed({ ...deployment, props: UNKNOWN }),
      "what got its stable version in the cluster's minor": under(
        { minor: "1.34" },
        object("resource.k8s.io/v1:ResourceClaim", "gpu", {}),
      ),
      "a chart": given({ type: "kubernetes:helm.sh/v3:Release", name: "r", props: { chart: "r" } }),
    },
    bad: {
      "a budget of 1.24": given(budget),
      "a budget in the minor that stopped serving it": under({ minor: "1.25" }, budget),
      "what the next minor stops serving": under({ minor: "1.24" }, budget),
      "an Ingress of 1.21": given(object("extensions/v1beta1:Ingress", "shop", {})),
      "a definition of 1.21": given(
        object("apiextensions.k8s.io/v1beta1:CustomResourceDefinition", "widgets.example.com", {
          spec: { group: "example.com", version: "v1", names: { kind: "Widget", plural: "widgets" } },
        }),
      ),
      "pod security policies": given(object("policy/v1beta1:PodSecurityPolicy", "strict", {})),
      "an autoscaler of 1.25": given({ ...autoscaler, type: "kubernetes:autoscaling/v2beta2:HorizontalPodAutoscaler" }),
      "priorities of 1.31": given(object("flowcontrol.apiserver.k8s.io/v1beta3:FlowSchema", "shop", {})),
      "a member of a list": given(member),
      "a member of core in a version that never was": given({
        ...member,
        props: { items: [{ apiVersion: "v2", kind: "Service" }] },
      }),
      "a member of a list that says its kind": given({
        type: "kubernetes:policy/v1beta1:PodDisruptionBudgetList",
        name: "all",
        props: { items: [{ metadata: { name: "shop" } }] },
      }),
      "a member of a list that a preview hides": previewed({ ...member, props: { items: [UNKNOWN] } }),
      "what gets its stable version in the next minor": under(
        { minor: "1.33" },
        object("resource.k8s.io/v1:ResourceClaim", "gpu", {}),
      ),
      "a kind that has no stable version yet": given(
        object("certificates.k8s.io/v1beta1:ClusterTrustBundle", "roots", {}),
      ),
      "an alpha version": given(object("storage.k8s.io/v1alpha1:VolumeAttributesClass", "fast", {})),
      "a beta version that is off": given(object("networking.k8s.io/v1beta1:ServiceCIDR", "more", {})),
      "a version that never was": given({ ...deployment, type: "kubernetes:apps/v2:Deployment" }),
      "a version of a group that is gone": given(object("extensions/v1:Deployment", "shop", {})),
      "a version of core that never was": given(object("core/v2:Service", "shop", {})),
      "a version that the chart serves no more": given(object("external-secrets.io/v1beta1:ExternalSecret", "db", {})),
      "a version that its definition does not serve": given(
        definition({ name: "v1" }, { name: "v1beta1", served: false }),
        widget("v1beta1"),
      ),
      "a version that its definition does not serve, beside one that is no version": given(
        definition({ name: "v1" }, { name: "of my own" }),
        widget("v2"),
      ),
      "a version that its definition does not serve, beside two that it does": given(
        definition({ name: "v1beta1" }, { name: "v1" }),
        widget("v2"),
      ),
      "a version of a definition that has none": given(definition({ name: "of my own" }), widget("v2")),
      "a target by an old version": given(to("extensions/v1beta1")),
      "a workload by an old version": given(
        object("argoproj.io/v1alpha1:Rollout", "shop", {
          spec: { workloadRef: { apiVersion: "apps/v1beta2", kind: "Deployment", name: "shop" } },
        }),
      ),
    },
  },
];
