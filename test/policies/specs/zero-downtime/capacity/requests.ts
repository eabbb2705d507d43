/** Cases of the rule about what containers request. */
import { unknownSentinels } from "../../../../../policies/kit/reading/value";
import { requestsStated } from "../../../../../policies/zero-downtime/capacity/requests-stated";
import { autoscaler, but, container, deployment, gatewayPods } from "../../../support/fixtures";
import { given, object, type Spec, under } from "../../../support/spec";

const [UNKNOWN] = unknownSentinels;
const pod = "spec.template.spec";
const resources = `${pod}.containers.0.resources`;
const silent = but(deployment, { [resources]: undefined });
const range = (limit: object) =>
  object("core/v1:LimitRange", "usual", {
    metadata: { name: "usual", namespace: "shop" },
    spec: {
      limits: [
        { type: "Pod", max: { cpu: "4" } },
        { type: "Container", ...limit },
      ],
    },
  });
const wholePods = but(range({}), { "spec.limits": [{ type: "Pod", max: { cpu: "4", memory: "1Gi" } }] });
const byShare = (name: string, more: object = {}) => ({
  type: "Resource",
  resource: { name, target: { type: "Utilization", averageUtilization: 70 }, ...more },
});
const counting = (...metrics: readonly object[]) => but(autoscaler, { "spec.metrics": metrics });
const ofContainer = (name: string) => ({
  type: "ContainerResource",
  containerResource: { name: "cpu", container: name, target: { type: "Utilization", averageUtilization: 70 } },
});
const addOn = (...paths: readonly string[]) =>
  but(deployment, { "metadata.namespace": "argocd", ...Object.fromEntries(paths.map((path) => [path, undefined])) });
const scaling = but(autoscaler, { "metadata.namespace": "argocd" });
const sidecar = (more: object) =>
  but(deployment, { [`${pod}.initContainers`]: [{ name: "tls", image: "tls", restartPolicy: "Always", ...more }] });
const keda = (trigger: object) =>
  object("keda.sh/v1alpha1:ScaledObject", "shop", {
    metadata: { name: "shop", namespace: "argocd" },
    spec: { scaleTargetRef: { name: "shop" }, triggers: [trigger] },
  });

const inMemory = (sizeLimit?: string) => ({ name: "tmp", emptyDir: { medium: "Memory", sizeLimit } });

/** Cases of the rule about what containers request. */
export const requestSpecs: readonly Spec[] = [
  {
    rule: requestsStated,
    good: {
      "requests, and a limit of memory": given(deployment, counting(byShare("cpu"), ofContainer("shop"))),
      "limits, which are requests where none is stated": given(
        but(deployment, { [resources]: { limits: { cpu: 1, memory: "1Gi" } } }),
      ),
      "the namespace's defaults": given(
        silent,
        range({ default: { memory: "256Mi" }, defaultRequest: { cpu: "100m", memory: "128Mi" } }),
      ),
      "the namespace's maximum, which is the default limit": given(silent, range({ max: { cpu: 2, memory: "1Gi" } })),
      "resources of the whole pod": given(
        but(silent, { [`${pod}.resources`]: { requests: { cpu: "1" }, limits: { memory: "1Gi" } } }),
      ),
      "an init container that ends": given(
        but(deployment, { [`${pod}.initContainers`]: [{ name: "wait", image: "wait" }] }),
      ),
      "a proxy that the injector fills in": given(but(gatewayPods, { [`${pod}.containers.0.image`]: "auto" })),
      "an application's proxy that the injector fills in": given(
        but(silent, { [`${pod}.containers.0.image`]: "auto" }),
      ),
      "a proxy of which nothing is stated": given(
        but(gatewayPods, { [`${pod}.containers.0.image`]: "auto", [resources]: undefined }),
      ),
      "an add-on, whose chart decides": given(addOn(resources)),
      "an add-on that may take more memory than it requests": given(
        but(addOn(), { [resources]: { requests: { memory: "1Mi" }, limits: { memory: "1Gi" } } }),
      ),
      "an add-on whose autoscaler counts another container": given(
        but(addOn(resources), { [`${pod}.initContainers`]: [{ ...container, name: "tls", restartPolicy: "Always" }] }),
        but(scaling, { "spec.metrics": [ofContainer("tls")] }),
      ),
      "an add-on whose autoscaler counts something else": given(
        addOn(resources),
        but(scaling, { "spec.metrics": [{ type: "Pods", pods: {} }] }),
      ),
      "an add-on whose autoscaler counts an average": given(
        addOn(resources),
        but(scaling, {
          "spec.metrics": [{ type: "Resource", resource: { name: "cpu", target: { type: "AverageValue" } } }],
        }),
      ),
      "an add-on that KEDA scales by a queue": given(addOn(resources), keda({ type: "aws-sqs-queue" })),
      "an add-on that KEDA scales by an average": given(
        addOn(resources),
        keda({ type: "cpu", metricType: "AverageValue" }),
      ),
      "the mesh's proxy": given(deployment, counting(ofContainer("istio-proxy"))),
      "a limit of twice the request": given(but(deployment, { [`${resources}.limits.memory`]: "512Mi" })),
      "more, where the environment allows it": under(
        { memoryBurst: 4 },
        but(deployment, { [`${resources}.limits.memory`]: "1Gi" }),
      ),
      "all the cores of a large node, and the least memory": given(
        but(deployment, { [resources]: { requests: { cpu: 128, memory: "1Mi" }, limits: { memory: 1_048_576 } } }),
      ),
      "a volume in memory that is smaller than the limit": given(
        but(deployment, { [`${pod}.volumes`]: [{ name: "tmp", emptyDir: { medium: "Memory", sizeLimit: "64Mi" } }] }),
      ),
      "volumes on the disk": given(
        but(deployment, {
          [`${pod}.volumes`]: [
            { name: "tmp", emptyDir: {} },
            { name: "all", emptyDir: { sizeLimit: "1Gi" } },
          ],
        }),
      ),
      "an add-on's volume in memory": given(but(addOn(), { [`${pod}.volumes`]: [inMemory()] })),
    },
    bad: {
      nothing: given(silent),
      "amounts below zero": given(
        but(deployment, {
          [resources]: { requests: { cpu: -1, memory: "256Mi", "nvidia.com/gpu": -1 }, limits: { memory: "-5Mi" } },
        }),
      ),
      "memory below zero, and no limit": given(
        but(deployment, { [resources]: { requests: { cpu: "250m", memory: -5 } } }),
      ),
      "nothing in two containers": given(but(silent, { [`${pod}.containers`]: [{ name: "a" }, { name: "b" }] })),
      "a range of whole pods": given(silent, wholePods),
      "an add-on whose autoscaler counts its container": given(
        addOn(resources),
        but(scaling, { "spec.metrics": [ofContainer("shop")] }),
      ),
      "metrics that a preview hides": given(deployment, but(autoscaler, { "spec.metrics": UNKNOWN })),
      "one word, of the second container": given(
        but(deployment, {
          [`${pod}.containers`]: [
            container,
            { name: "side", resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { cpu: "1" } } },
          ],
        }),
      ),
      "a native sidecar": given(sidecar({ resources: { requests: { cpu: "10m" } } })),
      "a job": given({ ...silent, type: "kubernetes:batch/v1:Job" }),
      "a cron job": given({
        type: "kubernetes:batch/v1:CronJob",
        name: "nightly",
        props: { spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: "a" }] } } } } } },
      }),
      "another namespace's defaults": given(
        silent,
        but(range({ max: { cpu: 2, memory: "1Gi" } }), { "metadata.namespace": "web" }),
      ),
      "half of the defaults": given(silent, range({ defaultRequest: { cpu: "100m" } })),
      "an autoscaler by share": given(
        but(deployment, { [`${resources}.requests.cpu`]: undefined }),
        counting(byShare("cpu")),
      ),
      "an add-on whose autoscaler says nothing, which means CPU": given(addOn(`${resources}.requests`), scaling),
      "an add-on whose autoscaler counts memory": given(
        addOn(resources),
        but(scaling, { "spec.metrics": [byShare("memory")] }),
      ),
      "an add-on whose old autoscaler counts CPU": given(
        addOn(resources),
        but(scaling, {
          "spec.metrics": [{ type: "Resource", resource: { name: "cpu", targetAverageUtilization: 70 } }],
        }),
      ),
      "an add-on that KEDA scales by CPU": given(addOn(resources), keda({ type: "cpu", metadata: { value: "70" } })),
      "an autoscaler of a container that is not there": given(deployment, counting(ofContainer("web"))),
      "a limit of CPU below the request": given(but(deployment, { [`${resources}.limits.cpu`]: "100m" })),
      "a limit of memory below the request": given(but(deployment, { [`${resources}.limits.memory`]: "128M" })),
      "four times the request": given(but(deployment, { [`${resources}.limits.memory`]: "1Gi" })),
      "a quantity that is none": given(but(deployment, { [`${resources}.limits.memory`]: "256MB" })),
      "requests of nothing": given(but(deployment, { [`${resources}.requests`]: { cpu: 0, memory: "0" } })),
      "a limit of nothing": given(but(deployment, { [`${resources}.limits.memory`]: 0 })),
      "memory in thousandths": given(
        but(deployment, { [resources]: { requests: { cpu: "250m", memory: "256m" }, limits: { memory: "256m" } } }),
      ),
      "memory in bytes, of a native sidecar": given(
        sidecar({ resources: { requests: { cpu: "10m", memory: 64 }, limits: { memory: 64 } } }),
      ),
      "memory in terabytes": given(
        but(deployment, { [resources]: { requests: { cpu: 1, memory: "256Ti" }, limits: { memory: "256Ti" } } }),
      ),
      "CPU in cores": given(but(deployment, { [`${resources}.requests.cpu`]: "250" })),
      "a scratch disk of some bytes": given(but(deployment, { [`${resources}.limits.ephemeral-storage`]: "512" })),
      "a request that is no quantity": given(but(deployment, { [`${resources}.requests.cpu`]: "1 core" })),
      "a volume in memory without a size": given(but(deployment, { [`${pod}.volumes`]: [inMemory()] })),
      "a volume in memory as large as the limit": given(but(deployment, { [`${pod}.volumes`]: [inMemory("256Mi")] })),
      "a volume in memory of containers without a limit": given(
        but(deployment, { [`${resources}.limits`]: undefined, [`${pod}.volumes`]: [inMemory()] }),
      ),
    },
  },
];
