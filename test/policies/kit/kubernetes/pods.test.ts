/** Pods are found wherever a kind keeps them. */
import { describe, expect, it } from "vitest";
import { UnknownRead } from "../../../../policies/kit/reading/field";
import { anyPods, isKnown, mayBringPods, podSetting, podsOf } from "../../../../policies/kit/kubernetes/pods";
import { Resource } from "../../../../policies/kit/reading/resource";
import { types } from "../../../../policies/kit/reading/types";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const [UNKNOWN] = unknownSentinels;
const web = { name: "web", image: "web:1" };
const spec = { containers: [web] };
const pods = (type: string, props: unknown): ReturnType<typeof podsOf> =>
  podsOf(new Resource({ type: `kubernetes:${type}`, name: "x", props }));
const paths = (type: string, props: unknown): readonly string[] =>
  pods(type, props).flatMap(({ containers }) => containers.map(({ part, field }) => `${part} ${field.path}`));

describe("pods", () => {
  it.each([
    ["core/v1:Pod", { spec }, "spec.containers[0]"],
    ["core/v1:PodTemplate", { template: { spec } }, "template.spec.containers[0]"],
    ["core/v1:ReplicationController", { spec: { template: { spec } } }, "spec.template.spec.containers[0]"],
    ["apps/v1:ReplicaSet", { spec: { template: { spec } } }, "spec.template.spec.containers[0]"],
    ["apps/v1:DaemonSet", { spec: { template: { spec } } }, "spec.template.spec.containers[0]"],
    ["argoproj.io/v1alpha1:Rollout", { spec: { template: { spec } } }, "spec.template.spec.containers[0]"],
    ["batch/v1:Job", { spec: { template: { spec } } }, "spec.template.spec.containers[0]"],
    [
      "batch/v1:CronJob",
      { spec: { jobTemplate: { spec: { template: { spec } } } } },
      "spec.jobTemplate.spec.template.spec.containers[0]",
    ],
    [
      "keda.sh/v1alpha1:ScaledJob",
      { spec: { jobTargetRef: { template: { spec } } } },
      "spec.jobTargetRef.template.spec.containers[0]",
    ],
    [
      "argoproj.io/v1alpha1:AnalysisTemplate",
      { spec: { metrics: [{ provider: { web: {} } }, { provider: { job: { spec: { template: { spec } } } } }] } },
      "spec.metrics[1].provider.job.spec.template.spec.containers[0]",
    ],
    [
      "argoproj.io/v1alpha1:Experiment",
      { spec: { templates: [{ name: "a", template: { spec } }] } },
      "spec.templates[0].template.spec.containers[0]",
    ],
    ["argoproj.io/v1alpha1:Workflow", { spec: { templates: [{ container: web }] } }, "spec.templates[0].container"],
    [
      "argoproj.io/v1alpha1:CronWorkflow",
      { spec: { workflowSpec: { templates: [{ script: web }] } } },
      "spec.workflowSpec.templates[0].script",
    ],
    ["serving.knative.dev/v1:Service", { spec: { template: { spec } } }, "spec.template.spec.containers[0]"],
    ["example.com/v1:Fleet", { spec: { groups: [{ podSpec: spec }] } }, "spec.groups[0].podSpec.containers[0]"],
  ])("of %s", (type, props, path) => {
    expect(paths(type, props)).toEqual([`main ${path}`]);
    expect(mayBringPods(new Resource({ type: `kubernetes:${type}`, name: "x", props }).type)).toBe(true);
  });

  it.each([
    ["core/v1:ConfigMap", { data: {}, spec: { template: { spec } } }],
    ["apiextensions.k8s.io/v1:CustomResourceDefinition", { spec }],
    ["kyverno.io/v1:ClusterPolicy", { spec: { rules: [{ validate: { pattern: { spec } } }] } }],
    ["argoproj.io/v1alpha1:Application", { spec }],
    ["helm.sh/v3:Release", { values: { spec } }],
    ["argoproj.io/v1alpha1:Rollout", { spec: { workloadRef: { name: "web" } } }],
    ["monitoring.coreos.com/v1:Prometheus", { spec: { containers: [{ name: "patch only" }] } }],
  ])("of %s are none", (type, props) => {
    expect(pods(type, props)).toEqual([]);
  });

  it("have containers by their part: a native sidecar is an init container that stays", () => {
    const parts = {
      initContainers: [web, { ...web, restartPolicy: "Always" }],
      containers: [web],
      ephemeralContainers: [web],
    };
    expect(paths("core/v1:Pod", { spec: parts })).toEqual([
      "init spec.initContainers[0]",
      "sidecar spec.initContainers[1]",
      "main spec.containers[0]",
      "ephemeral spec.ephemeralContainers[0]",
    ]);
  });

  it("of a workflow have every kind of container, and settings of the template before those of the workflow", () => {
    const template = {
      initContainers: [web],
      containerSet: { containers: [web] },
      sidecars: [web],
      securityContext: { runAsUser: 1 },
    };
    const [found] = pods("argoproj.io/v1alpha1:WorkflowTemplate", {
      spec: { templates: [template, { dag: {} }], hostNetwork: true, securityContext: { runAsUser: 2 } },
    });
    expect(found?.containers.map(({ part, field }) => `${part} ${field.path}`)).toEqual([
      "init spec.templates[0].initContainers[0]",
      "main spec.templates[0].containerSet.containers[0]",
      "main spec.templates[0].sidecars[0]",
    ]);
    if (found === undefined) throw new Error("no pods");
    expect(podSetting(found, "hostNetwork").path).toBe("spec.hostNetwork");
    expect(podSetting(found, "securityContext", "runAsUser").number()).toBe(1);
    expect(podSetting(found, "hostPID").path).toBe("spec.templates[0].hostPID");
  });

  it("of an unknown kind may be hidden by a preview where kinds keep them, and nowhere else", () => {
    expect(() => pods("example.com/v1:Fleet", { spec: UNKNOWN })).toThrow(new UnknownRead("spec"));
    expect(pods("example.com/v1:Fleet", { spec: { size: UNKNOWN } })).toEqual([]);
  });

  it("of an unknown kind are no part of others, and hold whatever has an image or hides it", () => {
    const own = {
      initContainers: [web],
      containers: [web, UNKNOWN, { name: "patch" }],
      volumes: [{ containers: [web] }],
    };
    expect(paths("example.com/v1:Fleet", { spec: { a: own, b: { initContainers: [{ containers: [web] }] } } })).toEqual(
      [
        "init spec.a.initContainers[0]",
        "main spec.a.containers[0]",
        "main spec.a.containers[1]",
        "main spec.a.volumes[0].containers[0]",
        "main spec.b.initContainers[0].containers[0]",
      ],
    );
  });

  it("of an unknown kind have the object around them for a template, where there is one", () => {
    const at = (props: unknown): unknown => pods("example.com/v1:Fleet", props).map(({ template }) => template.path);
    expect(at({ spec: { template: { spec } } })).toEqual(["spec.template"]);
    expect(at({ spec: [spec] })).toEqual(["spec[0]"]);
  });

  it("of an analysis are those of its jobs, of a workflow those of its defaults as well", () => {
    const job = { provider: { job: { spec: { template: { spec } } } } };
    expect(paths("argoproj.io/v1alpha1:AnalysisRun", { spec: { metrics: [{ provider: { web: {} } }, job] } })).toEqual([
      "main spec.metrics[1].provider.job.spec.template.spec.containers[0]",
    ]);
    expect(pods("argoproj.io/v1alpha1:AnalysisRun", { spec: { metrics: [{ provider: { web: {} } }] } })).toEqual([]);
    expect(paths("argoproj.io/v1alpha1:Workflow", { spec: { templateDefaults: { container: web } } })).toEqual([
      "main spec.templateDefaults.container",
    ]);
  });

  it("are found where kinds keep them, where that is known", () => {
    expect(
      [types.deployment, types.analysisTemplate, types.namespace, "kubernetes:example.com:Fleet"].map(isKnown),
    ).toEqual([true, true, false, false]);
    expect(mayBringPods("my-kubernetes:example.com:Fleet")).toBe(false);
  });

  it("are asked of by one word in a rule's kinds", () => {
    expect([mayBringPods(types.namespace), mayBringPods(types.pod), mayBringPods("aws:ec2/vpc:Vpc")]).toEqual([
      false,
      true,
      false,
    ]);
    expect(anyPods).toBe("pods");
  });
});
