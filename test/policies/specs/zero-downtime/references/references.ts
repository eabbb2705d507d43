/** Cases of the rule about selectors, ports and objects that are declared twice. */
import { referencesResolve } from "../../../../../policies/zero-downtime/references/references-resolve";
import { autoscaler, budget, but, deployment, namespace, rollout } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object } from "../../../support/spec";
import type { Spec } from "../../../support/spec";
import { keyCases } from "./keys";
import { nameCases } from "./named-objects";
import { parentCases } from "./parents";
import { routeCases } from "./routes";
import { steeredCases } from "./rollout-routes";

const service = object("core/v1:Service", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { selector: { app: "shop" }, ports: [{ name: "http", port: 80, targetPort: "http" }] },
});
const labelled = but(service, { "metadata.labels": { app: "shop" } });
const monitor = object("monitoring.coreos.com/v1:ServiceMonitor", "shop", {
  metadata: { name: "shop", namespace: "shop" },
  spec: { selector: { matchLabels: { app: "shop" } }, endpoints: [{ port: "http" }] },
});
const stray = { matchLabels: { app: "web" } };
const other = { selector: { app: "web" }, ports: [{ port: 80 }] };
const elsewhere = but(service, { "spec.selector": { app: "web" } });
const custom = (group: string, kind: string) =>
  object(`${group}/v1:${kind}`, "more", { metadata: { name: "more", namespace: "shop" } });
const to = (targetPort: unknown) => but(service, { "spec.ports.0.targetPort": targetPort });
const container = "spec.template.spec.containers.0";
/** It keeps idle connections for longer than anybody. */
const patient = but(deployment, {
  "spec.template.metadata.annotations": { "fridayproof.dev/keep-alive-seconds": "3700" },
});
const labels = { "spec.template.metadata.labels": { app: "web" } };
const at = (urn: string, one: Given): Given => ({ ...one, urn });

/** Cases of the rule that references resolve. */
export const referenceSpecs: readonly Spec[] = [
  {
    rule: referencesResolve,
    good: {
      "a Service, a budget and an autoscaler of one workload": given(
        namespace,
        deployment,
        service,
        budget,
        autoscaler,
      ),
      "a monitor of a Service by its labels": given(deployment, labelled, monitor),
      "a monitor that looks into other namespaces": given(
        deployment,
        labelled,
        but(monitor, { "spec.selector": stray, "spec.namespaceSelector": { any: true } }),
      ),
      "a monitor without any Service in sight": given(deployment, but(monitor, { "spec.selector": stray })),
      "a monitor without any workload in sight": given(labelled, but(monitor, { "spec.selector": stray })),
      "no workload of the namespace in sight": given(namespace, elsewhere, budget, autoscaler),
      "an operator's object that may bring the pods": given(deployment, elsewhere, custom("example.com", "Database")),
      "a gateway that brings its own pods": given(
        deployment,
        elsewhere,
        custom("gateway.networking.k8s.io", "Gateway"),
      ),
      "an operator's object that names no namespace": given(
        deployment,
        elsewhere,
        but(custom("example.com", "Bundle"), { "metadata.namespace": undefined }),
      ),
      "a chart's release in the namespace": given(deployment, elsewhere, {
        type: "kubernetes:helm.sh/v3:Release",
        name: "web",
        props: { namespace: "shop", chart: "web" },
      }),
      "a name outside of the cluster": given(deployment, but(service, { spec: { ...other, type: "ExternalName" } })),
      "a Service whose endpoints somebody else writes": given(deployment, but(service, { "spec.selector": undefined })),
      "labels that running pods have": given(
        { ...deployment, type: "kubernetes:apps/v1:StatefulSet" },
        but(service, {
          "spec.selector": { app: "shop", "statefulset.kubernetes.io/pod-name": "shop-0", "spilo-role": "master" },
        }),
      ),
      "EKS's own pods": given(
        but(deployment, { "metadata.namespace": "kube-system" }),
        but(elsewhere, { "metadata.namespace": "kube-system" }),
      ),
      "pods of a job": given(deployment, elsewhere, {
        ...but(deployment, labels),
        type: "kubernetes:batch/v1:Job",
        name: "web",
      }),
      "a port of a native sidecar": given(
        but(deployment, {
          "spec.template.spec.initContainers": [
            { name: "tls", image: "tls", restartPolicy: "Always", ports: [{ name: "tls", containerPort: 8443 }] },
          ],
        }),
        to("tls"),
      ),
      "the port where it stands": given(deployment, but(to(undefined), { "spec.ports.0.port": 8080 })),
      "a port of the mesh's proxy": given(deployment, to("http-envoy-prom")),
      "a port of the mesh's proxy by number": given(deployment, to(15_020)),
      "a container that declares no port": given(but(deployment, { [`${container}.ports`]: undefined }), to(9000)),
      "a container that the injector fills in": given(but(deployment, { [`${container}.image`]: "auto" }), to("tls")),
      "a selector of some of its labels": given(
        but(rollout, { "spec.template.metadata.labels": { app: "shop", tier: "web" } }),
      ),
      "a controller whose selector is its template's": given({
        ...but(deployment, { "spec.selector": undefined }),
        type: "kubernetes:core/v1:ReplicationController",
      }),
      "the pods of a Deployment that is out of sight": given(
        but(rollout, { "spec.selector": undefined, "spec.workloadRef": { kind: "Deployment", name: "shop" } }),
        elsewhere,
      ),
      "pods of one of several owners with the port": given(
        deployment,
        but(
          { ...deployment, name: "admin" },
          { "metadata.name": "admin", [`${container}.ports`]: [{ containerPort: 9090 }] },
        ),
        to(9090),
      ),
      "pods of which some declare no port": given(
        deployment,
        but({ ...deployment, name: "admin" }, { "metadata.name": "admin", [`${container}.ports`]: undefined }),
        to(9090),
      ),
      "the first and the last port of the mesh's proxy": given(
        deployment,
        but(service, {
          "spec.ports": [
            { port: 80, targetPort: 15_000 },
            { port: 81, targetPort: 15_099 },
          ],
        }),
      ),
      "pods on every node, beside others, for callers on the same node": given(
        deployment,
        {
          ...but(patient, { "metadata.name": "agent", "spec.strategy": undefined, "spec.replicas": undefined }),
          type: "kubernetes:apps/v1:DaemonSet",
          name: "agent",
        },
        but(service, { "spec.internalTrafficPolicy": "Local" }),
      ),
      "objects that the API names, in one folder": given(
        ...[0, 1].map((index) =>
          at(`jobs.yaml#${index}`, but(custom("batch", "Job"), { metadata: { generateName: "a" } })),
        ),
      ),
      "one object in two folders, and one that a program declares for two clusters": given(
        at("dev/app.yaml#0", deployment),
        at("prod/app.yaml#0", deployment),
        service,
        service,
      ),
      ...nameCases.good,
      ...keyCases.good,
      ...routeCases.good,
      ...parentCases.good,
      ...steeredCases.good,
    },
    bad: {
      "a Service at a port below zero": given(deployment, to(-1)),
      "a monitor that no Service answers to": given(deployment, labelled, but(monitor, { "spec.selector": stray })),
      "a monitor beside Services of other names": given(
        deployment,
        labelled,
        { ...but(labelled, { "metadata.name": "admin", "metadata.labels": { app: "admin" } }), name: "admin" },
        but(monitor, { "metadata.name": "admin", "spec.selector": stray }),
      ),
      "a monitor beside Services without labels": given(
        deployment,
        { ...service, name: "first" },
        { ...but(service, { "metadata.name": "admin" }), name: "admin" },
        but(monitor, { "metadata.name": "admin" }),
      ),
      "a monitor beside a Service without labels": given(
        deployment,
        service,
        but(labelled, { "metadata.namespace": "web" }),
        monitor,
      ),
      "a Service that selects nothing": given(patient, elsewhere),
      "a Service that selects nothing, beside a job": given(patient, elsewhere, {
        ...but(deployment, { "metadata.name": "job", "spec.template.metadata.labels": { app: "job" } }),
        type: "kubernetes:batch/v1:Job",
        name: "job",
      }),
      "a Service that selects pods of another namespace": given(
        patient,
        at(
          "web.yaml#0",
          but(deployment, { ...labels, "spec.selector.matchLabels": { app: "web" }, "metadata.namespace": "web" }),
        ),
        elsewhere,
      ),
      "a Service of the name of one of two workloads": given(
        patient,
        but({ ...patient, name: "admin" }, { "metadata.name": "admin" }),
        but(elsewhere, { "metadata.name": "admin" }),
      ),
      "a Service that may mean either of two workloads": given(
        patient,
        but({ ...patient, name: "admin" }, { "metadata.name": "admin" }),
        { ...but(elsewhere, { "metadata.name": "web" }), name: "web" },
      ),
      "an object of a controller that brings no pods": given(
        patient,
        elsewhere,
        custom("monitoring.coreos.com", "ServiceMonitor"),
        custom("networking.istio.io", "VirtualService"),
      ),
      "a port by a name that no container has": given(deployment, to("https")),
      "a port that no container declares": given(deployment, to(9000)),
      "a port after the last of the mesh's proxy": given(deployment, to(15_100)),
      "a port of a name with digits at both ends": given(deployment, to("8a8")),
      "a port of an init container, which ends": given(
        but(deployment, {
          "spec.template.spec.initContainers": [
            { name: "tls", image: "tls", ports: [{ name: "tls", containerPort: 8443 }] },
          ],
        }),
        to("tls"),
      ),
      "a budget that selects nothing": given(
        deployment,
        but(budget, { "spec.selector": { matchLabels: { app: "web" } } }),
      ),
      "a selector that its template does not carry, said once": given(but(patient, labels), service, budget),
      "a plain selector that its template does not carry": given({
        ...but(deployment, { "spec.selector": { app: "web" } }),
        type: "kubernetes:core/v1:ReplicationController",
      }),
      "an expression that its template does not satisfy": given(
        but(deployment, { "spec.selector": { matchExpressions: [{ key: "tier", operator: "Exists" }] } }),
      ),
      "no selector": given(but(rollout, { "spec.selector": undefined })),
      "one object twice in a folder": given(
        at("app.yaml#0", deployment),
        at("more.yaml#0", but(deployment, { "spec.replicas": 2 })),
      ),
      ...nameCases.bad,
      ...keyCases.bad,
      ...routeCases.bad,
      ...parentCases.bad,
      ...steeredCases.bad,
    },
  },
];
