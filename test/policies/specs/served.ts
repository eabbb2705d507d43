/** Cases of the rule about the API versions that a cluster serves. */
import { apisServed } from "../../../policies/zero-downtime/apis-served";
import { autoscaler, but, deployment } from "../support/fixtures";
import { given, object, type Spec, under } from "../support/spec";

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
      "a chart": given({ type: "kubernetes:helm.sh/v3:Release", name: "r", props: { chart: "r" } }),
    },
    bad: {
      "a budget of 1.24": given(budget),
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
      "a target by an old version": given(to("extensions/v1beta1")),
      "a workload by an old version": given(
        object("argoproj.io/v1alpha1:Rollout", "shop", {
          spec: { workloadRef: { apiVersion: "apps/v1beta2", kind: "Deployment", name: "shop" } },
        }),
      ),
    },
  },
];
